"""`{{ expression }}` in the texts of a question with parameters: read by Jinja's parser, worked out here.

Jinja would compile a template to Python and run it. Here only its parser is used, and its tree is walked over a short
list of nodes that are allowed, so that nothing of a bank is ever run. Numbers are exact decimals, as authors write
them, and all that grows is bounded.
"""

from __future__ import annotations

import contextlib
import dataclasses
import re
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from quizlib.authoring.decimals import Number, TemplateFault, Value, apply, compare, filtered, printed
from quizlib.authoring.fields import shown

MAX_CHARACTERS = 100_000  # of a text that has been filled in
_MAX_EXPRESSION = 500
_MAX_EXPRESSIONS = 1_000  # in one text
_MAX_JOINED = 10_000
_OPENING = "{{"
# What stands between the braces: anything but braces and quotes, or a text in quotes, in which anything may stand.
_FIELD = re.compile(r"""\{\{((?:[^{}'"]|"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+')*+)\}\}""", re.DOTALL)
_BLOCK = re.compile(
    r"\{%[-+]?\s*(?:end)?(?:if|elif|else|for|set|macro|block|filter|raw|include|import|extends|call|with)\b"
)
_ALLOWED = "write names of parameters, numbers, texts, arithmetic, comparisons, `… if … else …` and filters"
_TWO_BRACES = 'write `{{ "{{" }}` for two braces'


@dataclasses.dataclass(frozen=True)
class Expression:
    """An expression that has been read: as typed, the parameters in it, and, in a text, with its braces."""

    source: str
    names: frozenset[str]
    _node: Any
    excerpt: str | None = None

    def value(self, values: Mapping[str, Value]) -> Value:
        """Work the expression out. Raises TemplateFault."""
        with _about(self.excerpt):
            try:
                return _value(self._node, values)
            except RecursionError:
                raise TemplateFault(f"`{shown(self.source)}` is nested too deeply") from None


@dataclasses.dataclass(frozen=True)
class Template:
    """A text with expressions to be filled in: `parts` are the texts and expressions, in order."""

    parts: tuple[str | Expression, ...]

    @property
    def names(self) -> frozenset[str]:
        """The parameters that the text uses."""
        return frozenset(name for part in self.parts if isinstance(part, Expression) for name in part.names)

    def filled(self, values: Mapping[str, Value]) -> str:
        """Return the text with all expressions worked out. Raises TemplateFault."""
        found = [part if isinstance(part, str) else printed(part.value(values)) for part in self.parts]
        if sum(map(len, found)) > MAX_CHARACTERS:
            raise TemplateFault(f"the text becomes longer than {MAX_CHARACTERS:,} characters")
        return "".join(found)


def template(text: str, known: Collection[str]) -> Template:
    """Read a text in which the parameters `known` may be used. Raises TemplateFault."""
    return Template(tuple(_parts(text, known)))


def expression(source: str, known: Collection[str], excerpt: str | None = None) -> Expression:
    """Read an expression in which the parameters `known` may be used. Raises TemplateFault, for `excerpt`."""
    with _about(excerpt):
        if not source.strip():
            raise TemplateFault("there is no expression here", _TWO_BRACES if excerpt else _ALLOWED)
        if len(source) > _MAX_EXPRESSION:
            raise TemplateFault(f"the expression is longer than {_MAX_EXPRESSION} characters")
        node = _parsed(source)
        names = frozenset(_checked(node, source))
        for name in sorted(names - set(known)):
            there = f"there are: {', '.join(known)}" if known else "there are none before it"
            raise TemplateFault(f"there is no parameter `{shown(name)}`", there)
    return Expression(source.strip(), names, node, excerpt)


@contextlib.contextmanager
def _about(excerpt: str | None) -> Iterator[None]:
    """Say of what is wrong which part of the text is meant."""
    try:
        yield
    except TemplateFault as fault:
        fault.excerpt = fault.excerpt or excerpt
        raise


def _parts(text: str, known: Collection[str]) -> Iterator[str | Expression]:
    if block := _BLOCK.search(text):
        raise TemplateFault(
            f"`{shown(block[0])}` stands here, and blocks are not filled in", f"between `{{{{` and `}}}}` {_ALLOWED}"
        )
    position = read = 0
    while (start := text.find(_OPENING, position)) >= 0:
        while text.startswith("{", start + len(_OPENING)):  # the braces before the last two are braces
            start += 1
        found = _FIELD.match(text, start)
        if found is None:
            help = f"close it with `}}}}`, or {_TWO_BRACES}"
            raise TemplateFault("the expression that begins with `{{` has no end", help, _OPENING)
        read += 1
        if read > _MAX_EXPRESSIONS:
            raise TemplateFault(f"the text holds more than {_MAX_EXPRESSIONS:,} expressions")
        yield text[position:start]
        yield expression(found[1], known, found[0])
        position = found.end()
    yield text[position:]


