"""What has been opened in YAML by `{` and `[`, up to a cursor."""

from __future__ import annotations

import dataclasses
import re

from quizlib.diagnostics import Key

_TOKEN = re.compile(
    r"""(?P<quote>["'])(?:\\.|(?!(?P=quote)).)*(?P<end>(?P=quote)|$)|(?<=\s)\#[^\n]*|[{}\[\],]|:(?=\s|$)"""
    r"""|(?P<key>[^\s{}\[\],"':][^{}\[\],:\n]*)(?=:(?:\s|$))|[^\s{}\[\],]+|\s+""",
    re.DOTALL,
)


@dataclasses.dataclass(slots=True)
class Flow:
    """The brackets that are open, the innermost last."""

    stack: list[tuple[str, str | None, set[str]]]  # bracket, key of the value being written, keys met

    @property
    def depth(self) -> int:
        """How many brackets are open; 0 in block style."""
        return len(self.stack)


def opened(value: str) -> Flow | None:
    """Follow the brackets of a value; None inside a quoted text."""
    flow = Flow([])
    if not value.startswith(("{", "[")):
        return None if value.startswith(("'", '"')) and len(value) > 1 and not value.endswith(value[0]) else flow
    name = ""
    for found in _TOKEN.finditer(value):
        token = found[0]
        if found["quote"] and not found["end"]:
            return None
        if token in ("{", "["):
            flow.stack.append((token, None, set()))
        elif token in ("}", "]") and flow.stack:
            flow.stack.pop()
        elif token == "," and flow.stack:
            bracket, _, met = flow.stack[-1]
            flow.stack[-1] = (bracket, None, met)
        elif token == ":" and flow.stack and flow.stack[-1][0] == "{":
            flow.stack[-1] = ("{", name, flow.stack[-1][2] | {name})
        name = found["key"] or (token[1:-1] if found["quote"] else "")
    return flow


def within(path: tuple[Key, ...], outer: str | None, flow: Flow) -> tuple[tuple[Key, ...], str | None, frozenset[str]]:
    """Go on from a path in block style into what is open."""
    if not flow.depth:
        return path, outer, frozenset()
    keys = (*path, outer) if outer else path
    for bracket, key, _ in flow.stack[:-1]:
        keys = (*keys, *((key,) if bracket == "{" and key else (0,) if bracket == "[" else ()))
    bracket, key, met = flow.stack[-1]
    if bracket == "[":
        last = keys[-1] if keys and isinstance(keys[-1], str) else None
        return (keys[:-1], last, frozenset()) if last else (keys, None, frozenset())
    return keys, key, frozenset(met - {key} if key else met)
