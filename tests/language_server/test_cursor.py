"""Where a cursor stands, in YAML that is whole and in YAML that is being typed; `^` marks it."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.language_server.cursor import Cursor, cursor_at


def _at(text: str) -> Cursor | None:
    before, _, after = textwrap.dedent(text).partition("^")
    lines = (before + after).split("\n")
    return cursor_at(lines, before.count("\n"), len(before) - before.rfind("\n") - 1)


_BANK = "format: 1\nid: a\nquestions:\n  - id: one\n    type: numeric\n    stem: What?\n"


@pytest.mark.parametrize(
    ("text", "keys", "key", "word"),
    [
        ("^", (), None, ""),
        ("for^", (), None, "for"),
        ("format: 1\nti^\n", (), None, "ti"),
        ("title: So^", (), "title", "So"),
        ("lesson:\n  ^", ("lesson",), None, ""),
        ("lesson:\n  sections:\n    - ti^", ("lesson", "sections", 0), None, "ti"),
        (_BANK + "    dif^", ("questions", 0), None, "dif"),
        (_BANK + "    ^\n", ("questions", 0), None, ""),
        (_BANK + "    difficulty: ha^", ("questions", 0), "difficulty", "ha"),
        (_BANK + "  - ^", ("questions", 0), None, ""),
        (_BANK + "    options:\n      - te^", ("questions", 0, "options", 0), None, "te"),
        (_BANK + "    options:\n    - text: a\n      cor^", ("questions", 0, "options", 0), None, "cor"),
        (_BANK + "    options:\n      - {text: a, cor^}", ("questions", 0, "options", 0), None, "cor"),
        (_BANK + "    options:\n      - {text: a, correct: t^}", ("questions", 0, "options", 0), "correct", "t"),
        (_BANK + "    options: [{text: a}, {^}]", ("questions", 0, "options", 0), None, ""),
        (_BANK + "    tags: [loops, ^]", ("questions", 0), "tags", ""),
        (_BANK + "    tags:\n      - lo^", ("questions", 0, "tags", 0), None, "lo"),
        (_BANK + '    code: {"language": py^', ("questions", 0, "code"), "language", "py"),
        ("questions:\n- id: a\n  ty^", ("questions", 0), None, "ty"),
        ("questions:\n- id: a\n  type: ^\n- id: b\n  type: essay\n", ("questions", 0), "type", ""),
        ('"title": ^', (), "title", ""),
        (_BANK + "    options: [\n      {text: a},\n      {te^", ("questions", 0, "options", 0), None, "te"),
        (_BANK + "    options:\n      - {text: a,\n         cor^", ("questions", 0, "options", 0), None, "cor"),
        (
            _BANK + "    options:\n      - {text: a, # b, {\n         correct: ^",
            ("questions", 0, "options", 0),
            "correct",
            "",
        ),
        (_BANK + "    options:\n      - {text: 'a\n         b, {', cor^}", ("questions", 0, "options", 0), None, "cor"),
        (_BANK + "    code: {\n      language: py^\n    }", ("questions", 0, "code"), "language", "py"),
        (_BANK + "    code: {\n      source: a, lan^\n    }", ("questions", 0, "code"), None, "lan"),
        (_BANK + "    tags: [\n      loops,\n      ^", ("questions", 0), "tags", ""),
        (_BANK + "    tags:\n      [\n        lo^", ("questions", 0), "tags", "lo"),
        (_BANK + "    tags: [\n      loops,\n    ]\n    dif^", ("questions", 0), None, "dif"),
        (_BANK + "    tags: [loops,\n    dif^", ("questions", 0), None, "dif"),  # the bracket was forgotten
        (_BANK + "    code:\n      source: |\n        a: [\n    dif^", ("questions", 0), None, "dif"),
        ('{"questions": [\n  {"id": "a",\n   "type": ^', ("questions", 0), "type", ""),
        (_BANK + '    options:\n      - {text: "a # b", ^}', ("questions", 0, "options", 0), None, ""),
        (_BANK + "    options:\n      - {text: 'a # b', cor^}", ("questions", 0, "options", 0), None, "cor"),
        (_BANK + "    options:\n      - {text: 'a\\', cor^}", ("questions", 0, "options", 0), None, "cor"),
        (_BANK + "    options:\n      - {text: 'it''s', cor^}", ("questions", 0, "options", 0), None, "cor"),
        (_BANK + '    options:\n      - {text: "a\\"", cor^}', ("questions", 0, "options", 0), None, "cor"),
        (_BANK + "    options:\n      - {text: rock 'n roll, cor^}", ("questions", 0, "options", 0), None, "cor"),
        (_BANK + "    options:\n      - {text: a:b, c#d, correct: ^}", ("questions", 0, "options", 0), "correct", ""),
        (_BANK + '    options:\n      - {"text":"a", "correct":^}', ("questions", 0, "options", 0), "correct", ""),
        (_BANK + "    options: [\n    {text: x,\n     cor^}\n    ]", ("questions", 0, "options", 0), None, "cor"),
        (_BANK + "    options: [\n# first\n      {cor^}\n    ]", ("questions", 0, "options", 0), None, "cor"),
        (_BANK + "    options: &all [\n      {cor^}\n    ]", ("questions", 0, "options", 0), None, "cor"),
    ],
)
def test_what_is_written_is_known(text: str, keys: tuple[object, ...], key: str | None, word: str) -> None:
    cursor = _at(text)
    assert cursor is not None
    assert (cursor.keys, cursor.key, cursor.word) == (keys, key, word)


@pytest.mark.parametrize(
    ("text", "siblings"),
    [
        ("format: 1\n^\ntitle: A", {"format", "title"}),
        (_BANK + "    ^\n    points: 2\n  - id: two\n    hints: []\n", {"id", "type", "stem", "points"}),
        (_BANK + "    options:\n      - {text: a, points: 1, ^}", {"text", "points"}),
        ("questions:\n  - id: one\n    code:\n      source: a\n      ^\n    stem: b", {"source"}),
        ("questions:\n  - id: one\n    code:\n      source: a\n    ^\n    stem: b", {"id", "code", "stem"}),
        ("questions:\n  - id: one\n    type: a\n  - ^\n    stem: b\n", {"stem"}),
        (_BANK + "    options:\n      - {text: a,\n         points: 1,\n         ^}", {"text", "points"}),
        (_BANK + '    options:\n      - {"text":"a", ^}', {"text"}),
        (_BANK + '    options:\n      - {"text" : "a", points : 1, ^}', {"text", "points"}),
        ("questions:\n  - &a {id: a, ^}", {"id"}),
        ("questions:\n  - {code: &c {source: a}, &k id: a, ^}", {"code", "id"}),
    ],
)
def test_the_other_keys_of_the_mapping_are_known(text: str, siblings: set[str]) -> None:
    cursor = _at(text)
    assert cursor is not None
    assert cursor.siblings == siblings


@pytest.mark.parametrize(
    "text",
    [
        _BANK + "    # a com^",
        _BANK + "    code:\n      source: |\n        x^",
        _BANK + "    code:\n      source: |\n        a = 1\n        x^\n    stem: b",
        'title: "So ^',
        _BANK + "    options:\n      - {text: 'a^",
        _BANK + "    options:\n      - {text: 'a\n         b^",
        _BANK + "    options:\n      - {text: a, # {\n         # cor^",
        _BANK + '    options:\n      - {text: "a # b", # cor^',
        'title: "a # b" # c^',
        "title: it's # c^",
        "title: a # 'c^",
        _BANK + "    options:\n      - {text: 'it''^",
        _BANK + '    options:\n      - {text: "a\\^',
        _BANK + "    code:\n      source: &s |\n        x^",
    ],
)
def test_inside_a_text_or_a_comment_nothing_is_said(text: str) -> None:
    assert _at(text) is None


def test_the_type_is_that_of_the_question_around() -> None:
    text = "questions:\n- id: a\n  type: essay\n- id: b\n  st^\n  type: 'cloze' # gaps\n- {id: c, type: numeric}\n"
    cursor = _at(text)
    assert cursor is not None
    assert (cursor.question_type, cursor.in_question) == ("cloze", 3)


def test_the_type_of_a_question_in_brackets_is_known() -> None:
    cursor = _at("questions:\n- {id: c,\n   type: numeric,\n   ans^\n")
    assert cursor is not None
    assert (cursor.keys, cursor.question_type) == (("questions", 0), "numeric")


@pytest.mark.parametrize(
    "question",
    [
        "{code: {type: foo}, type: single_choice, ^}",
        "{stem: 'type: foo', type: single_choice, ^}",
        "{stem: a, # type: foo\n   type: single_choice, ^}",
        "{^, id: a,\n   'type' : 'single_choice'}",
        '&a {"type":"single_choice", ^}',
    ],
)
def test_the_type_of_a_question_in_brackets_is_its_own(question: str) -> None:
    cursor = _at(f"questions:\n- {question}\n")
    assert cursor is not None
    assert cursor.question_type == "single_choice"


@given(st.text(alphabet=st.sampled_from("ab:-{}[],'\"#&\\|> \n\t"), max_size=80), st.integers(0, 9), st.integers(0, 30))
def test_no_text_upsets_it(text: str, line: int, column: int) -> None:
    cursor_at(text.split("\n"), line, column)
