"""The page on CI: what it shows can be read, and what it names is there."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from quizlib.cli.validate import command
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "how-to" / "ci.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
YAML = [text for language, text in BLOCKS if language == "yaml"]
WORKFLOWS = [text for text in YAML if "\njobs:" in text]
(GITLAB,) = (text for text in YAML if "\n  script:" in text)
HOOKS = [text for text in YAML if text.startswith("repos:")]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
OPTIONS = {name for parameter in command.params for name in parameter.opts}


@pytest.mark.parametrize("text", WORKFLOWS)
def test_a_workflow_fits_its_schema_and_gives_the_action_what_it_takes(text: str, tmp_path: Path) -> None:
    path = tmp_path / "workflow.yml"
    path.write_text(text, "utf-8")
    schema = ["--builtin-schema", "vendor.github-workflows"]
    run = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *schema, str(path)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    (job,) = yaml.safe_load(text)["jobs"].values()
    (used,) = [step for step in job["steps"] if step["uses"].startswith("OWNER/quizlib@")]
    assert set(used["with"]) <= set(ACTION["inputs"])


def test_there_are_workflows() -> None:
    assert len(WORKFLOWS) == 4


@pytest.mark.parametrize("text", WORKFLOWS)
def test_an_auditor_of_workflows_finds_nothing(text: str, tmp_path: Path) -> None:
    path = tmp_path / "workflow.yml"
    path.write_text(text.replace("OWNER/quizlib@COMMIT", f"OWNER/quizlib@{'0' * 40}"), "utf-8")
    zizmor = Path(sys.executable).with_name("zizmor")
    run = subprocess.run([zizmor, "--offline", "--no-progress", path], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_actions_of_others_are_pinned_to_commits_of_a_named_version() -> None:
    used = re.findall(r"- uses: (?!OWNER/)(.*)", PAGE)
    assert len(used) == 5
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", name) for name in used)


def test_what_code_scanning_is_given_is_what_the_action_writes(folder: Path) -> None:
    (text,) = [text for text in WORKFLOWS if "upload-sarif" in text]
    _, ours, upload = yaml.safe_load(text)["jobs"]["scan"]["steps"]
    _quiz(f"quiz validate banks {ours['with']['args']}", folder)
    assert json.loads((folder / upload["with"]["sarif_file"]).read_text("utf-8"))["version"] == "2.1.0"


def test_what_gitlab_is_given_is_what_the_job_writes(folder: Path) -> None:
    job = yaml.safe_load(GITLAB)["banks"]
    _quiz(job["script"][-1], folder)
    given = job["artifacts"]["reports"]
    assert ElementTree.parse(folder / given["junit"]).getroot().tag == "testsuites"
    (issue,) = json.loads((folder / given["codequality"]).read_text("utf-8"))
    assert issue["check_name"] == "QZ401 wrong-key"


def test_what_jenkins_is_given_is_what_the_stage_writes(folder: Path) -> None:
    (text,) = [text for language, text in BLOCKS if language == "groovy"]
    *_, command = re.findall(r"sh '(.*)'", text)
    (given,) = re.findall(r"junit '(.*?)'", text)
    _quiz(command, folder)
    assert ElementTree.parse(folder / given).getroot().tag == "testsuites"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder whose banks have one fault."""
    (tmp_path / "banks").mkdir()
    shutil.copy(ROOT / "banks" / "broken" / "qz401-wrong-key.yaml", tmp_path / "banks")
    return tmp_path


def _quiz(command: str, folder: Path) -> None:
    name, *words = shlex.split(command)
    assert name in ("quiz", ".venv/bin/quiz")
    run = subprocess.run([sys.executable, "-m", "quizlib", *words], cwd=folder, capture_output=True, check=False)
    assert run.returncode == 1, run.stderr


def test_gitlab_fits_its_schema(tmp_path: Path) -> None:
    path = tmp_path / "gitlab.yml"
    path.write_text(GITLAB, "utf-8")
    schema = ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"]
    run = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *schema, str(path)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("text", HOOKS)
def test_the_configuration_of_pre_commit_names_our_hooks(text: str, tmp_path: Path) -> None:
    path = tmp_path / ".pre-commit-config.yaml"
    path.write_text(text, "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-config", str(path)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (repository,) = yaml.safe_load(text)["repos"]
    assert {hook["id"] for hook in repository["hooks"]} <= {hook["id"] for hook in hooks}


def test_the_hook_that_checks_all_banks_does_so(tmp_path: Path) -> None:
    assert len(HOOKS) == 2
    (hook,) = yaml.safe_load(HOOKS[1])["repos"][0]["hooks"]
    shutil.copytree(ROOT / "banks", tmp_path / "banks", ignore=shutil.ignore_patterns("broken"))
    command: list[str] = [*hook["entry"].split(), *hook["args"], "--no-verify"]
    run = subprocess.run(
        [Path(sys.executable).with_name(command[0]), *command[1:]],
        cwd=tmp_path, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (run.returncode, "no faults" in run.stdout) == (0, True), run.stdout + run.stderr


def test_every_option_of_quiz_validate_that_is_named_is_there() -> None:
    named = set(re.findall(r"(?<![\w-])--(?!quiz|junit|collect|lf)[a-z][a-z-]+", PAGE))
    assert len(named) > 6
    assert named <= OPTIONS


def test_every_option_of_the_plugin_that_is_named_is_there() -> None:
    run = subprocess.run([sys.executable, "-m", "pytest", "--help"], capture_output=True, text=True, check=False)
    for name in {*re.findall(r"--quiz[a-z-]*", PAGE), "quiz_paths"}:
        assert name in run.stdout


def test_the_table_lists_the_inputs_of_the_action_with_their_defaults() -> None:
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (?:`(.*?)`|[^|]*?) \|", PAGE, re.MULTILINE))
    assert set(rows) == set(ACTION["inputs"])
    for name, about in ACTION["inputs"].items():
        assert rows[name] == about["default"]


def test_the_toml_can_be_read() -> None:
    (text,) = [text for language, text in BLOCKS if language == "toml"]
    assert tomllib.loads(text)["tool"]["pytest"]["ini_options"] == {"quiz_paths": ["banks"]}
