"""`quiz validate --fix` and `--diff`, and `quiz fmt`, as a user runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAD = "format: 1\nid: bank\ntitle: A bank\nquestions:\n"
ESSAY = "  - id: a\n    type: essay\n    stem: x\n"


def quiz(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}
    command = [sys.executable, "-m", "quizlib", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, check=False)


def bank(folder: Path, text: str, name: str = "bank.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + text, encoding="utf-8")
    return path


@pytest.mark.parametrize("command", [["validate"], ["fmt"]])
def test_no_line_of_a_difference_is_taken_for_a_command_of_a_service(command: list[str], tmp_path: Path) -> None:
    stem = "    stem: |\n      ::error file=app.py,line=1::forged\n"
    bank(tmp_path, f"  - typ: essay\n{stem}    id: a\n    difficulty: medum\n", "a.yaml")
    shown = quiz(tmp_path, *command, "a.yaml", "--diff").stdout.splitlines()
    assert any("error file=app.py" in line for line in shown)
    assert not any(line.strip().startswith("::") for line in shown)
