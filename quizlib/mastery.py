"""Whether responses show that a subject is strong: a verdict with its uncertainty, by a documented method.

The learner is taken to know a share t of the questions of a kind, and to guess at the others: a question with the
guessing chance g is answered rightly with p = t + (1 - t) g. That is the lower asymptote of item response theory
(Birnbaum, in Lord & Novick, Statistical Theories of Mental Test Scores, 1968); to decide on mastery by Bayes' rule is
due to Novick & Lewis (1974) and Wilcox (1979). Nothing is known of t beforehand: the prior is uniform, on a grid. A
score between 0 and 1 counts as so much of a right response and the rest of a wrong one.

Whoever goes on until a verdict pleases is helped by chance each time it is looked at. So each look asks for more: at
the nth look the verdict may be wrong with a probability of 1/n of that at the first. docs/explanation/verdict.md has
the errors that are made, by simulation.

The script of the HTML page decides in the same way; `tests/shared/mastery.json` holds the cases for both.
"""

from __future__ import annotations

import dataclasses
import enum
import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

STRONG = 0.6  # the share that is known by who is strong: of four options, 70 % right
DOUBT = 0.1  # the probability of being wrong that is left at the first look
MOST_LUCK = 1000
_GRID = 200
_FURTHER = 50
_USUAL_GUESS = 0.25
_LEAST = 1e-12
_SLACK = 1e-12
_SHARES = tuple((k + 0.5) / _GRID for k in range(_GRID))


class Word(enum.StrEnum):
    """What is said of a subject."""

    STRONG = "strong"
    NOT_YET = "not_yet"
    UNDECIDED = "undecided"


@dataclasses.dataclass(frozen=True, slots=True)
class Evidence:
    """A scored response, from 0 to 1, and the chance that a blind one would have been right.

    `answered` is False where there is no response, which scores 0. `seen`: the learner had answered the question
    before, or seen its solution.
    """

    score: float
    guess: float
    answered: bool = True
    seen: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Verdict:
    """What the evidence says. Shares are from 0 to 1.

    `probability` is that of being strong, and `leaning` the likelier of strong and not yet. `known` is the share that
    is probably known, and lies with a probability of 80 % between `low` and `high`. `luck`: in one of so many such
    cases the leaning is wrong, at most 1000. `settle` is how many more responses, all right or all wrong as the
    leaning has it, would make it certain at the next look; None where it is, or where 50 would not do. `looks` is how
    often the verdict was looked at, with more responses each time; `answered` and `seen` count the evidence.
    """

    word: Word
    probability: float
    leaning: Word
    known: float
    low: float
    high: float
    right: int
    total: int
    luck: int
    settle: int | None
    looks: int = 1
    answered: int = 0
    seen: int = 0


def verdict(evidence: Iterable[Evidence], looks: int = 1) -> Verdict:
    """Decide whether a subject is strong, at the first look or, with more evidence each time, at a later one."""
    evidence = tuple(evidence)
    likelihood = [sum(_log_likelihood(share, one) for one in evidence) for share in _SHARES]
    weights = _normalized(likelihood)
    probability = _strong(weights)
    leaning = Word.STRONG if probability >= 0.5 else Word.NOT_YET
    wrong = 1 - probability if leaning is Word.STRONG else probability
    cumulated = list(accumulate(weights))
    word = _word(probability, looks)
    return Verdict(
        word=word,
        probability=probability,
        leaning=leaning,
        known=sum(share * weight for share, weight in zip(_SHARES, weights, strict=True)),
        low=_quantile(cumulated, 0.1),
        high=_quantile(cumulated, 0.9),
        right=sum(one.score == 1 for one in evidence),
        total=len(evidence),
        luck=MOST_LUCK if wrong * MOST_LUCK <= 1 else math.floor(1 / wrong + 0.5),
        settle=None if word is leaning else _settling(likelihood, leaning, _mean_guess(evidence), looks + 1),
        looks=looks,
        answered=sum(one.answered for one in evidence),
        seen=sum(one.seen for one in evidence),
    )


