"""What ran in a copy of an interpreter is believed when nothing is wrong, and looked at again when something is."""

from __future__ import annotations

from pathlib import Path

from quizlib.proof.engine import Proof, prove
from quizlib.proof.runs import VARIATIONS, Runner
from quizlib.sandbox import Job, RunResult, Status
from tests.unit.helpers import bank_text, load_text, probed, sound

_QUESTION = """
- id: %s
  type: code_output
  stem: What?
  code: {source: "%s"}
  answer: 1
"""


class _Warm:
    """Prints one thing in a copy of an interpreter, and another in one of its own."""

    isolation = "canned"
    warm = True

    def __init__(self, warm: dict[str, str], cold: dict[str, str]) -> None:
        self._printed = {True: warm, False: cold}
        self.asked: list[tuple[str, bool]] = []

    def run(self, job: Job) -> RunResult:
        if (works := probed(job)) is not None:
            return works
        source = job.files["program.py"]
        self.asked.append((source, job.warm))
        return RunResult(Status.OK, self._printed[job.warm][source], exit_code=0)

    def cancel(self) -> None:
        """Nothing runs."""

    def close(self) -> None:
        """Nothing waits."""


def _proved(sandbox: _Warm, folder: Path, *sources: str) -> Proof:
    bank = sound(load_text(bank_text(*(_QUESTION % (source, source) for source in sources)), folder))
    return prove([bank], Runner(sandbox, jobs=1))


def test_what_holds_is_not_looked_at_again(tmp_path: Path) -> None:
    sandbox = _Warm({"a": "1\n"}, {})
    proof = _proved(sandbox, tmp_path, "a")
    assert proof.findings == ((),)
    assert sandbox.asked == [("a", True)] * len(VARIATIONS)


def test_a_fault_of_the_copy_is_no_fault_of_the_bank(tmp_path: Path) -> None:
    sandbox = _Warm({"a": "2\n", "b": "1\n"}, {"a": "1\n"})
    proof = _proved(sandbox, tmp_path, "a", "b")
    assert proof.findings == ((),)
    assert proof.coverage.keys_proved == 2
    assert [asked for asked in sandbox.asked if not asked[1]] == [("a", False)] * len(VARIATIONS)


def test_only_what_an_interpreter_of_its_own_prints_is_reported(tmp_path: Path) -> None:
    proof = _proved(_Warm({"a": "2\n"}, {"a": "3\n"}), tmp_path, "a")
    (((kind, _, finding),),) = proof.findings
    assert kind.code == "QZ401"
    assert "the program prints `3`" in finding.message
