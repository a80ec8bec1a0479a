"""Places of quizlib and of the protocol in a text that begins with a byte order mark, which quizlib does not count."""

from __future__ import annotations

import pytest
from lsprotocol import types
from pygls.workspace import PositionCodec

from quizlib.diagnostics import Span
from quizlib.language_server.positions import Positions


@pytest.mark.parametrize(
    ("encoding", "width"), [(types.PositionEncodingKind.Utf16, 1), (types.PositionEncodingKind.Utf8, 3)]
)
def test_a_byte_order_mark_moves_the_first_line_only(encoding: types.PositionEncodingKind, width: int) -> None:
    positions = Positions("\ufeffid: a\nid: b", PositionCodec(encoding))
    for line, before in ((1, width), (2, 0)):
        found = positions.range(Span("a.yaml", line, 5, line, 6))
        assert found == types.Range(types.Position(line - 1, before + 4), types.Position(line - 1, before + 5))
        assert positions.place(found.start) == (line - 1, 4)
        assert positions.place(types.Position(line - 1, 99)) == (line - 1, 5)
    assert positions.lines == ["id: a", "id: b"]
    assert positions.place(types.Position(0, 0)) == (0, 0)


def test_whole_lines_leave_the_mark_where_it_is() -> None:
    positions = Positions("\ufeffid: a\nid: b", PositionCodec())
    assert positions.lines_range(1, 2) == types.Range(types.Position(0, 1), types.Position(1, 5))
