"""The good banks are clean and proved; each bank in `broken` has the fault that its name says, and no other."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import quizlib.questions
from quizlib.model import Bank
from quizlib.validation import Report, Settings, rules, validate
from tests.conftest import ROOT

GOOD = sorted((ROOT / "banks").glob("*.yaml"))
BROKEN = sorted((ROOT / "banks" / "broken").glob("*.yaml"))
QUESTIONS = Path(quizlib.questions.__file__).parent
TYPES = sorted(path.name for path in QUESTIONS.iterdir() if (path / "examples.yaml").exists())


def bank_of(report: Report) -> Bank:
    (loaded,) = report.banks
    assert loaded.bank is not None
    return loaded.bank


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_bank_has_no_fault_and_all_its_programs_are_proved(path: Path) -> None:
    report = validate([str(path)])
    if not os.environ.get("QUIZLIB_REQUIRE_LANGUAGES"):
        for diagnostic in report.diagnostics:
            if diagnostic.code == "QZ409":
                pytest.skip(diagnostic.message)
    assert report.diagnostics == ()
    items = bank_of(report).items
    if all(item.question_type == "code_output" for item in items):
        assert report.coverage.keys_proved == report.coverage.keys_total
        assert report.coverage.distractors_disproved == report.coverage.distractors_total
    assert len(items) >= {"fine-tuning": 5, "fine-tuning-test": 10, "python-output": 40, "languages": 12}[path.stem]


def test_the_test_on_fine_tuning_has_ten_questions_of_every_difficulty() -> None:
    items = bank_of(validate([str(ROOT / "banks" / "fine-tuning-test.yaml")])).items
    assert len(items) == 10
    assert {item.difficulty for item in items} == {"easy", "medium", "hard"}


def test_the_good_banks_show_all_ten_types() -> None:
    reports = [validate([str(path)], Settings(run=False)) for path in GOOD]
    assert {item.question_type for report in reports for item in bank_of(report).items} == set(TYPES)
    assert len(TYPES) == 10


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_bank_has_the_fault_that_its_name_says(path: Path) -> None:
    code, _, rule = path.stem.partition("-")
    report = validate([str(path)])
    told = {(diagnostic.code, diagnostic.rule) for diagnostic in report.diagnostics}
    (loaded,) = report.banks
    for pedantic in (one for one in rules() if one.KIND.persona == "pedantic" and one.KIND.rule == rule):
        assert not told, "a fault for pedants is no fault for others"
        told |= {(pedantic.KIND.code, rule) for _ in pedantic.check(bank_of(report), loaded.folder)}
    assert told == {(code.upper(), rule)}


def test_the_standing_example_is_known_to_be_wrong_and_to_have_its_key_in_option_one() -> None:
    path = ROOT / "banks" / "broken" / "qz401-wrong-key.yaml"
    (wrong,) = validate([str(path)]).diagnostics
    assert wrong.message == "the option marked correct says `0.41`, but the program prints `0.27`"
    assert wrong.help == "mark option 1, `0.27`, as correct"
    line = path.read_text("utf-8").splitlines()[wrong.span.line - 1]
    assert line[wrong.span.column - 1 : wrong.span.end_column - 1] == "0.41"
    assert "correct: true" in line


@pytest.mark.parametrize("name", TYPES)
def test_the_examples_of_a_type_are_a_clean_bank(name: str, tmp_path: Path) -> None:
    examples = (QUESTIONS / name / "examples.yaml").read_text("utf-8")
    path = tmp_path / "examples.yaml"
    path.write_text(f"format: 1\nid: examples\ntitle: Examples\nquestions:\n{examples}", "utf-8")
    report = validate([str(path)])
    assert report.diagnostics == ()
    assert {item.question_type for item in bank_of(report).items} == {name}
