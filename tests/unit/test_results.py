"""Result files are read back as they were written, and what is wrong with one is told all at once."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizlib.delivery.checking import DocumentError
from quizlib.results import Response, Result, read, write
from quizlib.schemas import schema
from tests.conftest import ROOT

_VALIDATOR = jsonschema.Draft202012Validator(schema("result"))
_text = st.text(st.characters(codec="utf-8"), max_size=10)
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_text, inner, max_size=3),
    max_leaves=6,
)
_times = st.sampled_from([None, "2026-01-31T18:05:00Z", "2026-01-31T18:05:00.123Z", "2026-01-31T18:05:00+00:00"])
_responses = st.builds(
    Response,
    question=_text,
    digest=_text,
    response=_json,
    hints=st.integers(0, 9),
    gave_up=st.booleans(),
    seconds=st.none() | st.floats(0, 1e6),
    bank=st.none() | _text,
)
_results = st.builds(
    Result,
    bank=_text,
    title=_text,
    mode=_text,
    responses=st.lists(_responses, max_size=3).map(tuple),
    seed=st.none() | _text,
    started=_times,
    finished=_times,
    learner=st.none() | _text,
)
_GOOD = {"version": 1, "bank": "b", "title": "B", "mode": "test", "responses": []}


@settings(max_examples=150)
@given(_results)
def test_a_result_is_read_back_and_fits_the_schema(result: Result) -> None:
    content = write(result)
    assert read(content) == result
    _VALIDATOR.validate(json.loads(content))


@settings(max_examples=200)
@given(_json)
def test_any_json_is_read_or_refused(data: Any) -> None:
    for content in (data, {**_GOOD, "responses": [data]}, {**_GOOD, "started": data}):
        try:
            found = read(json.dumps(content))
        except DocumentError as error:
            assert error.faults
        else:
            assert read(write(found)) == found


def test_what_may_be_left_out_is_nothing() -> None:
    found = read(json.dumps({**_GOOD, "responses": [{"question": "q", "digest": "d", "response": ["a"], "later": 1}]}))
    assert found.responses == (Response(question="q", digest="d", response=["a"]),)
    assert (found.seed, found.started, found.finished, found.learner) == (None, None, None, None)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"version": 2}, "version: this version of quizlib reads version 1 of results"),
        ({"finished": "2026-01-31 18:05"}, "finished: a time such as 2026-01-31T18:05:00Z is expected here"),
        ({"mode": None}, "`mode` is missing"),
        ({"responses": [[]]}, "responses[0]: an object is expected here, and this is a list"),
        ({"responses": {}}, "responses: a list is expected here, and this is an object"),
        ({"responses": [{"question": "q", "digest": "d", "hints": 1.5}]}, "responses[0].hints: a whole number is"),
        ({"responses": [{"question": "q", "hints": -1}]}, "responses[0].hints: a number of 0 or above is expected"),
        ({"responses": [{"question": "q", "gave_up": "no"}]}, "responses[0].gave_up: `true` or `false` is expected"),
        ({"responses": None, "items": []}, "this is a form or an exported bank, and a result is expected here"),
    ],
)
def test_a_fault_has_its_path(change: Any, fault: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read(json.dumps(_GOOD | change))
    assert str(caught.value.faults[0]).startswith(fault)


@pytest.mark.parametrize("name", ["ada", "ben"])
def test_the_results_of_the_transcripts_fit_the_schema(name: str) -> None:
    content = (ROOT / "tests" / "cli" / "results" / f"{name}.json").read_bytes()
    _VALIDATOR.validate(json.loads(content))
    assert write(read(content)) == content


def test_the_result_in_the_manual_fits_its_schema() -> None:
    text = (ROOT / "docs" / "assessment.md").read_text("utf-8")
    found = re.search(r"```json\n(.*?)```", text, re.DOTALL)
    assert found
    _VALIDATOR.validate(json.loads(found[1]))
    assert read(found[1]).learner == "Ada"
