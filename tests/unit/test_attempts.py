"""Attempts are what the table says that the script of the page is held to as well."""

from __future__ import annotations

import json
from typing import Any

import pytest

from quizlib.delivery.checking import Node
from quizlib.delivery.interactions import interaction_of
from quizlib.diagnostics import Place
from quizlib.grading import attempted, is_evidence
from quizlib.model import Item
from tests.conftest import ROOT

_TABLE = json.loads((ROOT / "tests" / "shared" / "attempts.json").read_text("utf-8"))


def _item(name: str) -> Item:
    interaction = interaction_of(Node(_TABLE["interactions"][name], []), Place(""))
    return Item(identifier="q", title="Q", question_type=name, stem="?", interaction=interaction, place=Place(""))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in _TABLE["cases"]])
def test_an_attempt_is_what_the_table_says(case: Any) -> None:
    item = _item(case["interaction"])
    outcome = attempted(item, case["response"], gave_up=case["gave_up"])
    assert (outcome.state, outcome.score) == (case["state"], case["score"])
    assert is_evidence(item, changed=case["changed"]) is case["evidence"]
