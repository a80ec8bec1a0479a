"""Which tests the check tries a second time, and how."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests import check

_TESTS = Path(__file__).resolve().parent


def _tried(monkeypatch: pytest.MonkeyPatch, folder: Path, failed: Sequence[str], *arguments: str) -> list[list[str]]:
    """Run the check's step of tests, of which the first try fails in some and a second one passes."""
    record = folder / ".pytest_cache/v/cache/lastfailed"
    record.parent.mkdir(parents=True)
    record.write_text(json.dumps(dict.fromkeys(failed, True)), "utf-8")
    tries: list[list[str]] = []

    def call(*command: object, folder: Path) -> int:
        tries.append(list(map(str, command)))
        return int(len(tries) == 1)

    monkeypatch.setattr(check, "STAGE", folder)
    monkeypatch.setattr(check, "call", call)
    check.test(Path("python"), arguments)
    return tries


def test_a_second_try_is_alone_whatever_the_arguments(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first, second = _tried(monkeypatch, tmp_path, ["tests/unit/test_layout.py::test_a"], "-n", "2", "-k", "layout")
    assert first[-6:] == ["-n", "auto", "-n", "2", "-k", "layout"]
    assert "--last-failed" in second
    assert second[second.index("-k") :][:2] == ["-k", "layout"]
    assert second[-2:] == ["-n", "0"]  # the last one counts


@pytest.mark.parametrize(
    "file",
    [
        "attacks/test_network.py",
        "property/test_reading.py",
        "unit/test_contained.py",
        "unit/test_levels.py",
        "unit/test_sandbox_process.py",
    ],
)
def test_what_guards_the_sandbox_has_one_try(file: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert (_TESTS / file).is_file()
    with pytest.raises(SystemExit, match="failed with status 1"):
        _tried(monkeypatch, tmp_path, [f"tests/{file}::test_a"])
