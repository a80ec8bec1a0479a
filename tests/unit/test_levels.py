"""The isolation asked for is met or refused; it is never weakened."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from quizlib.bank import load
from quizlib.cli.doctor import _lines
from quizlib.discovery import BankFiles
from quizlib.doctor import Diagnosis, ExaminedLanguage
from quizlib.proof.engine import prove
from quizlib.proof.runs import Runner
from quizlib.sandbox import Job, RunResult, Sandbox, Status, levels, self_attack
from quizlib.sandbox.contained import ContainedSandbox, Unanswered, Unavailable
from quizlib.sandbox.levels import Examined, GuardedSandbox, IsolationUnavailable
from tests.unit.helpers import CannedSandbox, bank_text

_JOB = Job(("/bin/true", "program"), {"program": "a"})
_OK = RunResult(Status.OK, "1\n", exit_code=0)


@pytest.fixture
def granted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The levels that can be had, to be filled by the test."""
    names: list[str] = []

    def examine(name: str, hidden: Sequence[Path] = ()) -> tuple[Examined, Sandbox | None]:
        if name in names:
            sandbox = CannedSandbox({"a": _OK})
            sandbox.level = name
            return Examined(name, (("mount", "contained"),)), sandbox
        return Examined(name, (), "Landlock", "function not implemented", f"the cure of {name}"), None

    monkeypatch.setattr(levels, "examine", examine)
    return names


@pytest.mark.parametrize(
    ("can_be_had", "level"),
    [(["strict-ns", "strict-ro"], "strict-ns"), (["strict-ro"], "strict-ro"), (["strict-ns"], "strict-ns")],
)
@pytest.mark.parametrize("asked", ["strict", "best-effort"])
def test_the_strongest_level_is_taken(
    can_be_had: list[str], level: str, asked: levels.Isolation, granted: list[str]
) -> None:
    granted += can_be_had
    sandbox = GuardedSandbox(asked)
    assert sandbox.run(_JOB) == _OK
    assert sandbox.isolation == level


def test_strict_is_refused_where_no_strict_level_can_be_had(granted: list[str]) -> None:
    sandbox = GuardedSandbox("strict")
    for _ in range(2):
        with pytest.raises(IsolationUnavailable, match="strict-ns: Landlock: function not implemented; strict-ro: "):
            sandbox.run(_JOB)


def test_best_effort_says_that_it_is_limited(granted: list[str]) -> None:
    sandbox = GuardedSandbox("best-effort")
    assert sandbox.run(_JOB).status is Status.OK
    assert sandbox.isolation == "limited"


def test_none_is_asked_for_by_name_and_tries_nothing(granted: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(levels, "examine", lambda *_: pytest.fail("a level was tried"))
    sandbox = GuardedSandbox("none")
    assert sandbox.run(_JOB).status is Status.OK
    assert sandbox.isolation == "none"


def test_nothing_is_run_after_it_was_cancelled(granted: list[str]) -> None:
    sandbox = GuardedSandbox("none")
    sandbox.cancel()
    assert sandbox.run(_JOB).status is Status.REFUSED


def test_a_bank_whose_programs_were_not_run_says_so_once(granted: list[str], tmp_path: Path) -> None:
    question = "- {id: %s, type: code_output, stem: What?, code: {source: print(1)}, answer: 1}"
    path = tmp_path / "bank.yaml"
    path.write_text(bank_text(question % "a", question % "b"), encoding="utf-8")
    loaded = load(BankFiles((("bank.yaml", path),), tmp_path, named=True))
    assert loaded.bank is not None
    proof = prove([loaded.bank], Runner(GuardedSandbox("strict")))
    ((kind, item, finding),) = proof.findings[0]
    assert (kind.code, item.identifier if item else None) == ("QZ418", "a")
    assert "strict-ns lacks Landlock: function not implemented" in finding.message
    assert "the cure of strict-ro" in (finding.help or "")
    assert proof.coverage.keys_proved == 0


def test_the_doctor_names_what_is_missing_and_its_cure() -> None:
    missing = Examined("strict-ns", (), "namespaces", "operation not permitted", "allow them")
    there = Examined("strict-ro", (("mount", "contained: no"),))
    ill = ExaminedLanguage("c", None, "it is not installed", "install gcc")
    well = ExaminedLanguage("python", "python3.11 (3.11.7, /usr/bin/python3)")
    lines = list(_lines(Diagnosis("Linux", (missing, there), (ill, well)), verbose=True))
    assert "  no   strict-ns: namespaces: operation not permitted" in lines
    assert "         allow them" in lines
    assert "         mount: contained: no" in lines
    assert "  `--isolation strict` is met by strict-ro" in lines
    assert "         install gcc" in lines
    assert any("cannot be met" in line for line in _lines(Diagnosis("Linux", (missing,), ()), verbose=False))


@pytest.mark.skipif(sys.platform != "linux", reason="the levels are of Linux")
@pytest.mark.parametrize(
    ("problems", "tries", "granted"),
    [
        ([Unanswered("the runtime", "it is gone")], 2, True),
        ([Unanswered("the runtime", "it is gone")] * 2, 2, False),
        ([Unavailable("self-attack", "`mount` was not contained")], 1, False),
    ],
)
def test_an_attack_that_could_not_be_tried_is_tried_once_more_and_a_breach_never(
    problems: list[Unavailable], tries: int, granted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = list(problems)
    tried = []

    def attack(sandbox: ContainedSandbox) -> dict[str, str]:
        tried.append(sandbox)
        if left:
            raise left.pop(0)
        return {"mount": "contained"}

    monkeypatch.setattr(self_attack, "attack", attack)
    monkeypatch.setattr(ContainedSandbox, "start", lambda _: None)
    examined, sandbox = levels.examine("strict-ns")
    assert (len(tried), examined.granted, sandbox is not None) == (tries, granted, granted)
