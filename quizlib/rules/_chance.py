"""How likely a count is when only chance decides: exact tails, in pure Python.

A finding about a whole bank is made where chance alone would give the like in fewer than one of 1,000 banks, all the
counts that were looked at taken together (Bonferroni), and where the share differs enough to help a guesser.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

RARE = 0.001
"""The chance below which a count is no accident."""

FEWEST = 10
"""The fewest questions of which a share is told at all."""

_NEGLIGIBLE = 1e-20


def at_least(count: int, chances: Iterable[float]) -> float:
    """Return the probability of `count` or more successes in trials with these chances of success."""
    return min(1.0, math.fsum(chance for hits, chance in _distribution(chances).items() if hits >= count))


def at_most(count: int, chances: Iterable[float]) -> float:
    """Return the probability of `count` or fewer successes in trials with these chances of success."""
    return min(1.0, math.fsum(chance for hits, chance in _distribution(chances).items() if hits <= count))


def in_words(probability: float) -> str:
    """Return how seldom something happens by chance: `in fewer than 1 of 1,000 banks`. Below one half only."""
    power = min(6, math.floor(-math.log10(max(probability, 1e-12)) + 1e-9))
    return f"in fewer than 1 of {10**power:,} banks" if power else f"in about {probability:.0%} of banks"


def _distribution(chances: Iterable[float]) -> dict[int, float]:
    """Return the probability of each number of successes, those that hardly ever happen left out."""
    found = {0: 1.0}
    for chance, trials in Counter(chances).items():
        found = _sum(found, _binomial(trials, chance))
    return found


def _binomial(trials: int, chance: float) -> dict[int, float]:
    if not 0 < chance < 1:
        return {trials if chance else 0: 1.0}
    logs = (math.lgamma(trials + 1), math.log(chance), math.log1p(-chance))
    terms = {
        hits: math.exp(logs[0] - math.lgamma(hits + 1) - math.lgamma(trials - hits + 1) + hits * logs[1]
                       + (trials - hits) * logs[2])
        for hits in range(trials + 1)
    }  # fmt: skip
    return {hits: term for hits, term in terms.items() if term > _NEGLIGIBLE}


def _sum(first: Mapping[int, float], second: Mapping[int, float]) -> dict[int, float]:
    """Return the distribution of the sum of two independent numbers."""
    found: dict[int, float] = {}
    for one, chance in first.items():
        for other, another in second.items():
            found[one + other] = found.get(one + other, 0.0) + chance * another
    return {hits: chance for hits, chance in found.items() if chance > _NEGLIGIBLE}
