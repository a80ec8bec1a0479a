"""What programs did is shown as it is, without effect, and as data that fits its schema."""

from __future__ import annotations

import dataclasses
import functools
import json
import re
import unicodedata
from pathlib import Path

import jsonschema
import pytest

from quizlib.diagnostics import Place
from quizlib.languages import python
from quizlib.model import Equals
from quizlib.plugins import Variation
from quizlib.proof.claims import Ran, Role, role
from quizlib.proof.runs import VARIATIONS, Execution
from quizlib.report import json as json_report
from quizlib.report import runs as report
from quizlib.running import Running, UnknownQuestionError
from quizlib.running import run as run_contained
from quizlib.sandbox import RunResult, Status
from quizlib.schemas import schema
from quizlib.validation import Settings, validate
from tests.unit.helpers import bank_text, load_text, sound

run = functools.partial(run_contained, isolation="none")  # the same on every machine

_TWO = """
- id: first
  type: code_output
  stem: x
  code: {source: "print(1)"}
  options: [{text: "1", correct: true}, "2", "3"]
  common_mistakes:
    - Being told
    - {text: Slipping, yields: "2", replace: {"1": "2"}}
- id: second
  type: code_output
  stem: x
  code: {source: "print('a', 'b', sep=chr(9)); raise KeyError('x')", compare: exception}
  answer: KeyError
- {id: told, type: true_false, stem: x, answer: true}
"""


def _bank(folder: Path, *questions: str) -> str:
    path = folder / "sample.yaml"
    path.write_text(bank_text(*questions), encoding="utf-8")
    return str(path)


def _lines(running: Running) -> list[str]:
    return [line for shown in running.questions for line in report.lines(shown.runs)]


def test_all_programs_of_all_questions_are_run_in_order(tmp_path: Path) -> None:
    running = run([_bank(tmp_path, _TWO)])
    assert [(shown.item.identifier, [one.role for one in shown.runs]) for shown in running.questions] == [
        ("first", [Role("key"), Role("mistake", 2, "Slipping")]),
        ("second", [Role("key")]),
        ("told", []),
    ]
    assert running.is_complete


def test_one_question_is_run_alone(tmp_path: Path) -> None:
    running = run([_bank(tmp_path, _TWO)], "second")
    (shown,) = running.questions
    assert (shown.item.identifier, shown.span.line) == ("second", 13)
    first, _, tabbed, *rest = _lines(running)
    assert first.startswith("  key, python3.")
    assert ", isolation none: runtime error, exit status 1 (" in first
    assert tabbed == "  | a\\tb"
    assert rest[0] == "  stderr:"
    assert rest[-1] == "  | KeyError: 'x'"
    assert running.is_complete, "a program that raises has run to its end"


def test_an_unknown_question_is_told_from_one_with_errors(tmp_path: Path) -> None:
    bad = "- {id: bad, type: true_false, stem: x}"
    path = _bank(tmp_path, _TWO, bad)
    with pytest.raises(UnknownQuestionError, match="there is no question 'frist'; did you mean 'first'"):
        run([path], "frist")
    with pytest.raises(UnknownQuestionError, match="there are: first, second, told"):
        run([path], "zzzzzz")
    refused = run([path], "bad")
    assert ([error.code for error in refused.diagnostics], refused.questions) == (["QZ012"], ())
    assert not refused.is_complete
    assert run([path], "first").is_complete, "what is wrong with another question does not matter"
    assert not run([path]).is_complete


def test_a_file_that_is_not_there_is_reported(tmp_path: Path) -> None:
    running = run([str(tmp_path / "nothing.yaml")], "first")
    assert [error.code for error in running.diagnostics] == ["QZ001"]
    assert not running.is_complete


def test_a_program_that_is_stopped_is_not_complete(tmp_path: Path) -> None:
    code = "{source: 'while True: pass', timeout: 0.2}"
    running = run([_bank(tmp_path, f"- {{id: a, type: code_output, stem: x, code: {code}, answer: x}}")])
    assert "none: timeout (" in _lines(running)[0]
    assert not running.is_complete


def test_runtimes_that_are_missing_are_named(tmp_path: Path) -> None:
    code = "{source: 'print(1)', runtimes: [python, python3.99]}"
    running = run([_bank(tmp_path, f"- {{id: a, type: code_output, stem: x, code: {code}, answer: '1'}}")])
    assert _lines(running)[0] == "  key: not run, since `python3.99` is not installed here"
    assert _lines(running)[-1] == "  | 1"
    assert not running.is_complete


def _ran(folder: Path, *results: RunResult) -> Ran:
    item = sound(load_text(bank_text(_TWO), folder)).items[0]
    runtime = python.runtime(None)
    assert runtime is not None
    executions = tuple(Execution(runtime, how, result) for how, result in zip(VARIATIONS, results, strict=True))
    return Ran(item, Role("mistake", 1, 'a\n::error::"b"\x1b[31m'), item.claims[0].program, executions)  # type: ignore[union-attr]


