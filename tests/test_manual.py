"""Every code block of the manual is executed; what cannot be says why. `pytest --accept` writes transcripts anew."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.manual.blocks import blocks
from tests.manual.running import problems
from tests.test_transcripts import replayed

MADE = {ROOT / "docs" / name for name in ("rules.md", "codes.md")}  # by tests/test_docs.py and tests/test_reference.py
PAGES = [
    ROOT / "README.md",
    *sorted(path for path in (ROOT / "docs").rglob("*.md") if path not in MADE and path.parent.name != "reference"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a page: that of the project, with `quiz` and `pytest` in its environment."""
    shutil.copytree(ROOT / "banks", tmp_path / "banks")
    for name in ("configured", "results"):
        shutil.copytree(ROOT / "tests" / "cli" / name, tmp_path / name)
    commands = tmp_path / ".venv" / "bin"
    commands.mkdir(parents=True)
    (commands / "activate").write_text(f'PATH="{commands}:$PATH"\n', "utf-8")
    for name, module in {"quiz": "quizlib", "pytest": "pytest"}.items():
        (commands / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {module} "$@"\n', "utf-8")
        (commands / name).chmod(0o755)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_block_of_a_page_does_what_it_says(page: Path, folder: Path, accept: bool) -> None:
    text = found = page.read_text("utf-8")
    wrong: list[str] = []
    names: dict[str, Any] = {}
    shift = 0
    for block in blocks(text):
        wrong += [f"{page.name}:{block.line}: {problem}" for problem in problems(block, folder, names)]
        if block.language == "console" and "not run" not in block.markers:
            printed = replayed(block.text, folder)
            found = found[: block.start + shift] + printed + found[block.end + shift :]
            shift += len(printed) - len(block.text)
    assert not wrong, "\n".join(wrong)
    if accept:
        page.write_text(found, "utf-8")
    assert found == page.read_text("utf-8")
