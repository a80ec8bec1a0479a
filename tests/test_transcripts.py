"""The transcripts in tests/cli are what the commands really print; tests/test_manual.py does the same for the manual.

A fence of the language `console` holds commands, each behind `$ `, what they print on both streams, and
`[exit N]` where the status is not 0. What is typed is piped in, by `printf 'a\\nb\\n' | quiz …`. Times are written as `0.0 s`, and runtimes as `python3.11 (3.11.0)`. `pytest --accept` writes them anew.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAGES = sorted((ROOT / "tests" / "cli").glob("*.md"))
FENCE = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "```console" in page.read_text("utf-8")], ids=lambda p: p.name
)
def test_transcript(page: Path, tmp_path: Path, accept: bool) -> None:
    shutil.copytree(ROOT / "banks", tmp_path / "banks")
    shutil.copytree(ROOT / "tests" / "cli" / "templates", tmp_path / "templates")
    for name in ("results", "configured"):
        shutil.copytree(ROOT / "tests" / "cli" / name, tmp_path / name)
    text = page.read_text("utf-8")
    found = FENCE.sub(lambda fence: replayed(fence[0], tmp_path), text)
    if accept:
        page.write_text(found, "utf-8")
    assert found == text


def replayed(fence: str, folder: Path) -> str:
    commands = [line for line in fence.splitlines() if line.startswith("$ ")]
    return "".join(f"{command}\n{output_of(command[2:], folder)}" for command in commands)


def output_of(command: str, folder: Path) -> str:
    """Run a command; what `printf` writes into it, if it does, is its input."""
    words = shlex.split(command)
    typed = ""
    if words[0] == "printf":
        assert words[2] == "|", command
        typed, words = words[1].replace("\\n", "\n"), words[3:]
    assert words[0] == "quiz", command
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    environment["QUIZ_STATE_DIR"] = str(folder / "state")
    run = subprocess.run(
        [sys.executable, "-m", "quizlib", *words[1:]],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        input=typed,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    status = f"[exit {run.returncode}]\n" if run.returncode else ""
    return _alike_everywhere(run.stdout) + status


def _alike_everywhere(output: str) -> str:
    """Write what differs between machines as it is on one of them: times, memory, versions and isolation."""
    output = re.sub(r"begun on \d{4}-\d\d-\d\d", "begun on 2026-01-31", output)
    output = re.sub(r'(?<=\btime=")\d+\.\d+(?=")', "0.000", output)
    output = re.sub(r"\d+\.\d s(?:, \d+\.\d MB)?\)", "0.0 s)", output)
    return re.sub(
        r"python3\.\d+ \(3\.[\w.]+\), isolation strict-\w+", "python3.11 (3.11.0), isolation strict-ns", output
    )
