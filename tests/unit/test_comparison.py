"""What has changed is said in words of questions; what learners do not get is no change."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from quizlib.comparison import Change, UnreadableError, compare, read_side
from quizlib.comparison.changes import shortened
from quizlib.comparison.pairing import pairs
from quizlib.diagnostics import printable
from quizlib.report.comparison import as_json, as_text
from quizlib.schemas import schema
from tests.property import strategies

HEADER = "format: 1\nid: sample\ntitle: Sample\nquestions:\n"
LOSS = """\
- id: loss
  type: code_output
  difficulty: medium
  stem: What does this program print?
  tags: [loops]
  code: {source: "x = 0.8\\nprint(x)\\n"}
  options:
    - {text: 0.27, correct: true, feedback: Yes.}
    - {text: 0.41}
    - {text: 0.56, feedback: One epoch.}
  hints: [First., Second.]
  solution: {steps: [Multiply.], final_answer: 0.27}
  common_mistakes: [{text: Stopping early, yields: 0.56}]
"""


def words(old: str, new: str, folder: Path, header: str = HEADER) -> list[str]:
    for name, text in (("old.yaml", old), ("new.yaml", new)):
        (folder / name).write_text(header + text, "utf-8")
    return list(as_text(compare(read_side(str(folder / "old.yaml")), read_side(str(folder / "new.yaml")))))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"{text: 0.27, correct: true, feedback: Yes.}": "{text: 0.27, feedback: Yes.}",
          "{text: 0.41}": "{text: 0.41, correct: true}", "final_answer: 0.27": "final_answer: 0.41"},
         ["key of loss changed from 0.27 to 0.41", "final answer of loss changed from `0.27` to `0.41`"]),
        ({"text: 0.27, c": "text: 0.3, c", "final_answer: 0.27": "final_answer: 0.3"},
         ["key of loss changed from 0.27 to 0.3", "final answer of loss changed from `0.27` to `0.3`"]),
        ({"{text: 0.41}": "{text: 0.42}"}, ["option of loss changed from 0.41 to 0.42"]),
        ({"    - {text: 0.41}\n": ""}, ["option removed from loss: 0.41"]),
        ({"    - {text: 0.41}\n": "    - {text: 0.41}\n    - {text: 0.5}\n"}, ["option added to loss: 0.5"]),
        ({"    - {text: 0.41}\n": "", "One epoch.}\n": "One epoch.}\n    - {text: 0.41}\n"},
         ["order of the options of loss changed"]),
        ({"One epoch.": "Go on."}, ['feedback of option 0.56 of loss changed from "One epoch." to "Go on."']),
        ({"medium": "hard"}, ["difficulty of loss changed from medium to hard"]),
        ({"  difficulty: medium\n": ""}, ["difficulty removed from loss: medium"]),
        ({"tags: [loops]": "tags: [loops, floats]"}, ["tag added to loss: floats"]),
        ({"tags: [loops]": "points: 2"}, ["points of loss changed from 1 to 2", "tag removed from loss: loops"]),
        ({"First., Second.": "Second., First."}, ["order of the hints of loss changed"]),
        ({"First., ": ""}, ["hint removed from loss: First."]),
        ({"First.": "At first."}, ['hint of loss changed from First. to "At first."']),
        ({"Multiply.": "Add."}, ["step of the solution of loss changed from Multiply. to Add."]),
        ({"Stopping early": "Stopping"}, ['common mistake of loss changed from "Stopping early" to Stopping']),
        ({"yields: 0.56": "yields: 0.41"}, ["result of common mistake 1 of loss changed from 0.56 to 0.41"]),
        ({"x = 0.8": "x = 0.9"}, ['line 1 of the program of loss changed from "x = 0.8" to "x = 0.9"']),
        ({"print(x)": "print(x)\\nprint()"}, ["program of loss changed"]),
        ({'\\n"}': '\\n", timeout: 9}'}, ["proof of loss changed"]),
        ({"- id: loss": "- id: lost"}, ["renamed lost from loss to lost"]),
        ({"What does": "So what does"},
         ['stem of loss changed from "What does this program print?" to "So what does this program print?"']),
        ({"id: loss\n": "id: loss\n  title: A loss\n"}, ['title added to loss: "A loss"']),
        ({"id: loss": "id: loss # a remark", "tags: [loops]": "tags:\n    - 'loops'", "0.41": '"0.41"'}, []),
    ],
)  # fmt: skip
def test_what_has_changed_of_a_question(change: dict[str, str], expected: list[str], tmp_path: Path) -> None:
    new = LOSS
    for old, now in change.items():
        assert old in new
        new = new.replace(old, now)
    assert words(LOSS, new, tmp_path) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("type: numeric, answer: 1", "type: numeric, answer: 2, tolerance: 1, unit: m",
         ["key of a changed from 1 to 2", "tolerance of a changed from 0 to 1", "unit added to a: m"]),
        ("type: short_answer, accepted: [b]", "type: short_answer, accepted: [b, {text: c, fraction: 50%}]",
         ["partly right answer added to a: c"]),
        ("type: matching, pairs: [{source: s, target: t}, {source: u, target: v}]",
         "type: matching, pairs: [{source: s, target: t}, {source: u, target: w}], extra_targets: [x]",
         ['pair of a changed from "u = v" to "u = w"', "extra target added to a: x"]),
        ("type: ordering, items: [b, c]", "type: ordering, items: [c, b], partial_credit: neighbours",
         ['rule for partial credit of a changed from "the usual one" to neighbours',
          'key of a changed from "b, c" to "c, b"']),
        ("type: ordering, items: [b, c]", "type: ordering, items: [b, c, d]", ["item added to a: d"]),
        ("type: true_false, answer: true", "type: true_false, answer: false", ["key of a changed from True to False"]),
        ("type: true_false, answer: true", "type: numeric, answer: 1",
         ["type of a changed from true_false to numeric", 'way to answer of a changed from options to "a typed answer"',
          "key of a changed from True to 1"]),
        ("type: essay", "type: essay, expected_lines: 3, rubric: [r]",
         ["rubric row added to a: r", "expected lines of a changed from 15 to 3"]),
        ("type: essay", "type: essay, id: a", []),
    ],
)  # fmt: skip
def test_what_has_changed_of_other_types(old: str, new: str, expected: list[str], tmp_path: Path) -> None:
    question = "- {{stem: x, {}}}\n"
    old, new = (f"id: a, {one}" if "id: a" not in one else one for one in (old, new))
    assert words(question.format(old), question.format(new), tmp_path) == expected


def test_gaps_are_compared_each_for_itself(tmp_path: Path) -> None:
    question = "- {{id: a, type: cloze, stem: '[[b]] [[c]]', gaps: {{b: {{answer: 1}}, c: {{accepted: [{}]}}}}}}\n"
    assert words(question.format("d"), question.format("e"), tmp_path) == ["key of gap c of a changed from d to e"]


def test_added_and_removed_and_the_order_of_questions(tmp_path: Path) -> None:
    one, two, three = (f"- {{id: {name}, type: essay, stem: What is {name}?}}\n" for name in "abc")
    assert words(one + two, two + one, tmp_path) == ["order of the questions of bank sample changed"]
    assert words(one + two, one + three, tmp_path) == [
        'added essay c: "What is c?"', 'removed essay b: "What is b?"'
    ]  # fmt: skip


def test_variants_say_an_aspect_once(tmp_path: Path) -> None:
    question = "- {{id: a, type: numeric, stem: 'n {{{{ n }}}}', answer: '{}', parameters: {{n: {{choose: [{}]}}}}}}\n"
    old = question.format("{{ n }}", "1, 2, 3")
    assert words(old, question.format("{{ n + 1 }}", "1, 2, 3"), tmp_path) == [
        "key of a changed from 2 to 3 (variant 1 and 2 more)"
    ]
    assert words(old, question.format("{{ n }}", "1, 2, 3, 4"), tmp_path)[0] == (
        "number of variants of a changed from 3 to 4"
    )


def test_questions_that_move_between_files_and_the_bank_itself(tmp_path: Path) -> None:
    for name, part in (("old", "one"), ("new", "two")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "bank.yaml").write_text(f"format: 1\nid: b\ntitle: {name}\n", "utf-8")
        (folder / f"{part}.yaml").write_text("questions:\n  - {id: a, type: essay, stem: x}\n", "utf-8")
    changes = compare(read_side(str(tmp_path / "old")), read_side(str(tmp_path / "new")))
    assert [change.in_words() for change in changes] == [
        "title of bank b changed from old to new", "moved a from one.yaml to two.yaml"
    ]  # fmt: skip


def test_a_question_with_faults_is_not_taken_for_one_that_is_gone(tmp_path: Path) -> None:
    old = "- {id: a, type: essay, stem: x}\n- {id: b, type: essay, stem: x}\n"
    new = "- {id: a, type: essay}\n- {id: b, type: essay, stem: x}\n"
    expected = "a cannot be compared: it has faults in the {} state"
    assert words(old, new, tmp_path) == [expected.format("new")]
    assert words(new, old, tmp_path) == [expected.format("old")]
    assert read_side(str(tmp_path / "old.yaml")).errors == 1


def test_json_fits_its_schema(tmp_path: Path) -> None:
    words(LOSS, LOSS.replace("medium", "hard") + "- {id: b, type: essay, stem: x}\n", tmp_path)
    changes = compare(read_side(str(tmp_path / "old.yaml")), read_side(str(tmp_path / "new.yaml")))
    data = json.loads(as_json(changes))
    jsonschema.validate(data, schema("diff"))
    assert [(one["change"], one["question"], one["line"]) for one in data["changes"]] == [
        ("changed", "loss", 5), ("added", "b", 18)
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["a: [", "\0", "- a\n"])
def test_what_cannot_be_read_is_no_state(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    with pytest.raises(UnreadableError) as caught:
        read_side(str(tmp_path / "a.yaml"))
    assert caught.value.diagnostics


def test_long_texts_are_shown_where_they_begin_to_differ() -> None:
    old, new = shortened("word " * 40 + "old end", "word " * 40 + "new end")
    assert old is not None
    assert new is not None
    assert "old end" in old
    assert "new end" in new
    assert max(len(old), len(new)) < 70


def test_no_change_forges_a_line_or_an_order() -> None:
    change = Change("changed", "b", "a\n::error::x", "stem", "\x1b[2J\n", "##[error]")
    (line,) = as_text([change])
    assert printable(line) == line
    assert "##[" not in as_json([change])


def test_pairs_are_the_same_ones_then_the_most_alike() -> None:
    assert pairs(["a", "b"], ["b", "a"]) == [(0, 1), (1, 0)]
    assert pairs(["red cat", "x", "blue dog"], ["blue dogs", "red cats", "y", "z"]) == [
        (0, 1), (1, None), (2, 0), (None, 2), (None, 3)
    ]  # fmt: skip
    assert pairs(["a"], ["z"]) == [(0, 0)]
    assert pairs([], ["z"]) == [(None, 0)]


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=strategies.bank_data())
def test_the_style_of_the_yaml_is_no_change(data: strategies.Mapping, tmp_path: Path) -> None:
    text = strategies.written(data).text
    (tmp_path / "old.yaml").write_bytes(text.encode())
    (tmp_path / "new.yaml").write_bytes(b"# A remark.\n" + text.encode().replace(b"\n", b"\r\n"))
    old = read_side(str(tmp_path / "old.yaml"))
    assert compare(old, old) == []
    assert yaml.safe_load(text)
    if "\r" not in text and "\\r" not in text:
        assert compare(old, read_side(str(tmp_path / "new.yaml"))) == []
