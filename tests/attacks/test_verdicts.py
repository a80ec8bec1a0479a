"""No key is proved, and no distractor disproved, by what is so in the sandbox alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizlib.sandbox.levels import examine
from quizlib.validation import validate

_STARTS = "import subprocess\ntry:\n    subprocess.run(['true'])\nexcept OSError:\n    print('refused')\nelse:\n    print('ran')"
_FORKS = "import os\ntry:\n    os.fork()\nexcept OSError:\n    print('refused')"
_CALLS = "import socket\ntry:\n    socket.socket()\nexcept OSError:\n    print('refused')\nelse:\n    print('ran')"
_LOOKS_UP = (
    "import socket\ntry:\n    socket.getaddrinfo('localhost.invalid', 80)\nexcept OSError:\n    print('refused')"
)


@pytest.fixture(autouse=True)
def _strict() -> None:
    examined, sandbox = examine("strict-ns")
    if sandbox is None:
        pytest.skip(f"strict-ns cannot be had: {examined.layer}: {examined.reason}")
    sandbox.close()


def _bank(folder: Path, source: str, more: str = "") -> Path:
    code = "".join(f"        {line}\n" for line in source.splitlines())
    path = folder / "bank.yaml"
    path.write_text(
        "format: 1\nid: a\ntitle: A\nquestions:\n  - id: a\n    type: code_output\n    stem: What?\n"
        f"    code:\n{more}      source: |\n{code}"
        "    options: [{text: refused, correct: true}, ran]\n",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("source", [_STARTS, _FORKS, _CALLS, _LOOKS_UP])
def test_what_the_sandbox_forbids_is_not_run_instead_of_judged(source: str, tmp_path: Path) -> None:
    report = validate([str(_bank(tmp_path, source))])
    assert [diagnostic.code for diagnostic in report.diagnostics] == ["QZ410"]
    assert "it starts a process" in report.diagnostics[0].message
    assert (report.coverage.keys_proved, report.coverage.distractors_disproved) == (0, 0)


def test_processes_that_the_question_asks_for_are_there(tmp_path: Path) -> None:
    path = _bank(tmp_path, _STARTS, "      processes: 4\n")
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "{text: refused, correct: true}, ran", "refused, {text: ran, correct: true}"
        ),
        encoding="utf-8",
    )
    report = validate([str(path)])
    assert report.diagnostics == ()
    assert report.coverage.keys_proved == 1
