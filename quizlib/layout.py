"""Text in lines that fit a terminal, by the cells that its characters take."""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import leading, printable

_LEAST = 4  # cells for the text itself, however deep it is indented
_TAB = 8


def cells(text: str) -> int:
    """Return how many cells a terminal gives to a text: two to wide characters, none to marks on others."""
    return len(text) if text.isascii() else sum(map(_cells_of, text))


def wrapped(text: str, width: int, first: str = "", rest: str | None = None) -> Iterator[str]:
    """Yield a text of words in lines of at most `width` cells; what is longer than a line is cut.

    `first` stands before the first line, and `rest` before the others: blanks as wide as `first` when absent.
    """
    rest = " " * cells(first) if rest is None else rest
    room = max(width - max(cells(first), cells(rest)), _LEAST)
    line, taken, before = "", 0, first
    for word in (piece for part in text.split(" ") if part for piece in _cut(part, room)):
        size = cells(word)
        if line and taken + 1 + size > room:
            yield leading(f"{before}{line}")
            line, taken, before = word, size, rest
        else:
            line, taken = (f"{line} {word}", taken + 1 + size) if line else (word, size)
    yield leading(f"{before}{line}".rstrip())


def code_lines(source: str, first: str = "    ", rest: str | None = None) -> Iterator[str]:
    """Yield the lines of a program or an output, indented, and never broken: so they can be copied."""
    rest = " " * cells(first) if rest is None else rest
    source = source.replace("\r\n", "\n").removesuffix("\n")
    for index, line in enumerate(source.split("\n")):
        yield leading(f"{rest if index else first}{printable(line.expandtabs(_TAB))}".rstrip())


def _cells_of(character: str) -> int:
    import unicodedata  # seldom needed

    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _cut(word: str, room: int) -> Iterator[str]:
    """Yield a word in pieces that fit a line."""
    if cells(word) <= room:
        yield word
        return
    piece, taken = "", 0
    for character in word:
        size = _cells_of(character)
        if piece and taken + size > room:
            yield piece
            piece, taken = "", 0
        piece, taken = piece + character, taken + size
    yield piece
