"""How often a verdict is wrong: `python benchmarks/verdict.py`, a table for docs/explanation/verdict.md.

Learners who know a given share of the questions and guess the others take a test of ten questions; whoever is undecided
answers as many more as the page offers, again and again, up to sixty.
"""

from __future__ import annotations

import functools
import random
from typing import NamedTuple

from quizlib.mastery import Evidence, Verdict, Word, verdict

FIRST = 10
MOST = 60
_OFFERED = 10  # more questions at once, at most
_UNKNOWN = 5  # are offered where 50 would not settle it
_SHARES = (0.4, 0.5, 0.55, 0.595, 0.6, 0.65, 0.7, 0.8, 0.9)
_GUESSES = (0.0, 0.25, 0.5)
_RUNS = 4000


class Rates(NamedTuple):
    """Shares of the learners: called strong and not yet after one test, and after going on until it was settled.

    `questions` is how many they have answered on the average.
    """

    strong: float
    not_yet: float
    strong_later: float
    not_yet_later: float
    questions: float


def rates(known: float, guess: float, runs: int, seed: int) -> Rates:
    """Let so many learners be tested who know a share of the questions."""
    chance = random.Random(seed)
    taken = [_taken(known + (1 - known) * guess, guess, chance) for _ in range(runs)]
    firsts = [first for first, _, _ in taken]
    lasts = [last for _, last, _ in taken]
    return Rates(
        firsts.count(Word.STRONG) / runs,
        firsts.count(Word.NOT_YET) / runs,
        lasts.count(Word.STRONG) / runs,
        lasts.count(Word.NOT_YET) / runs,
        sum(asked for _, _, asked in taken) / runs,
    )


def _taken(right: float, guess: float, chance: random.Random) -> tuple[Word, Word, int]:
    """Return the first verdict, the last one, and how many questions were answered."""
    asked, earned, looks = FIRST, _earned(FIRST, right, chance), 1
    first = found = _judged(asked, earned, guess, looks)
    while found.word is Word.UNDECIDED and asked < MOST:
        more = min(found.settle or _UNKNOWN, _OFFERED, MOST - asked)
        asked, earned, looks = asked + more, earned + _earned(more, right, chance), looks + 1
        found = _judged(asked, earned, guess, looks)
    return first.word, found.word, asked


def _earned(count: int, right: float, chance: random.Random) -> int:
    return sum(chance.random() < right for _ in range(count))


@functools.cache
def _judged(asked: int, earned: int, guess: float, looks: int) -> Verdict:
    return verdict([Evidence(float(place < earned), guess) for place in range(asked)], looks)


def main() -> None:
    """Print the table."""
    print("| known | guessed | strong at once | later | not yet at once | later | questions |")
    print("|---|---|---|---|---|---|---|")
    for guess in _GUESSES:
        for known in _SHARES:
            found = rates(known, guess, _RUNS, seed=1)
            cells = [found.strong, found.strong_later, found.not_yet, found.not_yet_later]
            shares = " | ".join(f"{100 * cell:.1f} %" for cell in cells)
            print(f"| {100 * known:g} % | {100 * guess:g} % | {shares} | {found.questions:.0f} |")


if __name__ == "__main__":
    main()
