"""Where the brackets begin in which a line stands: what is written in them may go over several lines."""

from __future__ import annotations

from collections.abc import Sequence

from quizlib.language_server.flow import begins_flow, opened
from quizlib.language_server.openers import BLOCK_SCALAR, openers_of

_NO_KEY = ("{", "[", "}", "]", "#")  # a line that begins so is none that was meant to follow a forgotten bracket


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
        elif begins_flow(value) and _is_open(value):
            end = _end(lines, number, line + 1, column, beside=_NO_KEY)
            if end > line and _is_open("\n".join((value, *lines[number + 1 : line]))):
                return number
        number = end
    return line


def _end(lines: Sequence[str], start: int, limit: int, column: int, beside: tuple[str, ...] = ()) -> int:
    """Return the first line behind `start` that is indented no further than `column`, and begins with none of some."""
    for number in range(start + 1, limit):
        text = lines[number].strip()
        if text and _indentation(lines[number]) <= column and not text.startswith(beside):
            return number
    return limit


def _indentation(text: str) -> int:
    return len(text) - len(text.lstrip())


def _is_open(value: str) -> bool:
    flow = opened(value)
    return flow is None or flow.depth > 0
