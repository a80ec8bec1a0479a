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


UNFIXABLE = (
    "  - id: a\n    type: code_output\n    stem: x\n    code: {source: print(2)}\n"
    '    options:\n      - {text: "3", correct: true}\n      - "4"\n'
)


def test_a_difference_tells_what_it_does_not_put_right(tmp_path: Path) -> None:
    bank(tmp_path, UNFIXABLE + ESSAY.replace("id: a\n", "id: b\n    difficulty: medum\n"))
    found = quiz(tmp_path, "validate", "bank.yaml", "--diff", "--isolation", "best-effort")
    assert "+    difficulty: medium" in found.stdout
    assert "error[QZ401]" in found.stderr
    assert "QZ014" not in found.stderr
    assert found.returncode == 1


def test_a_difference_of_what_is_no_yaml_says_so(tmp_path: Path) -> None:
    bank(tmp_path, "  - id: [\n")
    found = quiz(tmp_path, "validate", "bank.yaml", "--diff")
    assert (found.stdout, found.returncode) == ("", 1)
    assert "error[QZ003]" in found.stderr


def test_reports_of_what_stands_in_the_files_are_written_beside_a_difference(tmp_path: Path) -> None:
    bank(tmp_path, ESSAY + "    difficulty: medum\n")
    found = quiz(tmp_path, "validate", "bank.yaml", "--diff", "--output-file", "json=report.json")
    assert [one["code"] for one in json.loads((tmp_path / "report.json").read_text())["diagnostics"]] == ["QZ014"]
    assert (found.returncode, found.stdout[:3]) == (1, "---")


def test_the_least_coverage_counts_beside_a_difference(tmp_path: Path) -> None:
    text = "  - id: a\n    type: true_false\n    stem: x is not y\n    answer: true\n"
    bank(tmp_path, text)
    found = quiz(tmp_path, "validate", "bank.yaml", "--diff", "--min-coverage", "50", "--ignore", "negative-stem")
    assert found.returncode == 1
    assert "coverage" in found.stderr


@pytest.mark.parametrize("options", [["--format", "json"], ["--format", "github"], ["--write-baseline", "b.json"]])
def test_what_a_difference_does_not_do_is_wrong_usage(options: list[str], tmp_path: Path) -> None:
    bank(tmp_path, ESSAY)
    found = quiz(tmp_path, "validate", "bank.yaml", "--diff", *options)
    assert (found.returncode, found.stdout) == (2, "")
    assert "--diff" in found.stderr
    assert not (tmp_path / "b.json").exists()


def test_a_file_that_cannot_be_written_is_not_called_one_without_faults(tmp_path: Path) -> None:
    path = bank(tmp_path, ESSAY + "    difficulty: medum\n")
    path.chmod(0o444)
    found = quiz(tmp_path, "validate", "bank.yaml", "--fix")
    assert found.returncode == 1
    assert "not written: it is read-only\nnothing was fixed\n" in found.stderr


def test_faults_that_come_to_light_by_fixing_are_told_apart(tmp_path: Path) -> None:
    text = "  - id: a\n    type: true false\n    stem: It rains. # quiz: ignore[duplicate-options]\n    answer: true\n"
    bank(tmp_path, text)
    assert "1 fixable with --fix" in quiz(tmp_path, "validate", "bank.yaml").stdout
    fixing = quiz(tmp_path, "validate", "bank.yaml", "--fix")
    assert "fixed 2 faults in 1 file, 1 of which came to light by fixing\n" in fixing.stderr


def test_what_the_configuration_excludes_is_left_out_by_every_command(tmp_path: Path) -> None:
    bank(tmp_path, ESSAY, "banks/a.yaml")
    draft = bank(tmp_path, ESSAY.replace("id: a", "id:   draft"), "banks/drafts/b.yaml")
    (tmp_path / "quizlib.toml").write_text('exclude = ["banks/drafts"]\n', encoding="utf-8")
    before = draft.read_text(encoding="utf-8")
    assert "1 file left as it is" in quiz(tmp_path, "fmt", "banks").stderr
    assert draft.read_text(encoding="utf-8") == before
    assert "draft" not in quiz(tmp_path, "list", "banks").stdout
    assert quiz(tmp_path, "show", "draft", "banks").returncode == 2
    assert quiz(tmp_path, "trace", "banks", "draft").returncode == 2


def test_nothing_is_said_of_the_form_of_a_file_that_is_not_there(tmp_path: Path) -> None:
    found = quiz(tmp_path, "fmt", "nope.yaml")
    assert found.returncode == 1
    assert "left as" not in found.stderr
