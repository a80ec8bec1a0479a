"""Typed letters, pairs and orders to responses."""

from __future__ import annotations

import pytest

from quizlib.taking.arrangement import letter
from quizlib.taking.commands import UNKNOWN, Command, command_in
from quizlib.taking.parsing import Misread, chosen, ordered, paired

_OPTIONS = {"a": "o1", "b": "o2", "c": "o3"}
_TEXTS = {"true": "a", "a b": "c"}
_SOURCES = {"1": "s1", "2": "s2", "3": "s3"}
_TARGETS = {"a": "t1", "b": "t2"}


@pytest.mark.parametrize(
    ("text", "several", "expected"),
    [
        ("a", False, ["o1"]),
        (" B ", False, ["o2"]),
        ("c)", False, ["o3"]),
        ("a.", False, ["o1"]),
        ("True", False, ["o1"]),
        ("A  b", True, ["o3"]),
        ("a a", False, ["o1"]),
        ("a c", True, ["o1", "o3"]),
        ("c,a", True, ["o3", "o1"]),
        ("ca", True, ["o3", "o1"]),
        ("a & b", True, ["o1", "o2"]),
        ("", True, []),
        ("  ", False, []),
    ],
)
def test_letters(text: str, several: bool, expected: list[str]) -> None:
    assert chosen(text, _OPTIONS, _TEXTS, several=several) == expected


@pytest.mark.parametrize(("text", "several"), [("d", False), ("a c", False), ("ca", False), ("a d", True), ("1", True)])
def test_letters_that_are_none(text: str, several: bool) -> None:
    assert isinstance(chosen(text, _OPTIONS, _TEXTS, several=several), Misread)


def test_a_letter_comes_before_an_option_that_says_it() -> None:
    assert chosen("b", _OPTIONS, {"b": "a"}, several=False) == ["o2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1b 2a 3b", {"s1": "t2", "s2": "t1", "s3": "t2"}),
        ("1b2a", {"s1": "t2", "s2": "t1"}),
        ("1 b, 2 a", {"s1": "t2", "s2": "t1"}),
        ("1-B; 2=a", {"s1": "t2", "s2": "t1"}),
        ("1 -> b", {"s1": "t2"}),
        ("01b 1b", {"s1": "t2"}),
        ("", {}),
    ],
)
def test_pairs(text: str, expected: dict[str, str]) -> None:
    assert paired(text, _SOURCES, _TARGETS) == expected


@pytest.mark.parametrize("text", ["1", "b", "1c", "4a", "1a 1b", "1a x", "1ab", "1a 2", "0a", "²a"])
def test_pairs_that_are_none(text: str) -> None:
    assert isinstance(paired(text, _SOURCES, _TARGETS), Misread)


@pytest.mark.parametrize("text", ["3 1 2", "3,1,2", "312", " 3) 1) 2) ", "3 > 1 -> 2", "03 01 02"])
def test_orders(text: str) -> None:
    assert ordered(text, _SOURCES) == ["s3", "s1", "s2"]


@pytest.mark.parametrize("text", ["3 1", "3 1 1", "3 1 4", "3 1 2 2", "a", "3 1 b", "-", "1234567890123"])
def test_orders_that_are_none(text: str) -> None:
    assert isinstance(ordered(text, _SOURCES), Misread)


def test_ten_rows_need_blanks_between_their_numbers() -> None:
    rows = {str(number): f"r{number}" for number in range(1, 11)}
    assert ordered("10 9 8 7 6 5 4 3 2 1", rows) == [f"r{number}" for number in range(10, 0, -1)]
    assert isinstance(ordered("10987654321", rows), Misread)


def test_letters_go_on_after_z() -> None:
    assert [letter(place) for place in (0, 25, 26, 27, 701, 702)] == ["a", "z", "aa", "ab", "zz", "aaa"]


@pytest.mark.parametrize(
    ("line", "is_text", "several", "command", "answer"),
    [
        (":hint", False, False, Command.HINT, ":hint"),
        (" :H ", True, False, Command.HINT, " :H "),
        (":?", True, True, Command.HELP, ":?"),
        ("?", False, False, Command.HELP, "?"),
        ("?", True, False, None, "?"),
        ("hint", True, False, None, "hint"),
        (":nothing", True, False, UNKNOWN, ":nothing"),
        (":nothing", True, True, None, ":nothing"),
        (":2", True, False, None, ":2"),
        (":2", False, False, UNKNOWN, ":2"),
        ("::quit", True, True, None, ":quit"),
        ("  ::x", True, True, None, "  :x"),
    ],
)
def test_commands(line: str, is_text: bool, several: bool, command: Command | str | None, answer: str) -> None:
    assert command_in(line, is_text=is_text, several_lines=several) == (command, answer)
