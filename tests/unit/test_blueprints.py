"""Blueprints in words and in files."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizlib.blueprints import BlueprintError, given, in_words
from quizlib.model import Blueprint, BlueprintPart


def test_words() -> None:
    parts = (BlueprintPart(3, "easy"), BlueprintPart(4, "medium"), BlueprintPart(1))
    assert in_words("easy=3, medium = 4,any=1") == Blueprint(parts)


@pytest.mark.parametrize("words", ["simple=3", "easy=0", "easy=1001", "easy=99999999999999999999"])
def test_wrong_words(words: str) -> None:
    with pytest.raises(BlueprintError):
        in_words(words)


@pytest.mark.parametrize("name", ["blueprint.yaml", "easy", "a=b.json", ""])
def test_other_texts_are_names_of_files(name: str) -> None:
    assert in_words(name) is None


@pytest.mark.parametrize(
    "content",
    ["parts:\n  - {count: 2, difficulty: easy, tags: [a]}\ntime_limit: 5\n",
     '{"parts": [{"count": 2, "difficulty": "easy", "tags": ["a"]}],\n\t"time_limit": 5}'],
)  # fmt: skip
def test_a_file_is_yaml_or_json(content: str, tmp_path: Path) -> None:
    path = tmp_path / "blueprint"
    path.write_text(content, "utf-8")
    found = given(str(path))
    assert found.diagnostics == ()
    assert found.blueprint == Blueprint((BlueprintPart(2, "easy", ("a",)),), 5)


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        ("parts:\n  - {count: 0}\n", "QZ014", 2),
        ("part:\n  - {count: 1}\n", "QZ011", 1),
        ("- count: 1\n", "QZ013", 1),
        ("", "QZ010", 1),
        ("parts: [\n", "QZ003", 1),
        ("parts:\n  - {count: 1, count: 2}\n", "QZ004", 2),
    ],
)
def test_faults_of_a_file_have_their_line(content: str, code: str, line: int, tmp_path: Path) -> None:
    path = tmp_path / "blueprint.yaml"
    path.write_text(content, "utf-8")
    found = given(str(path))
    assert found.blueprint is None
    assert (found.diagnostics[0].code, found.diagnostics[0].span.line) == (code, line)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert [one.code for one in given(str(tmp_path / "nowhere.yaml")).diagnostics] == ["QZ001"]
