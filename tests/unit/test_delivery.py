"""Delivery JSON is read back as it was written; what is wrong with it is told all at once, with its path."""

from __future__ import annotations

import copy
import dataclasses
import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizlib.delivery.checking import DocumentError
from quizlib.delivery.digest import digest
from quizlib.delivery.document import written
from quizlib.delivery.reading import delivered, read
from quizlib.model import Blueprint, BlueprintPart, Feedback, Form, PartialCredit
from quizlib.schemas import schema
from tests.exporters import samples
from tests.property import strategies
from tests.property.strategies import Mapping
from tests.unit.helpers import KEYLESS, load_text, sound

_BLUEPRINT = Blueprint((BlueprintPart(2, "easy", ("a",), ("b",), ("essay",)), BlueprintPart(1)), 15)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


def _document() -> Any:
    items = [
        dataclasses.replace(samples.hostile_item(name, "x"), identifier=f"q{index}", variant_of="q")
        for index, name in enumerate(samples.interactions("x"))
    ]
    bank = samples.bank(*items, blueprint=_BLUEPRINT)
    return json.loads(written(bank, form=Form("seed", _BLUEPRINT)))


def _faults(data: Any) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        delivered(data)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("text", [*samples.HOSTILE.values(), "plain"], ids=[*samples.HOSTILE, "plain"])
def test_every_interaction_is_read_back(text: str) -> None:
    items = [
        dataclasses.replace(samples.hostile_item(name, text), identifier=name) for name in samples.interactions("x")
    ]
    items = [item for item in items if item.identifier != "text"]  # its pattern is the hostile text
    before = written(samples.bank(*items, text=text, blueprint=_BLUEPRINT), form=Form(text, _BLUEPRINT))
    found = read(before)
    assert found.form == Form(text, _BLUEPRINT)
    assert json.loads(written(found.bank, form=found.form)) == json.loads(before)
    assert list(map(digest, found.bank.items)) == list(map(digest, items))


@settings(max_examples=40)
@given(strategies.bank_data())
def test_any_bank_is_read_back(bank: Mapping) -> None:
    found = strategies.loaded(strategies.written(bank).text).bank
    assert found is not None
    try:
        again = read(written(found)).bank
    except DocumentError as error:
        assert {fault.message for fault in error.faults} <= {"`title` is missing", "`id` is missing"}
    else:
        assert written(again) == written(found)


def test_a_form_fits_the_schema() -> None:
    jsonschema.Draft202012Validator(schema("delivery")).validate(_document())


def test_the_new_fields_are_lowered_and_read_back(tmp_path: Any) -> None:
    text = (
        "format: 1\nid: a\ntitle: A\n"
        "blueprint: {time_limit: 7.5, parts: [{count: 1, difficulty: hard, tags: [t], objectives: [o]}]}\n"
        "lesson: {sections: [{title: S, objectives: [o]}]}\n"
        "questions:\n"
        "  - {id: a, type: ordering, stem: x, items: [b, c], partial_credit: neighbours, objectives: [o],"
        " tags: [t], difficulty: hard}\n"
        "  - {id: b, type: matching, stem: x, pairs: [{source: b, target: c}, {source: d, target: e}],"
        " partial_credit: parts}\n"
        "  - {id: c, type: code_output, stem: x, code: print(1), options: [{text: 1, correct: true}, 2],"
        " common_mistakes: [{text: m, yields: 2, replace: {'1': '2'}}]}\n"
        "  - {id: v, type: numeric, parameters: {n: {choose: [1, 2]}}, stem: '{{ n }}', answer: '{{ n }}'}\n"
    ).replace("code: print(1)", "code: {source: print(1)}")
    bank = read(written(sound(load_text(text, tmp_path)))).bank
    ordering, matching, code, *variants = bank.items
    assert bank.blueprint == Blueprint((BlueprintPart(1, "hard", ("t",), ("o",)),), 7.5)
    assert bank.lesson is not None
    assert bank.lesson.sections[0].objectives == ("o",)
    assert ordering.partial_credit is PartialCredit.NEIGHBOURS
    assert matching.partial_credit is None  # it is the default
    assert code.common_mistakes[0].source == "print(2)"
    assert [item.variant_of for item in bank.items] == [None, None, None, "v", "v"]
    assert [item.identifier for item in variants] == ["v-1", "v-2"]


def test_unknown_keys_are_ignored() -> None:
    data = _document()
    data["later"] = data["items"][0]["later"] = data["items"][0]["interaction"]["later"] = {"a": [1]}
    delivered(data)


def test_all_faults_are_told_at_once_with_their_paths() -> None:
    data = _document()
    data["items"][0]["stem"] = 1
    del data["items"][0]["interaction"]["options"][1]["id"]
    data["items"][1]["interaction"]["options"][0]["fraction"] = 2
    data["items"][2]["difficulty"] = "hardish"
    data["form"]["blueprint"]["parts"][0]["count"] = 1.5
    assert _faults(data) == [
        "items[0].interaction.options[1]: `id` is missing",
        "items[0].stem: a text is expected here, and this is the number 1",
        "items[1].interaction.options[0].fraction: a number from -1 to 1 is expected here, and this is the number 2",
        "items[2].difficulty: one of easy, medium, hard is expected here, and this is the text `hardish`",
        "form.blueprint.parts[0].count: a whole number is expected here",
    ]


