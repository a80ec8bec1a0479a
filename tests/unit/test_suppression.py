"""`# quiz: ignore[rule]` keeps a diagnostic of its line quiet, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizlib.diagnostics import Severity
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
