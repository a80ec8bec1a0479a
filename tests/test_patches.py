"""What `quiz validate --diff` and `quiz fmt --diff` print is a patch; on a terminal it is safe to be shown."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

TEXT = (
    "format: 1\ntitle: Ein Müßiggang ‮ 👩\u200d🔬\nid: bank\nquestions:\n- id: a\n  difficulty: medum\n  type: essay\n"
    "  stem: |\n    for step in range(3):\n    \tprint('é')\t \n    -- ok\n"
)
TOOLS = [["git", "apply", "-p0"], ["patch", "-p0", "--binary", "--quiet"]]


def quiz(folder: Path, *arguments: str, **environment: str) -> bytes:
    services = ("GITHUB_", "CI", "TF_BUILD", "TEAMCITY_")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(services)}
    command = [sys.executable, "-m", "quizlib", *arguments]
    found = subprocess.run(command, cwd=folder, capture_output=True, env=inherited | environment, check=False)
    return found.stdout


def patched(folder: Path, patch: bytes, tool: Sequence[str]) -> None:
    if shutil.which(tool[0]) is None:
        pytest.skip(f"{tool[0]} is not here")
    subprocess.run(tool, cwd=folder, input=patch, check=True)


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool[0])
@pytest.mark.parametrize("command", [["validate"], ["fmt"]], ids=lambda command: command[0])
@pytest.mark.parametrize(
    ("name", "mark", "end"),
    [
        ("bank.yaml", "", "\n"),
        ("bank.yaml", "", "\r\n"),
        ("bank.yaml", "\ufeff", "\n"),
        ("bank.yaml", "\ufeff", "\r\n"),
        ("a bank of mine.yaml", "", "\n"),
        ("Übung.yaml", "", "\n"),
        ('a "b\\c".yaml', "", "\n"),
        ("a\tb\nc.yaml", "", "\n"),
    ],
)
def test_a_difference_that_is_redirected_is_a_patch(
    command: list[str], name: str, mark: str, end: str, tool: list[str], tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes((mark + TEXT.replace("\n", end).replace("medum", "medum" + "\t")).encode())
    patch = quiz(tmp_path, *command, "--diff", name)
    before = path.read_bytes()
    quiz(tmp_path, *command, *(["--fix"] if command == ["validate"] else []), name)
    wanted = path.read_bytes()
    assert wanted != before
    path.write_bytes(before)
    patched(tmp_path, patch, tool)
    assert path.read_bytes() == wanted


def test_a_difference_is_utf8_whatever_the_console_speaks(tmp_path: Path) -> None:
    (tmp_path / "bank.yaml").write_bytes(TEXT.encode())
    assert quiz(tmp_path, "fmt", "--diff", "bank.yaml", PYTHONIOENCODING="latin-1") == quiz(
        tmp_path, "fmt", "--diff", "bank.yaml"
    )


def test_a_difference_that_a_build_keeps_in_a_file_is_a_patch(tmp_path: Path) -> None:
    (tmp_path / "bank.yaml").write_bytes(TEXT.encode())
    with (tmp_path / "fixes.patch").open("wb") as kept:
        subprocess.run(
            [sys.executable, "-m", "quizlib", "fmt", "--diff", "bank.yaml"],
            cwd=tmp_path,
            env=os.environ | {"CI": "true"},
            stdout=kept,
            check=False,
        )
    assert (tmp_path / "fixes.patch").read_bytes() == quiz(tmp_path, "fmt", "--diff", "bank.yaml")


def test_a_difference_on_a_terminal_holds_no_orders_to_it(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    (tmp_path / "a\x1b[31m.yaml").write_bytes(("\ufeff" + TEXT).encode())
    master, slave = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "quizlib", "fmt", "--diff", "."],
        cwd=tmp_path,
        stdout=slave,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    os.close(slave)
    shown = os.read(master, 100_000).decode()
    os.close(master)
    assert " difficulty: medum" in shown
    assert "Müßiggang \\u202e" in shown
    assert not any(character in shown for character in "\x1b\u202e\ufeff\u200d")


@pytest.mark.parametrize("command", ["validate", "fmt"])
@pytest.mark.parametrize("line", ["::error file=app.py,line=1::forged", "\t::error::forged", "x ##[error]forged"])
def test_a_difference_in_a_log_of_a_service_holds_no_orders_to_it(command: str, line: str, tmp_path: Path) -> None:
    text = TEXT.replace("  difficulty: medum\n", "").replace("-- ok", line)
    (tmp_path / "bank.yaml").write_bytes(f"{text}  difficulty: medum\n".encode())
    shown = quiz(tmp_path, command, "--diff", "bank.yaml", GITHUB_ACTIONS="true").decode()
    assert "forged" in shown
    assert not any(one.strip().startswith("::") or "##[" in one for one in shown.splitlines())
