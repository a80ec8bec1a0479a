"""What differs between two states of banks: which question has become which, and what has changed of it."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from quizlib.comparison.changes import Change
from quizlib.comparison.items import essence, item_differences
from quizlib.comparison.pairing import Difference, members, scalar
from quizlib.comparison.sides import Asked, Side
from quizlib.delivery.writing import blueprint_data, lesson_data
from quizlib.model import Bank

_Pairs = list[tuple[Asked, Asked]]


def compare(old: Side, new: Side) -> list[Change]:
    """Return what differs: of the banks, then of the questions in the order of the new state, then what is gone."""
    found = list(_banks(old, new))
    matched, removed, added = _matched(old, new)
    place = {id(asked): number for number, asked in enumerate(new.questions)}
    of_new: list[tuple[int, Change]] = []
    faulty = {name for _, name in old.faulty}, {name for _, name in new.faulty}
    for before, after in matched:
        of_new += [(place[id(after)], change) for change in _question(before, after)]
    for asked in added:
        if asked.name not in faulty[0]:
            change = Change("added", asked.bank, asked.name, asked.items[0].question_type, None, asked.items[0].stem)
            of_new.append((place[id(asked)], _standing(change, asked)))
    found += [change for _, change in sorted(of_new, key=lambda entry: entry[0])]
    found += list(_faulty(old, new))
    for asked in removed:
        if asked.name not in faulty[1]:
            change = Change("removed", asked.bank, asked.name, asked.items[0].question_type, asked.items[0].stem)
            found.append(_standing(change, asked))
    return found


def _standing(change: Change, asked: Asked) -> Change:
    return dataclasses.replace(change, path=asked.path, line=asked.line)


def _matched(old: Side, new: Side) -> tuple[_Pairs, list[Asked], list[Asked]]:
    """Return which question is which: by bank and id, then by an id that is left once, then by what it holds."""
    alone = len(old.banks) == len(new.banks) == 1
    pairs: _Pairs = []
    left, right = list(old.questions), list(new.questions)
    steps = (
        lambda asked: ("" if alone else asked.bank, asked.name),
        lambda asked: asked.name,
        lambda asked: repr([essence(item) for item in asked.items]),
    )
    for step in steps:
        if not left or not right:
            break
        pairs += _by(step, left, right)
        taken = {id(one) for pair in pairs for one in pair}
        left, right = ([one for one in side if id(one) not in taken] for side in (left, right))
    return pairs, left, right


def _by(step: Callable[[Asked], object], left: Sequence[Asked], right: Sequence[Asked]) -> _Pairs:
    one: dict[object, list[Asked]] = {}
    other: dict[object, list[Asked]] = {}
    for asked in left:
        one.setdefault(step(asked), []).append(asked)
    for asked in right:
        other.setdefault(step(asked), []).append(asked)
    return [(found[0], other[key][0]) for key, found in one.items() if len(found) == len(other.get(key, ())) == 1]


def _question(old: Asked, new: Asked) -> Iterator[Change]:
    def change(what: str, was: str | None = None, now: str | None = None, aspect: str = "", note: str = "") -> Change:
        return Change(what, new.bank, new.name, aspect, was, now, note, new.path, new.line)  # type: ignore[arg-type]

    if old.name != new.name:
        yield change("renamed", old.name, new.name)
    if old.file != new.file and old.file and new.file:
        yield change("moved", old.file, new.file)
    for (aspect, was, now), note in _differences(old, new):
        yield change("changed", was, now, aspect, note)


def _differences(old: Asked, new: Asked) -> Iterator[tuple[Difference, str]]:
    """Yield what differs; of variants each aspect once, with those that it is so of."""
    if len(old.items) == len(new.items) == 1:
        yield from ((difference, "") for difference in item_differences(old.items[0], new.items[0]))
        return
    counts = [len(asked.items) if asked.items[0].variant_of else None for asked in (old, new)]
    yield from ((difference, "") for difference in scalar("number of variants", *counts))
    found: dict[str, list[tuple[int, Difference]]] = {}
    for number, (before, after) in enumerate(zip(old.items, new.items, strict=False), 1):
        for difference in item_differences(before, after):
            found.setdefault(difference[0], []).append((number, difference))
    for entries in found.values():
        more = len({number for number, _ in entries}) - 1
        others = f" and {more} more" if more else ""
        yield entries[0][1], f"variant {entries[0][0]}{others}"


def _faulty(old: Side, new: Side) -> Iterator[Change]:
    for (bank, name), words in (
        *((one, "old") for one in sorted(old.faulty)),
        *((one, "new") for one in sorted(new.faulty)),
    ):
        if words == "old" or name not in {one for _, one in old.faulty}:
            yield Change("faulty", bank, name, words)


def _banks(old: Side, new: Side) -> Iterator[Change]:
    before = {loaded.bank.identifier: loaded.bank for loaded in old.banks if loaded.bank}
    after = {loaded.bank.identifier: loaded.bank for loaded in new.banks if loaded.bank}
    if len(before) == len(after) == 1:
        after = dict(zip(before, after.values(), strict=True))
    for name, bank in after.items():
        if name not in before:
            yield Change("added", name, None, path=bank.place.path)
        else:
            yield from _bank(before[name], bank)
    yield from (
        Change("removed", name, None, path=bank.place.path) for name, bank in before.items() if name not in after
    )


def _bank(old: Bank, new: Bank) -> Iterator[Change]:
    for aspect, was, now in _bank_differences(old, new):
        yield Change("changed", new.identifier, None, aspect, was, now, "", new.place.path)


def _bank_differences(old: Bank, new: Bank) -> Iterator[Difference]:
    yield from scalar("id", old.identifier, new.identifier)
    for name in ("title", "description", "language", "license", "category"):
        yield from scalar(name, getattr(old, name), getattr(new, name))
    yield from members("author", old.authors, new.authors)
    yield from members("tag", old.tags, new.tags, ordered=False)
    yield from members("runtime", old.runtimes, new.runtimes)
    yield from scalar("cleaning of raw HTML", old.sanitize_html, new.sanitize_html)
    if (lesson_data(old.lesson) if old.lesson else None) != (lesson_data(new.lesson) if new.lesson else None):
        yield "lesson", None, None
    if (blueprint_data(old.blueprint) if old.blueprint else None) != (
        blueprint_data(new.blueprint) if new.blueprint else None
    ):
        yield "blueprint", None, None
    orders = [[item.identifier for item in bank.items] for bank in (old, new)]
    both = Counter(orders[0]) & Counter(orders[1])
    if [name for name in orders[0] if name in both] != [name for name in orders[1] if name in both]:
        yield "order of the questions", None, None
