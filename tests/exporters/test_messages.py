"""The words of the interface: every language has every text, with the same placeholders."""

from __future__ import annotations

import json
import re
from importlib import resources

import pytest

from quizlib_exporters.html.messages import Messages, direction_of, languages

CATALOGUES = {
    language: json.loads(
        resources.files("quizlib_exporters.html").joinpath("messages", f"{language}.json").read_text("utf-8")
    )
    for language in languages()
}
SOURCE = CATALOGUES["en"]
# The plural categories of CLDR for whole numbers.
PLURALS = {"ar": {"zero", "one", "two", "few", "many", "other"}, "fr": {"one", "many", "other"}, "es": {"one", "many", "other"}}  # fmt: skip
USUAL = {"one", "other"}


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_a_language_has_every_text_in_the_order_of_the_source_and_no_other(language: str) -> None:
    assert list(CATALOGUES[language]) == list(SOURCE)


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_a_text_has_the_form_and_the_placeholders_of_the_source(language: str) -> None:
    for key, text in CATALOGUES[language].items():
        source = SOURCE[key]
        assert isinstance(text, type(source)), key
        if isinstance(text, dict):
            assert set(text) == PLURALS.get(language, USUAL), key
            assert placeholders(text["other"]) == placeholders(source["other"]), key
            assert all(form.strip() and placeholders(form) <= placeholders(source["other"]) for form in text.values())
        else:
            assert text.strip(), key
            assert placeholders(text) == placeholders(source), key


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("EN", "en"),
        ("de-Latn-AT", "de"),
        ("AR-eg", "ar"),
        ("zh-Hant", "en"),
        ("x-klingon", "en"),
        ("xx", "en"),
        ("", "en"),
        ("../en", "en"),
    ],
)
def test_a_tag_loses_its_last_parts_and_an_unknown_language_is_english(asked: str, given: str) -> None:
    assert Messages(asked).language == given


def test_placeholders_are_filled_in_and_nothing_is_escaped() -> None:
    words = Messages("en")
    assert words("index-banks", count="<{x}>") == "Quizzes: <{x}>"
    with pytest.raises(KeyError):
        words("no-such-text")
    with pytest.raises(KeyError):
        words("index-banks")
    with pytest.raises(TypeError):
        words("index-shown")


def test_a_script_gets_the_texts_that_it_asks_for() -> None:
    texts = Messages("en").beginning_with("index-")
    assert texts["index-any"] == "Any"
    assert isinstance(texts["index-shown"], dict)
    assert all(key.startswith("index-") for key in texts)


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("az-Arab", "rtl"),
        ("ur-Latn-PK", "ltr"),
        ("en", "ltr"),
        ("arn", "ltr"),
        ("ku", "ltr"),
        ("x-klingon", "ltr"),
        ("", "ltr"),
    ],
)
def test_the_direction_is_that_of_the_language(language: str, direction: str) -> None:
    assert direction_of(language) == direction


@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        ("fr", r"(?<![\u202f])[:;?!%»]|«(?!\u202f)|'|\.\.\."),  # a narrow space before, and true apostrophes
        ("de", r"\"|'|\.\.\.|[^\u202f]%"),
        ("en", r"'|\.\.\.|[^\u202f]%"),
        ("es", r"\"|'|\.\.\.|^[^¿]*\?|^[^¡]*!|[^\u00a0]%"),
        ("ar", r"\"|'|\.\.\.|[,;?]"),
    ],
)
def test_signs_are_those_of_the_language(language: str, wrong: str) -> None:
    for key, text in CATALOGUES[language].items():
        for form in [text] if isinstance(text, str) else text.values():
            if key != "comma":
                assert not re.search(wrong, form), (key, form)
