"""Changes of a document, told as places, to edits of its text that leave every other character as it is.

Nothing is offered on trust. What the edits make of the text around them is read again, and must be the data that were
there with the changes and nothing else; where no way of writing does that, there is no fix. To read again takes the
time of the smallest mapping or list around the changes, not that of the document, and nobody pays for it before the
fix of a diagnostic is asked for.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from quizlib.diagnostics import (
    AddKey,
    Change,
    Edit,
    Fix,
    Place,
    Remove,
    RenameKey,
    Reorder,
    Repair,
    SetText,
)
from quizlib.editing.altered import CannotEditError, altered
from quizlib.editing.entries import Way, added, removed, reordered
from quizlib.editing.layout import Keys, Layout, RawEdit
from quizlib.editing.scalars import scalars
from quizlib.source import LINE_END, Document
from quizlib.yaml_events import Node, Reading, Refused

__all__ = ["apply", "fix", "overlap"]


def fix(document: Document, repair: Repair) -> Fix | None:
    """Return a repair as edits of a document; None where it cannot be made without changing anything else.

    That is so of a value that several places share by an alias, for instance, and of a document that cannot be read.
    """
    if document.data is None or any(_stands(document, place) for place in repair.unless):
        return None
    try:
        edits = _edits(Layout(document), repair.changes)
    except CannotEditError:
        return None
    changed = [edit for edit in edits if document.text[edit[0] : edit[1]] != edit[2]]
    found = tuple(Edit(document.extent(start, end), text) for start, end, text in changed)
    return Fix(repair.message, found, repair.applicability, repair.proved) if found else None


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits made, which are edits of this text. Raises ValueError where two of them overlap."""
    starts = [0, *(found.end() for found in LINE_END.finditer(text))]
    raw = [
        (
            starts[edit.span.line - 1] + edit.span.column - 1,
            starts[edit.span.end_line - 1] + edit.span.end_column - 1,
            edit.text,
        )
        for edit in edits
    ]
    return _applied(text, raw)


def overlap(edits: Iterable[Edit]) -> bool:
    """Whether two of the edits of one file are about the same characters, or insert at one place."""
    places = sorted(edit.span[1:] for edit in edits)
    return any(
        other[:2] < one[2:] or other[:2] == one[:2] or (other[:2] == one[2:] and other[:2] == other[2:])
        for one, other in itertools.pairwise(places)
    )


def _stands(document: Document, place: Place) -> bool:
    if place.keys not in document.marks.values:
        return False
    return place.excerpt is None or any(place.excerpt in text for text in _texts(document.value(place.keys)))


def _texts(node: Node) -> Iterator[str]:
    """Yield all texts of some data, keys included."""
    if isinstance(node, str):
        yield node
    elif node is not None:
        for one in itertools.chain(node, node.values() if isinstance(node, dict) else ()):
            yield from _texts(one)


def _edits(layout: Layout, changes: Sequence[Change]) -> list[RawEdit]:
    """Return the edits that make all changes. Raises CannotEditError."""
    edits = [edit for change in changes for edit in _first_that_holds(layout, change)]
    if len(changes) > 1 and not _holds(layout, changes, edits):
        raise CannotEditError("the changes get in each other's way")
    return edits


def _first_that_holds(layout: Layout, change: Change) -> Way:
    for way in _ways(layout, change):
        if _holds(layout, [change], way):
            return way
    raise CannotEditError("there is no way to write this that reads as it should")


def _ways(layout: Layout, change: Change) -> Iterator[Way]:
    keys = layout.reach(change.place)
    if isinstance(change, RenameKey | Remove) and not keys:
        raise CannotEditError("the whole document cannot be taken out of itself")
    match change:
        case SetText(text=text):
            yield from _set(layout, keys, text)
        case AddKey(key=key, text=text) if isinstance(node := layout.node(keys), dict) and key in node:
            yield from _set(layout, layout.reach(change.place.at(key)), text)
        case AddKey():
            yield from added(layout, keys, change)
        case RenameKey(name=name):
            yield from _renamed(layout, keys, name)
        case Remove():
            yield from removed(layout, keys)
        case Reorder(order=order):
            yield from reordered(layout, keys, order)
        case _:
            assert_never(change)


def _set(layout: Layout, keys: Keys, text: str) -> Iterator[Way]:
    if isinstance(layout.node(keys), dict | list):
        raise CannotEditError("there is no scalar at this place")
    start, end = layout.start(keys), layout.end(keys)
    old = layout.text[start:end]
    lead = "" if old else " "  # behind the colon or dash of a value that is not there
    for written in scalars(text, old, in_flow=layout.in_flow(keys)):
        yield [(start, end, lead + written)]


def _renamed(layout: Layout, keys: Keys, name: str) -> Iterator[Way]:
    if not isinstance(keys[-1], str):
        raise CannotEditError("there is no key at this place")
    start, end = layout.key(keys)
    for written in scalars(name, layout.text[start:end], in_flow=layout.in_flow(keys), is_key=True):
        yield [(start, end, written)]


def _holds(layout: Layout, changes: Sequence[Change], edits: Sequence[RawEdit]) -> bool:
    """Whether the text around some changes, as edited, reads as the data that were there with just these changes.

    What cannot be read by itself, since it holds an alias of something outside, is read with what is around it.
    """
    around = _around(layout, changes)
    while (held := _holds_within(layout, around, changes, edits)) is None and around:
        around = around[:-1]
    return held is True


def _holds_within(layout: Layout, around: Keys, changes: Sequence[Change], edits: Sequence[RawEdit]) -> bool | None:
    """Say of one mapping or list whether the changes hold in it; None where it cannot be read by itself."""
    start, end = layout.extent(around)
    lead = " " * layout.column(start)
    if not layout.text[layout.line_start(start) : start].strip(" "):
        start, lead = layout.line_start(start), ""
    if any(not start <= first <= last <= end for first, last, _ in edits):
        return False
    inner = [(first - start, last - start, text) for first, last, text in edits]
    old = layout.text[start:end]
    try:
        before = Reading(lead + old).data()
    except Refused:
        return None
    if not _same(before, layout.node(around)):
        return None
    try:
        after = Reading(lead + _applied(old, inner)).data()
        return _same(after, altered(before, [_below(change, len(around)) for change in changes]))
    except (Refused, ValueError):
        return False


def _around(layout: Layout, changes: Sequence[Change]) -> Keys:
    """Return the place of the smallest mapping or list that holds all that is changed."""
    keys = changes[0].place.keys
    for change in changes:
        is_inside = isinstance(change, Reorder) or (
            isinstance(change, AddKey) and isinstance(layout.node(change.place.keys), dict)
        )
        other = change.place.keys if is_inside else change.place.keys[:-1]
        shared = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(keys, other, strict=False))
        keys = tuple(key for key, _ in shared)
    return keys


def _below(change: Change, depth: int) -> Change:
    return dataclasses.replace(change, place=change.place._replace(keys=change.place.keys[depth:]))


def _same(one: object, other: object) -> bool:
    """Whether data are equal, the order of keys included."""
    return repr(one) == repr(other)


def _applied(text: str, edits: Sequence[RawEdit]) -> str:
    """Make edits. Raises ValueError where two of them overlap or insert at one place."""
    pieces, at, last = [], 0, -1
    for start, end, new in sorted(edits):
        if start < at or start == last:
            raise ValueError("edits overlap")
        pieces += [text[at:start], new]
        at, last = end, start
    return "".join([*pieces, text[at:]])
