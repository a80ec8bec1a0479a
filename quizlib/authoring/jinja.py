"""Jinja's parser of expressions, with powers and signs bound as in Python. Imported only where there are parameters."""

from __future__ import annotations

import functools

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

_ENVIRONMENT = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


class _Parser(Parser):
    """Reads `-2 ** 2` as -4 and `2 ** 3 ** 2` as 512, like the programs of the question; Jinja itself does not."""

    def parse_pow(self) -> nodes.Expr:
        token = self.stream.current
        if token.type in ("sub", "add"):
            next(self.stream)
            sign = nodes.Neg if token.type == "sub" else nodes.Pos
            return sign(self.parse_pow(), lineno=token.lineno)
        base = self.parse_unary()
        if self.stream.current.type != "pow":
            return base
        next(self.stream)
        return nodes.Pow(base, self.parse_pow(), lineno=token.lineno)


@functools.lru_cache(maxsize=1024)
def parsed(source: str) -> nodes.Expr | None:
    """Return the tree of an expression; None when it cannot be read, or is not one expression."""
    try:
        body = _Parser(_ENVIRONMENT, f"{{{{ {source} }}}}").parse().body
    except (TemplateError, RecursionError, ValueError, OverflowError, AssertionError):
        return None
    match body:
        case [nodes.Output(nodes=[node])]:
            return node
        case _:
            return None
