"""Which banks have changed since a revision."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from quizlib.changes import ChangesError, changed, changed_files
from quizlib.discovery import find
from quizlib.validation import Settings, validate

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

BANK = "format: 1\nid: {0}\ntitle: {0}\nquestions:\n  - {{id: q, type: true_false, stem: {1}, answer: true}}\n"
Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """A repository, in which one works, with a bank `plain`, one with an image, and a folder that is a bank."""
    for name in list(os.environ):
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    for name, value in {"HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1"}.items():
        monkeypatch.setenv(name, value)
    repository = tmp_path / "repository"
    (repository / "banks" / "folder").mkdir(parents=True)
    monkeypatch.chdir(repository)

    def run(*arguments: str) -> str:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        return subprocess.run(["git", *who, *arguments], check=True, capture_output=True, encoding="utf-8").stdout

    run("init", "-q", "-b", "main")
    write("banks/plain.yaml", BANK.format("plain", "x"))
    write("banks/pictured.yaml", BANK.format("pictured", '"![a plot](my%20plot.png)"'))
    write("banks/my plot.png", "1")
    write("banks/folder/bank.yaml", BANK.format("folder", "x"))
    write("banks/folder/part.yaml", "questions: [{id: p, type: true_false, stem: x, answer: true}]\n")
    run("add", "-A")
    run("commit", "-q", "-m", "start")
    return run


def write(name: str, text: str) -> None:
    Path(name).write_text(text, "utf-8")


def names(revision: str = "HEAD", path: str = "banks") -> list[str]:
    """Return the banks that have changed, by the name of their first file."""
    found, _ = find([path])
    return [bank.paths[0][1].relative_to(path).as_posix() for bank in changed(found, revision)]


def test_nothing_has_changed(git: Git) -> None:
    assert names() == []


def test_a_bank_that_was_edited_staged_or_committed(git: Git) -> None:
    write("banks/plain.yaml", BANK.format("plain", "y"))
    assert names() == ["plain.yaml"]
    git("add", "-A")
    assert names() == ["plain.yaml"]
    git("commit", "-q", "-m", "edit")
    assert names() == []
    assert names("HEAD~1") == ["plain.yaml"]


def test_a_file_that_is_not_tracked(git: Git) -> None:
    write("banks/new.yaml", BANK.format("new", "x"))
    assert names() == ["new.yaml"]


def test_an_image_that_was_changed_or_deleted_and_no_other_file(git: Git) -> None:
    write("banks/notes.txt", "x")
    assert names() == []
    write("banks/my plot.png", "2")
    assert names() == ["pictured.yaml"]
    Path("banks/my plot.png").unlink()
    assert names() == ["pictured.yaml"]


def test_a_part_that_was_deleted_and_any_file_of_a_bank_that_is_a_folder(git: Git) -> None:
    Path("banks/folder/part.yaml").unlink()
    assert names() == ["folder/bank.yaml"]
    git("checkout", "--", "banks")
    write("banks/folder/data.csv", "x")
    assert names() == ["folder/bank.yaml"]


def test_a_bank_that_was_renamed(git: Git) -> None:
    git("mv", "banks/plain.yaml", "banks/moved.yaml")
    assert names() == ["moved.yaml"]


@pytest.mark.parametrize("name", ["quizlib.toml", "pyproject.toml", "banks/quizlib.toml"])
def test_a_configuration_concerns_all_banks_below_it(name: str, git: Git) -> None:
    write(name, "")
    assert names() == ["pictured.yaml", "plain.yaml", "folder/bank.yaml"]


def test_a_bank_with_parameters_may_use_any_file_beside_it(git: Git) -> None:
    write("banks/plain.yaml", BANK.format("plain", "parameters"))
    git("commit", "-q", "-a", "-m", "parameters")
    write("banks/pictured.yaml", BANK.format("pictured", "y"))
    assert names() == ["pictured.yaml"]
    write("banks/unnamed.png", "x")
    assert names() == ["pictured.yaml", "plain.yaml"]


def test_from_a_folder_below_and_for_another_repository(
    git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("banks/plain.yaml", BANK.format("plain", "y"))
    monkeypatch.chdir("banks")
    assert names(path=".") == ["plain.yaml"]
    monkeypatch.chdir(tmp_path)
    assert names(path="repository/banks") == ["plain.yaml"]


def test_what_main_did_in_the_meantime_is_not_a_change_of_the_branch(git: Git) -> None:
    git("switch", "-q", "-c", "branch")
    write("banks/plain.yaml", BANK.format("plain", "y"))
    git("commit", "-q", "-a", "-m", "of the branch")
    git("switch", "-q", "main")
    write("banks/pictured.yaml", BANK.format("pictured", "y"))
    git("commit", "-q", "-a", "-m", "of main")
    git("switch", "-q", "branch")
    assert names("main") == ["plain.yaml"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="such names need a file system that takes any bytes")
def test_names_of_files_are_bytes(git: Git) -> None:
    hostile = [b"banks/a\nb.yaml", b'banks/"q".yaml', b"banks/\xff.yaml", b"banks/-x.yaml", "banks/ü.yaml".encode()]
    for name in hostile:
        Path(os.fsdecode(name)).write_text(BANK.format("x", "y"), "utf-8")
    assert {os.fsencode(name) for name in names()} == {name.removeprefix(b"banks/") for name in hostile}


@pytest.mark.parametrize(
    "revision", ["no-such", "-x", "--output=stolen", "", "HEAD; touch stolen", "main..HEAD", "\0", "HEAD\n"]
)
def test_what_is_no_revision_is_an_error_and_never_an_option(revision: str, git: Git) -> None:
    with pytest.raises(ChangesError, match=r"is not a revision|there is no revision"):
        names(revision)
    assert not list(Path().rglob("stolen"))


def test_revisions_without_a_common_commit(git: Git) -> None:
    git("switch", "-q", "--orphan", "other")
    git("commit", "-q", "--allow-empty", "-m", "other")
    git("switch", "-q", "main")
    with pytest.raises(ChangesError, match="share no commit"):
        names("other")


def test_a_shallow_clone_says_so(git: Git, tmp_path: Path) -> None:
    git("commit", "-q", "--allow-empty", "-m", "second")
    first = git("rev-parse", "HEAD~1").strip()
    git("clone", "-q", "--depth", "1", Path.cwd().as_uri(), str(tmp_path / "clone"))
    with pytest.raises(ChangesError, match="the clone is shallow"):
        changed_files([(tmp_path / "clone").resolve()], first)


def test_where_there_is_no_repository(git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(ChangesError, match="git fails: "):
        changed_files([tmp_path], "HEAD")


def test_where_there_is_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ChangesError, match="git is not installed"):
        changed_files([tmp_path], "HEAD")


def test_only_what_has_changed_is_validated_and_an_id_that_is_taken_is_still_found(git: Git) -> None:
    since = Settings(run=False, changed_since="HEAD")
    write("banks/new.yaml", BANK.format("plain", "x"))
    report = validate(["banks"], since)
    assert ([bank.name for bank in report.banks], report.unchanged) == (["banks/new.yaml"], 3)
    assert [(found.code, found.related[0].path, found.span.path) for found in report.diagnostics] == [
        ("QZ503", "banks/new.yaml", "banks/plain.yaml")
    ]


def test_a_file_that_is_no_bank_is_not_told_of(git: Git) -> None:
    write("banks/notes.yaml", "a: b\n")
    git("add", "-A")
    git("commit", "-q", "-m", "notes")
    assert validate(["banks"], Settings(run=False, changed_since="HEAD")).diagnostics == ()
