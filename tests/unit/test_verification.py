"""`verify` and `computed`: what they are given, how their endings are read, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from quizlib.diagnostics import Diagnostic
from quizlib.proof.coverage import Coverage
from quizlib.proof.engine import prove
from quizlib.proof.runs import Runner
from quizlib.proof.verification import Verdict, verdict
from quizlib.sandbox import Job, RunResult, Status
from quizlib.validation import Settings, validate
from tests.unit.helpers import at, bank_text, codes, load_text, only, probed

_OK = RunResult(Status.OK, exit_code=0)
_STATUS_1 = RunResult(Status.RUNTIME_ERROR, exit_code=1)


def _raised(ending: str) -> RunResult:
    stderr = f'Traceback (most recent call last):\n  File "program.py", line 1, in <module>\n{ending}\n'
    return RunResult(Status.RUNTIME_ERROR, "", stderr, 1)


class _Answering:
    """Gives the result that was set for the first argument, and remembers the jobs."""

    isolation = "canned"
    warm = False

    def __init__(self, results: Mapping[str, RunResult]) -> None:
        self._results = results
        self.jobs: dict[tuple[str, ...], Job] = {}

    def run(self, job: Job) -> RunResult:
        if (works := probed(job)) is not None:
            return works
        self.jobs[job.arguments] = job
        return self._results.get(job.arguments[0] if job.arguments else "", _OK)

    def close(self) -> None:
        """Nothing was opened."""

    def cancel(self) -> None:
        raise AssertionError("nothing is cancelled here")


class _Proved:
    def __init__(self, question: str, folder: Path, results: Mapping[str, RunResult]) -> None:
        self.text = bank_text(question)
        loaded = load_text(self.text, folder)
        assert loaded.bank is not None
        assert loaded.diagnostics == ()
        self.sandbox = _Answering(results)
        proof = prove([loaded.bank], Runner(self.sandbox, jobs=1))
        self.coverage = proof.coverage
        self.diagnostics: list[Diagnostic] = [
            loaded.diagnostic(kind, finding, item.identifier if item else None)
            for kind, item, finding in proof.findings[0]
        ]

    @property
    def arguments(self) -> list[tuple[str, ...]]:
        return sorted(self.sandbox.jobs)


@pytest.fixture
def proved(tmp_path: Path) -> Callable[..., _Proved]:
    return lambda question, **results: _Proved(question, tmp_path, results)


_CHOICE = """
- id: q
  type: single_choice
  stem: Which?
  options: [{text: right, correct: true}, wrong]
  verify: check
