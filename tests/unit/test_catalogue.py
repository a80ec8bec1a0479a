"""Questions are found by what they are, and hostile ones stay inside their cells."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.catalogue import Entry, Wanted, catalogue
from quizlib.diagnostics import printable
from quizlib.layout import cells
from quizlib.report.catalogue import as_csv, as_json
from quizlib.schemas import schema
from quizlib.showing import table

BANK = """
format: 1
id: sample
title: Sample
tags: [all]
defaults: {difficulty: easy, points: 2}
questions:
  - {id: a, type: essay, stem: Why?, tags: [loops], objectives: [o]}
  - {id: b, type: essay, stem: Why?, difficulty: hard, tags: [loops, sorting]}
  - {id: c, type: true_false, stem: So?, answer: true, title: The third}
  - {id: d, type: true_false, stem: "Is {{ n }} even?", answer: "{{ n % 2 == 0 }}", parameters: {n: {choose: [1, 2]}}}
  - {id: e, type: essay}
"""


@pytest.fixture
def bank(tmp_path: Path) -> str:
    path = tmp_path / "bank.yml"
    path.write_text(BANK, "utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Wanted(), ["a", "b", "c", "d"]),
        (Wanted(difficulties=["hard"]), ["b"]),
        (Wanted(difficulties=["hard", "easy"]), ["a", "b", "c", "d"]),
        (Wanted(tags=["loops"]), ["a", "b"]),
        (Wanted(tags=["loops", "all"]), ["a", "b", "c", "d"]),
        (Wanted(tags=["loops"], difficulties=["easy"]), ["a"]),
        (Wanted(question_types=["true_false"]), ["c", "d"]),
        (Wanted(objectives=["o", "p"]), ["a"]),
        (Wanted(objectives=["p"]), []),
    ],
)
def test_which_questions_are_listed(bank: str, wanted: Wanted, names: list[str]) -> None:
    found = catalogue([bank], wanted)
    assert [entry.identifier for entry in found.entries] == names
    assert [error.question for error in found.errors] == ["e"]


def test_an_entry_says_what_its_question_is_and_where(bank: str) -> None:
    _, second, third, fourth = catalogue([bank], Wanted()).entries
    assert second == Entry("b", "essay", None, "Why?", "hard", 2, ("all", "loops", "sorting"), (), "sample", bank, 9)
    assert third.title == "The third"
    assert fourth.variants == 2


def test_json_fits_its_schema(bank: str) -> None:
    data = json.loads(as_json(catalogue([bank], Wanted()).entries))
    jsonschema.validate(data, schema("list"))
    assert [question["line"] for question in data["questions"]] == [8, 9, 10, 11]


HOSTILE = st.text(st.characters(codec="utf-8") | st.sampled_from("=+-@\t\r\n\x1b[]#:'\"; ,０漢"), max_size=30)
ENTRIES = st.lists(
    st.builds(
        Entry, HOSTILE, HOSTILE, st.none() | HOSTILE, HOSTILE, st.none(), st.sampled_from([1.0, 0.25]),
        st.lists(HOSTILE, max_size=3).map(tuple), st.just(()), HOSTILE, HOSTILE, st.integers(0, 10**6),
    ),
    max_size=3,
)  # fmt: skip


@given(entries=ENTRIES)
def test_no_cell_of_the_csv_is_a_formula(entries: list[Entry]) -> None:
    rows = list(csv.reader(io.StringIO(as_csv(entries), newline="")))
    assert len(rows) == len(entries) + 1
    for entry, row in zip(entries, rows[1:], strict=True):
        assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
        stem = entry.stem.replace("\0", "\ufffd")
        assert row[rows[0].index("stem")] in (stem, f"'{stem}")


@given(entries=ENTRIES)
def test_json_is_all_ascii_and_whole(entries: list[Entry]) -> None:
    text = as_json(entries)
    assert text.isascii()
    assert "##[" not in text
    assert [question["stem"] for question in json.loads(text)["questions"]] == [entry.stem for entry in entries]


@given(entries=ENTRIES, width=st.integers(20, 200))
def test_the_table_fits_the_terminal_and_gives_it_no_orders(entries: list[Entry], width: int) -> None:
    for line in table.lines(entries, width):
        assert cells(line) <= width
        assert printable(line) == line
        assert not line.lstrip().startswith("::")


def test_a_table_that_is_read_by_a_program_is_whole(bank: str) -> None:
    entries = catalogue([bank], Wanted()).entries
    whole = list(table.lines(entries, None))
    assert whole[0].split() == ["id", "type", "difficulty", "points", "tags", "question", "where"]
    assert all(line.endswith(f"{bank}:{number}") for line, number in zip(whole[1:], range(8, 12), strict=True))
    assert list(table.lines((), None)) == []


def test_the_end_of_a_path_is_kept_and_the_beginning_of_all_else() -> None:
    entry = Entry("a" * 40, "essay", "t" * 60, "s", None, 1, ("tag" * 9,), (), "b", f"folder/{'p' * 60}.yaml", 12)
    _, line = table.lines([entry], 100)
    assert line.startswith("aaaaaaaa")
    assert line.endswith("pp.yaml:12")
    assert list(table.lines([entry], 24))[-1] == "  where: ..ppppp.yaml:12"
