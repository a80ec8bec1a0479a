"""Tests drawn from a bank: what a blueprint asks for, and how a question gives part of its marks."""

from __future__ import annotations

import dataclasses
import enum
from typing import Literal

Difficulty = Literal["easy", "medium", "hard"]


class PartialCredit(enum.StrEnum):
    """A named rule for the marks of a response that is right in part.

    SHARES: the fractions of the chosen options, added up. PARTS: the parts that are right, by their weight.
    ALL_OR_NOTHING: full marks or none. EVERY_DECISION: each option that is rightly chosen or rightly left.
    NEIGHBOURS: each two neighbours of the right order that are neighbours in the response.
    """

    SHARES = "shares"
    PARTS = "parts"
    ALL_OR_NOTHING = "all_or_nothing"
    EVERY_DECISION = "every_decision"
    NEIGHBOURS = "neighbours"


@dataclasses.dataclass(frozen=True, slots=True)
class BlueprintPart:
    """So many questions of a kind. What is not named does not matter; of several tags or objectives any will do."""

    count: int
    difficulty: Difficulty | None = None
    tags: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    question_types: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Blueprint:
    """What a test is made of, in order. `time_limit` is in minutes."""

    parts: tuple[BlueprintPart, ...]
    time_limit: float | None = None

    @property
    def count(self) -> int:
        """The number of questions that are asked for."""
        return sum(part.count for part in self.parts)


@dataclasses.dataclass(frozen=True, slots=True)
class Form:
    """How the questions of a test were drawn: the same bank, blueprint and seed draw the same ones."""

    seed: str
    blueprint: Blueprint
