"""The transcripts in tests/cli and in the docs are what the commands really print.

A fence of the language `console` holds commands, each behind `$ `, what they print on both streams, and
`[exit N]` where the status is not 0. Times are written as `0.0 s`, and runtimes as `python3.11 (3.11.0)`. `pytest --accept` writes them anew.
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

PAGES = [*sorted((ROOT / "tests" / "cli").glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md"]
FENCE = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "```console" in page.read_text("utf-8")], ids=lambda p: p.name
)
def test_transcript(page: Path, tmp_path: Path, accept: bool) -> None:
    shutil.copytree(ROOT / "banks", tmp_path / "banks")
    shutil.copytree(ROOT / "tests" / "cli" / "templates", tmp_path / "templates")
    shutil.copytree(ROOT / "tests" / "cli" / "results", tmp_path / "results")
    text = page.read_text("utf-8")
    found = FENCE.sub(lambda fence: replayed(fence[0], tmp_path), text)
    if accept:
        page.write_text(found, "utf-8")
    assert found == text


def replayed(fence: str, folder: Path) -> str:
    commands = [line for line in fence.splitlines() if line.startswith("$ ")]
    return "".join(f"{command}\n{output_of(command[2:], folder)}" for command in commands)


def output_of(command: str, folder: Path) -> str:
    words = shlex.split(command)
    assert words[0] == "quiz", command
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    run = subprocess.run(
        [sys.executable, "-m", "quizlib", *words[1:]],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    status = f"[exit {run.returncode}]\n" if run.returncode else ""
    return _alike_everywhere(run.stdout) + status


def _alike_everywhere(output: str) -> str:
    """Write what differs between machines as it is on one of them: times, memory, versions and isolation."""
    output = re.sub(r"\d+\.\d s(?:, \d+\.\d MB)?\)", "0.0 s)", output)
    return re.sub(
        r"python3\.\d+ \(3\.[\w.]+\), isolation strict-\w+", "python3.11 (3.11.0), isolation strict-ns", output
    )
