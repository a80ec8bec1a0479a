"""How the values of a document are laid out in its text: which lie between brackets, and where each really ends."""

from __future__ import annotations

import functools
import re

from quizlib.diagnostics import Key, Place
from quizlib.editing.altered import CannotEditError
from quizlib.source import LINE_END, Document
from quizlib.yaml_events import Node

Keys = tuple[Key, ...]
RawEdit = tuple[int, int, str]  # start and end in characters, and what comes in between

_DASH = re.compile(r"([^#]*-)[ \t]*(?:[ \t]#.*)?")
_KEEPING = re.compile(r"[|>][1-9]?\+")
_OTHER_BREAK = re.compile("[\x85\u2028\u2029]")


class Layout:
    """A document whose values can be reached in its text. What an alias shares with other places is not reached."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self._marks = document.marks

    def reach(self, place: Place) -> Keys:
        """Return the keys of a value that stands here and nowhere else. Raises CannotEditError."""
        keys = place.keys
        if place.path != self.document.path or keys not in self._marks.values:
            raise CannotEditError("the value does not stand in this document")
        for length in range(len(keys) + 1):
            if self.text.startswith(("&", "*"), self._marks.values[keys[:length]][0]):
                raise CannotEditError("the value stands in several places, by an alias")
        return keys

    def node(self, keys: Keys) -> Node:
        """Return the data of a value."""
        return self.document.value(keys)

    def start(self, keys: Keys) -> int:
        """Return where a value starts."""
        return self._marks.values[keys][0]

    def extent(self, keys: Keys) -> tuple[int, int]:
        """Return where a value starts and ends, in block style with the remarks that follow it."""
        return self._marks.values[keys]

    def end(self, keys: Keys) -> int:
        """Return where a value ends, without what comes behind its last character."""
        while (children := self.children(keys)) and not self.is_braced(keys):
            keys = children[-1]
        start, end = self._marks.values[keys]
        if self.text.startswith(("|", ">"), start):
            return self.line_end(start + len(self.text[start:end].rstrip("\r\n ")))  # blanks may end the text
        return end

    def key(self, keys: Keys) -> tuple[int, int]:
        """Return where the last key stands."""
        return self._marks.keys[keys]

    def children(self, keys: Keys) -> list[Keys]:
        """Return the places of the values directly below one, in their order."""
        node = self.node(keys)
        if isinstance(node, dict):
            return [(*keys, key) for key in node]
        return [(*keys, index) for index in range(len(node))] if isinstance(node, list) else []

    def head(self, keys: Keys) -> int:
        """Return where an entry starts: at its key, or in a list in block style at its dash."""
        if isinstance(keys[-1], str):
            return self._marks.keys[keys][0]
        start = self._marks.values[keys][0]
        if self.in_flow(keys):
            return start
        return self._dash(start)

    def _dash(self, start: int) -> int:
        """Return where the dash of an element stands; there may be lines with remarks between the two."""
        line = self.line_start(start)
        before = self.text[line:start]
        while not before.strip() or before.lstrip(" ").startswith("#"):
            if not line:
                break
            end, line = line, self.line_start(line - 1)
            before = self.text[line:end].rstrip("\r\n")
        found = _DASH.fullmatch(before)
        if found is None:
            raise CannotEditError("the dash of a list's element is not found")
        return line + found.end(1) - 1

    def in_flow(self, keys: Keys) -> bool:
        """Whether a value stands between brackets or braces."""
        return any(self.is_braced(keys[:length]) for length in range(len(keys)))

    def is_braced(self, keys: Keys) -> bool:
        """Whether a mapping or list is written in braces or brackets."""
        return isinstance(self.node(keys), dict | list) and self.text.startswith(("{", "["), self.start(keys))

    def is_alias(self, keys: Keys) -> bool:
        """Whether an alias stands in the place of a value, or above it."""
        return keys not in self._marks.values or self.text.startswith("*", self.start(keys))

    @functools.cached_property
    def lines_of_texts(self) -> tuple[frozenset[int], frozenset[int]]:
        """The numbers of the lines that start inside a text, and of those that end inside one."""
        starting: set[int] = set()
        ending: set[int] = set()
        for keys, (start, end) in self._marks.values.items():
            if end > start and not isinstance(self.node(keys), dict | list):
                span = self.document.extent(start, self._kept_end(keys))
                is_block = self.text.startswith(("|", ">"), start)
                starting.update(range(span.line + 1, span.end_line + 1))
                ending.update(range(span.line + is_block, span.end_line + is_block))
        return frozenset(starting), frozenset(ending)

    @functools.cached_property
    def kept_lines(self) -> frozenset[int]:
        """The numbers of the lines of texts that keep all blank lines behind them (`|+`)."""
        found: set[int] = set()
        for keys, (start, _) in self._marks.values.items():
            if _KEEPING.match(self.text, start) and not isinstance(self.node(keys), dict | list):
                span = self.document.extent(start, self._kept_end(keys))
                found.update(range(span.line, span.end_line + 1))
        return frozenset(found)

    def _kept_end(self, keys: Keys) -> int:
        """Return where a text ends, with the blank lines that are a part of it."""
        start, end = self._marks.values[keys]
        if not _KEEPING.match(self.text, start):
            return self.end(keys)
        kept = self.text[start:end].rstrip(" ")
        return start + len(kept) - (2 if kept.endswith("\r\n") else kept.endswith(("\n", "\r")))

    def column(self, index: int) -> int:
        """Return how many characters precede one on its line. Raises CannotEditError where YAML counts otherwise."""
        column = self.document.extent(index, index).column - 1
        if _OTHER_BREAK.search(self.text, index - column, index):
            raise CannotEditError("YAML sees a line end that editors do not")
        return column

    def line_start(self, index: int) -> int:
        """Return where the line of a character starts."""
        return index - self.column(index)

    def line_end(self, index: int) -> int:
        """Return where the line of a character ends, before its line end."""
        found = LINE_END.search(self.text, index)
        return found.start() if found else len(self.text)

    def next_line(self, index: int) -> int:
        """Return where the line behind that of a character starts."""
        found = LINE_END.search(self.text, index)
        return found.end() if found else len(self.text)

    @property
    def line_break(self) -> str:
        """The line end of the document: that of its first line."""
        found = LINE_END.search(self.text)
        return found[0] if found else "\n"
