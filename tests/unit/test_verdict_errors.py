"""Verdicts are seldom wrong, after one test and after going on until one is settled: by simulation, margins wide."""

from __future__ import annotations

from benchmarks.verdict import Rates, rates

_GUESS = 0.25


def _rates(known: float) -> Rates:
    return rates(known, _GUESS, runs=400, seed=2)


def test_who_knows_too_little_is_seldom_called_strong() -> None:
    assert 0 < _rates(0.55).strong_later <= 0.1


def test_who_knows_much_is_found_strong_in_the_end() -> None:
    best = _rates(0.9)
    assert best.strong + 0.2 < best.strong_later
    assert best.strong_later >= 0.95
    assert best.not_yet_later <= 0.02
    assert 10 < best.questions < 25
