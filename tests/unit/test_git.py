"""Git is asked with the same care for `--changed-since` and for `quiz diff`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from quizlib import git
from quizlib.changes import ChangesError, changed_files
from quizlib.comparison.sides import UnreadableError, read_side

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs scripts that are commands")


def write_command(path: Path, lines: str) -> None:
    path.write_text(f"#!/bin/sh\n{lines}\n", "utf-8")
    path.chmod(0o755)


def test_the_monitor_that_a_repository_names_is_not_started(tmp_path: Path) -> None:
    write_command(tmp_path / "monitor", f"touch '{tmp_path}/stolen'")
    git.output("init", "-q", folder=tmp_path)
    git.output("config", "core.fsmonitor", str(tmp_path / "monitor"), folder=tmp_path)
    assert b"monitor" in git.output("status", "--porcelain", folder=tmp_path)
    assert not (tmp_path / "stolen").exists()


def test_a_name_is_no_pattern_and_what_is_given_is_read(tmp_path: Path) -> None:
    git.output("init", "-q", folder=tmp_path)
    (tmp_path / "a.yaml").touch()
    assert git.output("ls-files", "--others", "*.yaml", folder=tmp_path) == b""
    assert len(git.output("hash-object", "--stdin", folder=tmp_path, given=b"x").strip()) == 40


@pytest.mark.parametrize(
    ("lines", "message"), [("exec sleep 60", "git does not answer"), ("echo 'fatal: no' >&2; exit 3", "git fails: no")]
)
def test_both_that_ask_say_how_git_fails(
    lines: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_command(tmp_path / "git", lines)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(git, "_SECONDS", 0.5)
    with pytest.raises(git.GitError, match=message):
        git.output("version")
    with pytest.raises(ChangesError, match=message):
        changed_files([tmp_path], "HEAD")
    with pytest.raises(UnreadableError, match=message if "answer" in message else "no revision"):
        read_side("HEAD:banks")