"""


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (_OK, Verdict.PASSES),
        (_STATUS_1, Verdict.FAILS),
        (_raised("AssertionError"), Verdict.FAILS),
        (_raised("AssertionError: 91 is 7 * 13"), Verdict.FAILS),
        (_raised("module.AssertionError: no"), Verdict.FAILS),
        (_raised("NameError: name 'x' is not defined"), Verdict.BROKEN),
        (_raised("NameError: AssertionError"), Verdict.BROKEN),
        (_raised("NotAnAssertionError"), Verdict.BROKEN),
        (RunResult(Status.RUNTIME_ERROR, exit_code=2), Verdict.BROKEN),
        (RunResult(Status.RUNTIME_ERROR, detail="signal 11 ended it"), Verdict.BROKEN),
        (RunResult(Status.TIMEOUT), Verdict.BROKEN),
        (RunResult(Status.MEMORY, exit_code=1), Verdict.BROKEN),
        (RunResult(Status.COMPILE_ERROR), Verdict.BROKEN),
        (RunResult(Status.INTERNAL), Verdict.BROKEN),
    ],
)
def test_how_an_ending_is_read(result: RunResult, expected: Verdict) -> None:
    from quizlib.languages import python

    assert verdict(result, python.ending(result.stderr)) is expected


def test_a_check_that_passes_for_the_key_alone_proves_both_sides(proved: Callable[..., _Proved]) -> None:
    found = proved(_CHOICE, wrong=_raised("AssertionError"))
    assert found.diagnostics == []
    assert found.coverage == Coverage(1, 1, 1, 1)
    assert found.arguments == [("right",), ("wrong",)]
    assert found.sandbox.jobs[("wrong",)].stdin == "wrong"


def test_a_check_that_fails_for_the_key_is_an_error_at_the_key(proved: Callable[..., _Proved]) -> None:
    found = proved(_CHOICE, right=_raised("AssertionError: not so"), wrong=_STATUS_1)
    wrong = only(found.diagnostics)
    assert (wrong.code, wrong.rule) == ("QZ413", "key-fails-verify")
    assert wrong.message == "the check fails for the key, `right`: `not so`"
    assert at(wrong, found.text) == "right"
    assert len(wrong.related) == 1
    assert found.coverage == Coverage(0, 1, 1, 1)


def test_a_check_that_passes_for_a_distractor_is_an_error_at_the_distractor(proved: Callable[..., _Proved]) -> None:
    found = proved(_CHOICE)
    wrong = only(found.diagnostics)
    assert (wrong.code, wrong.rule) == ("QZ414", "distractor-passes-verify")
    assert at(wrong, found.text) == "wrong"
    assert found.coverage == Coverage(1, 1, 0, 1)


def test_a_broken_check_is_said_once_and_proves_nothing(proved: Callable[..., _Proved]) -> None:
    broken = _raised("NameError: name 'x' is not defined")
    found = proved(_CHOICE, right=broken, wrong=broken)
    wrong = only(found.diagnostics)
    assert (wrong.code, wrong.rule) == ("QZ415", "broken-verify")
    assert wrong.message == "the check ends with `NameError: name 'x' is not defined` when it is given `right`"
    assert at(wrong, found.text) == "check"
    assert found.coverage == Coverage(0, 1, 0, 1)


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (RunResult(Status.TIMEOUT), "did not end within 5 s"),
        (RunResult(Status.RUNTIME_ERROR, exit_code=3), "ends with exit status 3"),
        (RunResult(Status.COMPILE_ERROR), "cannot be compiled"),
        (RunResult(Status.INTERNAL, detail="no space"), "could not be run (no space)"),
    ],
)
def test_a_broken_check_says_how_it_ended(proved: Callable[..., _Proved], result: RunResult, said: str) -> None:
    found = proved(_CHOICE, right=result, wrong=_STATUS_1)
    assert f"the check {said} when it is given `right`" == only(found.diagnostics).message


def test_every_key_of_several_must_pass(proved: Callable[..., _Proved]) -> None:
    question = """
    - id: q
      type: multiple_response
      stem: Which?
      options: [{text: one, correct: true}, {text: two, correct: true}, wrong]
      verify: check
    """
    assert proved(question, wrong=_STATUS_1).coverage == Coverage(1, 1, 1, 1)
    found = proved(question, two=RunResult(Status.TIMEOUT), wrong=_STATUS_1)
    assert codes(found.diagnostics) == ["QZ415"]
    assert found.coverage == Coverage(0, 1, 1, 1)


def test_a_distractor_is_counted_once_however_often_it_is_disproved(proved: Callable[..., _Proved]) -> None:
    question = """
    - id: q
      type: code_output
      stem: What?
      code: {source: program}
      options: [{text: right, correct: true}, wrong]
      verify: check
    """
    found = proved(question, **{"": RunResult(Status.OK, "right\n", exit_code=0), "wrong": _STATUS_1})
    assert found.diagnostics == []
    assert found.coverage == Coverage(1, 1, 1, 1)


def test_both_sides_of_a_statement_are_checked(proved: Callable[..., _Proved]) -> None:
    question = "- {id: q, type: true_false, stem: So?, answer: false, verify: check}"
    found = proved(question, **{"True": _STATUS_1})
    assert found.arguments == [("False",), ("True",)]
    assert found.coverage == Coverage(1, 1, 1, 1)
    assert sorted(codes(proved(question, **{"False": _STATUS_1}).diagnostics)) == ["QZ413", "QZ414"]


def test_accepted_texts_pass_and_half_right_ones_are_not_checked(proved: Callable[..., _Proved]) -> None:
    question = """
    - id: q
      type: short_answer
      stem: Which?
      accepted: [one, {text: two, fraction: 0.5}, {text: three, fraction: 0}]
      verify: check
    """
    found = proved(question, three=_STATUS_1)
    assert found.arguments == [("one",), ("three",)]
    assert found.diagnostics == []
    assert found.coverage == Coverage(1, 1, 0, 0)
    assert codes(proved(question).diagnostics) == ["QZ414"]


def test_a_number_and_a_typed_output_are_checked(proved: Callable[..., _Proved]) -> None:
    assert proved("- {id: q, type: numeric, stem: x, answer: 0.270, verify: check}").arguments == [("0.270",)]
    typed = "- {id: q, type: code_output, stem: x, code: {source: ''}, answer: \"7\\n\", verify: check}"
    assert ("7",) in proved(typed).arguments


def test_a_check_of_gaps_is_told_which_gap_it_is(proved: Callable[..., _Proved]) -> None:
    question = """
    - id: q
      type: cloze
      stem: "[[a]] and [[b]]"
      gaps:
        a: {accepted: [one]}
        b: {options: [{text: two, correct: true}, wrong]}
      verify: check
    """
    found = proved(question, wrong=_STATUS_1)
    assert found.arguments == [("one", "a"), ("two", "b"), ("wrong", "b")]
    assert found.coverage == Coverage(1, 1, 1, 1)


def test_an_order_is_given_line_by_line(proved: Callable[..., _Proved]) -> None:
    question = '- {id: q, type: ordering, stem: x, items: ["x = 1\\n", print(x)], verify: check}'
    found = proved(question)
    assert found.arguments == [("x = 1\nprint(x)",)]
    assert found.coverage == Coverage(1, 1, 0, 0)
    wrong = only(proved(question, **{"x = 1\nprint(x)": _STATUS_1}).diagnostics)
    assert at(wrong, found.text) == "items"


def test_pairs_are_given_line_by_line_with_a_tab_between(proved: Callable[..., _Proved]) -> None:
    question = """
    - id: q
      type: matching
      stem: x
      pairs: [{source: two, target: even}, {source: three, target: odd}, {source: four, target: even}]
      extra_targets: [none]
      verify: check
    """
    assert proved(question).arguments == [("two\teven\nthree\todd\nfour\teven",)]


def test_a_check_may_have_input_files_and_time_of_its_own(proved: Callable[..., _Proved]) -> None:
    question = """
    - id: q
      type: true_false
      stem: x
      answer: true
      verify: {source: check, stdin: given, files: {data.txt: "1"}, timeout: 2}
    """
    job = proved(question, **{"False": _STATUS_1}).sandbox.jobs[("True",)]
    assert (job.stdin, job.files["data.txt"], job.limits.wall_seconds) == ("given", "1", 2)


@pytest.mark.parametrize(
    ("printed", "tolerance", "proves"),
    [
        ("0.392\n", "", True),
        ("0.39199999999999996\n", "", True),
        ("0.3926\n", "", False),
        ("0.40\n", "tolerance: 0.01,", True),
        ("0.41\n", "tolerance: 0.01,", False),
        ("nan\n", "tolerance: 0.01,", False),
        ("1e999999999\n", "tolerance: 0.01,", False),
        ("about 0.392\n", "", False),
        ("", "", False),
    ],
)
def test_a_number_is_proved_by_the_program_that_computes_it(
    proved: Callable[..., _Proved], printed: str, tolerance: str, proves: bool
) -> None:
    question = f"- {{id: q, type: numeric, stem: x, answer: 0.392, {tolerance} computed: program}}"
    found = proved(question, **{"": RunResult(Status.OK, printed, exit_code=0)})
    assert codes(found.diagnostics) == ([] if proves else ["QZ401"])
    assert found.coverage == Coverage(int(proves), 1, 0, 0)
    if not proves:
        assert at(only(found.diagnostics), found.text) == "0.392"


def test_a_program_that_computes_nothing_is_said_to_fail(proved: Callable[..., _Proved]) -> None:
    question = "- {id: q, type: numeric, stem: x, answer: 3, computed: program}"
    found = proved(question, **{"": _raised("ZeroDivisionError: division by zero")})
    wrong = only(found.diagnostics)
    assert wrong.code == "QZ402"
    assert wrong.message == (
        "the answer is stated as `3`, but the program in `computed` ends with `ZeroDivisionError: division by zero`"
    )


def test_a_language_that_is_not_there_is_named_where_the_check_asks_for_it(proved: Callable[..., _Proved]) -> None:
    found = proved("- {id: q, type: true_false, stem: x, answer: true, verify: {source: x, language: cobol}}")
    missing = only(found.diagnostics)
    assert missing.code == "QZ409"
    assert at(missing, found.text) == "cobol"
    assert found.coverage == Coverage(0, 1, 0, 1)


@pytest.mark.parametrize(
    ("question", "code", "message"),
    [
        ("{type: essay, verify: x}", "QZ014", "an essay has no key that a program could check"),
        ("{type: true_false, answer: true, verify: {text: x, source: y}}", "QZ014",
         "the program is given both as `source` and as `text`"),
        ("{type: true_false, answer: true, verify: {stdin: x}}", "QZ012", "there is no program"),
        ("{type: true_false, answer: true, verify: \" \"}", "QZ012", "there is no program"),
        ("{type: numeric, answer: 1, computed: {stdin: x}}", "QZ012", "there is no program"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_check_itself(question: str, code: str, message: str, tmp_path: Path) -> None:
    loaded = load_text(bank_text(f"- {{id: q, stem: x, {question[1:]}"), tmp_path)
    assert [(fault.code, fault.message) for fault in loaded.diagnostics] == [(code, message)]


_WAVERING = """
- id: choice
  type: single_choice
  stem: What?
  options: [{text: right, correct: true}, wrong]
  verify: |
    import os, sys
    assert sys.argv[1] == "right" and os.environ["PYTHONHASHSEED"] == "0"
"""
_CHANGING = """
- id: number
  type: numeric
  stem: What?
  answer: 0
  computed: import os; print(os.environ["PYTHONHASHSEED"])
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (_WAVERING, "the check does not end alike in every run when it is given `right`"),
        (_CHANGING, "the program in `computed` prints `0` in one run and `1` in another"),
    ],
)
def test_what_is_said_now_and_then_proves_nothing(question: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "bank.yaml").write_text(bank_text(question), encoding="utf-8")
    report = validate([str(tmp_path / "bank.yaml")], Settings(isolation="none"))
    assert codes(report.diagnostics) == ["QZ407"]
    assert said in report.diagnostics[0].message
    assert report.coverage.keys_proved == 0
