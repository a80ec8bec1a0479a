"""What a mistake is said to yield is put right where the changed program prints one distractor, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from quizlib.diagnostics import Applicability, Diagnostic, Fix
from quizlib.editing import apply
from quizlib.proof.engine import prove
from quizlib.proof.runs import Runner
from quizlib.sandbox import RunResult, Status
from tests.property.strategies import double_quoted, one_line, single_quoted
from tests.unit.helpers import CannedSandbox, bank_text, codes, load_text

CHOICE = """
- id: out
  type: code_output
  stem: What does it print? # a remark
  code: {source: program}
  options: [{text: "1", correct: true}, "2", {text: "3"}]
  common_mistakes:
    - text: Slipping
      yields: %s
      replace: {program: changed}
"""
OTHER = """\
    - {text: Tripping, yields: %s, replace: {program: tripped}}
"""
TYPED = '- {id: out, type: code_output, stem: What?, code: {source: program}, answer: "1", common_mistakes: [%s]}'
SLIPPING = '{text: Slipping, yields: "2", replace: {program: changed}}'
PRINTS_1 = RunResult(Status.OK, "1\n", exit_code=0)


def printed(text: str) -> RunResult:
    return RunResult(Status.OK, f"{text}\n", exit_code=0)


def found(text: str, folder: Path, **results: RunResult) -> list[Diagnostic]:
    loaded = load_text(text, folder)
    assert loaded.bank is not None
    (findings,) = prove([loaded.bank], Runner(CannedSandbox({"program": PRINTS_1} | results), jobs=1)).findings
    return [loaded.diagnostic(kind, finding, item.identifier if item else None) for kind, item, finding in findings]


def fix_of(question: str, folder: Path, **results: RunResult) -> tuple[str, Fix | None]:
    text = bank_text(question)
    (one,) = [one for one in found(text, folder, **results) if one.code == "QZ404"]
    return text, one.fix


@pytest.mark.parametrize(
    ("stated", "applicability"),
    [('"2"', Applicability.UNSAFE), ('"3.0"', Applicability.SAFE), ("three", Applicability.SAFE)],
)
def test_the_distractor_that_is_printed_is_named(stated: str, applicability: Applicability, tmp_path: Path) -> None:
    text, fix = fix_of(CHOICE % stated, tmp_path, changed=printed("3"))
    assert fix is not None
    assert fix.applicability is applicability
    assert fix.message == "write that the mistake yields option 3, which is what the changed program does"
    after = apply(text, fix.edits)
    assert after == text.replace(f"yields: {stated}", 'yields: "3"' if '"' in stated else "yields: 3")
    assert found(after, tmp_path, changed=printed("3")) == []


def test_an_exception_may_be_what_is_yielded(tmp_path: Path) -> None:
    raises = RunResult(Status.RUNTIME_ERROR, "", "Traceback (most recent call last):\nKeyError: 'x'\n", 1)
    text, fix = fix_of(CHOICE.replace('{text: "3"}', "raises KeyError") % "oops", tmp_path, changed=raises)
    assert fix is not None
    assert apply(text, fix.edits) == text.replace("yields: oops", "yields: raises KeyError")


def test_what_a_typed_mistake_yields_is_written_only_when_asked(tmp_path: Path) -> None:
    text, fix = fix_of(TYPED % SLIPPING, tmp_path, changed=printed("3"))
    assert fix is not None
    assert fix.applicability is Applicability.UNSAFE
    assert apply(text, fix.edits) == text.replace('yields: "2"', 'yields: "3"')


def test_two_mistakes_whose_distractors_were_exchanged_are_both_put_right(tmp_path: Path) -> None:
    text = bank_text(CHOICE % '"3"' + OTHER % '"2"')
    results = {"changed": printed("2"), "tripped": printed("3")}
    one, other = (one.fix for one in found(text, tmp_path, **results))
    assert one is not None
    assert other is not None
    after = apply(text, [*one.edits, *other.edits])
    assert found(after, tmp_path, **results) == []


@pytest.mark.parametrize(
    ("question", "results"),
    [
        (CHOICE % "four", {"changed": printed("5")}),  # no option says it
        (CHOICE.replace('{text: "3"}', '"2 "') % "four", {"changed": printed("2")}),  # two options do
        (CHOICE % "four" + OTHER % '"3"', {"changed": printed("3"), "tripped": printed("3")}),  # another mistake does
        (CHOICE % "four", {"changed": RunResult(Status.TIMEOUT)}),
        (CHOICE % "four", {"program": printed("3"), "changed": printed("3")}),  # the key is in doubt
        (CHOICE % "&x four", {"changed": printed("3")}),  # the value may stand elsewhere, too
        (TYPED % SLIPPING, {"changed": printed("\x1b[31m")}),
        (TYPED % SLIPPING, {"changed": RunResult(Status.OK, "", exit_code=0)}),
        (
            TYPED % f'{SLIPPING}, {{text: Tripping, yields: "3", replace: {{program: tripped}}}}',
            {"changed": printed("3"), "tripped": printed("3")},
        ),
    ],
)
def test_what_is_in_doubt_is_left_alone(question: str, results: dict[str, RunResult], tmp_path: Path) -> None:
    assert fix_of(question, tmp_path, **results)[1] is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=one_line, write=st.sampled_from([single_quoted, double_quoted]))
def test_any_distractor_is_named_and_all_else_stays(text: str, write: Callable[[str], str], tmp_path: Path) -> None:
    assume(text.strip() not in ("", "1", "2", "four"))
    option = f"{{text: {double_quoted(text)}, output: three}}"
    question = (CHOICE % write("four")).replace('{text: "3"}', option)
    before, fix = fix_of(question, tmp_path, changed=printed("three"))
    assert fix is not None
    (edit,) = fix.edits
    after = apply(before, fix.edits)
    start = before.index(f"yields: {write('four')}") + len("yields: ")
    assert after.startswith(before[:start])
    assert after.endswith(before[start + len("'four'") :])
    assert edit.text == after[start : len(after) - len(before) + start + len("'four'")]
    assert codes(found(after, tmp_path, changed=printed("three"))) == []
