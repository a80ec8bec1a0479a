"""Key coverage: how much of a bank is proved."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar, get_args

from quizlib.model import Bank, Choice, Difficulty, ExtendedText, InlineChoice, Item

_Group = TypeVar("_Group")


@dataclasses.dataclass(frozen=True, slots=True)
class Coverage:
    """How much is proved of some questions: their keys, and their distractors."""

    keys_proved: int = 0
    keys_total: int = 0
    distractors_disproved: int = 0
    distractors_total: int = 0

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(
            self.keys_proved + other.keys_proved,
            self.keys_total + other.keys_total,
            self.distractors_disproved + other.distractors_disproved,
            self.distractors_total + other.distractors_total,
        )

    def reaches(self, percent: float) -> bool:
        """Whether at least `percent` of the keys are proved; where there is no key, any share of them is."""
        return not self.keys_total or self.keys_proved * 100 >= percent * self.keys_total


@dataclasses.dataclass(frozen=True, slots=True)
class Covered:
    """How much of some questions is proved, and the groups that they belong to.

    `bank` is the path of the bank's first file. A question without a stated difficulty, or one that could not
    be read, has the difficulty None. `item` is the identifier, None for those that could not be read.
    """

    bank: str
    coverage: Coverage
    difficulty: Difficulty | None = None
    tags: tuple[str, ...] = ()
    item: str | None = None

    @classmethod
    def of(cls, bank: Bank, item: Item, coverage: Coverage) -> Covered:
        """Return an item's coverage with the item's groups."""
        return cls(bank.place.path, coverage, item.difficulty, item.tags, item.identifier)


def total(covered: Iterable[Covered]) -> Coverage:
    """Return the coverage of all questions."""
    return sum((part.coverage for part in covered), Coverage())


def by_bank(covered: Iterable[Covered]) -> dict[str, Coverage]:
    """Return the coverage of each bank, in the order of the banks."""
    return _grouped(covered, lambda part: (part.bank,))


def by_difficulty(covered: Iterable[Covered]) -> dict[Difficulty | None, Coverage]:
    """Return the coverage of each difficulty that occurs, from easy to hard; None, where none is stated, at last."""
    found = _grouped(covered, lambda part: (part.difficulty,))
    order: tuple[Difficulty | None, ...] = (*get_args(Difficulty), None)
    return {difficulty: found[difficulty] for difficulty in order if difficulty in found}


def by_tag(covered: Iterable[Covered]) -> dict[str, Coverage]:
    """Return the coverage of each tag, by name; a question counts in each of its tags."""
    return dict(sorted(_grouped(covered, lambda part: part.tags).items()))


def unproved(banks: Sequence[Bank]) -> Iterator[Covered]:
    """Yield the coverage of each question of banks of which nothing was run."""
    for bank in banks:
        for item in bank.items:
            keys, distractors = totals(item)
            yield Covered.of(bank, item, Coverage(0, keys, 0, distractors))


def _grouped(covered: Iterable[Covered], groups_of: Callable[[Covered], Iterable[_Group]]) -> dict[_Group, Coverage]:
    found: dict[_Group, Coverage] = {}
    for part in covered:
        for group in groups_of(part):
            found[group] = found.get(group, Coverage()) + part.coverage
    return found


def totals(item: Item) -> tuple[int, int]:
    """Count the item's key, if it has one, and its distractors."""
    match item.interaction:
        case Choice(options=options):
            return 1, sum(not option.correct for option in options)
        case InlineChoice(gaps=gaps):
            wrong = sum(
                not option.correct
                for gap in gaps
                if isinstance(gap.interaction, Choice)
                for option in gap.interaction.options
            )
            return 1, wrong
        case ExtendedText():
            return 0, 0
        case _:
            return 1, 0
