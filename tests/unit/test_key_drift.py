"""A key must be right on each runtime that is named, and one that is not there is said to be missing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from quizlib.diagnostics import Diagnostic, Severity
from quizlib.languages import python
from quizlib.plugins import Runtime, is_runtime_of
from quizlib.proof.coverage import Coverage
from quizlib.proof.engine import prove
from quizlib.proof.runs import Runner
from quizlib.sandbox import Job, RunResult, Status
from quizlib.validation import validate
from tests.unit.helpers import HEADER, CannedSandbox, at, bank_text, codes, load_text, only, probed

_CHOICE = """
- id: out
  type: code_output
  stem: What does it print?
  code: {source: program, runtimes: [%s]}
  options: [{text: "1", correct: true}, "2", "3"]
"""
_BANK = HEADER + "runtimes: [%s]\n"
_MISTAKE = "  common_mistakes: [{text: Slipping, yields: '2', replace: {program: changed}}]\n"


class _Runtimes(CannedSandbox):
    """Gives what each runtime prints, by the program's source and the runtime's minor version."""

    def __init__(self, printed: Mapping[str, Mapping[str, str | RunResult]]) -> None:
        super().__init__({source: RunResult(Status.OK) for source in printed})
        self._printed = printed

    def run(self, job: Job) -> RunResult:
        """Return the result on the runtime that the command starts with."""
        if (works := probed(job)) is not None:
            return works
        super().run(job)
        found = self._printed[self.asked[-1]][job.command[0].rpartition(".")[2]]
        return RunResult(Status.OK, found, exit_code=0) if isinstance(found, str) else found


class _Proved:
    def __init__(self, text: str, folder: Path, printed: Mapping[str, Mapping[str, str | RunResult]]) -> None:
        self.text = text
        self.loaded = load_text(text, folder)
        assert self.loaded.diagnostics == ()
        assert self.loaded.bank is not None
        proof = prove([self.loaded.bank], Runner(_Runtimes(printed), jobs=1))
        self.coverage = proof.coverage
        self.diagnostics: list[Diagnostic] = [
            self.loaded.diagnostic(kind, finding, item.identifier if item else None)
            for kind, item, finding in proof.findings[0]
        ]


@pytest.fixture(autouse=True)
def _three_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = {
        name: Runtime(name, f"{name[6:]}.1", f"/runtimes/{name}") for name in ("python3.11", "python3.12", "python3.13")
    }
    monkeypatch.setattr(python, "runtime", lambda name: installed.get(name or "python3.11"))
    monkeypatch.setattr("quizlib.proof.runs.os.path.exists", lambda path: True)


def test_a_key_that_all_runtimes_print_is_proved(tmp_path: Path) -> None:
    printed = {"program": {"11": "1\n", "13": "1\n"}}
    proved = _Proved(bank_text(_CHOICE % "python3.11, python3.13"), tmp_path, printed)
    assert (proved.diagnostics, proved.coverage) == ([], Coverage(1, 1, 2, 2))


def test_a_key_that_one_runtime_does_not_print_drifts(tmp_path: Path) -> None:
    printed = {"program": {"11": "1\n", "13": "2\n"}}
    proved = _Proved(bank_text(_CHOICE % "python3.11, python3.13"), tmp_path, printed)
    found = only(proved.diagnostics)
    assert (found.code, found.rule, found.severity) == ("QZ412", "key-drift", Severity.ERROR)
    assert found.message == "the program prints `1` on python3.11, `2` on python3.13"
    assert at(found, proved.text) == '"1"'
    assert proved.coverage == Coverage(0, 1, 1, 2), "what python3.13 prints is not disproved, the third option is"


def test_a_key_that_no_runtime_prints_drifts_as_well_when_they_differ(tmp_path: Path) -> None:
    printed = {"program": {"11": "4\n", "12": "5\n", "13": "4\n"}}
    proved = _Proved(bank_text(_CHOICE % "python3.11, python3.12, python3.13"), tmp_path, printed)
    assert only(proved.diagnostics).message == "the program prints `4` on python3.11 and python3.13, `5` on python3.12"


def test_an_exception_on_one_runtime_is_drift(tmp_path: Path) -> None:
    stderr = "Traceback (most recent call last):\n  File \"program.py\", line 1, in <module>\nKeyError: 'x'\n"
    raised = RunResult(Status.RUNTIME_ERROR, "", stderr, 1)
    text = bank_text(_CHOICE % "python3.11, python3.13")
    proved = _Proved(text, tmp_path, {"program": {"11": "1\n", "13": raised}})
    assert only(proved.diagnostics).message == (
        "the program prints `1` on python3.11, ends with `KeyError: 'x'` on python3.13"
    )


def test_a_key_that_is_wrong_on_all_runtimes_alike_is_wrong(tmp_path: Path) -> None:
    printed = {"program": {"11": "2\n", "13": "2\n"}}
    proved = _Proved(bank_text(_CHOICE % "python3.11, python3.13"), tmp_path, printed)
    assert codes(proved.diagnostics) == ["QZ401"]


def test_a_mistake_must_yield_the_same_on_each_runtime(tmp_path: Path) -> None:
    printed = {"program": {"11": "1\n", "13": "1\n"}, "changed": {"11": "2\n", "13": "3\n"}}
    proved = _Proved(bank_text(_CHOICE % "python3.11, python3.13" + _MISTAKE), tmp_path, printed)
    found = only(proved.diagnostics)
    assert (found.code, at(found, proved.text)) == ("QZ412", "'2'")
    assert found.message == "the program changed by this mistake prints `2` on python3.11, `3` on python3.13"
    assert proved.coverage == Coverage(1, 1, 2, 2)


def test_the_runtimes_of_the_bank_hold_for_questions_that_name_none(tmp_path: Path) -> None:
    printed = {"program": {"11": "1\n", "13": "2\n", "12": "1\n"}}
    text = bank_text(_CHOICE % "", header=_BANK % "python3.11, python3.13")
    assert codes(_Proved(text, tmp_path, printed).diagnostics) == ["QZ412"]
    own = bank_text(_CHOICE % "python3.12", header=_BANK % "python3.11, python3.13")
    assert _Proved(own, tmp_path, printed).diagnostics == []


def test_a_runtime_that_is_not_installed_is_said_once_where_it_is_named(tmp_path: Path) -> None:
    printed = {"program": {"11": "1\n"}}
    questions = (_CHOICE % "", (_CHOICE % "").replace("id: out", "id: other"))
    proved = _Proved(bank_text(*questions, header=_BANK % "python3.11, python3.14"), tmp_path, printed)
    found = only(proved.diagnostics)
    assert (found.code, found.rule, found.severity) == ("QZ417", "runtime-unavailable", Severity.WARNING)
    assert found.message == (
        "the runtime `python3.14` is not installed here, so that the keys of 2 questions are not proved on it"
    )
    assert found.help == python.INSTALL
    assert (at(found, proved.text), found.question) == ("python3.14", None)
    assert proved.coverage == Coverage(0, 2, 0, 4)


def test_a_question_is_proved_on_the_runtimes_that_are_there(tmp_path: Path) -> None:
    proved = _Proved(bank_text(_CHOICE % "python3.14, python3.11"), tmp_path, {"program": {"11": "2\n"}})
    assert codes(proved.diagnostics) == ["QZ417", "QZ401"]
    assert (at(proved.diagnostics[0], proved.text), proved.diagnostics[0].question) == ("python3.14", "out")


@pytest.mark.parametrize("name", ["3.11", "node20", "pyton3.11"])
def test_what_is_no_runtime_of_the_language_is_said_to_be_none(name: str, tmp_path: Path) -> None:
    proved = _Proved(bank_text(_CHOICE % f"python3.11, '{name}'"), tmp_path, {"program": {"11": "1\n"}})
    found = only(proved.diagnostics)
    assert found.message == f"`{name}` is no runtime of python, so that the key of 1 question is not proved"
    assert found.help == "write a name such as `python3.11`"
    assert proved.coverage == Coverage(0, 1, 0, 2)


def test_the_bank_may_name_runtimes_of_several_languages(tmp_path: Path) -> None:
    cobol = "- {id: c, type: code_output, stem: x, code: {language: cobol, source: y}, answer: z}"
    header = _BANK % "python3.11, cobol85"
    proved = _Proved(bank_text(_CHOICE % "", cobol, header=header), tmp_path, {"program": {"11": "1\n"}})
    assert codes(proved.diagnostics) == ["QZ409"]
    assert proved.coverage.keys_proved == 1


def test_a_runtime_of_none_of_the_banks_languages_is_reported(tmp_path: Path) -> None:
    header = _BANK % "python3.11, pyton3.12"
    proved = _Proved(bank_text(_CHOICE % "", header=header), tmp_path, {"program": {"11": "1\n"}})
    found = only(proved.diagnostics)
    assert (found.code, at(found, proved.text)) == ("QZ417", "pyton3.12")
    assert found.message == "`pyton3.12` is no runtime of any program of this bank"
    assert proved.coverage == Coverage(1, 1, 2, 2)


def test_a_runtime_that_is_named_twice_in_other_words_runs_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    one = Runtime("python3.11", "3.11.1", "/runtimes/python3.11")
    monkeypatch.setattr(python, "runtime", lambda name: one)
    loaded = load_text(bank_text(_CHOICE % "python3, python3.11"), tmp_path)
    assert loaded.bank is not None
    sandbox = _Runtimes({"program": {"11": "1\n"}})
    prove([loaded.bank], Runner(sandbox, jobs=1))
    assert sandbox.asked == ["program", "program"], "once under each variation"


@pytest.mark.parametrize(
    ("language", "name", "belongs"),
    [
        ("python", "python3.11", True), ("python", "python", True), ("python", "python3.11; rm", False),
        ("python", "xpython3", False), ("cobol", "cobol85", True), ("cobol", "python3", False), ("c.*", "cobol", False),
    ],
)  # fmt: skip
def test_a_runtime_belongs_to_a_language_by_its_name(language: str, name: str, belongs: bool) -> None:
    assert is_runtime_of(language, name) is belongs


def test_two_real_interpreters_disagree_about_their_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.undo()
    names = [name for minor in range(8, 16) if python.runtime(name := f"python3.{minor}")]
    if len(names) < 2:
        pytest.skip("needs two versions of Python")
    source = "import sys; print(*sys.version_info[:2], sep='.')"
    question = (_CHOICE % ", ".join(names[:2])).replace("source: program", f'source: "{source}"')
    path = tmp_path / "sample.yaml"
    path.write_text(bank_text(question), "utf-8")
    (found,) = validate([str(path)]).diagnostics
    first, second = names[:2]
    assert found.message == f"the program prints `{first[6:]}` on {first}, `{second[6:]}` on {second}"
