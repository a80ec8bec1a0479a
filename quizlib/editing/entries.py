"""Entries of mappings and lists as edits of a text: added, taken out, put into another order.

Each function yields ways to do it, the best one first; whether one gives the data that are wanted is for others to
see. What would take a remark away is not offered.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from quizlib.diagnostics import AddKey
from quizlib.editing.altered import CannotEditError
from quizlib.editing.layout import Keys, Layout, RawEdit
from quizlib.editing.scalars import double_quoted, remark_of, scalars

Way = Sequence[RawEdit]
_REMARK = re.compile(r"(?:^|\s)#")
SHARED = re.compile(r"(?:^|[\s\[{,])[&*]\S")


def added(layout: Layout, keys: Keys, change: AddKey) -> Iterator[Way]:
    """Add a key to a mapping, or to what becomes one."""
    node = layout.node(keys)
    if isinstance(node, str) and change.scalar_key is not None:
        yield from _scalar_to_mapping(layout, keys, change.scalar_key, change)
    elif not isinstance(node, dict):
        raise CannotEditError("a key cannot be added here")
    elif layout.is_braced(keys):
        yield from _added_in_braces(layout, keys, change)
    elif not layout.in_flow(keys):
        yield from _added_on_a_line(layout, keys, change)


def _entries(change: AddKey, *, in_flow: bool) -> Iterator[str]:
    for key in scalars(change.key, "", in_flow=in_flow, is_key=True):
        for text in scalars(change.text, "", in_flow=in_flow):
            yield f"{key}: {text}"


def _added_in_braces(layout: Layout, keys: Keys, change: AddKey) -> Iterator[Way]:
    children = layout.children(keys)
    for entry in _entries(change, in_flow=True):
        if not children:
            at = layout.start(keys) + 1
            yield [(at, at, entry)]
        elif change.first:
            at = layout.head(children[0])
            yield [(at, at, f"{entry}, ")]
        else:
            at = layout.end(children[-1])
            yield [(at, at, f", {entry}")]


def _added_on_a_line(layout: Layout, keys: Keys, change: AddKey) -> Iterator[Way]:
    start = layout.start(keys)
    indent = layout.line_break + " " * layout.column(start)
    for entry in _entries(change, in_flow=False):
        if change.first:
            yield [(start, start, f"{entry}{indent}")]
        else:
            at = layout.line_end(layout.end(layout.children(keys)[-1]))
            yield [(at, at, f"{indent}{entry}")]


def _scalar_to_mapping(layout: Layout, keys: Keys, scalar_key: str, change: AddKey) -> Iterator[Way]:
    start, end = layout.start(keys), layout.end(keys)
    old, text = layout.text[start:end], str(layout.node(keys))
    if old.startswith(("|", ">")):
        indent = layout.line_break + " " * layout.column(start)
        for entry in _entries(change, in_flow=False):
            yield [(start, start, f"{scalar_key}: "), (end, end, f"{indent}{entry}")]
    for entry in _entries(change, in_flow=True):
        for kept in (old, *scalars(text, old if old[:1] in "'\"" else "", in_flow=True), double_quoted(text)):
            yield [(start, end, f"{{{scalar_key}: {kept}, {entry}}}{remark_of(old)}")]


def removed(layout: Layout, keys: Keys) -> Iterator[Way]:
    """Take an entry out, on lines of its own together with these lines."""
    siblings = layout.children(keys[:-1])
    number = siblings.index(keys)
    following = siblings[number + 1 :]
    start, end = layout.head(keys), layout.end(keys)
    if layout.in_flow(keys):
        if following:
            end = layout.head(following[0])
        elif number:
            start = layout.end(siblings[number - 1])
    elif not layout.text[layout.line_start(start) : start].strip():
        start, end = _whole_lines(layout, start, end)
    elif following:
        end = layout.head(following[0])
    if _REMARK.search(layout.text, start, end) or SHARED.search(layout.text, start, end):
        raise CannotEditError("the entry holds a remark, or what other places share")
    yield [(start, end, "")]


def _whole_lines(layout: Layout, start: int, end: int) -> tuple[int, int]:
    """Return the lines of an entry, with the line end behind them, or at the end of the text with that before them."""
    first, behind = layout.line_start(start), layout.next_line(end)
    if behind == len(layout.text) and first and layout.text[-1] not in "\r\n":
        first -= 2 if layout.text.startswith("\r\n", first - 2) else 1
    return first, behind


def reordered(layout: Layout, keys: Keys, order: Sequence[int]) -> Iterator[Way]:
    """Put the elements of a list into another order; in block style the remark behind an element goes with it."""
    elements = layout.children(keys)
    if sorted(order) != list(range(len(elements))) or not elements:
        raise CannotEditError("this is no order of the elements")
    if layout.is_braced(keys):
        slots = [(layout.start(element), layout.end(element)) for element in elements]
    else:
        slots = [(layout.head(element), layout.line_end(layout.end(element))) for element in elements]
    between = itertools.pairwise(slots)
    if any("#" in layout.text[one[1] : other[0]] for one, other in between):
        raise CannotEditError("a remark between the elements may speak of the one below or of all")
    if SHARED.search(layout.text, slots[0][0], slots[-1][1]):
        raise CannotEditError("an element is shared with other places")
    yield [
        (*slots[number], layout.text[slice(*slots[source])]) for number, source in enumerate(order) if number != source
    ]
