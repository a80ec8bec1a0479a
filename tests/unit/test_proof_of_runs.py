"""Every run of a program counts: under each variation, on each runtime. No program is run here."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from quizlib.diagnostics import Diagnostic
from quizlib.languages import python
from quizlib.model import Program
from quizlib.proof.coverage import Coverage
from quizlib.proof.engine import prove
from quizlib.proof.runs import VARIATIONS, Runner
from quizlib.sandbox import Job, RunResult, Status
from tests.unit.helpers import CannedSandbox, at, bank_text, codes, load_text, only, probed

_CHOICE = """
- id: out
  type: code_output
  stem: What does it print?
  code: {source: program}
  options: ["2", {text: "1", correct: true}, "3"]
"""
_MISTAKE = """
- id: out
  type: code_output
  stem: What does it print?
  code: {source: program}
  options: [{text: "1", correct: true}, "2"]
  common_mistakes:
    - {text: Slipping, yields: "2", replace: {program: changed}}
"""


class VariedSandbox(CannedSandbox):
    """Gives the results that were set for a program's source, one after the other by hash seed."""

    def __init__(self, results: Mapping[str, tuple[RunResult, ...]]) -> None:
        super().__init__({source: each[0] for source, each in results.items()})
        self._each = results

    def run(self, job: Job) -> RunResult:
        """Return the result for the program that the command names, and the hash seed of its environment."""
        if (works := probed(job)) is not None:
            return works
        super().run(job)
        return self._each[self.asked[-1]][int(job.environment["PYTHONHASHSEED"])]


@dataclasses.dataclass(frozen=True)
class _Proved:
    text: str
    diagnostics: list[Diagnostic]
    coverage: Coverage


def _printed(*texts: str) -> tuple[RunResult, ...]:
    return tuple(RunResult(Status.OK, text, exit_code=0) for text in texts)


def _proved(question: str, folder: Path, **results: tuple[RunResult, ...]) -> _Proved:
    text = bank_text(question)
    loaded = load_text(text, folder)
    assert loaded.bank is not None
    assert loaded.diagnostics == ()
    proof = prove([loaded.bank], Runner(VariedSandbox(results), jobs=1))
    (findings,) = proof.findings
    found = [loaded.diagnostic(kind, finding, item.identifier if item else None) for kind, item, finding in findings]
    return _Proved(text, found, proof.coverage)


def test_there_are_as_many_results_as_variations() -> None:
    assert [variation.hash_seed for variation in VARIATIONS] == [0, 1]


def test_a_flaky_key_is_reported_once_at_the_key_and_nothing_is_proved(tmp_path: Path) -> None:
    proved = _proved(_CHOICE, tmp_path, program=_printed("1", "2"))
    found = only(proved.diagnostics)
    assert (found.code, found.rule, found.question) == ("QZ407", "flaky-key", "out")
    assert found.message.startswith("the program prints `1` in one run and `2` in another, probably because of ")
    assert at(found, proved.text) == '"1"'
    assert proved.coverage == Coverage(0, 1, 0, 2)


def test_a_flaky_program_without_a_key_is_reported_at_the_code(tmp_path: Path) -> None:
    proved = _proved(_CHOICE.replace(", correct: true", ""), tmp_path, program=_printed("1", "2"))
    found = only(proved.diagnostics)
    assert (found.code, at(found, proved.text)) == ("QZ407", "code")
    assert proved.coverage == Coverage(0, 1, 0, 3)


def test_a_flaky_mistake_is_reported_at_the_mistake_and_the_key_is_proved(tmp_path: Path) -> None:
    proved = _proved(_MISTAKE, tmp_path, program=_printed("1", "1"), changed=_printed("2", "3"))
    found = only(proved.diagnostics)
    assert found.code == "QZ407"
    assert found.message.startswith("the program changed by this mistake prints `2` in one run and `3` in another")
    assert at(found, proved.text) == '"2"'
    assert (
        found.span.line
        == proved.text.splitlines().index('      - {text: Slipping, yields: "2", replace: {program: changed}}') + 1
    )
    assert proved.coverage == Coverage(1, 1, 1, 1)


def test_a_run_that_meets_a_limit_counts_whichever_it_is(tmp_path: Path) -> None:
    proved = _proved(_CHOICE, tmp_path, program=(*_printed("1"), RunResult(Status.TIMEOUT)))
    assert codes(proved.diagnostics) == ["QZ406"]
    assert proved.coverage == Coverage(0, 1, 0, 2)


