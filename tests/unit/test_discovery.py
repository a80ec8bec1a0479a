"""Which files are banks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quizlib.bank import load
from quizlib.diagnostics import Severity
from quizlib.discovery import find
from tests.unit.helpers import HEADER, codes, only

_BANK = HEADER + "questions: []\n"


def _make(root: Path, *names: str, content: str = _BANK) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")


def _found(root: Path, *, exclude: tuple[str, ...] = ()) -> list[list[str]]:
    """Return the files of each bank, relative to `root`, where nothing was to be said."""
    banks, diagnostics = find([str(root)], exclude)
    assert diagnostics == []
    return [[path.relative_to(root).as_posix() for _, path in bank.paths] for bank in banks]


def test_banks_are_found_in_a_fixed_order(tmp_path: Path) -> None:
    _make(tmp_path, "b.yaml", "a.yml", "sub/c.yaml", "sub/deep/d.yaml", "notes.txt", "x.yaml.bak")
    assert _found(tmp_path) == [["a.yml"], ["b.yaml"], ["sub/c.yaml"], ["sub/deep/d.yaml"]]


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    _make(tmp_path, "a.yaml", ".hidden.yaml", ".git/b.yaml", "sub/.venv/c.yaml")
    assert _found(tmp_path) == [["a.yaml"]]


@pytest.mark.parametrize("pattern", ["drafts", "*/drafts", "*/drafts/", "drafts/"])
def test_a_folder_is_left_out_by_its_name_or_path(pattern: str, tmp_path: Path) -> None:
    _make(tmp_path, "a.yaml", "drafts/b.yaml", "drafts/deep/c.yaml")
    assert _found(tmp_path, exclude=(pattern,)) == [["a.yaml"]]


@pytest.mark.parametrize("pattern", ["*.draft.yaml", "b.draft.yaml", "*/sub/b.draft.yaml"])
def test_a_file_is_left_out_by_its_name_or_path(pattern: str, tmp_path: Path) -> None:
    _make(tmp_path, "a.yaml", "sub/b.draft.yaml")
    assert _found(tmp_path, exclude=(pattern,)) == [["a.yaml"]]


def test_a_part_of_a_folder_bank_can_be_left_out(tmp_path: Path) -> None:
    _make(tmp_path, "bank.yaml", "parts/a.yaml", "parts/b.yaml", ".hidden/c.yaml")
    assert _found(tmp_path, exclude=("b.yaml",)) == [["bank.yaml", "parts/a.yaml"]]


def test_a_folder_with_a_header_file_is_one_bank(tmp_path: Path) -> None:
    _make(tmp_path, "one/bank.yaml", "one/z.yaml", "one/a/b.yml", "two/x.yaml")
    assert _found(tmp_path) == [["one/bank.yaml", "one/z.yaml", "one/a/b.yml"], ["two/x.yaml"]]


def test_a_file_that_was_named_is_a_bank_whatever_its_name(tmp_path: Path) -> None:
    _make(tmp_path, ".hidden", content="x")
    banks, diagnostics = find([str(tmp_path / ".hidden")])
    assert ([bank.named for bank in banks], diagnostics) == ([True], [])


def test_a_bank_that_is_named_twice_is_found_once(tmp_path: Path) -> None:
    _make(tmp_path, "a.yaml")
    banks, _ = find([str(tmp_path), str(tmp_path / "a.yaml"), str(tmp_path / "." / "a.yaml")])
    assert len(banks) == 1


def test_a_file_that_is_no_bank_is_passed_over_with_a_warning(tmp_path: Path) -> None:
    _make(tmp_path, "a.yaml")
    _make(tmp_path, "workflow.yaml", content="name: CI\non: push\njobs: {}\n")
    banks, diagnostics = find([str(tmp_path)])
    found = only(diagnostics)
    assert len(banks) == 1
    assert (found.code, found.severity, found.span.path) == ("QZ019", Severity.WARNING, f"{tmp_path}/workflow.yaml")


@pytest.mark.parametrize(
    "content",
    [b"", b"\0", "id: a".encode("utf-16"), b"questions: [", b'  "format" : 1', b"title: caf\xe9\n", b"\xe9" * 50],
)
def test_a_file_that_may_be_a_bank_is_read_so_that_its_fault_is_reported(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(content)
    (bank,), diagnostics = find([str(tmp_path)])
    assert diagnostics == []
    assert load(bank).diagnostics


def test_a_path_that_is_not_there_is_reported() -> None:
    banks, diagnostics = find(["no/such/path"])
    assert (banks, codes(diagnostics)) == ([], ["QZ001"])


def test_a_folder_without_a_bank_is_reported(tmp_path: Path) -> None:
    banks, diagnostics = find([str(tmp_path)])
    assert (banks, codes(diagnostics)) == ([], ["QZ021"])


def test_every_folder_without_a_bank_is_reported(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    _, diagnostics = find([str(tmp_path / "a"), str(tmp_path / "b")])
    assert codes(diagnostics) == ["QZ021", "QZ021"]


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    _make(tmp_path, "root/a.yaml", "outside/b.yaml")
    (tmp_path / "root" / "out").symlink_to(tmp_path / "outside")
    (tmp_path / "root" / "loop").symlink_to(tmp_path / "root")
    assert _found(tmp_path / "root") == [["a.yaml"]]


@pytest.mark.parametrize("header", [False, True], ids=["files", "folder bank"])
def test_a_link_to_itself_is_reported_as_unreadable(header: bool, tmp_path: Path) -> None:
    if header:
        _make(tmp_path, "bank.yaml")
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    (bank,), diagnostics = find([str(tmp_path)])
    assert diagnostics == []
    assert "QZ001" in codes(load(bank).diagnostics)


def test_a_named_link_may_lead_anywhere(tmp_path: Path) -> None:
    _make(tmp_path, "outside/a.yaml")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "outside" / "a.yaml")
    (bank,), _ = find([str(tmp_path / "link.yaml")])
    assert load(bank).bank is not None


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["pipe", "folder"])
def test_what_is_no_regular_file_is_reported_and_not_waited_for(make: object, tmp_path: Path) -> None:
    assert callable(make)
    make(tmp_path / "a.yaml")
    (bank,), diagnostics = find([str(tmp_path)])
    assert diagnostics == []
    assert codes(load(bank).diagnostics) == ["QZ001"]
