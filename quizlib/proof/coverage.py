"""Key coverage: how much of a bank is proved."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from quizlib.model import Bank, Choice, ExtendedText, InlineChoice, Item


@dataclasses.dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a bank is proved: its keys, and its distractors."""

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


def unproved(banks: Sequence[Bank]) -> Coverage:
    """Return the coverage of banks of which nothing was run."""
    counted = [totals(item) for bank in banks for item in bank.items]
    return Coverage(0, sum(keys for keys, _ in counted), 0, sum(distractors for _, distractors in counted))


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
