"""A key that is not known is said to be so, whatever stands behind it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.helpers import at, bank_text, load_text, only


@pytest.mark.parametrize("mistake", ["{text: Counting from one, where it starts at zero}", "{text: a, b: }"])
def test_a_comma_that_makes_a_second_key_is_noticed(mistake: str, tmp_path: Path) -> None:
    question = f"- {{id: a, type: true_false, stem: What?, answer: true, common_mistakes: [{mistake}]}}"
    text = bank_text(question)
    unknown = only(load_text(text, tmp_path).diagnostics)
    assert unknown.code == "QZ011"
    assert at(unknown, text) in ("where it starts at zero", "b")


def test_a_known_key_with_nothing_behind_it_counts_as_not_there(tmp_path: Path) -> None:
    question = "- {id: a, type: true_false, stem: What?, answer: true, title: , common_mistakes: [{text: a, yields: }]}"
    loaded = load_text(bank_text(question), tmp_path)
    assert loaded.diagnostics == ()
