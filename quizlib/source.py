"""YAML text to plain data that knows where each value stood.

The events of PyYAML's parser (libyaml's where it is there) are walked into dicts, lists and strings. No
resolver runs, so every scalar keeps the characters that were typed: `no`, `007` and `0.270` stay texts.
A scalar that is not there at all (`hints:` and nothing behind it) is None. Positions are worked out only
for a document that has something to report, by a second walk that keeps the marks.

Reading is hostile-proof: no tags, a bound on size, depth and on what aliases expand to, and every byte
sequence ends in data or in a diagnostic.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator
from typing import Any

import yaml

from quizlib.diagnostics import Diagnostic, Key, Kind, Place, Span

Node = dict[str, "Node"] | list["Node"] | str | None

MAX_BYTES = 32_000_000
MAX_DEPTH = 40
MAX_ALIASED_NODES = 100_000

NOT_UTF8 = Kind("QZ002", "not-utf8")
YAML_SYNTAX = Kind("QZ003", "yaml-syntax")
DUPLICATE_KEY = Kind("QZ004", "duplicate-key")
TOO_DEEP = Kind("QZ005", "nested-too-deeply")
ALIAS_BOMB = Kind("QZ006", "too-many-aliases")
TAG = Kind("QZ007", "yaml-tag")
TOO_LARGE = Kind("QZ008", "file-too-large")
CONTROL_CHARACTER = Kind("QZ009", "control-character")
EMPTY_FILE = Kind("QZ010", "empty-file")

# What YAML calls non-printable, so that libyaml would stop at it without a place.
_NOT_PRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Refused(Exception):
    """The text cannot be read further."""

    def __init__(self, kind: Kind, index: int, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.index = index
        self.help = help


class Document:
    """A YAML file: its text, its data (None when it cannot be read), and where every value stands."""

    def __init__(self, path: str, text: str, data: Node) -> None:
        self.path = path
        self.text = text
        self.data = data

    @functools.cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.text))]

    @functools.cached_property
    def _marks(self) -> _Marks:
        return _Walk(self.text, marking=True).marks()

    def line(self, number: int) -> str:
        """Return line `number`, counted from 1, without its end; empty when there is no such line."""
        if not 1 <= number <= len(self._line_starts):
            return ""
        start = self._line_starts[number - 1]
        found = _LINE_END.search(self.text, start)
        return self.text[start : found.start() if found else len(self.text)]

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield all lines, counted from 1."""
        return enumerate(_LINE_END.split(self.text), start=1)

    def span(self, place: Place) -> Span:
        """Return where `place` stands; the nearest thing around it when that very value is not there."""
        keys = place.keys
        if place.on_key and keys in self._marks.keys:
            return self._between(*self._marks.keys[keys])
        while keys not in self._marks.values:
            keys = keys[:-1]
        start, end = self._marks.values[keys]
        if place.excerpt and keys == place.keys:
            found = self.text.find(place.excerpt, start, end)
            if found >= 0:
                return self._between(found, found + len(place.excerpt))
        if isinstance(self._at(keys), dict | list):
            return self._head(keys, start)
        return self._between(start, end)

    def _at(self, keys: tuple[Key, ...]) -> Node:
        node: Any = self.data
        for key in keys:
            node = node[key]
        return node  # type: ignore[no-any-return]

    def _head(self, keys: tuple[Key, ...], start: int) -> Span:
        """Point to the first line of a mapping or list, or to the key that holds it."""
        if keys and isinstance(keys[-1], str) and keys in self._marks.keys:
            return self._between(*self._marks.keys[keys])
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
        line = len(_LINE_END.findall(before.decode("utf-8"))) + 1
        column = len(before[line_start:].decode("utf-8")) + 1
        message = f"the byte 0x{content[error.start]:02x} is not UTF-8"
        span = Span(path, line, column, line, column + 1)
        return Document(path, content.decode("utf-8", "replace"), None), [
            _diagnostic(NOT_UTF8, span, message, "save the file as UTF-8")
        ]
    except UnicodeError as error:
        return None, [_diagnostic(NOT_UTF8, Span(path, 1, 1, 1, 1), str(error), "save the file as UTF-8")]
    document = Document(path, text, None)
    walk = _Walk(text)
    try:
        if found := _NOT_PRINTABLE.search(text):
            message = f"the control character U+{ord(found[0]):04X} may not stand in a bank"
            raise _Refused(CONTROL_CHARACTER, found.start(), message, r'write it as an escape such as "\x1b"')
        if not text.strip():
            raise _Refused(EMPTY_FILE, 0, "the file is empty", "start with `format: 1`")
        document.data = walk.data()
    except _Refused as refused:
        span = document._between(refused.index, refused.index + 1)
        return document, [_diagnostic(refused.kind, span, str(refused), refused.help)]
    return document, walk.duplicates(document)


def _diagnostic(kind: Kind, span: Span, message: str, help: str | None) -> Diagnostic:
    return Diagnostic.of(kind, span, message, help=help)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnicodeError("the file is UTF-16, and banks are UTF-8")
    return content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")


