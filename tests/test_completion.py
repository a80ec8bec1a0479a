"""What a shell offers while a command is being typed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from quizlib.cli import _completing
from tests.conftest import ROOT


def offered(*words: str, folder: Path = ROOT) -> list[str]:
    """Return what is offered for the last word, as bash asks for it."""
    run = subprocess.run(
        [sys.executable, "-c", "from quizlib.__main__ import main; main()"],
        env={
            **os.environ,
            "_QUIZ_COMPLETE": "bash_complete",
            "COMP_WORDS": " ".join(("quiz", *words)),
            "COMP_CWORD": str(len(words)),
        },
        cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip
    assert run.stderr == ""
    return [line.partition(",")[2] for line in run.stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["val"], ["validate"]),
        (["new", "qu"], ["question"]),
        (["new", "question", "--type", "m"], ["matching", "multiple_response"]),
        (["list", "banks", "--type", "single-"], ["single_choice"]),
        (["list", "banks", "--difficulty", "h"], ["hard"]),
        (["types", "cl"], ["cloze"]),
        (["export", "banks", "--to", "mood"], ["moodle_xml"]),
        (["completion", "f"], ["fish"]),
        (["run", "banks/fine-tuning.yaml", "lora"], ["lora-share"]),
        (["run", "no-such-file.yaml", "lora"], []),
        (["explain", "wrong-k"], ["wrong-key"]),
        (["explain", "QZ401"], ["QZ401"]),
        (["validate", "--ignore", "wrong-k"], []),  # cannot be ignored
        (["validate", "--ignore", "unused-sup"], ["unused-suppression"]),
        (["validate", "--output-file", "s"], ["sarif=quiz.sarif"]),
    ],
)
def test_what_is_offered(words: list[str], expected: list[str]) -> None:
    assert offered(*words) == expected


def test_ids_are_those_of_the_banks_here(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "format: 1\nid: mine-bank\nquestions:\n- id: mine-1\n  stem: x\n-  {id: 'mine-2'}\n- type: essay\n  id: mine-3 # c\n"
        "- id: \x1b[31mmine-4\n- id: mine_5\n",
        "utf-8",
    )
    (tmp_path / "broken.yaml").write_text("questions: [\n  id: mine-6\n", "utf-8")
    assert offered("show", "mine", folder=tmp_path) == ["mine-1", "mine-2", "mine-3", "mine_5", "mine-6"]
    assert offered("show", "mine-", folder=tmp_path) == ["mine-1", "mine-2", "mine-3", "mine-6"]


@pytest.mark.parametrize(
    ("typed", "offers"), [("QZ10", "QZ101"), ("no-k", "no-key"), ("qz103", "QZ103"), ("zzz", None)]
)
def test_rules_are_offered_by_code_and_by_name(typed: str, offers: str | None) -> None:
    command = click.Command("explain")
    found = _completing.rules(click.Context(command), click.Argument(["rule"]), typed)
    assert (found[0].value if found else None) == offers


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_each_shell_asks_quiz(shell: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "quizlib", "completion", shell], capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0
    assert f"_QUIZ_COMPLETE={shell}_complete" in run.stdout
