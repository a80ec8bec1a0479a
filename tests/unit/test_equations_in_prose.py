"""Sentences as teachers write them: what claims something untrue is found, and nothing else is."""

from __future__ import annotations

import pytest

from quizlib.proof.arithmetic import wrong_equations

TRUE_OR_NO_CLAIM = [
    "100 % - 30 % = 70 %",
    "200 + 10 % = 220",
    "70 % of 0.8 = 0.56",
    "√(9 + 16) = 5",
    "√16 = 4",
    r"2\*3 = 6",
    "3 1/2 = 3.5",
    "10/3 = 3 1/3",
    r"$10\,000 / 2 = 5\,000$",
    "10\u202f000 / 2 = 5\u202f000",
    "1/3 = 0.333...",
    "2/3 = 0.66…",
    "10.0.0.0/8 = 16777216 addresses",
    "Version 1.2.3/4 = 5",
    "7 / 2 = 3 remainder 1",
    "7 ÷ 2 = 3 R 1",
    "1 + 1 = 10 in binary",
    "7 + 8 = 3 (mod 12)",
    "log(100) = 2 in base ten",
    "π ≈ 22/7",
    "It is not true that 3 + 4 = 8.",
    "Is 3 + 4 = 8? No, it is 7.",
    "A learner who makes the mistake gets 2 * 3 = 5.",
    "0.8 × 0.7³ = 0.2744",
    "2² = 4",
    "$2^{3} = 8$",
    r"$\sqrt{16} = 4$",
    "`1 + 1` = 2",
    "1 + 1 = $2$",
    "5 – 3 = 2",
    "**2 + 2 = 4**",
    "half of 3 + 1 = 2",
    "x = 5, y = 2x = 10",
    "loss = 0.8 * 0.7 = 0.56",
    "f(2) = 4, so g = f(2) + 1 = 5",
    "`a, b = 1, 2`",
    "on 2026-11-22 = Sunday",
    "Question 5 = 7 points",
    "12 km + 3 km = 15 km",
    "0.1 + 0.2 = 0.30000000000000004",
    "0.1 + 0.2 = 0.3",
    "5 € * 3 = 15 €",
    "90° / 2 = 45°",
    "√9 + 1 = 4",
    "√(9) * 2 = 6",
    "5! * 2 = 240",
    "|-3| * 2 = 6",
    "12 : 4 * 2 = 6",
    "10 : 2 + 1 = 6",
    "3,5 * 2 = 7",
    "1000 * 1000 = 1 million",
    "2 * 7e9 = 14 GB",
    "3.14e5 * 2 = 6.3e5",
    "log(1000) = 3",
    "sin(30) = 0.5",
    "101 + 1 = 110",
    "1or(2) = 3",
    "So -3 * 4 = -12.",
    "loss -3 * 4 = 12",
    "and - 3 * 4 = 12",
    "a and b, then-3 * 4 = 12",
]

UNTRUE = {
    "1 / 3 ≈ 9": "1 / 3 ≈ 9",
    "So 2 + 2 = 5.": "2 + 2 = 5",
    "100 % - 30 % = 60 %": "100 % - 30 % = 60 %",
    "√(9 + 16) = 6": "√(9 + 16) = 6",
    r"2\*3 = 7": r"2\*3 = 7",
    r"$10\,000 / 2 = 6\,000$": r"10\,000 / 2 = 6\,000",
    "0.8 × 0.7³ = 0.28": "0.8 × 0.7³ = 0.28",
    "2² = 5": "2² = 5",
    "$2^{3} = 9$": "2^{3} = 9",
    r"$\sqrt{16} = 5$": r"\sqrt{16} = 5",
    "`1 + 1` = 3": "1 + 1` = 3",
    "5 – 3 = 3": "5 – 3 = 3",
    "π ≈ 22/6": "π ≈ 22/6",
    "It is true that 3 + 4 = 8.": "3 + 4 = 8",
    "This is not all. 3 + 4 = 8.": "3 + 4 = 8",
    "1 + 1 = 3 in total": "1 + 1 = 3",
    "(2 + 3) * 4 = 21": "(2 + 3) * 4 = 21",
    "3 * 4 = 13 in total": "3 * 4 = 13",
    "log(1000) = 4": "log(1000) = 4",
    "3.14e5 * 2 = 6.4e5": "3.14e5 * 2 = 6.4e5",
    "First 5 - 8 = -3, and then -3 * 4 = 12.": "-3 * 4 = 12",
    "So −3 * 4 = 12.": "−3 * 4 = 12",
    "that is -(3 * 4) = 12": "-(3 * 4) = 12",
}


@pytest.mark.parametrize("sentence", TRUE_OR_NO_CLAIM)
def test_nothing_is_found_in(sentence: str) -> None:
    assert list(wrong_equations(sentence)) == []


@pytest.mark.parametrize("sentence", UNTRUE)
def test_an_untrue_equation_is_found_in(sentence: str) -> None:
    assert [wrong.equation for wrong in wrong_equations(sentence)] == [UNTRUE[sentence]]
