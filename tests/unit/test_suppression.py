"""`# quiz: ignore[rule]` keeps a diagnostic of its line quiet, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizlib.diagnostics import Diagnostic, Severity
from quizlib.fixing import fixed
from quizlib.validation import Settings, validate
from tests.unit.helpers import HEADER, codes, only

_TWO_ALIKE = """\
questions:
  - id: a
    type: single_choice
    stem: Which one is even?
    options:
      - {{text: "2", correct: true}}
{above}      - {{text: "2"}}{beside}
      - "5"
"""


def _codes(folder: Path, text: str, *, run: bool = False) -> list[str]:
    (folder / "a.yaml").write_text(HEADER + text, encoding="utf-8")
    return codes(validate([str(folder / "a.yaml")], Settings(run=run)).diagnostics)


def _two_alike(folder: Path, *, beside: str = "", above: str = "") -> list[str]:
    return _codes(folder, _TWO_ALIKE.format(beside=f"  {beside}" if beside else "", above=above))


def test_a_finding_is_reported_without_a_remark(tmp_path: Path) -> None:
    assert _two_alike(tmp_path) == ["QZ103"]


@pytest.mark.parametrize(
    "remark",
    ["# quiz: ignore[duplicate-options] on purpose", "# quiz: ignore[QZ103]", "#quiz:ignore[duplicate-options]",
     "# seen # quiz: ignore[duplicate-options]"],
)  # fmt: skip
def test_a_remark_on_the_line_keeps_the_finding_quiet(remark: str, tmp_path: Path) -> None:
    assert _two_alike(tmp_path, beside=remark) == []


def test_a_remark_on_a_line_of_its_own_speaks_of_the_next(tmp_path: Path) -> None:
    assert _two_alike(tmp_path, above="      # quiz: ignore[duplicate-options] on purpose\n") == []


def test_a_remark_that_suppresses_nothing_is_reported(tmp_path: Path) -> None:
    assert _two_alike(tmp_path, beside="# quiz: ignore[no-key]") == ["QZ103", "QZ020"]


def test_each_name_of_a_remark_must_suppress_something(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        HEADER + _TWO_ALIKE.format(beside="  # quiz: ignore[duplicate-options, no-key]", above=""), encoding="utf-8"
    )
    found = only(validate([str(tmp_path / "a.yaml")], Settings(run=False)).diagnostics)
    assert (found.code, found.severity, found.span.line) == ("QZ020", Severity.WARNING, 10)
    assert "`no-key`" in found.message


def test_a_remark_on_another_line_suppresses_nothing(tmp_path: Path) -> None:
    assert sorted(_two_alike(tmp_path, above="      # quiz: ignore[duplicate-options]\n\n")) == ["QZ020", "QZ103"]


@pytest.mark.parametrize("name", ["unknown-key", "QZ011"])
def test_a_fault_of_the_file_is_never_suppressed(name: str, tmp_path: Path) -> None:
    text = f"questions:\n  - id: a\n    type: essay\n    stem: x\n    zzqxv: 1  # quiz: ignore[{name}]\n"
    assert sorted(_codes(tmp_path, text)) == ["QZ011", "QZ020"]


@pytest.mark.parametrize("name", ["wrong-key", "QZ401"])
def test_what_a_program_disproves_is_never_suppressed(name: str, tmp_path: Path) -> None:
    text = (
        "questions:\n  - id: a\n    type: code_output\n    stem: x\n    code: {source: print(2)}\n"
        f'    answer: "1"  # quiz: ignore[{name}]\n'
    )
    assert sorted(_codes(tmp_path, text, run=True)) == ["QZ020", "QZ401"]


def test_an_equation_that_means_something_else_can_be_suppressed(tmp_path: Path) -> None:
    text = (
        "questions:\n  - id: a\n    type: essay\n    stem: x\n    solution:\n"
        "      check: 1 + 1 = 3  # quiz: ignore[wrong-equation]\n"
    )
    assert _codes(tmp_path, text, run=True) == []


def test_a_remark_inside_a_program_of_a_question_is_no_remark(tmp_path: Path) -> None:
    text = (
        "questions:\n  - id: a\n    type: essay\n    stem: x\n    code:\n      source: |\n"
        "        x = 1  # quiz: ignore[duplicate-options]\n"
    )
    assert _codes(tmp_path, text) == []


@pytest.mark.parametrize(
    ("code", "options"),
    [
        ("QZ101", "    options: # quiz: ignore[no-key]\n      - a\n      - b\n"),
        (
            "QZ102",
            "    options:\n      - {text: a, correct: true}\n      - {text: b, correct: true} # quiz: ignore[QZ102]\n",
        ),
        ("QZ105", "    options: # quiz: ignore[QZ105]\n      - {text: a, correct: true, fraction: 50%}\n      - b\n"),
    ],
)
def test_a_key_that_cannot_be_right_is_never_suppressed(code: str, options: str, tmp_path: Path) -> None:
    text = f"questions:\n  - id: a\n    type: single_choice\n    stem: x\n{options}"
    assert sorted(_codes(tmp_path, text)) == ["QZ020", code]


def test_a_question_whose_id_is_taken_is_never_lost_by_a_remark(tmp_path: Path) -> None:
    question = "  - id: a # quiz: ignore[duplicate-id]\n    type: essay\n    stem: x\n"
    assert sorted(_codes(tmp_path, f"questions:\n{question}{question}")) == ["QZ020", "QZ020", "QZ501"]


def _diagnostics(folder: Path, text: str, *, run: bool = False) -> tuple[Diagnostic, ...]:
    (folder / "a.yaml").write_text(HEADER + text, encoding="utf-8")
    return validate([str(folder / "a.yaml")], Settings(run=run)).diagnostics


@pytest.mark.parametrize("fault", ["difficulty: middling", "type: single choice", "points: many"])
def test_a_remark_is_not_called_unused_where_a_question_of_the_bank_cannot_be_read(fault: str, tmp_path: Path) -> None:
    text = _TWO_ALIKE.format(beside=" # quiz: ignore[duplicate-options] the font", above="")
    text = text.replace("    stem:", f"    {fault}\n    stem:")
    text = text.replace("    type: single_choice\n", "") if fault.startswith("type") else text
    assert "QZ020" not in _codes(tmp_path, text)
    other = "  - id: b\n    type: essay\n    stem: x\n    zzqxv: 1\n"
    assert "QZ020" not in _codes(tmp_path, _two_alike_elsewhere() + other)


def _two_alike_elsewhere() -> str:
    return "questions:\n  - id: a\n    type: essay\n    stem: What is it? # quiz: ignore[similar-stems]\n"


def test_fixing_keeps_a_remark_whose_question_it_makes_readable(tmp_path: Path) -> None:
    text = _TWO_ALIKE.format(beside=" # quiz: ignore[duplicate-options] the font", above="")
    path = tmp_path / "a.yaml"
    path.write_text(HEADER + text.replace("single_choice", "single choice"), encoding="utf-8")
    settings = Settings(run=False)
    found = fixed(validate([str(path)], settings), [str(path)], settings)
    assert [one.after for one in found.rewrites] == [HEADER + text]
    assert found.report.diagnostics == ()


def test_a_remark_on_proof_is_not_called_unused_where_no_program_could_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    text = (
        "questions:\n  - id: a\n    type: code_output\n    stem: What does it print?\n"
        "    code: {language: sql, source: SELECT 2}\n    answer: '2' # quiz: ignore[colliding-mistakes]\n"
    )
    found = _codes(tmp_path, text, run=True)
    assert "QZ020" not in found
    assert {"QZ409", "QZ417", "QZ418"} & set(found)


def test_a_misspelt_name_is_told_with_the_right_one_and_no_fix(tmp_path: Path) -> None:
    found = only(_diagnostics(tmp_path, _essay("# quiz: ignore[none-of-the-abov]")))
    assert "no rule, code or family `none-of-the-abov`" in found.message
    assert (found.help, found.fix) == ("did you mean `none-of-the-above`?", None)


def _essay(remark: str) -> str:
    return f"questions:\n  - id: a\n    type: essay\n    stem: x {remark}\n"


def test_a_name_with_an_underscore_is_told(tmp_path: Path) -> None:
    found = only(_diagnostics(tmp_path, _essay("# quiz: ignore[duplicate_options]")))
    assert found.help == "did you mean `duplicate-options`?"


def test_what_cannot_be_suppressed_is_told_as_such_without_a_fix(tmp_path: Path) -> None:
    text = (
        "questions:\n  - id: a\n    type: code_output\n    stem: x\n    code: {source: print(2)}\n"
        '    answer: "1"  # quiz: ignore[wrong-key]\n'
    )
    (unused,) = (one for one in _diagnostics(tmp_path, text, run=True) if one.code == "QZ020")
    assert unused.message == "the remark suppresses nothing: `wrong-key` cannot be ignored"
    assert unused.fix is None


def test_a_family_in_a_remark_is_told_as_such(tmp_path: Path) -> None:
    found = only(_diagnostics(tmp_path, _essay("# quiz: ignore[QZ2]")))
    assert found.message == "the remark suppresses nothing: `QZ2` is a family of rules"
    assert found.fix is None


@pytest.mark.parametrize(
    "remark", ["# quiz: ignore", "# quiz: ignore[]", "# QUIZ: ignore[QZ103]", "# quiz: ignore QZ103",
               "# quiz: ignore (QZ103)", "# seen # quiz: ignore[QZ103"],
)  # fmt: skip
def test_a_remark_that_names_nothing_is_told(remark: str, tmp_path: Path) -> None:
    found = only(_diagnostics(tmp_path, _essay(remark)))
    assert (found.code, found.message) == ("QZ020", "the remark suppresses nothing: it names no rule")
    assert found.fix is None


def test_a_second_remark_on_the_line_counts(tmp_path: Path) -> None:
    beside = "# quiz: ignore[no-key] # quiz: ignore[duplicate-options] why"
    found = only(_diagnostics(tmp_path, _TWO_ALIKE.format(beside=f" {beside}", above="")))
    assert "`no-key`" in found.message


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("stem: x # quiz: ignore[QZ103] font differs # TODO: translate", "stem: x # TODO: translate"),
        ("stem: x # seen # quiz: ignore[QZ103] as in #12", "stem: x # seen"),
        ("# quiz: ignore[QZ103] font # TODO\n    stem: x", "# TODO\n    stem: x"),
        ("# quiz: ignore[QZ103] font\n    stem: x", "stem: x"),
    ],
)
def test_no_other_remark_goes_with_one_that_is_removed(before: str, after: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(HEADER + f"questions:\n  - id: a\n    type: essay\n    {before}\n", encoding="utf-8")
    settings = Settings(run=False)
    (one,) = fixed(validate([str(path)], settings), [str(path)], settings).rewrites
    assert one.after == HEADER + f"questions:\n  - id: a\n    type: essay\n    {after}\n"
