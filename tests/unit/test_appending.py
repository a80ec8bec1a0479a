"""A question goes behind the others, in the file's own way, and no other byte changes."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from quizlib.appending import AppendError, appended
from quizlib.source import read
from tests.property import strategies

NEW = "- id: new\n  type: essay\n  stem: |\n    Why?\n"
HEAD = "format: 1\nid: a\ntitle: A\n"


def put(text: str) -> str:
    return appended(text.encode(), NEW).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("questions:\n  - id: b\n", "questions:\n  - id: b\n\n  - id: new\n    type: essay\n"),
        ("questions:\n- id: b\n", "questions:\n- id: b\n\n- id: new\n  type: essay\n"),
        ("questions:\n      - {id: b}", "questions:\n      - {id: b}\n\n      - id: new\n        type: essay\n"),
        ("questions:\n  - id: b\n  - id: c\n", "questions:\n  - id: b\n  - id: c\n  - id: new\n    type: essay\n"),
        ("questions:\n\n  - id: b\n\n\n  - id: c # x\n\n\n",
         "questions:\n\n  - id: b\n\n\n  - id: c # x\n\n  - id: new\n    type: essay\n"),
        ("questions:\n", "questions:\n  - id: new\n    type: essay\n"),
        ("questions: # none yet\n", "questions: # none yet\n  - id: new\n    type: essay\n"),
        ("questions: []\n", "questions:\n  - id: new\n    type: essay\n"),
        ("questions: []  # none yet", "questions:  # none yet\n  - id: new\n    type: essay\n"),
        ("questions:\n# no\n  []   # eh\nlesson: a\n",
         "questions:\n  - id: new\n    type: essay\n    stem: |\n      Why?\n# no\n  # eh\nlesson: a\n"),
        ("questions: # no\r\n\r\n  []\t\r\n", "questions: # no\r\n  - id: new\r\n"),
        ("questions:\n  [\n  ]\nlesson: a\n", "questions:\n  - id: new\n    type: essay\n"),
        ("", "questions:\n  - id: new\n    type: essay\n"),
        ("questions:\n  - id: b\n    # of b\n  # of nobody\n",
         "questions:\n  - id: b\n    # of b\n\n  - id: new\n    type: essay\n"),
        ("questions:\n  - id: b\n    stem: |+\n      x\n\n\nlesson:\n  big_idea: b\n",
         "questions:\n  - id: b\n    stem: |+\n      x\n\n\n  - id: new\n    type: essay\n"),
        ("questions:\n  - id: b\n    stem: >-\n      x\n      y\n",
         "questions:\n  - id: b\n    stem: >-\n      x\n      y\n\n  - id: new\n    type: essay\n"),
        ("questions:\n  - &b\n    id: b\n  - *b\n", "questions:\n  - &b\n    id: b\n  - *b\n  - id: new\n"),
    ],
)  # fmt: skip
def test_where_it_goes(before: str, after: str) -> None:
    assert put(HEAD + before).startswith(HEAD + after)


def test_what_stands_behind_the_questions_stays_there() -> None:
    text = HEAD + "questions:\n  - id: b\n\n# The lesson.\nlesson:\n  big_idea: b\n"
    assert put(text).endswith("      Why?\n\n# The lesson.\nlesson:\n  big_idea: b\n")


def test_line_ends_and_the_byte_order_mark_are_those_of_the_file() -> None:
    before = b"\xef\xbb\xbfformat: 1\r\nquestions:\r\n  - id: b\r\n"
    after = appended(before, NEW)
    assert after.startswith(before)
    assert after.count(b"\n") == after.count(b"\r\n") == before.count(b"\n") + 5


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("questions: [{id: b}]\n", r"list in \[ \]"),
        ("questions: [ # none yet\n]\n", "an empty list with a remark or a name"),
        ("questions: &q []\nlesson: *q\n", "an empty list with a remark or a name"),
        ("questions: 1\n", "holds no list"),
        ("questions: ''\n", "holds no list"),
        ("questions: {a: b}\n", "holds no list"),
        ("lesson: &l [b]\nquestions: *l\n", "an alias"),
        ("questions: [\n", "cannot be read"),
        ("questions:\n  - id: b\n...\n", None),
    ],
)
def test_what_cannot_be_done_without_a_change_is_refused(text: str, why: str | None) -> None:
    if why is None:
        assert put(HEAD + text).endswith("...\n")
        return
    with pytest.raises(AppendError, match=why):
        put(HEAD + text)


@pytest.mark.parametrize("text", ["", "{format: 1}\n", "- a\n", "a\n", "\0"])
def test_what_is_no_bank_is_refused(text: str) -> None:
    with pytest.raises(AppendError):
        put(text)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(data=strategies.bank_data())
def test_no_byte_of_any_bank_changes(data: strategies.Mapping) -> None:
    before = strategies.written(data).text
    after = put(before)
    old, new = read("", before.encode())[0], read("", after.encode())[0]
    assert old is not None
    assert new is not None
    assert isinstance(old.data, dict)
    assert isinstance(new.data, dict)
    added = yaml.safe_load(NEW)
    assert new.data == {**old.data, "questions": [*(old.data["questions"] or []), *added]}
    start = next(index for index, (one, other) in enumerate(zip(before + "\0", after, strict=False)) if one != other)
    assert after.endswith(before[start:])
