"""States of banks that git knows: revisions, and the index, in which what is staged stands."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizlib.cli.diff import command
from quizlib.comparison import UnreadableError, compare, read_side, read_staged


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two revisions of a bank, and a file that a program stands in."""
    if shutil.which("git") is None:
        pytest.skip("git is missing")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    git("init", "-q")
    folder = tmp_path / "banks" / "week 1"
    folder.mkdir(parents=True)
    for number in (1, 2):
        (folder / "bank.yaml").write_text(f"format: 1\nid: b\ntitle: Number {number}\n", "utf-8")
        (folder / "part.yaml").write_text(
            f"questions:\n  - {{id: a, type: code_output, stem: x, code: {{file: p.py}}, answer: {number}}}\n", "utf-8"
        )
        (folder / "p.py").write_text(f"print({number})\n", "utf-8")
        git("add", ".")
        git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", str(number))
    return tmp_path


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True, capture_output=True)


@pytest.mark.parametrize("path", ["banks", "banks/week 1", "banks/week 1/part.yaml", "./banks", "", "banks/../banks/"])
def test_a_revision_of_git_is_a_state(repository: Path, path: str) -> None:
    changes = compare(read_side(f"HEAD~1:{path}"), read_side(path or "."))
    assert [change.in_words() for change in changes] == [
        'title of bank b changed from "Number 1" to "Number 2"',
        'line 1 of the program of a changed from print(1) to print(2)',
        "key of a changed from 1 to 2",
    ]  # fmt: skip
    assert compare(read_side(f"HEAD:{path}"), read_side(path or ".")) == []


def test_a_path_may_begin_where_one_works(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository / "banks")
    for path in ("./week 1", "../banks/week 1"):
        assert len(compare(read_side(f"HEAD~1:{path}"), read_side("week 1"))) == 3


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("HEAD~9:banks", "no revision"),
        ("--output=x:banks", "no revision"),
        (":none", "there is no 'none' in git's index"),
        (":../banks", "leads out|there is no"),
        (":0:banks", "':0:banks' names a stage of git's index: write ':banks'"),
        (":2:./banks", "':2:./banks' names a stage of a conflict: compare 'HEAD:./banks' with 'MERGE_HEAD:./banks'"),
        (":./2:banks", "there is no '2:banks' in git's index"),
        ("HEAD:none", "there is no 'none' in the revision"),
        ("HEAD:../banks", "leads out|there is no"),
        ("HEAD:/etc", "leads out"),
        ("HEAD:\0", "there is no"),
        ("\0:x", "null"),
    ],
)
def test_what_git_does_not_have_is_said(repository: Path, name: str, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        read_side(name)
    assert sorted(path.name for path in repository.iterdir()) == [".git", "banks"]


def test_without_git_a_revision_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableError, match="git is not installed"):
        read_side("HEAD:banks")


CHANGES = [
    'title of bank b changed from "Number 1" to "Number 2"',
    "line 1 of the program of a changed from print(1) to print(2)",
    "key of a changed from 1 to 2",
]


def quiz(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments, standalone_mode=False)


def lines(*arguments: str) -> list[str]:
    return quiz(*arguments).output.splitlines()


@pytest.fixture
def staged(repository: Path) -> Path:
    """The repository with the first state committed, the second one staged, and a third one on the disk."""
    git("reset", "-q", "--soft", "HEAD~1")
    for path in (repository / "banks" / "week 1").iterdir():
        path.write_text(path.read_text("utf-8").replace("2", "3"), "utf-8")
    return repository


@pytest.mark.parametrize("path", [None, "banks", "banks/week 1", "banks/week 1/part.yaml", "./banks", "", "banks/"])
def test_what_is_staged_is_told(staged: Path, path: str | None) -> None:
    assert [change.in_words() for change in compare(*read_staged(path))] == CHANGES
    assert lines("--staged", *([] if path is None else [path])) == CHANGES


def test_a_state_of_the_index_is_compared_with_any_other(staged: Path) -> None:
    assert lines("HEAD:banks", ":banks") == CHANGES
    assert lines("HEAD:", ":") == CHANGES
    assert lines(":banks", "banks") == [
        'title of bank b changed from "Number 2" to "Number 3"',
        "line 1 of the program of a changed from print(2) to print(3)",
        "key of a changed from 2 to 3",
    ]
    git("add", ".")
    assert lines(":banks", "banks") == []


