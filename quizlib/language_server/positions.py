"""Between the places of quizlib (from 1, in characters) and those of the protocol (from 0, in the client's units)."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types
from pygls.workspace import PositionCodec

from quizlib.diagnostics import Span
from quizlib.source import LINE_END

BYTE_ORDER_MARK = "\ufeff"


def split_lines(text: str) -> list[str]:
    """Return the lines of a text, as the protocol counts them, without their ends."""
    return LINE_END.split(text)


class Positions:
    """Translates places in one text. A byte order mark counts for the client only, and is in none of the `lines`."""

    def __init__(self, text: str, codec: PositionCodec) -> None:
        self.lines: Sequence[str] = split_lines(text.removeprefix(BYTE_ORDER_MARK))
        self._codec = codec
        self._mark = self.units(BYTE_ORDER_MARK) if text.startswith(BYTE_ORDER_MARK) else 0

    def range(self, span: Span) -> types.Range:
        """Return the range of a span; that of a whole file is its first line."""
        if not span.line:
            return types.Range(types.Position(0, 0), self._position(1, len(self._line(1)) + 1))
        return types.Range(self._position(span.line, span.column), self._position(span.end_line, span.end_column))

    def place(self, position: types.Position) -> tuple[int, int]:
        """Return line and column, both from 0, the column in characters."""
        line = min(position.line, len(self.lines) - 1)
        text = self.lines[line]
        character = position.character if line else max(0, position.character - self._mark)
        if position.line > line or character >= self.units(text):
            return line, len(text)
        found = self._codec.position_from_client_units([text], types.Position(0, character))
        return line, found.character

    def units(self, text: str) -> int:
        """Return the length of a text in the client's units."""
        units: int = self._codec.client_num_units(text)
        return units

    def lines_range(self, first: int, last: int) -> types.Range:
        """Return the range of whole lines, counted from 1."""
        return types.Range(self._position(first, 1), self._position(last, len(self._line(last)) + 1))

    def _position(self, line: int, column: int) -> types.Position:
        text = self._line(line)
        within = types.Position(0, min(column - 1, len(text)))
        mark = self._mark if line == 1 else 0
        return types.Position(line - 1, mark + self._codec.position_to_client_units([text], within).character)

    def _line(self, number: int) -> str:
        return self.lines[number - 1] if 1 <= number <= len(self.lines) else ""
