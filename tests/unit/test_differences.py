"""A difference is a patch: what it makes of the old text is the new one. Its time and that of fixes grow with the text."""

from __future__ import annotations

import difflib
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.diagnostics import AddKey, Place, Repair
from quizlib.differences import unified
from quizlib.editing import fix
from quizlib.source import read
from quizlib.yaml_events import Reading

texts = st.lists(
    st.tuples(st.sampled_from("aabcdefgh") | st.text("ab ", max_size=3), st.sampled_from(["\n", "\n", "\r\n"])),
    max_size=30,
).map(lambda lines: "".join(text + end for text, end in lines))


def patched(text: str, patch: list[str]) -> str:
    """Return what a patch makes of a text, every line of which it names must be there."""
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    made: list[str] = []
    at = 0
    for number, line in enumerate(patch[2:], start=2):
        end = "" if patch[number + 1 : number + 2] == ["\\ No newline at end of file"] else "\n"
        if line.startswith("@@"):
            start, count = re.findall(r"-(\d+)(?:,(\d+))? ", line)[0]
            upto = int(start) - (count != "0")
            made, at = made + lines[at:upto], upto
        elif line[0] in " -":
            assert lines[at] == line[1:] + end
            made += [lines[at]] if line[0] == " " else []
            at += 1
        elif line[0] == "+":
            made.append(line[1:] + end)
    return "".join(made + lines[at:])


@given(texts, texts, st.booleans())
def test_a_difference_makes_one_text_of_the_other(before: str, after: str, cut: bool) -> None:
    if cut:
        before, after = before.removesuffix("\n").removesuffix("\r"), after.removesuffix("\n").removesuffix("\r")
    patch = list(unified("x", before, after))
    assert patched(before, patch) == after
    assert bool(patch) == (before != after)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_git_applies_a_difference_whatever_ends_the_lines(end: str, tmp_path: Path) -> None:
    before, after = (end.join(["a", "b", other, "d", ""]).encode() for other in ("c", "x"))
    (tmp_path / "bank.yaml").write_bytes(before)
    patch = "".join(f"{line}\n" for line in unified("bank.yaml", before.decode(), after.decode()))
    (tmp_path / "patch").write_bytes(patch.encode())
    subprocess.run(["git", "apply", "-p0", "patch"], cwd=tmp_path, check=True)
    assert (tmp_path / "bank.yaml").read_bytes() == after


def test_a_line_end_that_is_a_lone_carriage_return_is_not_shown() -> None:
    assert list(unified("x", "a\rb\r", "a\rc\r"))[3:] == [" a", "-b", "+c"]


def compared(count: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how many lines are looked at to compare two files of so many questions, each of them changed."""
    looked_at = 0
    longest = difflib.SequenceMatcher.find_longest_match

    def counting(self: difflib.SequenceMatcher[str], alo: int = 0, ahi: int | None = None, *more: int) -> difflib.Match:
        nonlocal looked_at
        looked_at += (len(vars(self)["a"]) if ahi is None else ahi) - alo
        return longest(self, alo, ahi, *more)

    with monkeypatch.context() as patch:
        patch.setattr(difflib.SequenceMatcher, "find_longest_match", counting)
        before = "".join(f"- type: essay\n  stem: {number}\n  options:\n" for number in range(count))
        list(unified("x", before, before.replace("- type", "- id: x\n  type")))
    return looked_at


def test_twice_the_lines_take_twice_the_comparisons(monkeypatch: pytest.MonkeyPatch) -> None:
    few = compared(100, monkeypatch)
    assert few > 0
    assert compared(200, monkeypatch) < 2.5 * few


def read_again(count: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how many characters are read to check that an id can be added to each of so many questions."""
    characters = 0
    reading = Reading

    def counting(text: str) -> object:
        nonlocal characters
        characters += len(text)
        return reading(text)

    text = "questions:\n" + "  - type: essay\n    stem: What?\n" * count
    document, _ = read("x", text.encode("utf-8"))
    assert document is not None
    with monkeypatch.context() as patch:
        patch.setattr("quizlib.editing.Reading", counting)
        for number in range(count):
            assert fix(document, Repair("add it", (AddKey(Place("x", ("questions", number)), "id", "q", first=True),)))
    return characters


def test_twice_the_questions_take_twice_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    few = read_again(20, monkeypatch)
    assert few > 0
    assert read_again(40, monkeypatch) < 2.5 * few
