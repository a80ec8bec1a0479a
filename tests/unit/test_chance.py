"""Tails are exact, and said in words that are true."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.rules._chance import at_least, at_most, in_words

CHANCES = st.lists(st.sampled_from([1 / 2, 1 / 3, 1 / 4, 1 / 5]), max_size=9)


def by_counting(count: int, chances: list[float]) -> float:
    """Go through all ways in which the trials may end."""
    ways = itertools.product((0, 1), repeat=len(chances))
    return sum(
        math.prod(chance if hit else 1 - chance for hit, chance in zip(way, chances, strict=True))
        for way in ways
        if sum(way) >= count
    )


@given(CHANCES, st.integers(0, 9))
def test_a_tail_is_the_sum_over_all_ways(chances: list[float], count: int) -> None:
    assert at_least(count, chances) == pytest.approx(by_counting(count, chances), abs=1e-12)
    assert at_most(count, chances) == pytest.approx(1 - by_counting(count + 1, chances), abs=1e-12)


@pytest.mark.parametrize(("trials", "count", "chance"), [(20, 14, 0.25), (10, 8, 0.25), (400, 130, 0.25)])
def test_a_tail_of_equal_chances_is_the_binomial_one(trials: int, count: int, chance: float) -> None:
    exact = sum(math.comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(count, trials + 1))
    assert at_least(count, [chance] * trials) == pytest.approx(exact, rel=1e-9)


def test_many_trials_of_several_chances_stay_exact() -> None:
    chances = [1 / 4] * 4000 + [1 / 3] * 3000 + [1 / 5] * 3000
    assert at_least(0, chances) == pytest.approx(1)
    assert at_least(2600, chances) + at_most(2599, chances) == pytest.approx(1)
    assert 0.4 < at_least(2600, chances) < 0.6  # the mean


def test_what_is_certain_or_impossible() -> None:
    assert at_least(2, [1.0, 1.0]) == 1
    assert at_least(1, [0.0]) == 0
    assert at_least(1, []) == 0


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.00042, "in fewer than 1 of 1,000 banks"),
        (0.001, "in fewer than 1 of 1,000 banks"),
        (3e-5, "in fewer than 1 of 10,000 banks"),
        (0.0, "in fewer than 1 of 1,000,000 banks"),
    ],
)
def test_a_probability_in_words(probability: float, words: str) -> None:
    assert in_words(probability) == words