def _parsed(source: str) -> Any:
    """Return the node of an expression, in Jinja's tree."""
    from quizlib.authoring import jinja  # which only banks with parameters need

    with warnings.catch_warnings(action="ignore"):  # of escapes in texts that mean nothing
        node = jinja.parsed(source)
    if node is None:
        raise TemplateFault(f"`{shown(source.strip())}` cannot be read", _ALLOWED)
    return node


_OPERATORS = {"Add": "+", "Sub": "-", "Mul": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**"}
_PLAIN = {*_OPERATORS, "Neg", "Pos", "Not", "And", "Or", "Name", "Const", "Compare", "CondExpr", "Concat", "Filter"}
_COMPARISONS = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">="}


def _checked(node: Any, source: str) -> Iterator[str]:
    """Yield the names in a tree. Raises TemplateFault for a node that is not allowed."""
    nodes = [node]
    while nodes:
        each = nodes.pop()
        kind = type(each).__name__
        is_operand = kind == "Operand" and each.op in _COMPARISONS
        if kind not in _PLAIN and not is_operand:
            raise TemplateFault(f"`{shown(source.strip())}` holds what is not allowed", _ALLOWED)
        if kind == "Name":
            yield each.name
        if kind == "CondExpr" and each.expr2 is None:
            raise TemplateFault(f"`{shown(source.strip())}` has an `if` without an `else`")
        if kind == "Filter" and (each.node is None or each.kwargs or each.dyn_args or each.dyn_kwargs):
            raise TemplateFault(f"the filter `{shown(each.name)}` cannot be used in this way")
        nodes += each.iter_child_nodes()


def _value(node: Any, values: Mapping[str, Value]) -> Value:
    kind = type(node).__name__
    if kind in _OPERATORS:
        return apply(_OPERATORS[kind], _value(node.left, values), _value(node.right, values))
    return _EVALUATORS[kind](node, values)


def _constant(node: Any, values: Mapping[str, Value]) -> Value:
    match node.value:
        case bool() | str() as value:
            if isinstance(value, str) and any("\ud800" <= character <= "\udfff" for character in value):
                raise TemplateFault("a text holds half of a character")
            return value
        case int() | float() as value:
            return Number.of(str(value) if isinstance(value, int) else repr(value))
        case _:
            raise TemplateFault("`none` is no value that could be shown")


def _joined(node: Any, values: Mapping[str, Value]) -> Value:
    text = "".join(printed(_value(each, values)) for each in node.nodes)
    if len(text) > _MAX_JOINED:
        raise TemplateFault(f"the text that is joined is longer than {_MAX_JOINED:,} characters")
    return text


def _compared(node: Any, values: Mapping[str, Value]) -> Value:
    left = _value(node.expr, values)
    for operand in node.ops:
        right = _value(operand.expr, values)
        if not compare(_COMPARISONS[operand.op], left, right):
            return False
        left = right
    return True


def _truth(node: Any, values: Mapping[str, Value]) -> bool:
    value = _value(node, values)
    if not isinstance(value, bool):
        raise TemplateFault(f"`{shown(printed(value))}` is neither true nor false")
    return value


def _filter(node: Any, values: Mapping[str, Value]) -> Value:
    return filtered(node.name, _value(node.node, values), [_value(each, values) for each in node.args])


def _signed(node: Any, values: Mapping[str, Value]) -> Value:
    return apply("*" if type(node).__name__ == "Pos" else "-*", Number.of("1"), _value(node.node, values))


_EVALUATORS: dict[str, Callable[[Any, Mapping[str, Value]], Value]] = {
    "Name": lambda node, values: values[node.name],
    "Const": _constant,
    "Concat": _joined,
    "Compare": _compared,
    "Filter": _filter,
    "Neg": _signed,
    "Pos": _signed,
    "Not": lambda node, values: not _truth(node.node, values),
    "And": lambda node, values: _truth(node.left, values) and _truth(node.right, values),
    "Or": lambda node, values: _truth(node.left, values) or _truth(node.right, values),
    "CondExpr": lambda node, values: _value(node.expr1 if _truth(node.test, values) else node.expr2, values),
}
