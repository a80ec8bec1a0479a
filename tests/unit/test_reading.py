"""Authoring classes: what they promise of themselves, and kinds of field that only pydantic understands."""

from __future__ import annotations

from typing import Annotated, ClassVar

import pydantic
import pytest

from quizlib.authoring.faults import checked
from quizlib.authoring.fields import Field, Fields, Integer, Text, TextFields, Unreadable
from quizlib.authoring.reading import fields, read
from quizlib.diagnostics import Place

PLACE = Place("bank.yaml")


class Part(TextFields):
    text: Text
    weight: Annotated[Integer, Field(ge=1)] = 1


class Remark(Fields):
    text: Text


class Short(Fields):
    word: Annotated[Text, Field(max_length=5)]


class Whole(Fields):
    SUMMARY: ClassVar[str] = "no field"

    name: Text = "unnamed"
    parts: list[Part] = []


class Stricter(Whole):
    name: Text


class Foreign(Fields):
    """A class of a plugin whose author uses all that pydantic has."""

    parts: tuple[Part, ...]
    even: Annotated[int, pydantic.Field(multiple_of=2)] = 0


def test_an_instance_knows_what_was_typed_and_has_defaults_for_the_rest() -> None:
    whole = read(Whole, {"parts": ["a", {"text": "b", "weight": "2"}], "name": None})
    assert set(whole.typed()) == {"parts"}
    assert whole.name == "unnamed"
    assert [(part.text, part.weight) for part in whole.parts] == [("a", 1), ("b", 2)]


def test_only_where_it_may_does_a_text_stand_for_a_mapping() -> None:
    with pytest.raises(Unreadable):
        read(Remark, "a")


def test_a_text_that_is_not_unicode_has_no_length() -> None:
    assert checked(Short, {"word": "a\ud800"}, PLACE)[0] is None


def test_what_was_typed_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        read(Part, "a").text = "b"


def test_a_class_may_demand_what_its_base_has_a_default_for() -> None:
    assert list(fields(Stricter)) == ["name", "parts"]
    with pytest.raises(Unreadable):
        read(Stricter, {})


def test_what_only_pydantic_understands_is_read_by_pydantic() -> None:
    data = {"parts": ["a", {"text": "b"}], "even": "4"}
    with pytest.raises(Unreadable):
        read(Foreign, data)
    found, findings = checked(Foreign, data, PLACE)
    assert not findings
    assert found is not None
    assert isinstance(found, Foreign)
    assert ([part.text for part in found.parts], found.even, type(found.parts[0])) == (["a", "b"], 4, Part)


def test_what_only_pydantic_understands_is_refused_at_its_place() -> None:
    _, findings = checked(Foreign, {"parts": ["a"], "even": "3", "odd": "1"}, PLACE)
    assert [(kind.rule, finding.place.keys) for kind, finding in findings] == [
        ("bad-value", ("even",)),
        ("unknown-key", ("odd",)),
    ]
