"""A common mistake must show, and must be told from the others by what it leads to. No program is run here."""

from __future__ import annotations

from pathlib import Path

from quizlib.diagnostics import Diagnostic, Severity
from quizlib.proof.engine import prove
from quizlib.proof.runs import Runner
from quizlib.sandbox import RunResult, Status
from quizlib.suppression import suppressed
from tests.unit.helpers import CannedSandbox, at, bank_text, codes, load_text, only

_QUESTION = """
- id: out
  type: code_output
  stem: What does it print?
  code: {source: program}
  options: [{text: "1", correct: true}, "2", "3"]
  common_mistakes:
    - {text: Slipping, yields: "2", replace: {program: slipped}}
    - {text: Tripping, yields: "%s", replace: {program: tripped}}
"""


def _found(question: str, folder: Path, **printed: str) -> tuple[str, list[Diagnostic]]:
    text = bank_text(question)
    loaded = load_text(text, folder)
    assert loaded.diagnostics == ()
    assert loaded.bank is not None
    results = {source: RunResult(Status.OK, output, exit_code=0) for source, output in printed.items()}
    (findings,) = prove([loaded.bank], Runner(CannedSandbox(results), jobs=1)).findings
    diagnostics = [
        loaded.diagnostic(kind, finding, item.identifier if item else None) for kind, item, finding in findings
    ]
    return text, list(suppressed(diagnostics, loaded.documents))


def test_mistakes_that_yield_different_distractors_are_quiet(tmp_path: Path) -> None:
    _, found = _found(_QUESTION % "3", tmp_path, program="1", slipped="2", tripped="3")
    assert found == []


def test_two_mistakes_that_yield_one_distractor_are_a_warning_with_both_places(tmp_path: Path) -> None:
    text, diagnostics = _found(_QUESTION % "2", tmp_path, program="1", slipped="2", tripped="2")
    found = only(diagnostics)
    assert (found.code, found.rule, found.severity) == ("QZ408", "colliding-mistakes", Severity.WARNING)
    assert found.message == "another common mistake yields `2`, too"
    assert at(found, text) == '"2"'
    assert text.splitlines()[found.span.line - 1].strip().startswith("- {text: Tripping")
    assert [span.line for span in found.related] == [found.span.line - 1]


def test_mistakes_that_only_say_so_do_not_collide(tmp_path: Path) -> None:
    _, found = _found(_QUESTION % "2", tmp_path, program="1", slipped="2", tripped="3")
    assert codes(found) == ["QZ404"]
    told = _QUESTION.replace(", replace: {program: tripped}", "") % "2"
    assert _found(told, tmp_path, program="1", slipped="2")[1] == []


def test_a_mistake_that_yields_the_key_is_an_error_with_the_place_of_the_key(tmp_path: Path) -> None:
    text, diagnostics = _found(_QUESTION % "3", tmp_path, program="1", slipped="2", tripped="1")
    found = only(diagnostics)
    assert (found.code, found.rule, found.severity) == ("QZ408", "colliding-mistakes", Severity.ERROR)
    assert found.message == "the program changed by this mistake prints `1`, and that is the key"
    assert at(found, text) == '"3"'
    (key,) = found.related
    assert text.splitlines()[key.line - 1][key.column - 1 : key.end_column - 1] == '"1"'


def test_only_the_warning_can_be_ignored(tmp_path: Path) -> None:
    question = (_QUESTION % "2").rstrip() + "  # quiz: ignore[colliding-mistakes] both happen\n"
    assert _found(question, tmp_path, program="1", slipped="2", tripped="2")[1] == []
    assert codes(_found(question, tmp_path, program="1", slipped="2", tripped="1")[1]) == ["QZ408", "QZ020"]