class _Marks:
    """Start and end of every value and of every key, by the keys that lead to it."""

    def __init__(self) -> None:
        self.values: dict[tuple[Key, ...], tuple[int, int]] = {}
        self.keys: dict[tuple[Key, ...], tuple[int, int]] = {}


class _Walk:
    """One walk over the events of a text."""

    def __init__(self, text: str, *, marking: bool = False) -> None:
        self._text = text
        self._marks = _Marks() if marking else None
        self._duplicates: list[tuple[str, tuple[Key, ...], int, int]] = []
        self._anchors: dict[str, tuple[Node, int] | None] = {}
        self._aliased = 0
        self._nodes = 0

    def marks(self) -> _Marks:
        """Walk, keeping the marks. The text has been read before, so it is sound."""
        self.data()
        assert self._marks is not None
        return self._marks

    def duplicates(self, document: Document) -> list[Diagnostic]:
        """Return a diagnostic for each key that stood twice in its mapping."""
        if not self._duplicates or document.data is None:
            return []
        if self._marks is None:  # the keys that lead to a nested mapping are kept only when marking
            walk = _Walk(self._text, marking=True)
            walk.data()
            return walk.duplicates(document)
        return [
            Diagnostic.of(
                DUPLICATE_KEY,
                document._between(start, end),
                f"the key `{name}` stands here a second time",
                help="keep one of the two",
                related=(document.span(Place(document.path, keys, on_key=True)),),
            )
            for name, keys, start, end in self._duplicates
        ]

    def data(self) -> Node:
        """Walk the whole text and return its one document. Raises _Refused."""
        events = self._events()
        root: Node = None
        seen = False
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    index: int = event.start_mark.index  # type: ignore[union-attr]
                    raise _Refused(YAML_SYNTAX, index, "a second YAML document starts here", "keep one to a file")
                seen = True
            elif isinstance(event, yaml.NodeEvent):
                root = self._document(event, events)
        if root is None:
            raise _Refused(EMPTY_FILE, 0, "the file holds no data", "start with `format: 1`")
        return root

    def _events(self) -> Iterator[Any]:
        try:
            yield from yaml.parse(self._text, Loader=_Loader)
        except yaml.MarkedYAMLError as error:
            raise self._syntax_error(error) from None
        except (yaml.YAMLError, RecursionError, MemoryError, ValueError) as error:
            raise _Refused(YAML_SYNTAX, 0, f"the YAML cannot be read: {error}") from None

    def _syntax_error(self, error: yaml.MarkedYAMLError) -> _Refused:
        mark: Any = error.problem_mark or error.context_mark
        index = min(mark.index if mark else 0, len(self._text))
        problem = " ".join(filter(None, (error.context, error.problem)))
        line_start = max(self._text.rfind("\n", 0, index), self._text.rfind("\r", 0, index)) + 1
        found = re.match(r"[ \t]*", self._text[line_start:])
        if found and "\t" in found[0]:
            index = line_start + found[0].index("\t")
            return _Refused(YAML_SYNTAX, index, "a tab indents this line", "YAML is indented with spaces")
        message, help = _in_plain_words(problem)
        return _Refused(YAML_SYNTAX, index, message, help)

    def _document(self, event: Any, events: Iterator[Any]) -> Node:
        """Build the tree below `event`, without recursion."""
        holder: list[Node] = []
        stack: list[_Open] = [_Open(holder, (), None, 0, 0)]
        while True:
            top = stack[-1]
            if isinstance(event, yaml.CollectionEndEvent):
                self._close(stack.pop(), event)
            elif isinstance(top.node, dict) and top.key is None:
                self._key(top, event)
            else:
                self._value(stack, top, event)
            if len(stack) == 1:
                return holder[0]
            event = next(events)

    def _key(self, top: _Open, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        if not isinstance(event, yaml.ScalarEvent):
            raise _Refused(YAML_SYNTAX, start, "a key must be a plain text", "quote a key that starts with [ or {")
        self._refuse_tag(event)
        assert isinstance(top.node, dict)
        name = event.value
        keys = (*top.keys, name) if self._marks is not None or name in top.node else ()
        top.key = name
        top.skip = name in top.node
        if top.skip:
            self._duplicates.append((name, keys, start, end))
        elif self._marks is not None:
            self._marks.keys[keys] = (start, end)

    def _value(self, stack: list[_Open], top: _Open, event: Any) -> None:
        self._nodes += 1
        self._refuse_tag(event)
        keys: tuple[Key, ...] = ()
        if self._marks is not None and top.parent:
            keys = (*top.keys, top.key if top.key is not None else len(top.node or ()))
        if self._marks is not None and not top.skip:
            self._marks.values.setdefault(keys, (event.start_mark.index, event.end_mark.index))
        if isinstance(event, yaml.ScalarEvent):
            self._add(top, self._anchored(event, event.value if event.value or not event.implicit[0] else None))
        elif isinstance(event, yaml.AliasEvent):
            self._add(top, self._alias(event))
        else:
            if len(stack) > MAX_DEPTH:
                message = f"lists and mappings are nested more than {MAX_DEPTH} levels deep"
                raise _Refused(TOO_DEEP, event.start_mark.index, message)
            node: Node = {} if isinstance(event, yaml.MappingStartEvent) else []
            if event.anchor:
                self._anchors[event.anchor] = None
            skip = top.skip
            self._add(top, node)
            stack.append(_Open(node, keys, event.anchor, self._nodes, self._aliased, parent=True, skip_all=skip))

    def _add(self, top: _Open, node: Node) -> None:
        if isinstance(top.node, dict):
            assert top.key is not None
            if not top.skip:
                top.node[top.key] = node
            top.key = None
            top.skip = top.skip_all
        else:
            assert isinstance(top.node, list)
            top.node.append(node)

    def _close(self, closed: _Open, event: Any) -> None:
        if closed.anchor:
            size = self._nodes - closed.nodes_before + self._aliased - closed.aliased_before + 1
            self._anchors[closed.anchor] = (closed.node, size)

    def _anchored(self, event: Any, node: Node) -> Node:
        if event.anchor:
            self._anchors[event.anchor] = (node, 1)
        return node

    def _alias(self, event: Any) -> Node:
        index = event.start_mark.index
        if event.anchor not in self._anchors:
            message = f"the alias `*{event.anchor}` names no anchor above it"
            raise _Refused(YAML_SYNTAX, index, message, "quote a text that starts with *")
        target = self._anchors[event.anchor]
        if target is None:
            raise _Refused(ALIAS_BOMB, index, f"the alias `*{event.anchor}` stands inside what it names")
        node, size = target
        self._aliased += size
        if self._aliased > MAX_ALIASED_NODES:
            message = f"the aliases of this file expand to more than {MAX_ALIASED_NODES:,} values"
            raise _Refused(ALIAS_BOMB, index, message, "write the values out")
        return node

    def _refuse_tag(self, event: Any) -> None:
        tag = getattr(event, "tag", None)
        if tag is not None:
            index = event.start_mark.index
            message = f"the YAML tag `{_short_tag(tag)}` is not allowed"
            raise _Refused(TAG, index, message, "leave it out, or quote a text that starts with !")


class _Open:
    """A mapping or list whose end has not been met yet."""

    __slots__ = ("aliased_before", "anchor", "key", "keys", "node", "nodes_before", "parent", "skip", "skip_all")

    def __init__(
        self,
        node: Node,
        keys: tuple[Key, ...],
        anchor: str | None,
        nodes_before: int,
        aliased_before: int,
        *,
        parent: bool = False,
        skip_all: bool = False,
    ) -> None:
        self.node = node
        self.keys = keys
        self.anchor = anchor
        self.nodes_before = nodes_before
        self.aliased_before = aliased_before
        self.parent = parent
        self.key: str | None = None
        self.skip = skip_all
        self.skip_all = skip_all


def _short_tag(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")


# What libyaml says, and what a teacher would.
_PLAIN_WORDS = (
    ("mapping values are not allowed", "a `: ` stands where no key can be", "quote a text that contains `: `"),
    ("did not find expected key", "a key is expected here", "check the indentation and the quotes above"),
    ("could not find expected ':'", "a `:` is missing behind a key", "write `key: value`, with a blank"),
    ("did not find expected '-' indicator", "a list item is expected here", "start it with `- `, as the others"),
    ("found unexpected end of stream", "a quote is opened and never closed", "close it with the same quote"),
    ("found character that cannot start any token", "a text cannot start with this character", "quote the text"),
    ("did not find expected ',' or ']'", "a list in [ ] goes on without a comma or an end", "close it with ]"),
    ("did not find expected ',' or '}'", "a mapping in { } goes on without a comma or an end",
     "close it with }, or quote a text that contains a comma, { or }"),
    ("did not find expected node content", "a value is expected here", "quote a text that starts with a sign"),
    ("found unknown escape character", "this escape is not known in a double-quoted text",
     r"write \\ for a backslash, or use single quotes"),
    ("did not find expected alphabetic or numeric character", "a name is missing behind * or &",
     "quote a text that starts with * or &"),
    ("did not find expected <document start>", "the text goes on where the file's data had ended",
     "check the indentation of this line"),
    ("did not find expected the document start", "the text goes on where the file's data had ended",
     "check the indentation of this line"),
    ("block sequence entries are not allowed", "a list item cannot stand here",
     "put the list under its key, on lines of its own"),
    ("exceeded maximum", "lists and mappings are nested too deeply", None),
)  # fmt: skip


def _in_plain_words(problem: str) -> tuple[str, str | None]:
    for phrase, message, help in _PLAIN_WORDS:
        if phrase in problem:
            return message, help
    return f"the YAML cannot be read: {problem}", None