def in_words(verdict: Verdict) -> str:
    """Return a verdict as a sentence."""
    if verdict.total == 0:
        return "nothing was scored, so that nothing can be said."
    if verdict.total == 1:
        return f"{verdict.right} of 1 right: too few to tell."
    return " ".join((_judgement(verdict), *_reserves(verdict)))


def _judgement(verdict: Verdict) -> str:
    is_strong = verdict.leaning is Word.STRONG
    name = "strong" if is_strong else "not yet" if verdict.word is Word.NOT_YET else "not yet strong"
    if verdict.answered == 0:
        return f"none of {verdict.total} answered: {name}."
    luck = "luck" if is_strong else "bad luck"
    odds = f"about 1 of {verdict.luck}" if verdict.luck < MOST_LUCK else f"less than 1 of {MOST_LUCK}"
    counted = f"{verdict.right} of {verdict.total} right"
    if verdict.word is not Word.UNDECIDED:
        return f"{counted}: {name}; in {odds} such cases that is {luck}."
    return f"{counted}: probably {name}, and in {odds} such cases that is {luck}{_to_settle(verdict)}."


def _reserves(verdict: Verdict) -> Iterator[str]:
    """Yield what the verdict does not count with."""
    if verdict.looks > 1:
        times = "once" if verdict.looks == 2 else f"{verdict.looks - 1} times"
        yield f"Since questions were added {times}, it takes more to be certain."
    if verdict.seen and verdict.leaning is Word.STRONG:
        yield (
            f"{verdict.seen} of these {verdict.total} questions had been answered before: "
            "they may be remembered rather than known."
        )


def _to_settle(verdict: Verdict) -> str:
    kind = "right" if verdict.leaning is Word.STRONG else "wrong"
    if verdict.settle is None:
        return f"; {_FURTHER} more {kind} answers would not settle it"
    return f"; {verdict.settle} more {kind} answer{'' if verdict.settle == 1 else 's'} would settle it"


def _log_likelihood(share: float, one: Evidence) -> float:
    right = share + (1 - share) * one.guess
    right = min(max(right, _LEAST), 1 - _LEAST)
    return one.score * math.log(right) + (1 - one.score) * math.log(1 - right)


def _normalized(likelihood: Sequence[float]) -> list[float]:
    most = max(likelihood)
    weights = [math.exp(value - most) for value in likelihood]
    total = sum(weights)
    return [weight / total for weight in weights]


def _strong(weights: Sequence[float]) -> float:
    return sum(weight for share, weight in zip(_SHARES, weights, strict=True) if share >= STRONG)


def _word(probability: float, look: int) -> Word:
    doubt = DOUBT / look
    if probability >= 1 - doubt:
        return Word.STRONG
    return Word.NOT_YET if probability <= doubt else Word.UNDECIDED


def _quantile(cumulated: Sequence[float], part: float) -> float:
    """Return the first share up to which this part of the posterior lies; rounding errors do not count."""
    return next((share for share, sum in zip(_SHARES, cumulated, strict=True) if sum >= part - _SLACK), _SHARES[-1])


def _mean_guess(evidence: Sequence[Evidence]) -> float:
    return sum(one.guess for one in evidence) / len(evidence) if evidence else _USUAL_GUESS


def _settling(likelihood: Sequence[float], leaning: Word, guess: float, look: int) -> int | None:
    further = Evidence(1.0 if leaning is Word.STRONG else 0.0, guess)
    steps = [_log_likelihood(share, further) for share in _SHARES]
    for count in range(1, _FURTHER + 1):
        weights = _normalized([value + count * step for value, step in zip(likelihood, steps, strict=True)])
        if _word(_strong(weights), look) is leaning:
            return count
    return None
