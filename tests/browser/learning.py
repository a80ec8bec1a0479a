"""The sample bank with what the modes of the page live on: claims, programs of mistakes, objectives, a blueprint."""

from __future__ import annotations

import dataclasses

from quizlib.model import (
    Bank,
    Blueprint,
    BlueprintPart,
    Claim,
    CommonMistake,
    Difficulty,
    Item,
    Output,
    Prints,
    Program,
)
from tests.browser import sample

LEVELS: tuple[Difficulty, ...] = ("easy", "medium", "hard")
TRACE, COUNT = "trace-a-loop", "count-weights"
ONE_EPOCH = sample.LOOP.replace("range(3)", "range(1)")
LESSON = dataclasses.replace(
    sample.LESSON,
    sections=tuple(
        dataclasses.replace(section, objectives=(objective,))
        for section, objective in zip(sample.LESSON.sections, (TRACE, COUNT), strict=True)
    ),
)


def prints(source: str, text: str) -> tuple[Claim, ...]:
    """Claim that a program prints a text."""
    return (Prints(Program("python", source), Output(text), sample.PLACE),)


SINGLE = dataclasses.replace(
    sample.SINGLE,
    claims=prints(sample.LOOP, "0.27\n"),
    objectives=(TRACE,),
    common_mistakes=(CommonMistake("Stopping after one epoch", "0.56", "`range(3)` gives 0, 1 and 2.", ONE_EPOCH),),
)
MULTIPLE = dataclasses.replace(sample.MULTIPLE, objectives=(COUNT,))
NUMBER = dataclasses.replace(
    sample.NUMBER,
    objectives=(COUNT,),
    common_mistakes=(
        *sample.NUMBER.common_mistakes,
        CommonMistake("Giving the share of the frozen weights", "99.61", "Look again at what is asked."),
    ),
)
OUTPUT = dataclasses.replace(
    sample.OUTPUT, claims=prints("import sys\nprint(sys.argv[1])\n", "first\nsecond\n"), objectives=(TRACE,)
)
BANK = dataclasses.replace(
    sample.BANK,
    identifier="learning",
    items=(SINGLE, MULTIPLE, sample.TEXT, NUMBER, OUTPUT, *sample.BANK.items[5:]),
    lesson=LESSON,
)
TIMED = dataclasses.replace(
    BANK,
    identifier="timed",
    blueprint=Blueprint((BlueprintPart(1, "easy"), BlueprintPart(1, "medium"), BlueprintPart(1, "hard")), 15),
)


def many(count: int, identifier: str = "many") -> Bank:
    """Return a bank of so many questions: all levels, two objectives, and now and then two variants of one."""
    graded = [item for item in BANK.items if item is not sample.ESSAY]
    items = tuple(_numbered(graded[number % len(graded)], number) for number in range(count))
    return dataclasses.replace(BANK, identifier=identifier, items=items)


def _numbered(item: Item, number: int) -> Item:
    return dataclasses.replace(
        item,
        identifier=f"{item.identifier}-{number}",
        title=f"{item.title} {number}",
        difficulty=LEVELS[number % 3],
        objectives=((TRACE, COUNT)[number % 2],),
        variant_of=f"family-{number // 10}" if number % 10 < 2 else None,
    )
