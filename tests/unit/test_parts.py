"""The questions in equal parts: together they are one run."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.bank import LoadedBank, load
from quizlib.diagnostics import Place
from quizlib.discovery import find
from quizlib.parts import Places, Shard
from quizlib.validation import Report, Settings, validate
from tests.conftest import ROOT
from tests.unit.helpers import bank_text, load_text

BROKEN = [str(path) for path in sorted((ROOT / "banks" / "broken").glob("qz[1-5]*.yaml"))]
FALSE = "- {id: %s, type: true_false, stem: x, answer: true}"


def banks_of(paths: list[str]) -> list[LoadedBank]:
    found, _ = find(paths)
    return [load(files) for files in found]


@pytest.fixture(scope="module")
def every() -> list[LoadedBank]:
    return banks_of([str(ROOT / "banks")])


@pytest.mark.parametrize("count", [1, 2, 3, 7, 400])
def test_each_question_is_of_exactly_one_part(count: int, every: list[LoadedBank]) -> None:
    parts = [Shard(number, count).of(every) for number in range(1, count + 1)]
    counted = Counter(place for part in parts for place in part.mine)
    assert set(counted.values()) == {1}
    assert set(counted) == parts[0].all == {item.place for bank in every if bank.bank for item in bank.bank.items}


def test_programs_are_dealt_out_evenly(every: list[LoadedBank]) -> None:
    parts = [Shard(number, 4).of(every) for number in range(1, 5)]
    costs = [
        sum(1 + 20 * len(item.claims) for bank in part.narrowed(every) if bank.bank for item in bank.bank.items)
        for part in parts
    ]
    assert max(costs) - min(costs) < max(costs) / 5


def test_the_parts_say_together_what_one_run_says() -> None:
    whole = validate(BROKEN)
    parts = [validate(BROKEN, Settings(shard=Shard(number, 3))) for number in (1, 2, 3)]
    assert Counter(found for part in parts for found in part.diagnostics) == Counter(whole.diagnostics)
    assert sum(part.questions for part in parts) == whole.questions
    assert sum((part.coverage for part in parts[1:]), parts[0].coverage) == whole.coverage
    assert all(part.runs for part in parts)
    assert sum(len(part.runs) for part in parts) == len(whole.runs)


def test_without_programs_it_is_the_same() -> None:
    whole = validate(BROKEN, Settings(run=False))
    parts = [validate(BROKEN, Settings(run=False, shard=Shard(number, 3))) for number in (1, 2, 3)]
    assert Counter(found for part in parts for found in part.diagnostics) == Counter(whole.diagnostics)
    assert sum((part.coverage for part in parts[1:]), parts[0].coverage) == whole.coverage


def test_variants_of_a_question_stay_together(tmp_path: Path) -> None:
    path = tmp_path / "bank.yaml"
    question = """
        - id: add
          type: numeric
          parameters: {a: {choose: [1, 2, 3, 4]}}
          variants: 4
          stem: "What is {{ a }} + 1?"
          answer: "{{ a + 1 }}"
        """
    path.write_text(bank_text(question, FALSE % "other"), "utf-8")
    reports = [validate([str(path)], Settings(run=False, shard=Shard(number, 2))) for number in (1, 2)]
    assert sorted(report.questions for report in reports) == [1, 4]


def test_a_suppression_is_judged_where_its_question_is_proved(tmp_path: Path) -> None:
    """A remark that keeps an equation quiet is not said to be unused by the part that does not evaluate it."""
    path = tmp_path / "sample.yaml"
    question = """
        - id: %s
          type: true_false
          stem: x
          answer: true
          solution:
            check: 1 + 1 = 3  # quiz: ignore[wrong-equation] on purpose
        """
    path.write_text(bank_text(*(question % name for name in "abc")), "utf-8")
    for number in (1, 2, 3):
        report = validate([str(path)], Settings(shard=Shard(number, 3)))
        assert (report.diagnostics, report.questions) == ((), 1)


def test_what_is_no_bank_is_told_by_the_first_part() -> None:
    reports: list[Report] = [validate(["no-such"], Settings(shard=Shard(number, 2))) for number in (1, 2)]
    assert [len(report.diagnostics) for report in reports] == [1, 0]


@given(st.integers(-5, 20), st.integers(-5, 20))
def test_there_is_no_part_but_from_the_first_to_the_last(number: int, count: int) -> None:
    if 1 <= number <= count:
        Shard(number, count)
    else:
        with pytest.raises(ValueError, match="there is no part"):
            Shard(number, count)


def test_a_place_belongs_to_the_question_that_began_last(tmp_path: Path) -> None:
    loaded = load_text(
        "format: 1\nid: a\ntitle: A\nquestions: [{id: one, type: true_false, stem: x, answer: true}, {id: two}]\n",
        tmp_path,
    )
    places = Places([loaded])
    first, second = (Place("sample.yaml", ("questions", index)) for index in (0, 1))
    assert places.question(loaded.locate(first.at("stem"))) == first
    assert places.question(loaded.locate(second.at("id"))) == second
    assert places.question(loaded.locate(Place("sample.yaml", ("id",)))) is None
    assert places.question(loaded.locate(Place("sample.yaml"))) is None
    assert places.question(loaded.locate(Place("other.yaml", ("questions", 0)))) is None


REMARKED = """
# quiz: ignore[QZ405] of the first
- id: one
  type: numeric # quiz: ignore[wrong-equation] of the first
  stem: x
  answer: 1
  solution: {check: 1 + 1 = 2}
# quiz: ignore[wrong-equation] of the second
- id: two
  type: numeric
  stem: x
  answer: 2 # quiz: ignore[no-key] of the second
  solution: {check: 1 + 1 = 2}
# quiz: ignore[QZ405] of the third
- {id: three, type: essay, stem: x, solution: {check: 1 + 1 = 3}}
# quiz: ignore[QZ405] of nothing
"""


def test_remarks_about_proof_that_suppress_nothing_are_told_by_one_part_each(tmp_path: Path) -> None:
    path = tmp_path / "bank.yaml"
    path.write_text(bank_text(REMARKED), "utf-8")
    whole = validate([str(path)])
    assert [found.code for found in whole.diagnostics].count("QZ020") == 5
    for count in (2, 3, 5):
        parts = [validate([str(path)], Settings(shard=Shard(number, count))) for number in range(1, count + 1)]
        assert Counter(found for part in parts for found in part.diagnostics) == Counter(whole.diagnostics)
