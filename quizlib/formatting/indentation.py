"""The indentation of block style: two blanks for each level, lists deeper than their key, one blank behind a dash."""

from __future__ import annotations

from quizlib.editing.altered import CannotEditError
from quizlib.editing.layout import Keys, Layout
from quizlib.source import Document

_STEP = 2


def indented(document: Document) -> str:
    """Return the text with its lines moved; what continues a text or brackets moves as far as the line it began on."""
    layout = Layout(document)
    heads = _heads(layout)
    lines: list[str] = []
    waiting: list[int] = []  # remarks, which move with the line below them
    shift = 0
    for number, line in enumerate(document.text.split("\n"), start=1):
        starts = heads.get(number)
        content = line.lstrip(" ")
        if starts:
            line, shift = _placed(line, starts)
            _move(lines, waiting, shift_of=starts[0][1] - starts[0][0])
            lines.append(line)
        elif content.startswith("#") and number not in layout.lines_of_texts[0]:
            waiting.append(len(lines))
            lines.append(line)
        else:
            _move(lines, waiting, shift_of=shift)
            lines.append(_moved(line, shift))
    _move(lines, waiting, shift_of=0)
    return "\n".join(lines)


def _heads(layout: Layout) -> dict[int, list[tuple[int, int]]]:
    """Return, by line, the columns at which entries in block style start, and those at which they should."""
    found: dict[int, list[tuple[int, int]]] = {}
    waiting: list[tuple[Keys, int]] = [((), 0)]
    while waiting:
        keys, wanted = waiting.pop()
        children = layout.children(keys)
        if not children or layout.is_braced(keys) or layout.is_alias(keys):
            continue
        for child in children:
            head = layout.head(child)
            line = layout.document.extent(head, head).line
            found.setdefault(line, []).append((layout.column(head), wanted))
            waiting.append((child, wanted + _STEP))
            if isinstance(child[-1], int) and _is_on_one_line(layout, child):
                found[line].append((layout.column(layout.start(child)), wanted + _STEP))
    return {line: sorted(heads) for line, heads in found.items()}


def _is_on_one_line(layout: Layout, keys: Keys) -> bool:
    """Whether an element stands behind its dash, and is neither a block of entries nor a text of several lines."""
    if layout.children(keys) and not layout.is_braced(keys):
        return False
    start, end = layout.extent(keys)
    span = layout.document.extent(start, end)
    return start < end and layout.line_start(start) <= layout.head(keys) and span.line == span.end_line


def _placed(line: str, heads: list[tuple[int, int]]) -> tuple[str, int]:
    """Return a line whose entries start where they should, and how far what follows them is to be moved."""
    if line[: heads[0][0]].strip(" "):
        raise CannotEditError("something stands before an entry")
    made = ""
    for number, (column, wanted) in enumerate(heads):
        made = made.rstrip(" ") if number else made
        if number and len(made) >= wanted:
            raise CannotEditError("there is no room between two entries")
        end = heads[number + 1][0] if number + 1 < len(heads) else len(line)
        made = made.ljust(wanted) + line[column:end]
    return made, heads[-1][1] - heads[-1][0]


def _move(lines: list[str], waiting: list[int], *, shift_of: int) -> None:
    for index in waiting:
        lines[index] = _moved(lines[index], shift_of)
    waiting.clear()


def _moved(line: str, shift: int) -> str:
    """Return a line moved to the right, or to the left as far as it can be."""
    if shift >= 0:
        return " " * shift + line if line.strip() else line
    blanks = len(line) - len(line.lstrip(" "))
    return line[min(blanks, -shift) :]