def test_runs_that_differ_are_shown_with_their_variations(tmp_path: Path) -> None:
    ran = _ran(tmp_path, RunResult(Status.OK, "a", exit_code=0), RunResult(Status.OK, "b", exit_code=0))
    lines = list(report.lines([ran]))
    assert [line for line in lines if line.startswith("  | ")] == ["  | a", "  | b"]
    assert "hash seed 0, time zone UTC0, locale C.UTF-8: ok" in lines[0]
    assert "hash seed 1, time zone LINT-14, locale POSIX: ok" in lines[3]


def test_of_runs_that_do_not_differ_the_first_is_shown(tmp_path: Path) -> None:
    a, b = (RunResult(Status.OK, text, exit_code=0) for text in "ab")
    ran = _ran(tmp_path, a, b)
    again = [dataclasses.replace(ran.executions[0], variation=Variation(seed, "UTC0", "C")) for seed in (2, 3)]
    several = dataclasses.replace(ran, executions=(*ran.executions, *again))
    first, second = (line for line in report.lines([several]) if "hash seed" in line)
    assert "hash seed 0" in first
    assert "hash seed 1" in second


@pytest.mark.parametrize(
    "hostile",
    [
        "\x1b[31m",
        "::error::x\n::warning::y",
        "\r::error::x",
        "\u2028::error::x",
        "\u202ex",
        "\x9bx",
        "##[error]x",
        "a##vso[x]y",
    ],
)
def test_nothing_that_a_program_or_a_bank_wrote_has_an_effect(hostile: str, tmp_path: Path) -> None:
    result = RunResult(Status.RUNTIME_ERROR, hostile, hostile, 1, detail=hostile)
    lines = list(report.lines([_ran(tmp_path, result, result)]))
    for line in lines:
        assert all(character.isprintable() or unicodedata.category(character) == "Zs" for character in line), line
        assert line.startswith(("  mistake 1 ", "  stdout:", "  stderr:", "  | "))
        assert not re.search(r"##\w*\[", line), "an order to a CI service"


def test_a_long_output_is_cut_and_says_so(tmp_path: Path) -> None:
    result = RunResult(Status.OK, "x" * 5000, exit_code=0, memory_bytes=9_800_000)
    ran = _ran(tmp_path, result, result)
    lines = list(report.lines([ran]))
    assert lines[0].endswith("(0.0 s, 9.8 MB)")
    assert lines[2:] == ["  | " + "x" * 4000, "  … and 1,000 more characters"]
    first = report.as_data([ran])[0]
    assert (len(first["stdout"]), first["truncated"], first["memory_bytes"]) == (4000, True, 9_800_000)


def test_the_report_holds_the_runs_when_asked_in_a_fixed_order(tmp_path: Path) -> None:
    path = _bank(tmp_path, _TWO)
    first, second = (
        json.loads(json_report.render(validate([path], Settings(isolation="none", jobs=jobs)), include_runs=True))
        for jobs in (1, 4)
    )
    jsonschema.Draft202012Validator(schema("report")).validate(first)
    passing = {"seconds": 0, "stderr": "", "memory_bytes": None}  # a traceback names the folder of the run
    assert [{**one, **passing} for one in first["runs"]] == [{**one, **passing} for one in second["runs"]]
    told = [
        (one["question"], one["role"], one["number"], one["variation"]["hash_seed"], one["stdout"])
        for one in first["runs"]
    ]
    assert told == [
        ("first", "key", None, 0, "1\n"), ("first", "key", None, 1, "1\n"),
        ("first", "mistake", 2, 0, "2\n"), ("first", "mistake", 2, 1, "2\n"),
        ("second", "key", None, 0, "a\tb\n"), ("second", "key", None, 1, "a\tb\n"),
    ]  # fmt: skip
    assert {one["isolation"] for one in first["runs"]} == {"none"}
    assert (first["runs"][-1]["status"], first["runs"][-1]["exit_code"]) == ("runtime_error", 1)
    assert "KeyError: 'x'" in first["runs"][-1]["stderr"]


def test_the_report_holds_no_runs_unless_asked(tmp_path: Path) -> None:
    path = _bank(tmp_path, _TWO)
    assert "runs" not in json_report.as_data(validate([path]))
    assert json_report.as_data(validate([path], Settings(run=False)), include_runs=True)["runs"] == []


def test_an_equation_has_no_program(tmp_path: Path) -> None:
    item = sound(load_text(bank_text(_TWO), tmp_path)).items[0]
    assert role(item, Equals("1 = 1", Place("x"))) is None
