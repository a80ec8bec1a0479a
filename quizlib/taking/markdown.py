"""Markdown in a terminal: paragraphs, lists, tables and code as lines of plain text.

The Markdown engine is the one of all exporters; what it makes of a text is HTML, whose blocks become lines here. Marks
inside of a line go, but for the back quotes around code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from quizlib.content import Renderer
from quizlib.diagnostics import printable
from quizlib.layout import cells, code_lines, wrapped

_BLANKS = re.compile(r"[ \t\n\r\f\v]+")
_BLOCKS = frozenset(["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "dl", "dt", "dd"])
_CELLS = frozenset(["td", "th"])
_MARK = "GAPQ"


def markdown_lines(
    text: str, width: int, first: str = "", *, sanitize_html: bool = False, gaps: Sequence[str] = ()
) -> list[str]:
    """Return a Markdown text in lines of at most `width` cells; programs are never broken.

    `first` stands before the first line, and blanks before the others. `[[name]]` of a gap is shown as its number.
    """
    parser = _Lines(width, first)
    parser.feed(Renderer(sanitize_html=sanitize_html).block(_numbered(text, gaps)))
    parser.close()
    return parser.finished()


def plain_line(text: str, *, sanitize_html: bool = False) -> str:
    """Return a Markdown text on one line."""
    lines = markdown_lines(text, 1_000_000, sanitize_html=sanitize_html)
    return " ".join(line.strip() for line in lines if line.strip())


def _numbered(text: str, gaps: Sequence[str]) -> str:
    """Put a word that Markdown leaves alone where a gap stands."""
    for number, name in enumerate(gaps, 1):
        text = text.replace(f"[[{name}]]", f"{_MARK}{number}Q", 1)
    return text


def _shown(text: str) -> str:
    return re.sub(rf"{_MARK}([0-9]+)Q", r"[\1:____]", printable(text))


class _Lines(HTMLParser):
    """Turns the blocks of a rendered text into lines."""

    def __init__(self, width: int, first: str) -> None:
        super().__init__(convert_charrefs=True)
        self._width = width
        self._first = first  # what stands before the next line, once
        self._indents = [" " * cells(first)]
        self._lines: list[str] = []
        self._text = ""
        self._pre: str | None = None
        self._lists: list[int | None] = []
        self._rows: list[list[str]] | None = None
        self._links: list[tuple[str, int]] = []
        self._wants_blank = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS:
            self._end_block()
        match tag:
            case "pre":
                self._end_block()
                self._pre = ""
            case "ul" | "ol":
                start = given.get("start", "1")
                self._lists.append(int(start) if tag == "ol" and re.fullmatch("[0-9]{1,9}", start) else None)
                if tag == "ol" and self._lists[-1] is None:
                    self._lists[-1] = 1
            case "li":
                self._begin_item()
            case "blockquote":
                self._indents.append(self._indents[-1] + "| ")
                self._first = self._first or self._indents[-1]
            case "table":
                self._end_block()
                self._rows = []
            case "tr" if self._rows is not None:
                self._rows.append([])
            case "a":
                self._links.append((given.get("href", ""), len(self._text)))
            case _:
                self._inline(tag, given)

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "pre" if self._pre is not None:
                self._end_code()
            case "ul" | "ol" if self._lists:
                self._end_block()
                self._lists.pop()
                self._wants_blank = not self._lists
            case "li" | "blockquote":
                self._end_block()
                self._first = ""
                if len(self._indents) > 1:
                    self._indents.pop()
                self._wants_blank = tag == "blockquote"
            case "table" if self._rows is not None:
                self._end_table()
            case "a" if self._links:
                self._end_link(*self._links.pop())
            case "code" if self._pre is None:
                self._text += "`"
            case _ if tag in _CELLS and self._rows:
                self._rows[-1].append(self._text.strip())
                self._text = ""
            case _ if tag in _BLOCKS:
                self._end_block()
                self._wants_blank = self._wants_blank or tag == "p" or tag.startswith("h")

    def handle_data(self, data: str) -> None:
        if self._pre is not None:
            self._pre += data
        else:
            self._text += _shown(_BLANKS.sub(" ", data))

    def finished(self) -> list[str]:
        """Return the lines; one, empty, for a text without any."""
        self._end_block()
        return self._lines or [self._first.rstrip()]

    def _inline(self, tag: str, given: dict[str, str]) -> None:
        match tag:
            case "br":
                self._text += "\n"
            case "code" if self._pre is None:
                self._text += "`"
            case "img":
                self._text += f"[image: {printable(given.get('alt') or given.get('src', ''))}]"
            case "hr":
                self._end_block()
                self._text = "-" * 10
                self._end_block()
                self._wants_blank = True

    def _begin_item(self) -> None:
        mark = "- "
        if self._lists and (number := self._lists[-1]) is not None:
            mark, self._lists[-1] = f"{number}. ", number + 1
        self._first = (self._first or self._indents[-1]) + mark
        self._indents.append(" " * cells(self._first) if "|" not in self._first else self._indents[-1] + "  ")

    def _add(self, lines: Sequence[str]) -> None:
        if self._wants_blank and self._lines:
            self._lines.append("")
        self._wants_blank = False
        self._lines += lines

    def _prefix(self) -> str:
        first, self._first = self._first or self._indents[-1], ""
        return first

    def _end_block(self) -> None:
        text, self._text = self._text, ""
        if not text.strip():
            return
        lines: list[str] = []
        for part in text.strip().split("\n"):
            lines += wrapped(part, self._width, self._prefix(), self._indents[-1])
        self._add(lines)

    def _end_code(self) -> None:
        source, self._pre = self._pre or "", None
        indent = self._indents[-1] + "    "
        if self._first:
            self._add([self._prefix().rstrip()])
        self._wants_blank = bool(self._lines)
        self._add([_shown(line) for line in code_lines(source, indent, indent)])
        self._wants_blank = True

    def _end_link(self, address: str, start: int) -> None:
        if address and address != self._text[start:].strip():
            self._text += f" ({printable(address)})"

    def _end_table(self) -> None:
        rows, self._rows = [row for row in self._rows or () if row], None
        if not rows:
            return
        indent = self._prefix()
        self._wants_blank = bool(self._lines)
        self._add(table_lines(rows, self._width, indent))
        self._wants_blank = True


def table_lines(rows: Sequence[Sequence[str]], width: int, indent: str = "") -> list[str]:
    """Return a table, whose first row is its head, in columns; where it is too wide, each cell on its own line."""
    count = max(map(len, rows))
    full = [[*row, *[""] * (count - len(row))] for row in rows]
    sizes = [max(cells(row[column]) for row in full) for column in range(count)]
    if cells(indent) + sum(sizes) + 3 * (count - 1) <= width:
        lines = [_row(row, sizes, indent) for row in full]
        return [lines[0], indent + "-+-".join("-" * size for size in sizes), *lines[1:]]
    found: list[str] = []
    for row in full[1:] or full:
        for head, cell in zip(full[0], row, strict=True):
            found += wrapped(f"{head}: {cell}" if len(full) > 1 else cell, width, indent)
        found.append(indent.rstrip())
    return found[:-1]


def _row(row: Sequence[str], sizes: Sequence[int], indent: str) -> str:
    padded = (cell + " " * (size - cells(cell)) for cell, size in zip(row, sizes, strict=True))
    return (indent + " | ".join(padded)).rstrip()
