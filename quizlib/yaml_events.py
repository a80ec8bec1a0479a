"""YAML events to plain data, and to the marks of every value: two walks, neither of them recursive.

The events are those of PyYAML's parser, libyaml's where it is there. No resolver runs, so every scalar keeps the
characters that were typed. The first walk builds the data and refuses what is hostile; the second one, over a text
that the first has read, keeps where every value and every key stands.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml

from quizlib.diagnostics import Key, Kind
from quizlib.yaml_syntax import explained

Node = dict[str, "Node"] | list["Node"] | str | None

MAX_DEPTH = 40
MAX_ALIASED_NODES = 100_000

YAML_SYNTAX = Kind("QZ003", "yaml-syntax")
TOO_DEEP = Kind("QZ005", "nested-too-deeply")
ALIAS_BOMB = Kind("QZ006", "too-many-aliases")
TAG = Kind("QZ007", "yaml-tag")
EMPTY_FILE = Kind("QZ010", "empty-file")

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Place = tuple[int, int]  # start and end, in characters


class Refused(Exception):
    """The text cannot be read further. `index` is where, in characters."""

    def __init__(self, kind: Kind, index: int, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.kind = kind
        self.index = index
        self.help = help


class Reading:
    """One reading of a text: its data, and whether a key stood twice in its mapping (the first one is kept)."""

    def __init__(self, text: str) -> None:
        self.has_duplicates = False
        self._text = text
        self._anchors: dict[str, tuple[Node, int] | None] = {}
        self._aliased = 0
        self._nodes = 0

    def data(self) -> Node:
        """Return the one document of the text. Raises Refused, and nothing else."""
        try:
            return self._documents(_Loader(self._text).get_event)
        except yaml.MarkedYAMLError as error:
            raise Refused(YAML_SYNTAX, *explained(self._text, error, _Loader)) from None
        except (yaml.YAMLError, RecursionError, MemoryError, ValueError) as error:
            raise Refused(YAML_SYNTAX, 0, f"the YAML cannot be read: {error}") from None

    def _documents(self, next_event: Callable[[], Any]) -> Node:
        root: Node = None
        documents = 0
        while not isinstance(event := next_event(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    index: int = event.start_mark.index  # type: ignore[union-attr]
                    raise Refused(YAML_SYNTAX, index, "a second YAML document starts here", "keep one to a file")
            elif isinstance(event, yaml.NodeEvent):
                root = self._tree(event, next_event)
        if root is None:
            raise Refused(EMPTY_FILE, 0, "the file holds no data", "start with `format: 1`")
        return root

    def _tree(self, event: Any, next_event: Callable[[], Any]) -> Node:
        """Build what starts with `event`. Large banks spend their time in this loop, so it is kept flat."""
        top: list[Node] = []
        container: dict[str, Node] | list[Node] = top
        key: str | None = None  # that of the value to come, in a mapping
        opened: list[tuple[dict[str, Node] | list[Node], str | None, int]] = []
        while True:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                if event.tag is not None:
                    raise _tag_refused(event)
                node: Node = event.value
                if key is None and type(container) is dict:
                    key = event.value
                    event = next_event()
                    continue
                if not node and event.implicit[0]:
                    node = None
                if event.anchor is not None:
                    self._anchors[event.anchor] = (node, 1)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                closed = container
                container, anchor, before = opened.pop()
                if anchor is not None:
                    self._anchors[anchor] = (closed, self._nodes + self._aliased - before + 1)
                if not opened:
                    return top[0]
                event = next_event()
                continue
            else:
                node = self._other_node(event, key, container, len(opened))
            self._nodes += 1
            if type(container) is list:
                container.append(node)
            else:
                assert key is not None
                assert isinstance(container, dict)
                self.has_duplicates = self.has_duplicates or key in container
                container.setdefault(key, node)
                key = None
            if isinstance(node, dict | list) and kind is not yaml.AliasEvent:
                opened.append((container, event.anchor, self._nodes + self._aliased))
                container = node
            elif not opened:
                return top[0]
            event = next_event()

    def _other_node(self, event: Any, key: str | None, container: dict[str, Node] | list[Node], depth: int) -> Node:
        """Return the node of an event that is neither a scalar nor an end."""
        index = event.start_mark.index
        if key is None and type(container) is dict:
            of_template = self._text.startswith("{{", index - 1)
            help = "quote a text that starts with {{" if of_template else "quote a key that starts with [ or {"
            raise Refused(YAML_SYNTAX, index, "a key must be a plain text", help)
        if type(event) is yaml.AliasEvent:
            return self._alias(str(event.anchor), index)
        if event.tag is not None:
            raise _tag_refused(event)
        if depth >= MAX_DEPTH:
            raise Refused(TOO_DEEP, index, f"lists and mappings are nested more than {MAX_DEPTH} levels deep")
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        return {} if type(event) is yaml.MappingStartEvent else []

    def _alias(self, anchor: str, index: int) -> Node:
        if anchor not in self._anchors:
            message = f"the alias `*{anchor}` names no anchor above it"
            raise Refused(YAML_SYNTAX, index, message, "quote a text that starts with *")
        target = self._anchors[anchor]
        if target is None:
            raise Refused(ALIAS_BOMB, index, f"the alias `*{anchor}` stands inside what it names")
        node, size = target
        self._aliased += size
        if self._aliased > MAX_ALIASED_NODES:
            message = f"the aliases of this file expand to more than {MAX_ALIASED_NODES:,} values"
            raise Refused(ALIAS_BOMB, index, message, "write the values out")
        return node


class Marks:
    """Where every value and every key of a text stands, by the keys that lead to it.

    A mapping or list in block style ends where the next thing starts, behind the remarks that follow it.
    `duplicates` holds each key that stands in its mapping a second time, with where it stands.
    """

    def __init__(self, text: str) -> None:
        self.values: dict[tuple[Key, ...], _Place] = {}
        self.keys: dict[tuple[Key, ...], _Place] = {}
        self.duplicates: list[tuple[tuple[Key, ...], _Place]] = []
        opened: list[_Open] = []
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.CollectionEndEvent):
                self._mark_end(event, opened.pop())
            elif isinstance(event, yaml.NodeEvent):
                self._mark(event, opened)

    def _mark(self, event: Any, opened: list[_Open]) -> None:
        place = (event.start_mark.index, event.end_mark.index)
        around = opened[-1] if opened else None
        if around is not None and around.is_mapping and around.key is None:
            self._mark_key(event.value, place, around)
            return
        keys = () if around is None else around.next_keys()
        if around is None or not around.skip:
            self.values[keys] = place
        if isinstance(event, yaml.CollectionStartEvent):
            skip = around is not None and around.skip
            opened.append(_Open(keys, isinstance(event, yaml.MappingStartEvent), skip))
        if around is not None:
            around.leave_value()

    def _mark_end(self, event: Any, closed: _Open) -> None:
        if not closed.skip:
            self.values[closed.keys] = (self.values[closed.keys][0], event.end_mark.index)

    def _mark_key(self, name: str, place: _Place, around: _Open) -> None:
        keys = (*around.keys, name)
        around.key = name
        if keys in self.keys and not around.skip:
            self.duplicates.append((keys, place))
            around.skip = True
        elif not around.skip:
            self.keys[keys] = place


class _Open:
    """A mapping or list whose end has not been met yet. `skip`: what comes is below a key that is not kept."""

    def __init__(self, keys: tuple[Key, ...], is_mapping: bool, skip: bool) -> None:
        self.keys = keys
        self.is_mapping = is_mapping
        self.key: str | None = None
        self.skip = skip
        self._skip_all = skip
        self._length = 0

    def next_keys(self) -> tuple[Key, ...]:
        """Return the keys that lead to the value to come."""
        return (*self.keys, self.key if self.key is not None else self._length)

    def leave_value(self) -> None:
        """Go on behind a value."""
        self._length += 1
        self.key = None
        self.skip = self._skip_all


def _tag_refused(event: Any) -> Refused:
    tag = event.tag.replace("tag:yaml.org,2002:", "!!")
    help = "leave it out, or quote a text that starts with !"
    return Refused(TAG, event.start_mark.index, f"the YAML tag `{tag}` is not allowed", help)
