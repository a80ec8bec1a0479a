"""Results are graded by a form or by a bank; what is odd about one is remarked, and scored as far as it fits."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from quizlib import assembly
from quizlib.delivery.digest import digest
from quizlib.delivery.reading import Delivered
from quizlib.forms import Selection, assembled, read_form, selected
from quizlib.grades import Grades, Remark, grade, graded_files
from quizlib.grading import State
from quizlib.mastery import Word
from quizlib.model import Bank, Blueprint, BlueprintPart, Form
from quizlib.report import grades as report
from quizlib.results import Response, Result, write
from quizlib.schemas import schema
from tests.exporters import samples
from tests.property.strategies import loaded
from tests.property.test_grading_laws import key_of
from tests.unit.helpers import bank_text, load_text, sound

_QUESTIONS = (
    "- {id: one, type: single_choice, difficulty: easy, objectives: [o], stem: x, points: 2,"
    " options: [{text: b, correct: true}, c, d, e]}",
    "- {id: two, type: numeric, difficulty: hard, objectives: [o, p], stem: x, answer: 5}",
    "- {id: three, type: essay, stem: x}",
)


def _bank() -> Bank:
    return sound(samples.of_questions(*_QUESTIONS))


def _form() -> Delivered:
    return Delivered(_bank(), Form("seed", Blueprint((BlueprintPart(3),))))


def _response(bank: Bank, name: str, **changes: Any) -> Response:
    item = next(item for item in bank.items if item.identifier == name)
    right = Response(question=name, digest=digest(item), response=key_of(item.interaction))
    return dataclasses.replace(right, **changes)


def _result(*responses: Response, bank: str = "sample") -> Result:
    return Result(bank=bank, title="Sample", mode="test", responses=responses)


def _graded(delivered: Delivered, *responses: Response, bank: str = "sample") -> Grades:
    return grade(delivered, _result(*responses, bank=bank))


def _states(grades: Grades) -> dict[str, str]:
    return {question.item.identifier: str(question.outcome.state) for question in grades.questions}


def test_all_right() -> None:
    found = _graded(_form(), *(_response(_bank(), name) for name in ("one", "two", "three")))
    assert _states(found) == {"one": "right", "two": "right", "three": "ungraded"}
    assert (found.points, found.max_points, found.unmarked, found.remarks) == (3, 3, 1, ())
    subjects = [(one.of, one.name, one.verdict.total) for one in found.verdicts]
    assert subjects == [
        ("bank", "Sample", 2), ("difficulty", "easy", 1), ("difficulty", "hard", 1), ("objective", "o", 2),
        ("objective", "p", 1)
    ]  # fmt: skip


def test_a_question_of_a_form_that_a_result_has_not_counts_as_unanswered_in_the_order_of_the_form() -> None:
    found = _graded(_form(), _response(_bank(), "two"))
    assert _states(found) == {"one": "unanswered", "two": "right", "three": "unanswered"}
    assert list(_states(found)) == ["one", "two", "three"]
    assert found.remarks == ((Remark.MISSING, "one"), (Remark.MISSING, "three"))
    assert found.max_points == 4


def test_of_a_bank_only_what_was_answered_counts() -> None:
    found = _graded(Delivered(_bank()), _response(_bank(), "two"))
    assert _states(found) == {"two": "right"}
    assert found.remarks == ()


def test_a_question_that_has_changed_is_scored_and_remarked() -> None:
    found = _graded(Delivered(_bank()), _response(_bank(), "two", digest="0" * 16))
    assert _states(found) == {"two": "right"}
    assert found.remarks == ((Remark.CHANGED, "two"),)


def test_the_verdict_leaves_out_what_has_changed() -> None:
    """A response to another question says nothing, whichever way it would be scored by now."""
    kept = _response(_bank(), "one")
    found = _graded(_form(), kept, _response(_bank(), "two", digest="0" * 16), _response(_bank(), "three"))
    assert [(one.name, one.verdict.total) for one in found.verdicts] == [("Sample", 1), ("easy", 1), ("o", 1)]


def test_who_gave_up_has_not_answered() -> None:
    found = _graded(Delivered(_bank()), _response(_bank(), "two", gave_up=True))
    assert _states(found) == {"two": "unanswered"}
    assert (found.points, found.verdicts[0].verdict.right) == (0, 0)


def test_an_essay_is_no_evidence_even_where_it_was_left_out() -> None:
    found = _graded(_form(), _response(_bank(), "one"), _response(_bank(), "two"))
    assert _states(found)["three"] == "unanswered"
    assert found.verdicts[0].verdict.total == 2


def test_what_is_not_in_the_form_is_remarked_and_not_scored() -> None:
    stray = Response(question="four", digest="", response=["a"])
    found = _graded(Delivered(_bank()), stray, dataclasses.replace(_response(_bank(), "one"), bank="another"))
    assert found.questions == ()
    assert found.remarks == ((Remark.NOT_IN_FORM, "four"), (Remark.NOT_IN_FORM, "one"))
    assert found.verdicts == ()


def test_a_result_of_several_banks_is_graded_as_far_as_it_is_of_this_one() -> None:
    found = _graded(Delivered(_bank()), dataclasses.replace(_response(_bank(), "one"), bank="sample"), bank="mixed")
    assert _states(found) == {"one": "right"}


def test_the_first_of_two_responses_counts() -> None:
    found = _graded(Delivered(_bank()), _response(_bank(), "two", response="6"), _response(_bank(), "two"))
    assert _states(found) == {"two": "wrong"}
    assert found.remarks == ((Remark.AGAIN, "two"),)


def test_invalid_and_unanswered_ones_are_evidence_and_ungraded_ones_are_none() -> None:
    found = _graded(_form(), _response(_bank(), "one", response=None), _response(_bank(), "two", response=5))
    assert [question.outcome.state for question in found.questions[:2]] == [State.UNANSWERED, State.INVALID]
    assert found.verdicts[0].verdict.leaning is Word.NOT_YET


def test_one_file_that_is_broken_does_not_stop_the_others(tmp_path: Path) -> None:
    good, cut, folder = tmp_path / "good.json", tmp_path / "cut.json", tmp_path / "folder"
    good.write_bytes(write(_result(_response(_bank(), "one"))))
    cut.write_bytes(b'{\n "version": 1')
    folder.mkdir()
    paths = [cut, folder, tmp_path / "nowhere", good]
    found = graded_files(Delivered(_bank()), [str(path) for path in paths] + ["nul\0"])
    assert [one.grades is not None for one in found] == [False, False, False, True, False]
    assert [one.diagnostics[0].code for one in found if one.diagnostics] == ["QZ022", "QZ001", "QZ001", "QZ001"]
    assert found[0].diagnostics[0].span.line == 2
    assert [one.is_clean for one in found] == [False, False, False, True, False]


def test_the_json_report_fits_its_schema(tmp_path: Path) -> None:
    good, cut = tmp_path / "good.json", tmp_path / "cut.json"
    stray = Response(question="four", digest="", response=None, hints=2, gave_up=True, seconds=1.5)
    invalid = _response(_bank(), "two", response="1,000")
    good.write_bytes(write(_result(_response(_bank(), "one"), _response(_bank(), "three"), invalid, stray)))
    cut.write_bytes(b"{")
    graded = graded_files(_form(), [str(good), str(cut)])
    data = json.loads(report.as_json("form.json", _form(), graded))
    jsonschema.Draft202012Validator(schema("grades")).validate(data)
    (result,) = data["results"]
    assert [question["state"] for question in result["questions"]] == ["right", "invalid", "ungraded"]
    assert [question["points"] for question in result["questions"]] == [2, 0, None]
    assert (result["points"], result["max_points"], result["to_be_marked"]) == (2, 3, 1)
    assert [diagnostic["code"] for diagnostic in data["diagnostics"]] == ["QZ022"]


def test_no_line_of_the_report_is_an_order_to_a_terminal_or_a_ci_service(tmp_path: Path) -> None:
    path = tmp_path / "hostile.json"
    evil = "\x1b[31m\n::error::x\n##vso[task]"
    result = Result(bank="sample", title=evil, mode=evil, learner=evil, responses=(
        Response(question=evil, digest=evil, response=evil),))  # fmt: skip
    path.write_bytes(write(result))
    lines = list(report.text(graded_files(_form(), [str(path)])))
    assert len(lines) > 3
    assert not [line for line in lines if "\x1b" in line or "\n" in line or line.startswith("::") or "##vso[" in line]


def test_a_form_is_read_back_and_equal_seeds_give_equal_bytes(tmp_path: Path) -> None:
    bank = loaded(samples.BANKS["python-output"])
    content, made = assembled(bank, None, Selection(), "seed")
    assert content == assembled(bank, None, Selection(), "seed")[0]
    assert content != assembled(bank, None, Selection(), "another")[0]
    path = tmp_path / "form.json"
    path.write_bytes(content)
    found, diagnostics, _ = read_form(str(path))
    assert found is not None
    assert diagnostics == ()
    assert found.form == made.form
    assert [item.identifier for item in found.bank.items] == [item.identifier for item in made.bank.items]


def test_without_a_seed_draws_differ() -> None:
    bank = loaded(samples.BANKS["python-output"])
    assert len({assembled(bank, None, Selection(), None)[1].form.seed for _ in range(3)}) == 3


@pytest.mark.parametrize("name", ["form.txt", "form.json"])
def test_json_is_known_by_its_name_or_by_how_it_begins(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(assembled(samples.of_questions(*_QUESTIONS), None, Selection(), "s")[0])
    found, _, _ = read_form(str(path))
    assert found is not None
    assert found.form is not None


def test_a_bank_in_yaml_is_read_without_running_anything(tmp_path: Path) -> None:
    marker = tmp_path / "it-ran"
    question = f"- {{id: a, type: code_output, stem: x, answer: x, code: {{source: \"open('{marker}', 'w')\"}}}}"
    load_text(bank_text(question), tmp_path, "bank.yaml")
    found, diagnostics, _ = read_form(str(tmp_path / "bank.yaml"))
    assert found is not None
    assert found.form is None
    assert {diagnostic.rule for diagnostic in diagnostics} <= {"long-code-line"}  # where the folder's name is long
    assert not marker.exists()


def test_a_selection_spreads_over_the_levels_and_keeps_what_is_asked_for() -> None:
    bank = sound(loaded(samples.BANKS["python-output"]))
    found = selected(bank, Selection(6, BlueprintPart(0, tags=("strings", "numbers"))))
    assert found.count == 6
    assert len({part.difficulty for part in found.parts}) > 1
    assert all(part.tags == ("strings", "numbers") for part in found.parts)
    made = assembly.form(bank, found, "seed")
    assert all({"strings", "numbers"} & set(item.tags) for item in made.bank.items)


def test_more_than_there_are_fall_short() -> None:
    found = selected(_bank(), Selection(5))
    made = assembly.form(_bank(), found, "seed")
    assert [(one.asked, one.found) for one in made.shortfalls] == [(5, 2)]
