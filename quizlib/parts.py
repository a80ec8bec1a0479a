"""A part of a validation: some of the questions, so that several machines share the work and each is done once.

A question is known by where it stands. Programs are run for the questions of the part only; all else is checked as
ever, since a rule may compare questions, and what was found is told by the part to which its place belongs. The parts
of all machines together say what one run would have said.
"""

from __future__ import annotations

import bisect
import dataclasses
import re
from collections.abc import Collection, Iterable, Sequence

from quizlib import written
from quizlib.bank import LoadedBank
from quizlib.diagnostics import Diagnostic, Place, Span
from quizlib.model import Item
from quizlib.proof.claims import programs
from quizlib.suppression import UNUSED

_PROGRAM_COST = 20  # times what a question without a program costs: a start of an interpreter, and the proof


@dataclasses.dataclass(frozen=True, slots=True)
class Shard:
    """One of several equal parts of the questions: `number` counts from 1 to `count`. Raises ValueError."""

    number: int
    count: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= self.count:
            raise ValueError(f"there is no part {self.number} of {self.count}")

    @classmethod
    def parse(cls, text: str) -> Shard:
        """Read a part such as `2/5`. Raises ValueError."""
        found = re.fullmatch(r"([0-9]{1,5})/([0-9]{1,5})", text)
        if found is None:
            raise ValueError(f"{text!r} is no part such as 2/5")
        return cls(int(found[1]), int(found[2]))

    def of(self, banks: Sequence[LoadedBank]) -> Part:
        """Return this part of banks: questions are dealt out by cost, what belongs to no question bank by bank."""
        costs = _costs(banks)
        loads = [0] * self.count
        mine = set()
        for place in sorted(costs, key=lambda place: -costs[place]):  # stable: the dearest first, then as they stand
            number = loads.index(min(loads))
            loads[number] += costs[place]
            if number == self.number - 1:
                mine.add(place)
        own = {path for index, bank in enumerate(banks) if self._has(index) for path in bank.paths}
        return Part(frozenset(mine), frozenset(costs), frozenset(own), self.number == 1)

    def _has(self, index: int) -> bool:
        return index % self.count == self.number - 1


@dataclasses.dataclass(frozen=True)
class Part:
    """Some of the questions, `mine` among `all`; the files of which what belongs to no question is `own`.

    `rest`: what belongs to no bank is of this part.
    """

    mine: frozenset[Place]
    all: frozenset[Place]
    own: frozenset[str]
    rest: bool = False

    def has(self, item: Item) -> bool:
        """Whether an item is of this part; the variants of a question are of one."""
        return item.place in self.mine

    def narrowed(self, banks: Sequence[LoadedBank]) -> tuple[LoadedBank, ...]:
        """Return banks with their questions of this part only, and without those of which nothing is left."""
        found = []
        for loaded in banks:
            items = tuple(filter(self.has, loaded.bank.items)) if loaded.bank else ()
            bank = dataclasses.replace(loaded.bank, items=items) if loaded.bank else None
            is_own = not self.own.isdisjoint(loaded.paths)
            if is_own or items:
                found.append(dataclasses.replace(loaded, bank=bank, refused=loaded.refused if is_own else 0))
        return tuple(found)

    def told(
        self, diagnostics: Iterable[Diagnostic], banks: Sequence[LoadedBank], *, always: Collection[Diagnostic] = ()
    ) -> list[Diagnostic]:
        """Return the diagnostics whose places are of this part, and those that are told `always`."""
        places = Places(banks)
        return [found for found in diagnostics if self._holds(places.meant(found), places) or found in always]

    def _holds(self, span: Span, places: Places) -> bool:
        place = places.question(span)
        if place in self.all:
            return place in self.mine
        return span.path in self.own or (self.rest and span.path not in places.paths)


class Places:
    """Where the questions of banks stand. Nothing is looked up before it is asked for."""

    def __init__(self, banks: Iterable[LoadedBank]) -> None:
        self._banks = {path: bank for bank in banks for path in bank.paths}
        self._starts: dict[str, tuple[list[tuple[int, int]], list[Place]]] = {}

    @property
    def paths(self) -> frozenset[str]:
        """The files of the banks."""
        return frozenset(self._banks)

    def meant(self, found: Diagnostic) -> Span:
        """Return the place of a diagnostic; of a remark on a line of its own that of the line of which it speaks."""
        span = found.span
        document = self._banks[span.path].documents.get(span.path) if span.path in self._banks else None
        if found.code != UNUSED.code or document is None or document.line(span.line)[: span.column - 1].strip():
            return span
        end = len(document.line(span.line + 1)) if document.has_line(span.line + 1) else 0
        return Span(span.path, span.line + 1, end + 1)

    def question(self, span: Span) -> Place | None:
        """Return the question in which a span begins, or after which it stands; None before the first one."""
        if span.path not in self._banks or not span.line:
            return None
        if span.path not in self._starts:
            self._starts[span.path] = self._of(span.path)
        starts, places = self._starts[span.path]
        index = bisect.bisect(starts, (span.line, span.column))
        return places[index - 1] if index else None

    def _of(self, path: str) -> tuple[list[tuple[int, int]], list[Place]]:
        loaded = self._banks[path]
        found = sorted(((span := loaded.locate(place)).line, span.column, place) for place in questions(loaded, path))
        return [(line, column) for line, column, _ in found], [place for _, _, place in found]


def questions(loaded: LoadedBank, path: str) -> list[Place]:
    """Return the place of each question of a file, sound or not."""
    count = len(written.questions(loaded.documents.get(path)))
    return [Place(path, ("questions", index)) for index in range(count)]


def _costs(banks: Sequence[LoadedBank]) -> dict[Place, int]:
    """Return what each sound question costs, in the order in which they stand."""
    costs: dict[Place, int] = {}
    for loaded in banks:
        for item in loaded.bank.items if loaded.bank else ():
            cost = 1 + _PROGRAM_COST * len(set(programs(item)))
            costs[item.place] = costs.get(item.place, 0) + cost
    return costs
