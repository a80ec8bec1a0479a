"""What data are to be read once a document has been changed: each change, done to plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from quizlib.diagnostics import AddKey, Change, Key, Remove, RenameKey, Reorder, SetText
from quizlib.yaml_events import Node

_Keys = tuple[Key, ...]


class CannotEditError(Exception):
    """A change cannot be made, or not so that nothing else is changed."""


def altered(data: Node, changes: Sequence[Change]) -> Node:
    """Return the data with all changes made, whose places are those of `data`. Raises CannotEditError."""
    for change in sorted(changes, key=_turn):
        data = _with(data, change.place.keys, change)
    return data


def _turn(change: Change) -> tuple[int, int, list[int]]:
    """Return the order in which places stay those of the data: what is deeper first, later elements first."""
    turn = 1 if isinstance(change, RenameKey) else 2 if isinstance(change, Remove) else 0
    keys = change.place.keys
    return -len(keys), turn, [-key for key in keys if isinstance(key, int)]


def _with(data: Node, keys: _Keys, change: Change) -> Node:
    is_of_parent = isinstance(change, RenameKey | Remove)
    if len(keys) == (1 if is_of_parent else 0):
        return _done(data, change)
    first, rest = keys[0], keys[1:]
    if isinstance(data, dict) and first in data:
        return {key: _with(value, rest, change) if key == first else value for key, value in data.items()}
    if isinstance(data, list) and isinstance(first, int) and 0 <= first < len(data):
        return [_with(value, rest, change) if index == first else value for index, value in enumerate(data)]
    raise CannotEditError("there is nothing at this place")


def _done(data: Node, change: Change) -> Node:
    match change:
        case SetText(text=text) if not isinstance(data, dict | list):
            return text
        case RenameKey(place=place, name=name) if isinstance(data, dict) and place.keys[-1] in data:
            if name in data:
                raise CannotEditError("the key is there already")
            return {name if key == place.keys[-1] else key: value for key, value in data.items()}
        case AddKey():
            return _added(data, change)
        case Remove(place=place):
            return _removed(data, place.keys[-1])
        case Reorder(order=order) if isinstance(data, list) and sorted(order) == list(range(len(data))):
            return [data[index] for index in order]
        case SetText() | RenameKey() | Reorder():
            raise CannotEditError("what stands at this place is of another kind")
        case _:
            assert_never(change)


def _added(data: Node, change: AddKey) -> Node:
    if isinstance(data, dict):
        if change.first and change.key not in data:
            return {change.key: change.text, **data}
        return {**data, change.key: change.text}
    if isinstance(data, str) and change.scalar_key is not None:
        return {change.scalar_key: data, change.key: change.text}
    raise CannotEditError("a key cannot be added here")


def _removed(data: Node, key: Key) -> Node:
    if isinstance(data, dict) and key in data:
        return {name: value for name, value in data.items() if name != key}
    if isinstance(data, list) and isinstance(key, int) and 0 <= key < len(data):
        return [value for index, value in enumerate(data) if index != key]
    raise CannotEditError("there is nothing at this place")
