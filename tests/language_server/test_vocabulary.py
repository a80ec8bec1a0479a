"""What may stand where, by the published schema."""

from __future__ import annotations

import pytest

from quizlib import plugins
from quizlib.diagnostics import Key
from quizlib.language_server import vocabulary


@pytest.mark.parametrize("name", plugins.names("quizlib.questions"))
def test_every_type_of_question_is_known_with_its_keys(name: str) -> None:
    assert vocabulary.question_types()[name]
    keys = vocabulary.properties(("questions", 0), name)
    assert {"id", "type", "stem", "difficulty"} <= keys.keys()
    assert all(vocabulary.description(schema) for schema in keys.values())
    assert {"id", "stem"} <= vocabulary.required(("questions", 0), name)


def test_a_question_without_a_type_may_have_the_keys_of_any() -> None:
    found = vocabulary.properties(("questions", 0), None)
    assert {"options", "gaps", "rubric", "tolerance"} <= found.keys()
    assert "gaps" not in vocabulary.properties(("questions", 0), "essay")


@pytest.mark.parametrize(
    ("keys", "key", "word"),
    [
        (("questions", 0), "difficulty", "medium"),
        (("questions", 0, "options", 0), "correct", "true"),
        (("blueprint", "parts", 0), "difficulty", "hard"),
    ],
)
def test_words_are_known(keys: tuple[Key, ...], key: str, word: str) -> None:
    assert word in vocabulary.values(vocabulary.properties(keys, "single_choice")[key])


def test_where_nothing_may_stand_nothing_is_known() -> None:
    assert vocabulary.properties(("title", 0, "x"), None) == {}
    assert vocabulary.required(("questions", 0, "stem", "x"), "essay") == frozenset()
