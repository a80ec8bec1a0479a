"""The JSON export: valid against its schema, and silent about the key when it is asked to be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from quizlib.exporting import export
from quizlib.model import Bank
from quizlib.schemas import schema
from quizlib_exporters import json as exporter
from tests.exporters import moodle, samples
from tests.property import strategies
from tests.property.strategies import Mapping
from tests.unit.helpers import KEYED, KEYLESS, bank_text, load_text

_VALIDATOR = jsonschema.Draft202012Validator(schema("delivery"))
_KEY_FIELDS = {"correct", "fraction", "feedback", "rationale", "accepted", "pattern", "tolerance", "pairs", "order",
               "solution", "common_mistakes", "rubric"}  # fmt: skip


def _data(bank: Bank, *, with_key: bool = True) -> Any:
    return json.loads(moodle.file_of(exporter.export(bank, KEYED if with_key else KEYLESS).files))


def _keyless(*questions: str) -> bytes:
    loaded = samples.of_questions(*questions)
    assert loaded.diagnostics == ()
    return moodle.file_of(export(loaded, "json", KEYLESS)[0])


def _fields(data: Any) -> Iterator[str]:
    if isinstance(data, list):
        for entry in data:
            yield from _fields(entry)
    elif isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from _fields(value)


@pytest.mark.parametrize("with_key", [True, False])
@pytest.mark.parametrize("text", [*samples.HOSTILE.values(), "plain"], ids=[*samples.HOSTILE, "plain"])
def test_every_interaction_is_valid_against_the_schema(text: str, with_key: bool) -> None:
    items = [samples.hostile_item(name, text) for name in samples.interactions(text)]
    data = _data(samples.bank(*items, text=text), with_key=with_key)
    _VALIDATOR.validate(data)
    assert data["with_key"] is with_key
    assert all(found["title"] == text for found in data["items"])


@pytest.mark.parametrize("with_key", [True, False])
@pytest.mark.parametrize("kind", sorted(samples.EXAMPLES))
def test_the_examples_are_valid_against_the_schema(kind: str, with_key: bool) -> None:
    bank = samples.of_questions(samples.EXAMPLES[kind]).bank
    assert bank is not None
    _VALIDATOR.validate(_data(bank, with_key=with_key))


@settings(max_examples=30)
@given(strategies.bank_data())
def test_any_bank_is_valid_against_the_schema(bank: Mapping) -> None:
    found = strategies.loaded(strategies.written(bank).text).bank
    assert found is not None
    _VALIDATOR.validate(_data(found))
    _VALIDATOR.validate(_data(found, with_key=False))


@pytest.mark.parametrize("kind", sorted(samples.EXAMPLES))
def test_nothing_of_the_key_is_written_without_it(kind: str) -> None:
    data = json.loads(_keyless(samples.EXAMPLES[kind]))
    assert not _KEY_FIELDS & set(_fields(data["items"]))


def test_all_of_the_key_is_written_with_it() -> None:
    items = [samples.hostile_item(name, "x") for name in samples.interactions("x")]
    assert set(_fields(_data(samples.bank(*items))["items"])) >= _KEY_FIELDS


_PAIRS = {
    "the option that is correct": (
        "- {id: a, type: single_choice, stem: x, options: [{text: b, correct: true}, c, d]}",
        "- {id: a, type: single_choice, stem: x, options: [b, {text: c, correct: true}, d]}",
    ),
    "the options that are correct": (
        "- {id: a, type: multiple_response, stem: x, options: [{text: b, correct: true}, c, {text: d, correct: true}]}",
        "- {id: a, type: multiple_response, stem: x, options: [b, {text: c, correct: true}, d]}",
    ),
    "the correct option where none is moved": (
        "- {id: a, type: single_choice, stem: x, shuffle: false, options: [{text: b, correct: true}, c]}",
        "- {id: a, type: single_choice, stem: x, shuffle: false, options: [b, {text: c, correct: true}]}",
    ),
    "the place of the key among shuffled options": (
        "- {id: a, type: single_choice, stem: x, options: [{text: b, correct: true}, c, d, e]}",
        "- {id: a, type: single_choice, stem: x, options: [e, d, c, {text: b, correct: true}]}",
    ),
    "the place of the key around a fixed option": (
        "- {id: a, type: single_choice, stem: x, options: [{text: b, correct: true}, c, {text: d, fixed: true}]}",
        "- {id: a, type: single_choice, stem: x, options: [c, {text: b, correct: true}, {text: d, fixed: true}]}",
    ),
    "truth": (
        "- {id: a, type: true_false, stem: x, answer: true}",
        "- {id: a, type: true_false, stem: x, answer: false}",
    ),
    "the order": (
        "- {id: a, type: ordering, stem: x, items: [b, c, d, b]}",
        "- {id: a, type: ordering, stem: x, items: [b, b, d, c]}",
    ),
    "the pairs": (
        "- {id: a, type: matching, stem: x, pairs: [{source: b, target: c}, {source: d, target: e}]}",
        "- {id: a, type: matching, stem: x, pairs: [{source: b, target: e}, {source: d, target: c}]}",
    ),
    "the target that is extra": (
        "- {id: a, type: matching, stem: x, extra_targets: [f], pairs: [{source: b, target: c}, {source: d, target: e}]}",
        "- {id: a, type: matching, stem: x, extra_targets: [e], pairs: [{source: b, target: f}, {source: d, target: c}]}",
    ),
    "accepted texts": (
        '- {id: a, type: short_answer, stem: x, accepted: [b], pattern: "c+"}',
        "- {id: a, type: short_answer, stem: x, accepted: [b2, {text: d, fraction: 0.5, feedback: e}]}",
    ),
    "the number": (
        "- {id: a, type: numeric, stem: x, answer: 1, tolerance: 0.5}",
        "- {id: a, type: numeric, stem: x, answer: 22.50, significant_figures: 3}",
    ),
    "the output to be typed": (
        '- {id: a, type: code_output, stem: x, code: {source: "f()"}, answer: "1"}',
        '- {id: a, type: code_output, stem: x, code: {source: "f()"}, answer: "2"}',
    ),
    "what an option states": (
        "- {id: a, type: code_output, stem: x, code: {source: f}, options: [{text: b, correct: true, output: c}, d]}",
        "- {id: a, type: code_output, stem: x, code: {source: f}, options: [b, {text: d, raises: E, correct: true}]}",
    ),
    "gaps that are typed": (
        '- {id: a, type: cloze, stem: "[[g]]", gaps: {g: {accepted: [b]}}}',
        '- {id: a, type: cloze, stem: "[[g]]", gaps: {g: {accepted: [c, d]}}}',
    ),
    "gaps that are chosen": (
        '- {id: a, type: cloze, stem: "[[g]]", gaps: {g: {options: [{text: b, correct: true}, c, d]}}}',
        '- {id: a, type: cloze, stem: "[[g]]", gaps: {g: {options: [d, {text: c, correct: true}, b]}}}',
    ),
    "gaps that are numbers": (
        '- {id: a, type: cloze, stem: "[[g]]", gaps: {g: {answer: 1}}}',
        '- {id: a, type: cloze, stem: "[[g]]", gaps: {g: {answer: 2, tolerance: 10%}}}',
    ),
    "the rubric": (
        "- {id: a, type: essay, stem: x, rubric: [b]}",
        "- {id: a, type: essay, stem: x, rubric: [{text: c, points: 3}]}",
    ),
    "solution, feedback, mistakes, shares and reasons": (
        "- {id: a, type: single_choice, stem: x, options: [{text: b, correct: true}, c]}",
        "- {id: a, type: single_choice, stem: x, solution: {steps: [s], final_answer: b, check: 1 + 1 = 2},"
        " feedback: {general: f, correct: g, incorrect: h}, common_mistakes: [{text: m, yields: c, feedback: n}],"
        " options: [{text: b, correct: true, feedback: o, rationale: p}, {text: c, fraction: -0.5, feedback: q}]}",
    ),
}


@pytest.mark.parametrize("what", _PAIRS)
def test_without_the_key_nothing_tells(what: str) -> None:
    one, other = _PAIRS[what]
    assert _keyless(one) == _keyless(other)


@pytest.mark.parametrize("what", _PAIRS)
def test_with_the_key_the_same_banks_differ(what: str) -> None:
    one, other = (moodle.file_of(export(samples.of_questions(text), "json", KEYED)[0]) for text in _PAIRS[what])
    assert one != other


@pytest.mark.parametrize(
    "place", ["solution: {steps: ['![x](key.png)']}", "feedback: {correct: '![x](key.png)'}",
              "common_mistakes: ['![x](key.png)']", "rubric: ['![x](key.png)']"],
)  # fmt: skip
def test_an_image_of_the_key_is_not_written_without_it(place: str, tmp_path: Path) -> None:
    (tmp_path / "key.png").write_bytes(b"the key")
    loaded = load_text(bank_text(f"- {{id: a, type: essay, stem: x, {place}}}"), tmp_path)
    assert b"key.png" not in moodle.file_of(export(loaded, "json", KEYLESS)[0])


@pytest.mark.parametrize(
    "place", ["stem: '![x](shown.png)'", "stem: x, hints: ['![x](shown.png)']", "stem: x, template: '![x](shown.png)'"]
)
def test_an_image_that_learners_see_is_written_without_the_key(place: str, tmp_path: Path) -> None:
    (tmp_path / "shown.png").write_bytes(b"shown")
    loaded = load_text(bank_text(f"- {{id: a, type: essay, {place}}}"), tmp_path)
    data = json.loads(moodle.file_of(export(loaded, "json", KEYLESS)[0]))
    assert data["images"]["shown.png"] == {"media_type": "image/png", "base64": "c2hvd24="}


def test_texts_are_written_as_they_were_typed() -> None:
    loaded = samples.of_questions('- {id: a, type: essay, stem: "*é* <b> \\u2028", hints: [007, no]}')
    (item,) = json.loads(moodle.file_of(export(loaded, "json", KEYED)[0]))["items"]
    assert (item["stem"], item["hints"]) == ("*é* <b> \u2028", ["007", "no"])
