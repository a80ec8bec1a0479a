"""What pre-commit calls: banks among the files of a commit are checked, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from quizlib.cli import _COMMANDS
from quizlib.hooks import main
from tests.conftest import ROOT, plant_modules


def status(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "banks" / "fine-tuning.yaml", "good.yaml")
    shutil.copy(ROOT / "banks" / "broken" / "qz401-wrong-key.yaml", "-bad.yaml")
    Path("notes.yaml").write_text("a: b\n", "utf-8")
    Path("folder").mkdir()
    Path("folder", "bank.yaml").write_text("format: 1\nid: b\ntitle: B\nquestions: []\n", "utf-8")
    Path("folder", "part.yaml").write_text("question: []\n", "utf-8")


def test_banks_are_checked_and_other_files_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert status("validate", "--no-verify", "notes.yaml", "good.yaml") == 0
    assert "8 questions in 1 file" in capsys.readouterr().out
    assert status("validate", "good.yaml", "-bad.yaml") == 1
    assert "QZ401" in capsys.readouterr().out


def test_a_part_stands_for_its_bank(capsys: pytest.CaptureFixture[str]) -> None:
    assert status("validate", "folder/part.yaml") == 1
    assert "QZ011" in capsys.readouterr().out


def test_without_a_bank_there_is_nothing_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert status("validate", "notes.yaml") == 0
    assert status("validate") == 0
    assert capsys.readouterr().out == ""


def test_a_file_that_an_option_names_is_left_to_it() -> None:
    assert status("validate", "--exclude", "notes.yaml", "--fail-on=error", "good.yaml") == 0


def test_a_bank_that_an_option_names_is_not_checked(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.yaml").write_bytes(Path("-bad.yaml").read_bytes())
    assert status("validate", "--exclude", "bad.yaml", "good.yaml") == 0
    assert "8 questions in 1 file" in capsys.readouterr().out
    assert status("validate", "--no-verify", "bad.yaml", "good.yaml") == 0
    assert "in 2 files" in capsys.readouterr().out
    assert status("validate", "--exclude", "bad.yaml") == 0
    assert capsys.readouterr().out == ""


def test_each_hook_calls_a_command_with_the_files_of_banks() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert [hook["id"] for hook in hooks] == ["quiz-validate", "quiz-fmt"]
    for hook in hooks:
        assert hook["entry"] == f"python -I -m quizlib.hooks {hook['id'].removeprefix('quiz-')}"
        assert hook["language"] == "python"


@pytest.mark.parametrize("index", [0, 1])
def test_a_hook_imports_nothing_of_the_repository(index: int, tmp_path: Path) -> None:
    python, *arguments = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))[index]["entry"].split()
    assert python == "python"
    plant_modules(tmp_path)
    run = subprocess.run([sys.executable, *arguments, "good.yaml"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert not (tmp_path / "stolen").exists()


def test_pre_commit_takes_the_manifest() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("name", ["validate", "fmt"])
def test_the_command_of_a_hook_is_there(name: str) -> None:
    if name == "fmt" and name not in _COMMANDS:
        pytest.skip("there is no `quiz fmt` yet")
    assert status(name, "--no-verify" if name == "validate" else "--check", "notes.yaml", "good.yaml") in (0, 1)
