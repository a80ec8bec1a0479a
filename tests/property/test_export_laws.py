"""Files are written whole or not at all, and equal banks make equal files."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from quizlib.exporting import WriteError, export, write
from quizlib.plugins import ExportOptions
from tests.property import strategies
from tests.property.strategies import Mapping

FILES = {"a.xml": b"new a", "b.json": b"new b", "c.html": b"new c"}
_ROOT = Path(__file__).resolve().parents[2]


def _state(folder: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def _failing(original: Callable[..., Any], at_call: int) -> Callable[..., Any]:
    calls = 0

    def call(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == at_call:
            raise OSError(28, "No space left on device")
        return original(*arguments, **named)

    return call


_OWNERS: dict[str, Any] = {"fsync": os, "replace": Path, "chmod": Path, "mkstemp": tempfile}


@pytest.mark.parametrize("exists", [True, False], ids=["over older files", "into a new folder"])
@pytest.mark.parametrize("at_call", [1, 2, 3])
@pytest.mark.parametrize("function", ["fsync", "replace", "chmod", "mkstemp"])
def test_a_fault_while_writing_leaves_the_folder_as_it_was(
    function: str, at_call: int, exists: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "deep" / "out"
    if exists:
        folder.mkdir(parents=True)
        (folder / "a.xml").write_bytes(b"old a")
        (folder / "c.html").write_bytes(b"old c")
        (folder / "other").write_bytes(b"other")
    before = _state(tmp_path)
    owner = _OWNERS[function]
    monkeypatch.setattr(owner, function, _failing(getattr(owner, function), at_call))
    with pytest.raises(WriteError, match="nothing was written"):
        write(FILES, folder)
    monkeypatch.undo()
    assert _state(tmp_path) == before


def test_an_interruption_leaves_the_folder_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(FILES, tmp_path / "out")
    assert _state(tmp_path) == {}


@pytest.mark.parametrize("name", ["a.xml", "c.html"])
def test_a_folder_in_the_way_of_a_file_leaves_everything_as_it_was(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(WriteError):
        write(FILES, tmp_path)
    assert _state(tmp_path) == {name: None}


def test_all_files_are_written_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"old a")
    assert write(FILES, tmp_path) == [tmp_path / name for name in FILES]
    assert _state(tmp_path) == FILES


def test_written_files_have_the_mode_of_any_new_file(tmp_path: Path) -> None:
    (plain := tmp_path / "plain").touch()
    (path,) = write({"a": b""}, tmp_path)
    assert path.stat().st_mode == plain.stat().st_mode


@pytest.mark.parametrize("format", ["moodle_xml", "json"])
@settings(max_examples=25)
@given(bank=strategies.bank_data())
def test_equal_banks_make_equal_bytes(format: str, bank: Mapping) -> None:
    text = strategies.written(bank).text
    first, second = (export(strategies.loaded(text), format, ExportOptions()) for _ in range(2))
    assert first[0] == second[0]
    assert [loss.message for loss in first[1]] == [loss.message for loss in second[1]]


_EXPORT = """
import hashlib, sys
from quizlib.bank import load
from quizlib.discovery import find
from quizlib.exporting import export
from quizlib.plugins import ExportOptions
for bank in find([sys.argv[1]])[0]:
    for format in ("moodle_xml", "json"):
        for name, content in export(load(bank), format, ExportOptions())[0].items():
            print(name, hashlib.sha256(content).hexdigest())
"""


def test_the_order_of_hashes_does_not_reach_the_bytes() -> None:
    def exported(seed: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{_ROOT}:{_ROOT / 'exporters'}"}
        command = [sys.executable, "-c", _EXPORT, str(_ROOT / "banks" / "fine-tuning-test.yaml")]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    assert exported("1") == exported("2") != ""
