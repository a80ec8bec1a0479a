"""Reports as users get them: several at once, whole, where they asked for them, on any terminal."""

from __future__ import annotations

import json
import os
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from typing import get_args

import jsonschema
import pytest

from quizlib import schemas
from quizlib.cli import _reporting
from quizlib.report.rendering import Form
from tests.conftest import ROOT
from tests.test_cli import BROKEN, GOOD, quiz
from tests.unit.helpers import bank_text


def test_the_options_know_every_form() -> None:
    assert get_args(Form) == tuple(_reporting._FORMS)


def test_every_form_is_written_at_once_and_the_same_on_standard_output(tmp_path: Path) -> None:
    files = [f"--output-file={form}={tmp_path / form}" for form in get_args(Form)]
    run = quiz("validate", BROKEN, "--no-verify", "--output-file", f"json={tmp_path / 'again'}", *files)
    assert run.returncode == 0, run.stderr
    assert "NOT VERIFIED" in run.stdout
    for form in get_args(Form):
        written = (tmp_path / form).read_text("utf-8")
        shown = quiz("validate", BROKEN, "--no-verify", "--format", form).stdout
        assert _without_times(written) == _without_times(shown)
    assert not list(tmp_path.glob(".*"))


def _without_times(report: str) -> str:
    return "\n".join(line for line in report.splitlines() if '"seconds"' not in line and "<testsuites" not in line)


def test_a_report_is_put_in_the_place_of_an_older_one_and_its_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "reports" / "quiz.json"
    for _ in range(2):
        assert quiz("validate", BROKEN, "--output-file", f"json={path}").returncode == 1
        jsonschema.validate(json.loads(path.read_text("utf-8")), schemas.schema("report"))
    assert [entry.name for entry in path.parent.iterdir()] == ["quiz.json"]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("sarif", "is not FORMAT=PATH"),
        ("=x", "is not FORMAT=PATH"),
        ("xml=x", "is not FORMAT=PATH"),
        ("auto=x", "is not FORMAT=PATH"),
        ("sarif=", "names no file"),
        ("sarif=-", "names no file"),
        ("sarif=.", "is not a file"),
        (f"sarif={os.devnull}", "is not a file"),
    ],
)
def test_a_file_that_cannot_be_meant_is_wrong_usage(value: str, message: str) -> None:
    run = quiz("validate", GOOD, "--output-file", value)
    assert run.returncode == 2
    assert message in " ".join(run.stderr.split())
    assert run.stdout == ""


def test_two_reports_never_go_to_one_file(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    same = f"{tmp_path}/folder/../x"
    run = quiz("validate", GOOD, "--output-file", f"json={tmp_path / 'x'}", "--output-file", f"sarif={same}")
    assert run.returncode == 2
    assert "is named twice" in run.stderr
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("named", ["bank.yaml", "link.yaml", "folder/notes.yaml"])
def test_a_report_never_takes_the_place_of_what_was_checked(named: str, tmp_path: Path) -> None:
    """Neither of a bank, nor of a file that was passed over, even by way of a link."""
    text = bank_text("- {id: a, type: essay, stem: x}")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notes.yaml").write_text("a: b\n", "utf-8")
    (tmp_path / "bank.yaml").write_text(text, "utf-8")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "bank.yaml")
    other = tmp_path / "other.json"
    files = ("--output-file", f"json={other}", "--output-file", f"json={tmp_path / named}")
    run = quiz(
        "validate", tmp_path, "--exclude", "link.yaml", "--exclude", "bank.yaml" if named == "x" else "-", *files
    )
    assert run.returncode == 2
    assert "is one of the files that were checked" in " ".join(run.stderr.split())
    assert (tmp_path / "bank.yaml").read_text("utf-8") == text
    assert (tmp_path / "folder" / "notes.yaml").read_text("utf-8") == "a: b\n"
    assert not other.exists()


def test_a_file_that_cannot_be_written_loses_no_other_report(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    good = tmp_path / "good.json"
    bad = tmp_path / "file" / "bad.json"
    run = quiz("validate", GOOD, "--output-file", f"json={bad}", "--output-file", f"json={good}")
    assert run.returncode == 1
    assert f"quiz: {bad}: nothing was written: " in run.stderr
    assert json.loads(good.read_text("utf-8"))["summary"]["errors"] == 0
    assert "no faults" in run.stdout


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("old")
    (tmp_path / "link.json").symlink_to("real.json")
    assert quiz("validate", GOOD, "--output-file", f"json={tmp_path / 'link.json'}").returncode == 0
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "real.json").read_text("utf-8"))["version"] == 1


def test_a_bank_is_not_overwritten_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "bank.yaml").write_text("old")
    (tmp_path / "link.json").symlink_to("bank.yaml")
    run = quiz("validate", GOOD, "--output-file", f"json={tmp_path / 'link.json'}")
    assert (run.returncode, "may be a bank or a configuration" in run.stderr) == (2, True)
    assert (tmp_path / "bank.yaml").read_text() == "old"


def test_what_programs_did_may_go_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "quiz.json"
    assert quiz("validate", BROKEN, "--include-runs", "--output-file", f"json={path}").returncode == 1
    assert json.loads(path.read_text("utf-8"))["runs"]
    assert quiz("validate", BROKEN, "--include-runs", "--output-file", f"sarif={path}").returncode == 2