def test_the_path_of_what_is_staged_begins_where_one_works(staged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(staged / "banks" / "week 1")
    for path in (".", "part.yaml", "..", str(staged / "banks")):
        assert lines("--staged", path) == CHANGES
    assert lines("--staged") == CHANGES
    assert lines("HEAD:./part.yaml", ":./part.yaml") == CHANGES


def test_a_path_may_lead_to_where_one_works_by_a_link(
    staged: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    link = tmp_path_factory.mktemp("elsewhere") / "link"
    link.symlink_to(staged / "banks" / "week 1")
    monkeypatch.chdir(link)
    for path in (link, link / "part.yaml", link / ".."):
        assert lines("--staged", str(path)) == CHANGES
    (link / "part.yaml").unlink()
    assert lines("--staged", str(link / "part.yaml")) == CHANGES


def test_a_bare_repository_has_no_index(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git("clone", "-q", "--bare", ".", "bare.git")
    monkeypatch.chdir("bare.git")
    for asked in (lambda: read_staged(), lambda: read_side(":banks")):
        with pytest.raises(UnreadableError, match="a bare repository has no index"):
            asked()
    assert len(compare(read_side("HEAD~1:banks"), read_side("HEAD:banks"))) == 3


def test_what_is_new_or_gone_in_the_index_is_added_or_removed(repository: Path) -> None:
    other = "format: 1\nid: c\ntitle: C\nquestions:\n  - {id: q, type: essay, stem: x}\n"
    (repository / "new.yaml").write_text(other, "utf-8")
    git("add", "new.yaml")
    git("rm", "-q", "-r", "--cached", "banks")
    assert lines("--staged", "new.yaml") == ["added bank c", "added essay q: x"]
    assert lines("--staged", "banks") == ["removed bank b", "removed code_output a: x"]
    assert {"added essay c/q: x", "removed code_output b/a: x"} < set(lines("--staged"))


def test_before_the_first_commit_all_that_is_staged_is_new(repository: Path) -> None:
    git("update-ref", "-d", "HEAD")
    assert lines("--staged") == ["added bank b", "added code_output a: x"]


def test_a_file_that_is_only_to_be_added_later_is_not_staged(repository: Path) -> None:
    (repository / "later.yaml").write_text("format: 1\n", "utf-8")
    git("add", "--intent-to-add", "later.yaml")
    assert lines("--staged") == []


def test_a_link_is_not_followed_out_of_the_index(repository: Path) -> None:
    (repository / "banks" / "link.yaml").symlink_to("/etc/passwd")
    git("add", ".")
    assert lines("--staged") == []


def test_a_conflict_is_said(repository: Path) -> None:
    git("checkout", "-q", "-b", "other", "HEAD~1")
    path = "banks/week 1/bank.yaml"
    Path(path).write_text("format: 1\nid: b\ntitle: Number 4\n", "utf-8")
    git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-a", "-m", "4")
    with pytest.raises(subprocess.CalledProcessError):
        git("-c", "user.name=a", "-c", "user.email=a@example.com", "merge", "-q", "@{-1}")
    with pytest.raises(UnreadableError, match=f"'{path}' is in conflict in git's index: compare 'HEAD:{path}' with"):
        read_staged("banks")
    assert len(compare(read_side(f"HEAD:{path}"), read_side(f"MERGE_HEAD:{path}"))) == 3


def test_no_command_that_a_repository_names_is_run_for_the_index(staged: Path) -> None:
    (staged / ".git" / "info").mkdir(exist_ok=True)
    (staged / ".git" / "info" / "attributes").write_text("*.yaml filter=evil diff=evil\n", "utf-8")
    for name in ("filter.evil.clean", "filter.evil.smudge", "diff.evil.textconv", "diff.external", "core.fsmonitor"):
        git("config", name, f"touch '{staged}/stolen'; cat")
    git("config", "diff.relative", "true")
    assert lines("--staged") == CHANGES
    assert not (staged / "stolen").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "give two states, OLD and NEW, or --staged"),
        (["banks"], "give two states, OLD and NEW, or --staged"),
        (["--staged", "banks", "banks"], "--staged takes one PATH"),
        (["--staged", "nowhere"], "there is no 'nowhere' in git's index"),
        (["--staged", "../.."], "leads out of the repository"),
    ],
)
def test_what_cannot_be_compared_is_wrong_usage(repository: Path, arguments: list[str], said: str) -> None:
    found = CliRunner().invoke(command, arguments)
    assert found.exit_code == 2
    assert said in found.output


def test_outside_of_a_repository_nothing_is_staged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(UnreadableError, match="git fails"):
        read_staged()


def test_faults_of_what_is_staged_are_told_of(staged: Path) -> None:
    (staged / "banks" / "week 1" / "part.yaml").write_text("questions: [{id: a, type: essay}]", "utf-8")
    git("add", ".")
    assert "quiz: what is staged has 1 fault, and what has one is not compared" in lines("--staged")


def test_what_the_configuration_excludes_is_in_no_state(repository: Path) -> None:
    drafts = repository / "drafts"
    drafts.mkdir()
    for number in (1, 2):
        text = f"format: 1\nid: d\ntitle: D {number}\nquestions: []\n"
        (drafts / "d.yaml").write_text(text, "utf-8")
        git("add", ".")
        git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "d")
    (drafts / "d.yaml").write_text(text.replace("D 2", "D 3"), "utf-8")
    states = [("HEAD~1:", "."), ("HEAD~1:", "HEAD:"), (":", ".")]
    assert all(lines(*state) for state in states)
    (repository / "quizlib.toml").write_text('exclude = ["drafts", "week 1/part.yaml"]\n', "utf-8")
    assert [lines(*state) for state in states] == [[], [], []]
    shutil.rmtree(drafts)
    assert lines("HEAD~1:", "HEAD:") == []
    assert lines("HEAD~1:drafts/d.yaml", "HEAD:drafts/d.yaml") == ['title of bank d changed from "D 1" to "D 2"']


def test_the_configuration_leaves_out_parts_of_a_bank_in_all_states(repository: Path) -> None:
    assert lines("HEAD~1:banks", "banks") == CHANGES
    (repository / "quizlib.toml").write_text('exclude = ["part.yaml"]\n', "utf-8")
    assert lines("HEAD~1:banks", "banks") == CHANGES[:1]
