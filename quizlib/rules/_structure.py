"""The images, headings, tables, links and code of a text, as the exporters' own engine reads it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

from quizlib.content import Renderer
from quizlib.diagnostics import Place
from quizlib.model import Bank, Item
from quizlib.rules._walk import all_texts, kept

_RENDERERS = {kept: Renderer(sanitize_html=kept) for kept in (False, True)}
# Without one of these a text has no structure, and need not be rendered.
_MARKED = re.compile(r"\[|<|\||```|~~~|^ {0,3}#|^ {0,3}(?:=+|-+)[ \t]*$|^(?: {4}|\t)", re.MULTILINE)
_MARKS = re.compile(r"[\[<|#`~\n]")
_HEADING = re.compile(r"h([1-6])")


class Image(NamedTuple):
    """An image: its path or address, and the description for those who do not see it."""

    source: str
    description: str


class Heading(NamedTuple):
    """A heading, from level 1 to 6."""

    level: int
    text: str


class Link(NamedTuple):
    """A link: where it leads, and its text; `image` says that there is an image in it."""

    target: str
    text: str
    image: bool


class Block(NamedTuple):
    """A block of code; its language is None where the text does not say it."""

    language: str | None
    source: str


class Structure(NamedTuple):
    """What stands in a text, each kind in order. Of a table, `tables` holds the texts of its header cells."""

    images: tuple[Image, ...] = ()
    headings: tuple[Heading, ...] = ()
    tables: tuple[tuple[str, ...], ...] = ()
    links: tuple[Link, ...] = ()
    blocks: tuple[Block, ...] = ()


def structure(text: str, *, sanitize_html: bool) -> Structure:
    """Read a Markdown text."""
    marked = _MARKS.search(text) and _MARKED.search(text)
    return _read(text, sanitize_html) if marked else _NONE


@kept
def structures(bank: Bank) -> Iterator[tuple[Item | None, Structure, Place]]:
    """Return the structure of each text of a bank that has one, with its item and place."""
    for item, text, place in all_texts(bank):
        if (found := structure(text, sanitize_html=bank.sanitize_html)) != _NONE:
            yield item, found, place


_NONE = Structure()


@functools.lru_cache(maxsize=4096)
def _read(text: str, sanitize_html: bool) -> Structure:
    reader = _Reader()
    reader.feed(_RENDERERS[sanitize_html].block(text))
    reader.close()
    return reader.found()


class _Reader(HTMLParser):
    """Gathers structure from what the engine wrote."""

    def __init__(self) -> None:
        super().__init__()
        self._images: list[Image] = []
        self._headings: list[Heading] = []
        self._tables: list[tuple[str, ...]] = []
        self._links: list[Link] = []
        self._blocks: list[Block] = []
        self._open: list[tuple[str, list[str]]] = []  # the element whose text is wanted, and the text so far
        self._cells: list[str] = []
        self._target = ""
        self._language: str | None = None
        self._pre = False
        self._images_before = 0

    def found(self) -> Structure:
        return Structure(
            tuple(self._images), tuple(self._headings), tuple(self._tables), tuple(self._links), tuple(self._blocks)
        )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        match tag:
            case "img":
                self._images.append(Image(given.get("src", ""), given.get("alt", "")))
                self.handle_data(given.get("alt", ""))
            case "table":
                self._cells = []
            case "pre":
                self._pre = True
            case "a":
                self._target, self._images_before = given.get("href", ""), len(self._images)
            case "code" if self._pre:
                name = given.get("class", "").removeprefix("language-")
                self._language = name or None
                self._open.append((tag, []))
        if tag in ("a", "th") or _HEADING.fullmatch(tag):
            self._open.append((tag, []))

    def handle_data(self, data: str) -> None:
        for _, parts in self._open:
            parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        text = self._closed(tag)
        match tag:
            case "th" if text is not None:
                self._cells.append(text.strip())
            case "table":
                self._tables.append(tuple(self._cells))
            case "pre":
                self._pre = False
            case "code" if text is not None:
                self._blocks.append(Block(self._language, text.removesuffix("\n")))
            case "a" if text is not None:
                self._links.append(Link(self._target, text.strip(), len(self._images) > self._images_before))
            case _ if text is not None and (level := _HEADING.fullmatch(tag)):
                self._headings.append(Heading(int(level[1]), text.strip()))

    def _closed(self, tag: str) -> str | None:
        """Return the text of an element that ends, if it was wanted."""
        if not self._open or self._open[-1][0] != tag:
            return None
        return "".join(self._open.pop()[1])
