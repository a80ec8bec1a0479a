"""How texts are shown: within the width of a terminal, and in colours where they are wanted."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from quizlib.diagnostics import printable
from quizlib.layout import code_lines, wrapped
from quizlib.model import Content, Listing
from quizlib.taking.markdown import markdown_lines

BOLD, RED, GREEN, YELLOW, FAINT = "1", "31", "32", "33", "2"
LEAST_WIDTH, MOST_WIDTH = 20, 100


@dataclasses.dataclass(frozen=True, slots=True)
class Screen:
    """A terminal of `width` cells. Colours say nothing that words do not say, too."""

    width: int = 80
    color: bool = False
    sanitize_html: bool = False

    def words(self, text: str, style: str = "", first: str = "") -> list[str]:
        """Return a sentence of ours, in a style."""
        lines = list(wrapped(printable(text), self._cells, first))
        return [f"\x1b[{style}m{line}\x1b[0m" for line in lines] if style and self.color else lines

    def markdown(self, text: str, first: str = "", gaps: Sequence[str] = ()) -> list[str]:
        """Return a text of the bank; `first` stands before its first line, and blanks before the others."""
        return markdown_lines(text, self._cells, first, sanitize_html=self.sanitize_html, gaps=gaps)

    def content(self, content: Content, first: str = "") -> list[str]:
        """Return what an option, a source, a target or an item says."""
        if not content.text.strip():
            return [f"{first}(nothing)"]
        if content.format == "markdown":
            return self.markdown(content.text, first)
        return list(code_lines(content.text, first))

    def listing(self, listing: Listing) -> list[str]:
        """Return a program, and what it is given."""
        lines = list(code_lines(listing.source))
        if listing.arguments:
            lines += ["", *self.words("Arguments:"), *(line for text in listing.arguments for line in code_lines(text))]
        if listing.stdin:
            lines += ["", *self.words("Standard input:"), *code_lines(listing.stdin)]
        for name, text in listing.files:
            lines += ["", *self.words(f"File {name}:"), *code_lines(text)]
        return lines

    @property
    def _cells(self) -> int:
        return min(max(self.width, LEAST_WIDTH), MOST_WIDTH)
