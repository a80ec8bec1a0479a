"""Verdicts are those of the table to which the script of the page is held as well."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizlib.mastery import DOUBT, Evidence, Word, in_words, verdict
from tests.conftest import ROOT

_CASES = json.loads((ROOT / "tests" / "shared" / "mastery.json").read_text("utf-8"))["cases"]
_evidence = st.builds(
    Evidence, st.sampled_from([0, 0.25, 0.5, 1]) | st.floats(0, 1), st.sampled_from([0, 0.25, 0.5, 1]) | st.floats(0, 1)
)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in _CASES])
def test_the_verdict_of_the_table(case: Any) -> None:
    found = verdict((Evidence(**one) for one in case["evidence"]), case.get("looks", 1))
    for name, expected in case["verdict"].items():
        value = getattr(found, name)
        assert value == (pytest.approx(expected, abs=1e-9) if isinstance(expected, float) else expected), name
    assert in_words(found) == case["in_words"]


@settings(max_examples=100, deadline=None)
@given(st.lists(_evidence, max_size=30))
def test_a_verdict_is_sound(evidence: list[Evidence]) -> None:
    found = verdict(evidence)
    assert 0 <= found.probability <= 1 + 1e-9
    assert found.low <= found.high
    assert (found.settle is None) or 1 <= found.settle <= 50
    assert 2 <= found.luck <= 1000
    assert found.word in (found.leaning, Word.UNDECIDED)
    assert in_words(found).endswith(".")


@settings(max_examples=100, deadline=None)
@given(st.lists(_evidence, max_size=20), st.floats(0, 1))
def test_a_right_answer_never_speaks_against_and_a_wrong_one_never_for(evidence: list[Evidence], guess: float) -> None:
    before = verdict(evidence)
    right, wrong = (verdict([*evidence, Evidence(score, guess)]) for score in (1.0, 0.0))
    assert right.probability >= before.probability - 1e-9
    assert wrong.probability <= before.probability + 1e-9
    assert right.known >= before.known - 1e-9 >= wrong.known - 2e-9


@settings(max_examples=100, deadline=None)
@given(st.lists(_evidence, max_size=12), st.integers(1, 4))
def test_what_settles_it_settles_it_and_one_less_does_not(evidence: list[Evidence], look: int) -> None:
    found = verdict(evidence, look)
    if found.settle is None:
        return
    guess = sum(one.guess for one in evidence) / len(evidence) if evidence else 0.25
    further = Evidence(1.0 if found.leaning is Word.STRONG else 0.0, guess)
    certain = [verdict([*evidence, *[further] * count], look + 1) for count in (found.settle - 1, found.settle)]
    for one, expected in zip(certain, (False, True), strict=True):
        sure = one.probability if found.leaning is Word.STRONG else 1 - one.probability
        if abs(sure - 1 + DOUBT / (look + 1)) > 1e-9:
            assert (one.word is found.leaning) is expected
