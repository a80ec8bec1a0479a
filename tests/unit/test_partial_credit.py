"""What an author may say of partial credit and blueprints, and what not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.helpers import at, bank_text, load_text, only

_DECISIONS = (
    "- {id: a, type: multiple_response, stem: x, partial_credit: every_decision,"
    " options: [{text: b, correct: true, fraction: 100%}, c]}"
)


def test_a_share_says_nothing_where_every_decision_counts(tmp_path: Path) -> None:
    text = bank_text(_DECISIONS)
    fault = only(load_text(text, tmp_path).diagnostics)
    assert fault.code == "QZ014"
    assert at(fault, text) == "100%"


@pytest.mark.parametrize(("rule", "meant"), [("all_or_none", "all_or_nothing"), ("neighbors", "neighbours")])
def test_a_rule_that_is_not_known_is_refused(rule: str, meant: str, tmp_path: Path) -> None:
    text = bank_text(f"- {{id: a, type: ordering, stem: x, items: [b, c], partial_credit: {rule}}}")
    fault = only(load_text(text, tmp_path).diagnostics)
    assert (fault.code, fault.help) == ("QZ014", f"did you mean `{meant}`?")
    assert at(fault, text) == rule


@pytest.mark.parametrize(
    ("blueprint", "place"),
    [
        ("{parts: []}", "parts"),
        ("{parts: [{count: 0}]}", "0"),
        ("{parts: [{count: two}]}", "two"),
        ("{parts: [{count: 1, difficulty: simple}]}", "simple"),
        ("{parts: [{count: 1}], time_limit: -5}", "-5"),
        ("{parts: [{count: 1, tag: a}]}", "tag"),
    ],
)
def test_faults_of_a_blueprint_are_told_at_their_place(blueprint: str, place: str, tmp_path: Path) -> None:
    header = f"format: 1\nid: a\ntitle: A\nblueprint: {blueprint}\n"
    text = bank_text("- {id: a, type: essay, stem: x}", header=header)
    fault = only(load_text(text, tmp_path).diagnostics)
    assert fault.span.line == 4
    assert place in at(fault, text)
