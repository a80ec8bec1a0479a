"""YAML text to plain data that knows where each value stood.

Every scalar keeps the characters that were typed: `no`, `007` and `0.270` stay texts. A scalar that is not there
at all (`hints:` and nothing behind it) is None. Positions are worked out only for a document that has something to
report.

Reading is hostile-proof: no tags, a bound on size, depth and on what aliases expand to, and every byte
sequence ends in data or in a diagnostic.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator
from typing import Any

from quizlib.diagnostics import Diagnostic, Key, Kind, Place, Span
from quizlib.yaml_events import EMPTY_FILE, Marks, Node, Reading, Refused

MAX_BYTES = 32_000_000

NOT_UTF8 = Kind("QZ002", "not-utf8")
DUPLICATE_KEY = Kind("QZ004", "duplicate-key")
TOO_LARGE = Kind("QZ008", "file-too-large")
CONTROL_CHARACTER = Kind("QZ009", "control-character")

# What YAML calls non-printable, so that libyaml would stop at it without a place.
_NOT_PRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
LINE_END = re.compile(r"\r\n|\r|\n")


class Document:
    """A YAML file: its text, its data (None when it cannot be read), and where every value stands.

    `mark` is the byte order mark that stood before the text, if there was one.
    """

    def __init__(self, path: str, text: str, data: Node, mark: str = "") -> None:
        self.path = path
        self.text = text
        self.data = data
        self.mark = mark

    @functools.cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in LINE_END.finditer(self.text))]

    @functools.cached_property
    def marks(self) -> Marks:
        """Where every value and every key stands, in characters. For a document that has data."""
        return Marks(self.text)

    def line(self, number: int) -> str:
        """Return line `number`, counted from 1, without its end; empty when there is no such line."""
        if not 1 <= number <= len(self._line_starts):
            return ""
        start = self._line_starts[number - 1]
        found = LINE_END.search(self.text, start)
        return self.text[start : found.start() if found else len(self.text)]

    def has_line(self, number: int) -> bool:
        """Whether there is a line `number`, counted from 1; behind a last line end there is one, an empty one."""
        return 1 <= number <= len(self._line_starts)

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield all lines, counted from 1."""
        return enumerate(LINE_END.split(self.text), start=1)

    def span(self, place: Place) -> Span:
        """Return where `place` stands; the nearest thing around it when that very value is not there."""
        keys = place.keys
        if place.on_key and keys in self.marks.keys:
            return self._between(*self.marks.keys[keys])
        while keys not in self.marks.values:
            keys = keys[:-1]
        start, end = self.marks.values[keys]
        if isinstance(self._at(keys), dict | list):
            return self._head(keys, start)
        if place.excerpt and (found := self.text.find(place.excerpt, start, end)) >= 0:
            return self._between(found, found + len(place.excerpt))
        return self._between(start, end)

    def extent(self, start: int, end: int) -> Span:
        """Return the span of the characters from `start` to `end`."""
        return Span(self.path, *self._position(start), *self._position(end))

    def value(self, keys: tuple[Key, ...]) -> Node:
        """Return the data that `keys` lead to. Raises KeyError, IndexError or TypeError where there are none."""
        return self._at(keys)

    def holds_text(self, line: int, column: int) -> bool:
        """Whether a place, counted from 1, lies inside a text, where `#` starts no comment."""
        index = self._line_starts[line - 1] + column - 1
        return any(
            start <= index < end and not isinstance(self._at(keys), dict | list)
            for keys, (start, end) in self.marks.values.items()
        )

    def duplicate_keys(self) -> list[Diagnostic]:
        """Return a diagnostic for each key that stands in its mapping a second time."""
        return [
            Diagnostic.of(
                DUPLICATE_KEY,
                self._between(*place),
                f"the key `{keys[-1]}` stands here a second time",
                help="keep one of the two",
                related=(self.span(Place(self.path, keys, on_key=True)),),
            )
            for keys, place in self.marks.duplicates
        ]

    def _at(self, keys: tuple[Key, ...]) -> Node:
        node: Any = self.data
        for key in keys:
            node = node[key]
        return node  # type: ignore[no-any-return]

    def _head(self, keys: tuple[Key, ...], start: int) -> Span:
        """Point to the first line of a mapping or list, or to the key that holds it."""
        if keys and isinstance(keys[-1], str) and keys in self.marks.keys:
            return self._between(*self.marks.keys[keys])
        line = bisect.bisect_right(self._line_starts, start)
        return self._between(start, start + len(self.line(line)[start - self._line_starts[line - 1] :].rstrip()))

    def _between(self, start: int, end: int) -> Span:
        text = self.text[start:end].rstrip() if end > start else ""
        end = start + len(text)
        line, column = self._position(start)
        end_line, end_column = self._position(end)
        return Span(self.path, line, column, end_line, end_column)

    def _position(self, index: int) -> tuple[int, int]:
        line = bisect.bisect_right(self._line_starts, index)
        return line, index - self._line_starts[line - 1] + 1


def read(path: str, content: bytes) -> tuple[Document | None, list[Diagnostic]]:
    """Read a YAML file. `path` is how the user knows it.

    Returns the document and everything that is wrong with it as YAML. When it cannot be read its data are
    None, and its text is there to be shown; for a file too large to be held there is no document at all.
    Never raises, whatever the bytes.
    """
    if len(content) > MAX_BYTES:
        message = f"the file has {len(content) / 1e6:.0f} MB, and {MAX_BYTES / 1e6:.0f} MB is the most"
        return None, [_diagnostic(TOO_LARGE, Span(path), message, "split the bank into a folder of files")]
    try:
        text = _decoded(content)
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line_start = max(before.rfind(b"\n"), before.rfind(b"\r")) + 1
        line = len(LINE_END.findall(before.decode("utf-8"))) + 1
        column = len(before[line_start:].decode("utf-8")) + 1
        message = f"the byte 0x{content[error.start]:02x} is not UTF-8"
        span = Span(path, line, column, line, column + 1)
        return Document(path, content.decode("utf-8", "replace"), None), [
            _diagnostic(NOT_UTF8, span, message, "save the file as UTF-8")
        ]
    except UnicodeError as error:
        return None, [_diagnostic(NOT_UTF8, Span(path, 1, 1, 1, 1), str(error), "save the file as UTF-8")]
    document = Document(path, text, None, "\ufeff" if content.startswith(_BYTE_ORDER_MARK) else "")
    reading = Reading(text)
    try:
        if found := _NOT_PRINTABLE.search(text):
            message = f"the control character U+{ord(found[0]):04X} may not stand in a bank"
            raise Refused(CONTROL_CHARACTER, found.start(), message, r'write it as an escape such as "\x1b"')
        if not text.strip():
            raise Refused(EMPTY_FILE, 0, "the file is empty", "start with `format: 1`")
        document.data = reading.data()
    except Refused as refused:
        span = document._between(refused.index, refused.index + 1)
        return document, [_diagnostic(refused.kind, span, str(refused), refused.help)]
    return document, document.duplicate_keys() if reading.has_duplicates else []


def _diagnostic(kind: Kind, span: Span, message: str, help: str | None) -> Diagnostic:
    return Diagnostic.of(kind, span, message, help=help)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnicodeError("the file is UTF-16, and banks are UTF-8")
    return content.removeprefix(_BYTE_ORDER_MARK).decode("utf-8")
