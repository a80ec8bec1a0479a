"""Interpreters are found by the names that authors write."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizlib.languages import python

_OWN = f"python{sys.version_info[0]}.{sys.version_info[1]}"


@pytest.mark.parametrize("name", [None, "python", "python3", _OWN])
def test_the_default_is_the_interpreter_that_runs_quizlib(name: str | None) -> None:
    found = python.runtime(name)
    assert found is not None
    assert (found.name, found.version) == (_OWN, platform.python_version())
    assert Path(found.executable).samefile(sys.executable)


@pytest.mark.parametrize("name", ["python3.99", "python2.7", "../python3.12", "python3.12; rm", "", "node"])
def test_what_is_not_installed_or_no_name_of_an_interpreter_is_none(name: str) -> None:
    assert python.runtime(name) is None


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(python, "_candidates", lambda name: [str(tmp_path / "nothing"), str(tmp_path / name)])
    python._installed.cache_clear()
    yield tmp_path
    python._installed.cache_clear()


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands for an interpreter")
def test_another_interpreter_is_asked_who_it_is(elsewhere: Path) -> None:
    script = elsewhere / "python3.98"
    script.write_text(f"#!/bin/sh\necho 3.98.1; echo {script}; echo /usr; echo /usr\n", encoding="utf-8")
    script.chmod(0o755)
    found = python.runtime("python3.98")
    assert found is not None
    assert (found.version, found.executable, found.reads[0]) == ("3.98.1", str(script), "/usr")


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands for an interpreter")
def test_an_interpreter_of_another_version_or_one_that_fails_is_passed_over(elsewhere: Path) -> None:
    script = elsewhere / "python3.98"
    script.write_text(f"#!/bin/sh\necho 3.9.18; echo {script}; echo /usr\n", encoding="utf-8")
    script.chmod(0o755)
    assert python.runtime("python3.98") is None
