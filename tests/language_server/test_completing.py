"""What is offered at a cursor, in a bank as it is typed; `^` marks it."""

from __future__ import annotations

import pytest

from quizlib import plugins
from quizlib.language_server.completing import suggestions
from quizlib.language_server.cursor import cursor_at

_QUESTION = "format: 1\nquestions:\n  - id: one\n    type: code_output\n"
_LANGUAGES = set(plugins.names("quizlib.languages"))
_TYPES = set(plugins.names("quizlib.questions"))


def _offered(text: str) -> set[str]:
    before, _, after = text.partition("^")
    lines = (before + after).split("\n")
    cursor = cursor_at(lines, before.count("\n"), len(before) - before.rfind("\n") - 1)
    assert cursor is not None
    return {one.label for one in suggestions(cursor, None)}


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        (_QUESTION + "    code:\n      language: ^", _LANGUAGES),
        (_QUESTION + "    code: {\n      language: ^\n    }\n", _LANGUAGES),
        (_QUESTION + "    verify:\n      language: py^", _LANGUAGES),
        ("lesson:\n  sections:\n    - before: {language: ^}", _LANGUAGES),
        ("language: ^", set()),  # of people
        ("questions:\n  - title:\n      language: ^", set()),  # there is no such key
        ("blueprint:\n  parts:\n    - question_types: [^", _TYPES),
        ("blueprint:\n  parts:\n    - question_types:\n        - ^", _TYPES),
        ("blueprint:\n  parts: [\n    {question_types: [essay,\n      ^", _TYPES),
        (_QUESTION + "    options: [\n      {text: a, correct: ^", {"true", "false"}),
        ("questions:\n  - type: ^", _TYPES),
    ],
)
def test_the_words_that_a_value_may_be_are_offered(text: str, offered: set[str]) -> None:
    assert _offered(text) == offered