@pytest.mark.parametrize(
    ("kind", "change", "fault"),
    [
        ("choice of markdown", {"options": []}, "at least 1 are needed here, and there are 0"),
        ("number", {"tolerance": "-1"}, "a number of 0 or above is expected here, as a text"),
        ("number", {"tolerance": "NaN"}, "a number of 0 or above is expected here, as a text"),
        ("text", {"pattern": "("}, "the regular expression cannot be read: missing ), unterminated subpattern"),
        ("match", {"pairs": [["a", "t"]]}, "each source needs one target"),
        ("match", {"pairs": [["a", "t"], ["b", "nope"]]}, "there is no such target"),
        ("order", {"order": ["a", "a"]}, "the ids of all items are expected here, in the right order"),
        ("gaps", {"gaps": [{"id": "g", "interaction": {"kind": "order"}}]}, "a gap is typed or chosen"),
        ("choice of code", {"kind": "nope"}, "one of choice, text_entry,"),
    ],
)
def test_an_interaction_that_cannot_be_scored_is_refused(kind: str, change: Any, fault: str) -> None:
    data = _document()
    index = list(samples.interactions("x")).index(kind)
    data["items"][index]["interaction"] |= change
    assert any(fault in found and f"items[{index}].interaction" in found for found in _faults(data))


@pytest.mark.parametrize(
    ("kind", "rule"), [("choice of code", "every_decision"), ("match", "neighbours"), ("order", "shares")]
)
def test_a_rule_of_partial_credit_that_is_for_another_interaction_is_refused(kind: str, rule: str) -> None:
    data = _document()
    data["items"][list(samples.interactions("x")).index(kind)]["partial_credit"] = rule
    assert len(_faults(data)) == 1


def test_a_question_stands_in_a_document_once() -> None:
    data = _document()
    data["items"][1]["id"] = data["items"][0]["id"]
    assert _faults(data) == ["items[1].id: another question has the id `q0`, too"]


def test_a_document_without_keys_says_so() -> None:
    data = json.loads(written(samples.bank(), with_key=KEYLESS.with_key))
    assert _faults(data) == ["with_key: the document was written without its keys, and nothing can be graded by it"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "this is not JSON: expecting value"),
        (b"{", "this is not JSON"),
        (b"\xff", "the byte 0xff is not UTF-8"),
        (b"[]", "an object is expected here, and this is a list"),
        (b"[" * 200 + b"]" * 200, "nested"),
        (b"[" * 100_000 + b"]" * 100_000, "nested"),
        (b'{"version": NaN}', "NaN is no number in JSON"),
        (b'{"version": 1e999, "items": []}', "this version of quizlib reads version 1"),
        (b"9" * 5000, "Exceeds the limit"),
        (b'{"version": 1, "id": "\\ud800", "title": "", "items": []}', "half of a surrogate pair"),
    ],
)
def test_hostile_input_ends_in_a_fault(content: bytes, fault: str) -> None:
    with pytest.raises(DocumentError, match=fault):
        read(content)


def test_where_it_is_no_json_the_line_is_told() -> None:
    with pytest.raises(DocumentError) as caught:
        read(b'{\n  "version": 1,\n  nope')
    assert [(fault.line, fault.column) for fault in caught.value.faults] == [(3, 3)]


@st.composite
def _spoiled(draw: st.DrawFn) -> Any:
    """Return a good document in which something has become something else."""
    data = copy.deepcopy(_document())
    node = data
    while isinstance(node, dict | list) and node:
        key = draw(st.sampled_from(sorted(node) if isinstance(node, dict) else range(len(node))))
        inner = node[key]
        if not isinstance(inner, dict | list) or not inner or draw(st.integers(0, 3)) == 0:
            node[key] = draw(_JSON)
            break
        node = inner
    return data


@settings(max_examples=300)
@given(_spoiled() | _JSON)
def test_any_document_is_read_or_refused(data: Any) -> None:
    try:
        found = delivered(data)
    except DocumentError as error:
        assert error.faults
        assert all(map(str, error.faults))
    else:
        written(found.bank, form=found.form)


def test_a_digest_changes_with_what_is_scored_and_with_nothing_else() -> None:
    item = samples.hostile_item("choice of markdown", "x")
    same = dataclasses.replace(item, title="y", hints=(), feedback=Feedback(), tags=("z",))
    assert digest(same) == digest(item)
    others = [
        dataclasses.replace(item, stem="y"),
        dataclasses.replace(item, max_score=2),
        dataclasses.replace(item, partial_credit=PartialCredit.ALL_OR_NOTHING),
        dataclasses.replace(item, code=None),
        dataclasses.replace(item, interaction=samples.interactions("y")["choice of markdown"]),
        dataclasses.replace(item, interaction=samples.interactions("x")["choice of code"]),
    ]
    assert len({digest(item), *map(digest, others)}) == 7


def test_feedback_is_no_part_of_the_digest() -> None:
    item = samples.hostile_item("gaps", "x")
    data = json.loads(written(samples.bank(item)))
    for gap in data["items"][0]["interaction"]["gaps"]:
        for part in (*gap["interaction"].get("options", ()), *gap["interaction"].get("accepted", ())):
            part["feedback"] = "other"
    assert digest(delivered(data).bank.items[0]) == digest(item)