def test_a_run_that_failed_counts_whichever_it_is(tmp_path: Path) -> None:
    proved = _proved(_CHOICE, tmp_path, program=(*_printed("1"), RunResult(Status.INTERNAL, detail="no room left")))
    assert codes(proved.diagnostics) == ["QZ410"]
    assert proved.coverage == Coverage(0, 1, 0, 2)


def test_white_space_that_does_not_count_may_differ(tmp_path: Path) -> None:
    proved = _proved(_CHOICE, tmp_path, program=_printed("1", "1 \n\n"))
    assert (proved.diagnostics, proved.coverage) == ([], Coverage(1, 1, 2, 2))
    exact = _CHOICE.replace("source: program", "source: program, whitespace: exact")
    assert codes(_proved(exact, tmp_path, program=_printed("1", "1 \n\n")).diagnostics) == ["QZ407"]


class _Broken(CannedSandbox):
    """Gives one result for whatever runs, test programs included, and remembers what it was."""

    def run(self, job: Job) -> RunResult:
        """Return the result of everything."""
        self.asked.append(next(content for name, content in job.files.items() if name in job.command))
        return self.results[""]


_DENIED = RunResult(Status.RUNTIME_ERROR, "", "\nlib: Permission denied\x1b\nmore\n", 127)


def _findings_of(sandbox: CannedSandbox, question: str, folder: Path) -> list[Diagnostic]:
    loaded = load_text(bank_text(question, question.replace("id: out", "id: other")), folder)
    assert loaded.bank is not None
    (findings,) = prove([loaded.bank], Runner(sandbox, jobs=1)).findings
    return [loaded.diagnostic(kind, finding, None) for kind, _, finding in findings]


def test_a_language_that_does_not_work_here_is_reported_once_and_none_of_its_programs_runs(tmp_path: Path) -> None:
    sandbox = _Broken({"": _DENIED})
    found = only(_findings_of(sandbox, _CHOICE, tmp_path))
    assert (found.code, found.help) == ("QZ409", "see `quiz doctor`")
    assert found.message == (
        "programs in `python` cannot be run here, so that the keys of 2 questions are not proved: it is installed,"
        " but its test program ended with `runtime_error`: lib: Permission denied\\x1b"
    )
    assert set(sandbox.asked) == {python.PROBE}


def test_a_runtime_that_was_named_and_does_not_work_here_is_reported_as_such(tmp_path: Path) -> None:
    sandbox = _Broken({"": RunResult(Status.OK, "nonsense", exit_code=0)})
    found = only(_findings_of(sandbox, _CHOICE.replace("program}", "program, runtimes: [python3]}"), tmp_path))
    assert (found.code, found.help) == ("QZ417", "see `quiz doctor`")
    assert found.message == (
        "the runtime `python3` cannot be used here, so that the keys of 2 questions are not proved on it:"
        " it is installed, but its test program ended with `ok`: nonsense"
    )


class _Counting(CannedSandbox):
    """Counts test programs as well; the first of them may fail."""

    def __init__(self, first: RunResult | None = None) -> None:
        super().__init__({"a": RunResult(Status.OK, "1", exit_code=0)})
        self.probes = 0
        self._first = first

    def run(self, job: Job) -> RunResult:
        """Return what was set, or what a test program prints."""
        if probed(job) is not None:
            self.probes += 1
            if self._first is not None and self.probes == 1:
                return self._first
        return super().run(job)


def test_a_runtime_is_tried_once_however_many_programs_run_on_it() -> None:
    sandbox = _Counting()
    runner = Runner(sandbox, jobs=1)
    runner.run_all(
        [Program("python", "a"), Program("python", "a", stdin="x"), Program("python", "a", runtimes=("python",))]
    )
    runner.run_all([Program("python", "a", stdin="y")])
    assert sandbox.probes == 1


def test_a_runtime_that_fails_once_and_then_works_is_used() -> None:
    sandbox = _Counting(RunResult(Status.TIMEOUT))
    program = Program("python", "a")
    assert len(Runner(sandbox, jobs=1).run_all([program])[program]) == len(VARIATIONS)
    assert sandbox.probes == 2
