"""The line of a bank that a finding points to, with carets under the place, as far as there is room."""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Span, shown_characters
from quizlib.layout import cells
from quizlib.report.screen import BLUE, Screen, head, tail
from quizlib.source import Document

_WIDTH = 120  # cells of the line that are shown where there is room for all


def excerpt(document: Document, span: Span, screen: Screen, color: str) -> Iterator[str]:
    """Yield the first line of a span, and the line of carets in this colour."""
    gutter = str(span.line) if screen.narrow else f"{span.line:>5}"
    room = _WIDTH if screen.width is None else max(min(_WIDTH, screen.width - len(gutter) - 3), 4)
    before, marked, after = _parts(document, span, screen, room)
    yield f"{screen.paint(gutter, BLUE)} | {f'{before}{marked}{after}'.rstrip()}"
    carets = "^" * max(1, cells(marked))
    yield f"{' ' * len(gutter)} | {' ' * cells(before)}{screen.paint(carets, color)}"


def margin(span: Span, screen: Screen) -> str:
    """Return the blanks before what belongs to a finding but is no part of its line."""
    if screen.narrow:
        return "  "
    return " " * (max(5, len(str(span.line)) + 1) - 2) if span.line else "   "


def _parts(document: Document, span: Span, screen: Screen, room: int) -> tuple[str, str, str]:
    """Return what is shown before, at and behind the place; a line that is too long is cut on both sides."""
    line = document.line(span.line)
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    end = max(end, start + 1)
    characters = [screen.shown(one) for one in shown_characters(line)]  # of the whole line: orders may be cut in two
    before, marked, after = characters[:start], characters[start:end] or [" "], characters[end:]
    if sum(map(cells, characters)) > room:
        dots = screen.shown("…") if len(screen.shown("…")) == 1 else "..."
        marked = head(marked, room)
        spare = room - sum(map(cells, marked))
        kept = tail(before, spare - min(sum(map(cells, after)), room // 6))
        if len(kept) < len(before):
            kept = [dots, *tail(kept, sum(map(cells, kept)) - cells(dots))] if kept else kept
        before, after = kept, head(after, spare - sum(map(cells, kept)))
    return "".join(before), "".join(marked), "".join(after)
