"""What is the program's own fault is told from a sandbox that is broken."""

from __future__ import annotations

import dataclasses
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quizlib.languages import python
from quizlib.model import Program
from quizlib.proof.runs import VARIATIONS, job
from quizlib.sandbox import Job, Sandbox, Status, contained
from quizlib.sandbox.contained import ContainedSandbox, Unavailable, _parts
from quizlib.sandbox.levels import examine

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="strict isolation needs Linux")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    examined, sandbox = examine("strict-ns")
    if sandbox is None:
        pytest.skip(f"strict-ns cannot be had: {examined.layer}: {examined.reason}")
    yield sandbox
    sandbox.close()


def _job(source: str, **other: object) -> Job:
    runtime = python.runtime(None)
    assert runtime is not None
    return job(python, runtime, Program("python", source, **other), VARIATIONS[0])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "files",
    [(("a", ""), ("a/b", "")), tuple((f"f{number}", "") for number in range(1100)), (("x", "y" * 17_000_000),)],
)
def test_files_that_cannot_be_laid_out_are_the_programs_fault(
    files: tuple[tuple[str, str], ...], sandbox: Sandbox
) -> None:
    result = sandbox.run(_job("print(1)", files=files))
    assert result.status is Status.REFUSED
    assert "sandbox broke" not in result.detail
    assert sandbox.run(_job("print(1)")).stdout == "1\n"


def test_an_argument_that_is_too_long_is_the_programs_fault(sandbox: Sandbox) -> None:
    cold = dataclasses.replace(_job("print(1)", arguments=("x" * 200_000,)), warm=False)
    result = sandbox.run(cold)
    assert (result.status, "Argument list too long" in result.detail) == (Status.REFUSED, True)
    assert sandbox.run(_job("print(1)")).stdout == "1\n"


def test_limits_that_are_lower_already_stay(tmp_path: Path) -> None:
    bank = tmp_path / "bank.yaml"
    bank.write_text(
        "format: 1\nid: a\ntitle: A\nquestions:\n"
        "  - {id: a, type: code_output, stem: What?, code: {source: print(1)}, answer: 1}\n",
        encoding="utf-8",
    )
    command = (sys.executable, "-m", "quizlib", "validate", str(bank), "--no-cache", "--isolation", "best-effort")

    def lower() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (60, 60))
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    run = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=lower)
    assert run.returncode == 0, run.stdout + run.stderr


def test_settings_beside_an_interpreter_are_not_part_of_it(tmp_path: Path) -> None:
    for name in ("bin", "lib", "src"):
        (tmp_path / name).mkdir()
    for name in ("pip.conf", "pyvenv.cfg"):
        (tmp_path / name).touch()
    assert sorted(_parts(str(tmp_path))) == [str(tmp_path / name) for name in ("bin", "lib", "pyvenv.cfg")]
    (tmp_path / "plain").mkdir()
    assert _parts(str(tmp_path / "plain")) == [str(tmp_path / "plain")]


def test_a_worker_that_starts_while_it_is_cancelled_runs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    examined, own = examine("strict-ns")
    if own is None:
        pytest.skip(f"strict-ns cannot be had: {examined.layer}: {examined.reason}")
    assert isinstance(own, ContainedSandbox)
    start, started = contained._Worker, []

    def cancelled(*arguments: Any) -> Any:
        started.append(start(*arguments))
        own.cancel()
        return started[-1]

    own.close()
    monkeypatch.setattr(contained, "_Worker", cancelled)
    result = own.run(_job("print(1)"))
    assert (result.status, result.detail) == (Status.REFUSED, "the run was cancelled")
    assert [worker.sound for worker in started] == [False]


def test_a_worker_that_cannot_be_started_leaves_no_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def start(*_: object, **__: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("quizlib.sandbox.contained.subprocess.Popen", start)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(Unavailable, match="the runtime"):
        ContainedSandbox("ro").start()
    assert list(tmp_path.iterdir()) == []
