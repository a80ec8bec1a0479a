"""Responses are scored as the table says that the script of the page is held to as well."""

from __future__ import annotations

import json
from typing import Any

import pytest

from quizlib.delivery.checking import Node
from quizlib.delivery.interactions import interaction_of
from quizlib.diagnostics import Place
from quizlib.grading import Outcome, guess, score_interaction
from quizlib.model import Interaction, PartialCredit
from quizlib_exporters.html.patterns import to_javascript
from tests.conftest import ROOT

_TABLE = json.loads((ROOT / "tests" / "shared" / "grading.json").read_text("utf-8"))
_NAMED = [pytest.param(case, id=case["name"]) for case in _TABLE["cases"]]


def _interaction(data: Any) -> Interaction:
    faults: list[Any] = []
    found = interaction_of(Node(data, faults), Place(""))
    assert faults == []
    return found


def _expected(outcome: Outcome, keys: list[str]) -> dict[str, Any]:
    data = {
        "state": outcome.state,
        "score": outcome.score,
        "parts": list(outcome.parts),
        "problems": [{"part": problem.part, "reason": problem.reason} for problem in outcome.problems],
        "said": list(outcome.said),
    }
    return {key: data[key] for key in keys}


@pytest.mark.parametrize("case", _NAMED)
def test_a_response_has_the_outcome_of_the_table(case: Any) -> None:
    rule = PartialCredit(case["partial_credit"]) if case["partial_credit"] else None
    found = score_interaction(_interaction(case["interaction"]), case["response"], rule)
    expected = dict(case["outcome"])
    score = expected.pop("score")
    assert _expected(found, list(expected)) == expected
    assert found.score == pytest.approx(score, abs=1e-9)
    assert (found.score == 1) is (found.state == "right")


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in _TABLE["guesses"]])
def test_a_blind_response_has_the_chance_of_the_table(case: Any) -> None:
    assert guess(_interaction(case["interaction"])) == pytest.approx(case["guess"], abs=1e-12)


def test_the_patterns_for_the_script_are_those_that_the_page_is_given() -> None:
    entries = [case["interaction"] for case in _TABLE["cases"] if "pattern" in case["interaction"]]
    assert entries
    for entry in entries:
        assert entry["script_pattern"] == to_javascript(entry["pattern"])


def test_the_table_has_every_kind_state_reason_and_rule() -> None:
    cases = _TABLE["cases"]
    outcomes = [case["outcome"] for case in cases]
    assert {case["interaction"]["kind"] for case in cases} == {
        "choice", "text_entry", "extended_text", "match", "order", "inline_choice"
    }  # fmt: skip
    assert len({outcome["state"] for outcome in outcomes}) == 6
    assert len({problem["reason"] for outcome in outcomes for problem in outcome.get("problems", ())}) == 9
    assert {case["partial_credit"] for case in cases} == {None, "all_or_nothing", "every_decision", "neighbours"}
