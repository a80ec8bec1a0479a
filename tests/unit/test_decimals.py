"""Where decimals have a comma, typed numbers are read so."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizlib.decimals import has_decimal_comma
from quizlib.delivery.digest import digest
from quizlib.delivery.document import written
from quizlib.delivery.reading import read
from quizlib.grading import State, score
from quizlib.model import TextEntry
from quizlib.taking.reply import unreadable
from tests.unit.helpers import bank_text, load_text, sound

_QUESTIONS = (
    '- {id: one, type: numeric, stem: x, answer: "1.25"}',
    '- {id: two, type: cloze, stem: "[[a]]", gaps: {a: {answer: "1.25"}}}',
    "- {id: three, type: short_answer, stem: x, accepted: [a]}",
)
_HEADER = "format: 1\nid: b\ntitle: B\nlanguage: {}\n"


@pytest.mark.parametrize(
    "language", ["de", "DE", "de-AT", "fr", "fr-CH", "es", "es-ES", "pt-BR", "sr-Latn-RS", "ar-MA"]
)
def test_a_comma_divides_decimals(language: str) -> None:
    assert has_decimal_comma(language)


@pytest.mark.parametrize(
    "language", ["en", "en-GB", "de-CH", "it-CH", "es-MX", "es-419", "ar", "ar-EG", "ja", "dech", ""]
)
def test_a_point_divides_decimals(language: str) -> None:
    assert not has_decimal_comma(language)


@pytest.mark.parametrize(("language", "typed"), [("de", "1,250"), ("en", "1.250")])
def test_three_decimals_are_right_in_the_language_and_asked_for_again_in_the_other(
    tmp_path: Path, language: str, typed: str
) -> None:
    bank = sound(load_text(bank_text(*_QUESTIONS, header=_HEADER.format(language)), tmp_path))
    one, two, _ = bank.items
    other = typed.translate({ord("."): ",", ord(","): "."})
    assert [score(one, typed).state, score(two, {"a": typed}).state] == [State.RIGHT, State.RIGHT]
    assert [score(one, other).state, score(two, {"a": other}).state] == [State.INVALID, State.INVALID]
    assert isinstance(one.interaction, TextEntry)
    said = unreadable(one.interaction, other)
    assert said is not None
    assert f"Type 1000 or 1{typed[1]}0 in place of 1{other[1]}000." in said


def test_the_language_goes_along_into_the_export(tmp_path: Path) -> None:
    bank = sound(load_text(bank_text(*_QUESTIONS, header=_HEADER.format("de")), tmp_path))
    again = read(written(bank), "b.json").bank
    assert [digest(item) for item in again.items] == [digest(item) for item in bank.items]
    assert score(again.items[0], "1,250").state is State.RIGHT
