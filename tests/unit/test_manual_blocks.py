"""What finds the faults of the manual's blocks finds them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tests.manual.blocks import blocks
from tests.manual.running import problems

WRONG = "- {id: a, type: numeric, stem: How many, answer: 3, solution: {check: 1 + 2 = 4}}\n"
QUESTION = "- {id: a, type: numeric, stem: How many, answer: 3, solution: {check: 1 + 2 = 3}}\n"


def found(page: str, folder: Path) -> list[str]:
    names: dict[str, Any] = {}
    return [problem for block in blocks(page) for problem in problems(block, folder, names)]


def fenced(language: str, text: str, before: str = "") -> str:
    return f"Words.\n\n{before}```{language}\n{text}```\n\n"


@pytest.mark.parametrize(
    "page",
    [
        fenced("yaml", QUESTION),
        fenced("yaml", WRONG, "<!-- expect: QZ405 -->\n"),
        fenced("yaml", "tags: [one]\n"),
        fenced("yaml", "hints: [Count.]\n"),
        fenced("yaml", "on: [push]\n", "<!-- not run: needs GitHub -->\n"),
        fenced("python", "x = 1\n") + fenced("python", "assert x == 1\n"),
        fenced("text", "a\n", "<!-- file: a.txt -->\n") + fenced("python", "assert open('a.txt').read() == 'a\\n'\n"),
        fenced("json", '{"a": 1}\n'),
        fenced("toml", "a = 1\n"),
        fenced("lua", "a = 1\n", "<!-- not run: needs Lua -->\n"),
        "- a list\n\n  ```json\n  {}\n  ```\n",
    ],
)
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_sound_block_is_passed(page: str, tmp_path: Path) -> None:
    assert list(blocks(page))
    assert found(page, tmp_path) == []


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (fenced("yaml", WRONG), "QZ405: "),
        (fenced("yaml", QUESTION, "<!-- expect: QZ401 -->\n"), "QZ401 is expected, and is not found"),
        (fenced("yaml", "a: [\n"), "is no YAML"),
        (fenced("yaml", "a: [\n", "<!-- not run: needs GitHub -->\n"), "is no YAML"),
        (fenced("python", "import warnings\n1 / 0\n"), "ZeroDivisionError"),
        (fenced("json", "{a: 1}\n"), "is no JSON"),
        (fenced("json", "{}\n", "<!-- schema: report -->\n"), "is a required property"),
        (fenced("toml", "a\n"), "is no TOML"),
        (fenced("lua", "a = 1\n"), "nothing is known of the language 'lua'"),
        (fenced("", "a = 1\n"), "nothing is known of the language ''"),
        ("- a list\n\n  ```json\n  {\n  ```\n", "is no JSON"),
    ],
)
def test_a_fault_is_found(page: str, said: str, tmp_path: Path) -> None:
    assert any(said in problem for problem in found(page, tmp_path))


@pytest.mark.skipif(sys.platform == "win32", reason="commands of a POSIX shell")
def test_a_command_that_fails_is_found(tmp_path: Path) -> None:
    assert found(fenced("sh", "true\n"), tmp_path) == []
    assert "ended with status 3" in found(fenced("sh", "exit 3\ntrue\n"), tmp_path)[0]


@pytest.mark.parametrize("marker", ["expects: QZ401", "run: never"])
def test_a_marker_that_means_nothing_is_refused(marker: str) -> None:
    with pytest.raises(ValueError, match="no marker is named"):
        list(blocks(fenced("yaml", QUESTION, f"<!-- {marker} -->\n")))


def test_a_remark_that_is_no_marker_is_passed_over_and_a_marker_belongs_to_one_block() -> None:
    page = fenced("yaml", "a\n", "<!-- a remark -->\n<!-- not run: why -->\n") + fenced("yaml", "b\n")
    assert [dict(block.markers) for block in blocks(page)] == [{"not run": "why"}, {}]
