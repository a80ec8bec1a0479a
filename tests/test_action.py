"""The Action: it fits its schema, gives nothing of a caller's to a shell as code, and its steps do what they say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT, plant_modules

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: dict[str, dict[str, Any]] = {step["name"]: step for step in ACTION["runs"]["steps"]}
PINNED = ["quizlib==1.0", f"git+https://example.org/a/quizlib@{'0af' * 13}1", f"q @ git+file:///q@{'1' * 40}#egg=q"]
posix = pytest.mark.skipif(sys.platform == "win32" or shutil.which("bash") is None, reason="needs bash")


def run_step(name: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a step as GitHub does, with the variables that its `env` names."""
    step = STEPS[name]
    assert set(environment) == set(step.get("env", {}))
    script = folder / "step.sh"
    script.write_text(step["run"], "utf-8")
    values = {"RUNNER_TEMP": str(folder), "GITHUB_OUTPUT": str(folder / "output"), "NO_COLOR": "1"}
    kept = {key: value for key, value in os.environ.items() if key not in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY")}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
        cwd=folder, env={**kept, **values, **environment}, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with banks, and an environment in which quizlib is installed."""
    shutil.copytree(ROOT / "banks", tmp_path / "banks")
    commands = tmp_path / "quizlib" / "venv" / "bin"
    commands.mkdir(parents=True)
    write_command(commands / "python", f'exec "{sys.executable}" "$@"')
    return tmp_path


def write_command(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n", "utf-8")
    path.chmod(0o755)


def validate(folder: Path, paths: str, **given: str) -> subprocess.CompletedProcess[str]:
    defaults = {"QUIZ_ARGS": "", "QUIZ_FORMAT": "text", "QUIZ_FAIL_ON": "error", "QUIZ_MIN_COVERAGE": ""}
    return run_step("Validate", folder, QUIZ_PATHS=paths, **{**defaults, **given})


def test_it_fits_the_schema_of_actions() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions"]
    run = subprocess.run([*command, str(ROOT / "action.yml")], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_an_auditor_of_workflows_finds_nothing() -> None:
    zizmor = shutil.which("zizmor", path=str(Path(sys.executable).parent))
    assert zizmor is not None
    run = subprocess.run(
        [zizmor, "--offline", "--no-progress", "--persona", "pedantic", str(ROOT / "action.yml")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr


def test_no_expression_stands_in_what_a_shell_runs() -> None:
    assert [name for name, step in STEPS.items() if "${{" in step.get("run", "")] == []


def test_actions_of_others_are_pinned() -> None:
    used = [step["uses"] for step in STEPS.values() if "uses" in step]
    assert used
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", name) for name in used)


def test_every_input_is_described_and_used() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    for name, about in ACTION["inputs"].items():
        assert about["description"]
        assert f"inputs.{name}" in text


@posix
def test_good_banks_pass_and_bad_ones_fail(folder: Path) -> None:
    good = validate(folder, "banks/fine-tuning.yaml\n\nbanks/fine-tuning-test.yaml\n")
    assert (good.returncode, "in 2 files: no faults" in good.stdout) == (0, True), good.stdout + good.stderr
    bad = validate(folder, "banks/broken/qz401-wrong-key.yaml")
    assert (bad.returncode, "QZ401" in bad.stdout) == (1, True)
    assert (folder / "quizlib" / "results").is_dir()


@posix
def test_every_input_of_the_validation_has_its_effect(folder: Path) -> None:
    warning = "banks/broken/qz409-language-unavailable.yaml"
    assert validate(folder, warning).returncode == 0
    assert validate(folder, warning, QUIZ_FAIL_ON="warning").returncode == 1
    assert validate(folder, warning, QUIZ_MIN_COVERAGE="50").returncode == 1
    assert validate(folder, warning, QUIZ_FORMAT="json").stdout.startswith("{")
    assert validate(folder, "banks", QUIZ_ARGS="--exclude=banks/*\n--no-verify").returncode == 1
    assert "0 questions" in validate(folder, "banks", QUIZ_ARGS="--exclude=banks/*\n--no-verify").stdout
    assert validate(folder, "").returncode == 2


@posix
@pytest.mark.parametrize("hostile", ["$(touch stolen)", '"; touch stolen; `touch stolen`; "', "--help", "*"])
def test_what_a_caller_writes_is_never_run(hostile: str, folder: Path) -> None:
    given = dict.fromkeys(("QUIZ_FORMAT", "QUIZ_FAIL_ON", "QUIZ_MIN_COVERAGE"), hostile)
    assert validate(folder, "banks/fine-tuning.yaml", **given).returncode == 2
    run = validate(folder, hostile)
    assert (run.returncode, "QZ001" in run.stdout) == (1, True)
    names(folder, hostile, hostile)
    assert not (folder / "stolen").exists()


def names(folder: Path, paths: str, requirement: str = "", action: Path | None = None) -> dict[str, str]:
    """Return what the step calls that which is kept."""
    (folder / "output").unlink(missing_ok=True)
    sources = action or folder / "banks"
    for name in ("quizlib", "exporters"):
        (sources / name).mkdir(exist_ok=True)
    (sources / "pyproject.toml").touch()
    run = run_step(
        "Name what is kept", folder,
        PYTHON=sys.executable, QUIZ_ACTION=str(sources), QUIZ_PATHS=paths, QUIZ_REQUIREMENT=requirement,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    lines = (folder / "output").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines)


@posix
def test_what_is_kept_has_another_name_when_banks_or_the_tool_are_others(folder: Path) -> None:
    first = names(folder, "banks")
    assert set(first) == {"tool", "banks"}
    assert names(folder, "banks") == first
    (folder / "banks" / "new\nline.yaml").write_text("x", "utf-8")
    second = names(folder, "banks")
    assert (second["tool"] == first["tool"], second["banks"] == first["banks"]) == (True, False)
    assert names(folder, "banks", "quizlib==1")["tool"] != first["tool"]
    (folder / "banks" / "quizlib" / "a.py").write_text("x", "utf-8")
    assert names(folder, "banks")["tool"] != first["tool"]


@posix
def test_no_step_imports_a_file_of_the_repository(folder: Path) -> None:
    plant_modules(folder)
    assert validate(folder, "banks/fine-tuning.yaml").returncode == 0
    assert "QZ401" in validate(folder, "banks/broken/qz401-wrong-key.yaml").stdout
    names(folder, "banks")
    given = {"PYTHON": sys.executable, "QUIZ_ACTION": str(folder / "none"), "QUIZ_REQUIREMENT": ""}
    assert "quiz " in run_step("Install quizlib", folder, **given).stdout
    (folder / "quizlib" / "venv" / "bin" / "python").unlink()
    assert run_step("Install quizlib", folder, **given).returncode == 1
    assert not (folder / "stolen").exists()


@posix
@pytest.mark.parametrize(("requirement", "installed"), [("", "the action"), *zip(PINNED, PINNED, strict=True)])
def test_it_is_installed_where_it_is_not_yet(requirement: str, installed: str, folder: Path) -> None:
    given = {"PYTHON": str(folder / "python"), "QUIZ_ACTION": "the action", "QUIZ_REQUIREMENT": requirement}
    write_command(folder / "python", f'echo "$@" >> "{folder}/called"; cp "$0" "{folder}/quizlib/venv/bin/" || :')
    assert run_step("Install quizlib", folder, **given).returncode == 0
    assert not (folder / "called").exists()
    write_command(folder / "quizlib" / "venv" / "bin" / "python", "exit 1")
    assert run_step("Install quizlib", folder, **given).returncode == 0
    made, fetched = (folder / "called").read_text("utf-8").splitlines()
    assert made == f"-I -m venv --clear {folder}/quizlib/venv"
    assert fetched == f"-I -m pip install --quiet --disable-pip-version-check -- {installed}"


@posix
@pytest.mark.parametrize("requirement", ["git+https://example.org/a/quizlib@main", "quizlib", "quizlib==1.*", "."])
def test_what_may_be_newer_is_installed_anew(requirement: str, folder: Path) -> None:
    given = {"PYTHON": str(folder / "python"), "QUIZ_ACTION": "the action", "QUIZ_REQUIREMENT": requirement}
    own = folder / "quizlib" / "venv" / "bin" / "python"
    write_command(own, f'echo "$@" >> "{folder}/called"')  # a kept one that works
    write_command(folder / "python", f'echo "$@" >> "{folder}/called"')
    assert run_step("Install quizlib", folder, **given).returncode == 0
    made, fetched = (folder / "called").read_text("utf-8").splitlines()
    assert made == f"-I -m venv --clear {folder}/quizlib/venv"
    assert fetched.endswith(f"-- {requirement}")


@posix
def test_hidden_folders_are_no_banks_and_blanks_around_a_line_mean_nothing(folder: Path) -> None:
    banks = folder / "banks"
    (banks / ".git").mkdir()
    first = names(folder, "banks")
    (banks / ".git" / "index").write_text("x", "utf-8")
    assert names(folder, "  banks \t") == first
    (banks / "quizlib" / "deep").mkdir()
    (banks / "quizlib" / "deep" / "a.yaml").write_text("x", "utf-8")
    assert names(folder, "banks")["banks"] != first["banks"]
    good = validate(folder, "  banks/fine-tuning.yaml \t\n", QUIZ_ARGS="  --no-verify \n")
    assert (good.returncode, "in 1 file" in good.stdout) == (0, True), good.stdout + good.stderr


@posix
def test_an_installation_that_fails_says_why_and_fails(folder: Path) -> None:
    write_command(folder / "quizlib" / "venv" / "bin" / "python", 'echo "no such version" >&2; exit 1')
    write_command(folder / "python", "exit 0")
    given = {"PYTHON": str(folder / "python"), "QUIZ_ACTION": "x", "QUIZ_REQUIREMENT": ""}
    run = run_step("Install quizlib", folder, **given)
    assert (run.returncode, run.stderr) == (1, "no such version\n")