@pytest.mark.parametrize(("actions", "form"), [("true", "::error"), ("", "x"), ("false", "x")])
def test_auto_annotates_inside_actions_only(actions: str, form: str, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", "utf-8")
    run = quiz("validate", BROKEN, GITHUB_ACTIONS=actions, GITHUB_STEP_SUMMARY=str(summary))
    assert run.stdout.startswith("::error ") is (form == "::error")
    text = summary.read_text("utf-8")
    assert text.startswith("before\n## :x: Question banks") if actions == "true" else text == "before\n"
    again = quiz("validate", BROKEN, "--format", "text", GITHUB_ACTIONS=actions, GITHUB_STEP_SUMMARY=str(summary))
    assert not again.stdout.startswith("::")


def test_a_summary_that_cannot_be_added_is_reported(tmp_path: Path) -> None:
    run = quiz("validate", GOOD, "--format", "github", GITHUB_STEP_SUMMARY=str(tmp_path))
    assert run.returncode == 1
    assert "quiz: the summary of the job cannot be written: is a directory\n" in run.stderr
    assert "no faults" in run.stdout


def test_a_full_summary_gets_no_more(tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    summary.write_bytes(b"x" * (1024 * 1024 - 10))
    assert quiz("validate", GOOD, "--format", "github", GITHUB_STEP_SUMMARY=str(summary)).returncode == 0
    assert summary.stat().st_size == 1024 * 1024 - 10


def test_paths_in_reports_for_services_go_from_the_root_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "course" / "banks"
    folder.mkdir(parents=True)
    (folder / "a.yaml").write_text(bank_text("- {id: a, type: nope, stem: x}"), "utf-8")
    command = [sys.executable, "-m", "quizlib", "validate", "a.yaml", "--format", "gitlab"]
    run = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert {issue["location"]["path"] for issue in json.loads(run.stdout)} == {"course/banks/a.yaml"}


def test_the_manual_shows_a_true_report_and_parts_of_a_true_log_and_a_true_summary(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "machine-output.md").read_text("utf-8")
    shutil.copytree(ROOT / "banks", tmp_path / "banks")
    command = [sys.executable, "-m", "quizlib", "validate", "banks/broken/qz401-wrong-key.yaml"]
    environment = {**os.environ, "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
    for form in ("json", "sarif", "github"):
        run = subprocess.run(
            [*command, "--format", form, f"--output-file={form}={form}"],
            cwd=tmp_path, env=environment, capture_output=True, check=False,
        )  # fmt: skip
        assert run.returncode == 1
    (shown,) = re.findall(r"## The report\n.*?```json\n(.*?)```\n\nLines", text, re.DOTALL)
    found = json.loads((tmp_path / "json").read_text("utf-8"))
    assert json.loads(shown) | {"seconds": 0} == found | {"seconds": 0}
    (result,) = json.loads((tmp_path / "sarif").read_text("utf-8"))["runs"][0]["results"]
    (shown,) = re.findall(r"## SARIF\n.*?```json\n(.*?)```", text, re.DOTALL)
    assert json.loads(shown) == result
    summary = re.sub(r"\d+\.\d s\)", "0.0 s)", (tmp_path / "summary.md").read_text("utf-8"))
    (part,) = re.findall(r"```html\n(.*?)```", text, re.DOTALL)
    assert part.strip()
    assert summary.startswith(part)


# Terminals and pipes -------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("columns", [20, 60])
def test_a_narrow_terminal_gets_lines_that_fit(columns: int, tmp_path: Path) -> None:
    import fcntl
    import pty
    import termios

    (tmp_path / "a.yaml").write_text(bank_text("- {id: a, type: essay, stem: x, points: wrong}"), "utf-8")
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    command = [sys.executable, "-m", "quizlib", "validate", "a.yaml"]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdout=follower, stderr=follower, env=environment | {"NO_COLOR": "1"}
    )
    os.close(follower)
    written = b""
    while chunk := _read(leader):
        written += chunk
    os.close(leader)
    process.wait()
    lines = written.decode().splitlines()
    assert max(map(len, lines)) <= columns
    assert lines[0].startswith("a.yaml:5:43:")
    caret = next(line for line in lines if "^" in line)
    above = lines[lines.index(caret) - 1]
    assert above[caret.index("^") :].startswith("wrong")


def _read(leader: int) -> bytes:
    try:
        return os.read(leader, 4096)
    except OSError:  # what Linux says when the last writer is gone
        return b""


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "gitlab"])
def test_a_terminal_that_is_not_utf_8_gets_what_it_can_show(form: str, tmp_path: Path) -> None:
    (tmp_path / "ä.yaml").write_text(bank_text("- {id: a, type: essay, stem: 日本é…, points: wrong}"), "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "quizlib", "validate", "ä.yaml", "--format", form],
        cwd=tmp_path,
        env={**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        check=False,
    )
    assert run.returncode == 1, run.stderr
    assert run.stdout.isascii()
    assert run.stderr == b""


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
@pytest.mark.parametrize("form", get_args(Form))
def test_a_reader_that_takes_the_first_line_only_ends_it_quietly(form: str, tmp_path: Path) -> None:
    questions = [f"- {{id: q{number}, type: nope, stem: x}}" for number in range(1000)]
    (tmp_path / "a.yaml").write_text(bank_text(*questions), "utf-8")
    saved = tmp_path / "saved.json"
    process = subprocess.Popen(
        [sys.executable, "-m", "quizlib", "validate", "a.yaml", "--format", form, "--output-file", f"json={saved}"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() in (1, 141)
    assert json.loads(saved.read_text("utf-8"))["summary"]["errors"] == 1000


def test_a_thousand_findings_in_one_file_are_all_there(tmp_path: Path) -> None:
    questions = [f"- {{id: q{number}, type: nope, stem: x}}" for number in range(1000)]
    (tmp_path / "a.yaml").write_text(bank_text(*questions), "utf-8")
    for form, mark in (
        ("text", "error[QZ015]"),
        ("github", "::error "),
        ("junit", "<failure "),
        ("sarif", '"ruleIndex"'),
    ):
        assert quiz("validate", tmp_path / "a.yaml", "--format", form).stdout.count(mark) == 1000
