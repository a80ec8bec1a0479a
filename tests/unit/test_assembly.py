"""Draws are those of the table to which the script of the page is held as well; a default blueprint is even."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

from quizlib import assembly
from quizlib.assembly import Candidate, draw, item_order, option_order, rank, spread
from quizlib.diagnostics import Place
from quizlib.model import Associable, Blueprint, BlueprintPart, Content
from tests.conftest import ROOT
from tests.exporters import samples
from tests.property.strategies import loaded
from tests.unit.helpers import sound

_TABLE = json.loads((ROOT / "tests" / "shared" / "assembly.json").read_text("utf-8"))


def candidate(data: Any) -> Candidate:
    """Return the candidate that a table describes."""
    return Candidate(
        identifier=data["id"],
        difficulty=data["difficulty"],
        tags=tuple(data["tags"]),
        objectives=tuple(data["objectives"]),
        question_type=data["question_type"],
        variant_of=data["variant_of"],
        graded=data["graded"],
    )


def _part(data: Any) -> BlueprintPart:
    lists = (tuple(data[name]) for name in ("tags", "objectives", "question_types"))
    return BlueprintPart(data["count"], data["difficulty"], *lists)


@pytest.mark.parametrize("case", _TABLE["rank"], ids=lambda case: ascii((case["seed"], case["id"])))
def test_a_rank(case: Any) -> None:
    assert rank(case["seed"], case["id"]) == case["rank"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in _TABLE["draw"]])
def test_a_draw(case: Any) -> None:
    found = draw(map(candidate, case["candidates"]), list(map(_part, case["parts"])), case["seed"], case.get("more", 0))
    assert list(found.identifiers) == case["draw"]["ids"]
    short = [{"part": one.part, "asked": one.asked, "found": one.found} for one in found.shortfalls]
    assert short == case["draw"]["shortfalls"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in _TABLE["option_order"]])
def test_an_order_of_options(case: Any) -> None:
    assert option_order(case["seed"], case["question"], case["options"], case["fixed"]) == case["order"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in _TABLE["item_order"]])
def test_an_order_of_items(case: Any) -> None:
    items = [Associable(item["id"], Content(**item["content"]), Place("")) for item in case["items"]]
    assert item_order(case["seed"], case["question"], items) == case["order"]


def _levels(easy: int, medium: int, hard: int, unmarked: int = 0) -> list[Candidate]:
    counts = {"easy": easy, "medium": medium, "hard": hard, None: unmarked}
    return [
        Candidate(identifier=f"{level}-{index}", difficulty=level)  # type: ignore[arg-type]
        for level, count in counts.items()
        for index in range(count)
    ]


@pytest.mark.parametrize(
    ("there", "count", "spread_as"),
    [
        ((9, 9, 9), 10, (3, 4, 3)),
        ((9, 9, 9), 11, (4, 4, 3)),
        ((9, 9, 9), 12, (4, 4, 4)),
        ((9, 9, 9), 1, (0, 1, 0)),
        ((3, 4, 3), 10, (3, 4, 3)),
        ((1, 9, 9), 10, (1, 6, 3)),
        ((9, 1, 9), 10, (6, 1, 3)),
        ((9, 9, 0), 10, (3, 7, 0)),
        ((9, 5, 0), 10, (5, 5, 0)),
        ((0, 0, 9), 10, (0, 0, 9)),
        ((1, 1, 1), 10, (1, 1, 1)),
        ((2, 2, 2, 9), 10, (2, 2, 2, 4)),
        ((9, 9, 9, 9), 10, (3, 4, 3)),
        ((0, 0, 0, 20), 10, (0, 0, 0, 10)),
        ((0, 0, 0), 10, ()),
    ],
)
def test_a_default_blueprint_is_as_even_as_can_be(there: Sequence[int], count: int, spread_as: tuple[int, ...]) -> None:
    found = spread(_levels(*there), count)
    levels = ("easy", "medium", "hard", None)
    expected = {level: number for level, number in zip(levels, spread_as, strict=False) if number}
    assert {part.difficulty: part.count for part in found.parts} == expected
    assert draw(_levels(*there), found.parts, "seed").shortfalls == ()


def test_variants_and_essays_are_not_counted_for_a_default_blueprint() -> None:
    variants = [Candidate(identifier=f"v-{number}", difficulty="easy", variant_of="v") for number in range(5)]
    essays = [Candidate(identifier=f"e{number}", difficulty="easy", graded=False) for number in range(5)]
    assert spread([*variants, *essays], 10).parts == (BlueprintPart(1, "easy"),)


def test_a_banks_own_blueprint_comes_first() -> None:
    own = Blueprint((BlueprintPart(2),), 5)
    assert assembly.default_blueprint(samples.bank(blueprint=own)) == own


def test_a_form_has_the_questions_that_were_drawn_in_order() -> None:
    bank = sound(loaded(samples.BANKS["python-output"]))
    made = assembly.form(bank, assembly.default_blueprint(bank), "seed")
    levels = [item.difficulty for item in made.bank.items]
    assert levels == ["easy"] * 3 + ["medium"] * 4 + ["hard"] * 3
    assert (made.form.seed, made.form.blueprint.count, made.shortfalls) == ("seed", 10, ())
    assert made == assembly.form(bank, made.form.blueprint, "seed")
    assert made.bank.items != assembly.form(bank, made.form.blueprint, "another").bank.items


def test_a_longer_draw_begins_with_the_shorter_and_keeps_to_the_blueprint() -> None:
    there = _levels(20, 20, 20)
    parts = spread(there, 10).parts
    draws = [draw(there, parts, "seed", more).identifiers for more in range(60)]
    assert all(longer[: len(shorter)] == shorter for shorter, longer in pairwise(draws))
    assert [len(found) for found in draws] == [*range(10, 61), *[60] * 9]
    level = {one.identifier: one.difficulty for one in there}
    assert [level[name] for name in draws[10][10:]] == [
        *("medium", "easy", "hard", "medium", "easy", "hard"),
        *("medium", "easy", "medium", "hard"),
    ]
    assert Counter(level[name] for name in draws[20]) == {"easy": 9, "medium": 12, "hard": 9}


def test_questions_beyond_the_blueprint_that_are_not_there_are_counted() -> None:
    bank = sound(samples.of_questions(*(f"- {{id: q{n}, type: numeric, stem: x, answer: {n}}}" for n in range(3))))
    made = assembly.form(bank, Blueprint((BlueprintPart(2),)), "seed", 4)
    assert (len(made.bank.items), made.missing, made.shortfalls) == (3, 3, ())
    made = assembly.form(bank, Blueprint((BlueprintPart(2), BlueprintPart(2, "hard"))), "seed", 1)
    assert (len(made.bank.items), made.missing) == (3, 0)


def test_many_questions_and_parts_that_want_the_same_are_drawn_without_recursion() -> None:
    many = [Candidate(identifier=str(number), tags=("a", "b")) for number in range(1200)]
    found = draw(many, [BlueprintPart(600, tags=("a",)), BlueprintPart(600, tags=("b",))], "seed")
    assert len(set(found.identifiers)) == 1200
