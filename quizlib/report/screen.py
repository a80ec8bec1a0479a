"""What a report for people is written on: how wide it is, whether it has colours, and which characters it knows."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from quizlib.layout import cells, wrapped

RED, YELLOW, BOLD, BLUE, GREEN = "\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[34m", "\x1b[32m"
_OFF = "\x1b[0m"
_NARROW = 40  # cells; below it, indentation costs more than it helps


@dataclasses.dataclass(frozen=True, slots=True)
class Screen:
    """A terminal of `width` cells, or a file or a pipe, whose lines may be of any length: `width` None."""

    width: int | None = None
    color: bool = False
    encoding: str = "utf-8"

    @property
    def narrow(self) -> bool:
        """Whether there is little room."""
        return self.width is not None and self.width < _NARROW

    def shown(self, text: str) -> str:
        """Return a text with escapes in the place of characters that cannot be written here."""
        return text if text.isascii() else text.encode(self.encoding, "backslashreplace").decode(self.encoding)

    def paint(self, text: str, color: str) -> str:
        """Return a text in a colour, where there are colours."""
        return f"{color}{text}{_OFF}" if self.color else text

    def fits(self, text: str) -> bool:
        """Whether a text fits one line."""
        return self.width is None or cells(text) <= self.width

    def lines(self, text: str, first: str = "", rest: str | None = None) -> Iterator[str]:
        """Yield a text behind `first`, in as many lines as are needed; `rest` stands before the further ones."""
        text = self.shown(text)
        if self.width is None or self.fits(f"{first}{text}"):
            yield f"{first}{text}"
        else:
            yield from wrapped(text, self.width, first, rest)


def head(characters: Sequence[str], room: int) -> list[str]:
    """Return as many of the first characters as fit in `room` cells."""
    return list(_fitting(characters, room))


def tail(characters: Sequence[str], room: int) -> list[str]:
    """Return as many of the last characters as fit in `room` cells."""
    return list(_fitting(reversed(characters), room))[::-1]


def _fitting(characters: Iterable[str], room: int) -> Iterator[str]:
    for character in characters:
        room -= cells(character)
        if room < 0:
            return
        yield character
