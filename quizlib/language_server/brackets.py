"""What is written in `{ }` and `[ ]`, which may go over several lines."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from quizlib.diagnostics import Key
from quizlib.language_server.openers import BLOCK_SCALAR, openers_of


@dataclasses.dataclass(slots=True)
class Flow:
    """What `{` and `[` are open: their keys, the innermost last."""

    stack: list[tuple[str, str | None, set[str]]]  # bracket, key of the value being written, keys met

    @property
    def depth(self) -> int:
        """How many are open."""
        return len(self.stack)


_TOKEN = re.compile(
    r"""(?P<quote>["'])(?:\\.|(?!(?P=quote)).)*(?P<end>(?P=quote)|$)|(?<=\s)\#[^\n]*|[{}\[\],]|:(?=\s|$)"""
    r"""|(?P<key>[^\s{}\[\],"':][^{}\[\],:\n]*)(?=:(?:\s|$))|[^\s{}\[\],]+|\s+""",
    re.DOTALL,
)


def followed(value: str) -> Flow | None:
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


def first_line(lines: Sequence[str], line: int) -> int:
    """Return the line on which the brackets begin that are open where `line` begins; itself where none are."""
    number = 0
    while number < line:
        openers = list(openers_of(lines[number], number))
        column = openers[-1].column if openers else _indentation(lines[number]) - 1
        value = openers[-1].value if openers else lines[number].strip()
        end = number + 1
        if openers and BLOCK_SCALAR.match(value):
            end = _end(lines, number, line, column)
        elif value.startswith(("{", "[")) and _is_open(value):
            end = _end(lines, number, line + 1, column, closers=("}", "]"))
            if end > line and _is_open("\n".join((value, *lines[number + 1 : line]))):
                return number
        number = end
    return line


def _end(lines: Sequence[str], start: int, limit: int, column: int, closers: tuple[str, ...] = ()) -> int:
    """Return the first line behind `start` that is indented no further than `column`, but for one that closes."""
    for number in range(start + 1, limit):
        text = lines[number].strip()
        if text and _indentation(lines[number]) <= column and not text.startswith(closers or "\n"):
            return number
    return limit


def _indentation(text: str) -> int:
    return len(text) - len(text.lstrip())


def _is_open(value: str) -> bool:
    flow = followed(value)
    return flow is None or flow.depth > 0
