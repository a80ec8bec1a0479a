"""What the rules take for English prose, and how its words and sentences are told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.diagnostics import Place
from quizlib.model import Bank
from quizlib.rules._english import content_words, is_english, prose, root, sentences, words

HIDDEN = [
    "`not`",
    "``a ` not``",
    "```python\nnot x\n```",
    "~~~\nnot\n~~~",
    "```\nnot closed",
    "$not$",
    "$$not\nx$$",
    "<!-- not -->",
    '<a title="not">',
    "https://example.org/not",
]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_is_no_prose_is_blank(hidden: str) -> None:
    assert "not" not in prose(hidden)
    assert words(f"One\n\n{hidden}\n\n") == ("one",)


def test_the_target_of_a_link_is_blank_and_its_text_is_not() -> None:
    assert prose("See [the page](not.md) now.").split() == ["See", "[the", "page]", "now."]


def test_sums_of_money_are_no_maths() -> None:
    text = "It costs $5 and not $6."
    assert prose(text) == text


@given(st.text("ab`~$<>[](){}/: \n\\not", max_size=80))
def test_every_character_keeps_its_offset(text: str) -> None:
    read = prose(text)
    assert len(read) == len(text)
    assert all(after in (before, " ") for before, after in zip(text, read, strict=True))
    assert [i for i, character in enumerate(text) if character == "\n"] == [
        i for i, character in enumerate(read) if character == "\n"
    ]


def test_words_and_sentences() -> None:
    assert words("It isn’t a *well-known* one") == ("it", "isn't", "a", "well-known", "one")
    assert sentences("It costs 3.5 euros, e.g. here. Why? “Because.”\n\nNobody knows") == [
        "It costs 3.5 euros, e.g. here.",
        "Why?",
        "“Because.”",
        "Nobody knows",
    ]


def test_forms_of_a_word_have_one_root() -> None:
    assert root("sorting") == root("sorted") == root("sorts") == "sort"
    assert root("class") == "class"
    assert content_words("Which lists does the sort need?") == {"list", "sort", "need"}


@pytest.mark.parametrize(("language", "english"), [("en", True), ("en-GB", True), ("EN_us", True), ("de", False)])
def test_only_a_bank_in_english_is_english(language: str, english: bool) -> None:
    bank = Bank(identifier="b", title="B", items=(), place=Place("b.yaml"), language=language)
    assert is_english(bank) is english
