"""A list of questions as a table: cut to the terminal's width, or whole where it is read by another program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizlib.catalogue import Entry
from quizlib.diagnostics import leading, printable
from quizlib.layout import cells
from quizlib.taking.markdown import plain_line

_HEAD = ("id", "type", "difficulty", "points", "tags", "question", "where")
_WHERE = _HEAD.index("where")
# Which column is cut, to how many cells at the least, in this order.
_CUT = ((4, 10), (5, 24), (_WHERE, 16), (5, 14), (4, 8), (0, 14), (_WHERE, 10), (1, 8))
_GAP = "  "
_STACKED = 80  # cells, below which a table could not be read


def lines(entries: Sequence[Entry], width: int | None) -> Iterator[str]:
    """Yield the table, in lines of at most `width` cells; None leaves every cell whole."""
    if not entries:
        return
    rows = [_row(entry) for entry in entries]
    if width is not None and width < _STACKED:
        for row in rows:
            yield from _stacked(row, width)
        return
    table = [_HEAD, *rows]
    sizes = [max(cells(row[column]) for row in table) for column in range(len(_HEAD))]
    if width is not None:
        sizes = _fitting(sizes, width)
    for row in table:
        shown = (_padded(cell, sizes[column], keep_end=column == _WHERE) for column, cell in enumerate(row))
        yield _GAP.join(shown).rstrip()


def _row(entry: Entry) -> tuple[str, ...]:
    variants = f" ({entry.variants} variants)" if entry.variants else ""
    return (
        leading(f"{entry.identifier}{variants}"),
        printable(entry.question_type),
        entry.difficulty or "-",
        f"{entry.points:g}",
        printable(", ".join(entry.tags)) or "-",
        printable(entry.title) if entry.title else plain_line(entry.stem),
        printable(f"{entry.path}:{entry.line}"),
    )


def _stacked(row: Sequence[str], width: int) -> Iterator[str]:
    """Yield an entry with each cell on a line of its own."""
    yield _cut(row[0], width)
    for heading, cell in zip(_HEAD[1:], row[1:], strict=True):
        lead = f"  {heading}: "
        yield lead + _padded(cell, width - len(lead), keep_end=heading == "where").rstrip()


def _fitting(sizes: Sequence[int], width: int) -> list[int]:
    """Return sizes of columns that fit: what tells least is cut first, as far as it can be read."""
    fitting = list(sizes)
    excess = sum(sizes) + len(_GAP) * (len(sizes) - 1) - width
    for column, least in _CUT:
        less = max(0, min(excess, fitting[column] - least))
        fitting[column] -= less
        excess -= less
    return fitting


def _padded(cell: str, size: int, *, keep_end: bool) -> str:
    shown = _cut(cell[::-1], size)[::-1] if keep_end else _cut(cell, size)
    return shown + " " * (size - cells(shown))


def _cut(text: str, size: int) -> str:
    """Return a text in so many cells, with dots at the end of what is cut."""
    if cells(text) <= size:
        return text
    shown, taken = "", 0
    for character in text:
        taken += cells(character)
        if taken > size - 2:
            break
        shown += character
    return f"{shown}.."
