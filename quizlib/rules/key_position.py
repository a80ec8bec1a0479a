"""The key stands in one position more often, or less often, than chance allows.

Why it matters: learners notice that it is usually B, and guess accordingly. People who place keys by hand prefer the
middle. Only choices of three options and more are counted whose options stay in the order in which they are written.
It is reported when chance alone would give the like in fewer than 1 of 1,000 banks, all positions taken
together, and when the share is at least 1.3 times, or at most 0.7 times, what is to be expected.

Source: Haladyna, Downing and Rodriguez 2002, guideline 20 (vary the location of the right answer); Attali and
Bar-Hillel 2003 (key placement by test makers), Journal of Educational Measurement 40, 109-128.

Bad:

    defaults: {shuffle: false}
    questions: # <-
      - {id: q-1, type: single_choice, stem: Is 1 odd?, options: [No, {text: Yes, correct: true}, Neither]}
      - {id: q-2, type: single_choice, stem: Is 2 even?, options: [No, {text: Yes, correct: true}, Neither]}
      - {id: q-3, type: single_choice, stem: Is 3 odd?, options: [No, {text: Yes, correct: true}, Neither]}
      - {id: q-4, type: single_choice, stem: Is 4 even?, options: [No, {text: Yes, correct: true}, Neither]}
      - {id: q-5, type: single_choice, stem: Is 5 odd?, options: [No, {text: Yes, correct: true}, Neither]}
      - {id: q-6, type: single_choice, stem: Is 6 even?, options: [No, {text: Yes, correct: true}, Neither]}
      - {id: q-7, type: single_choice, stem: Is 7 odd?, options: [No, {text: Yes, correct: true}, Neither]}
      - {id: q-8, type: single_choice, stem: Is 8 even?, options: [No, {text: Yes, correct: true}, Neither]}
      - {id: q-9, type: single_choice, stem: Is 9 odd?, options: [No, {text: Yes, correct: true}, Neither]}
      - {id: q-10, type: single_choice, stem: Is 10 even?, options: [No, {text: Yes, correct: true}, Neither]}

Good:

    defaults: {shuffle: false}
    questions:
      - {id: q-1, type: single_choice, stem: Is 1 odd?, options: [No, {text: Yes, correct: true}, Neither]}
      - {id: q-2, type: single_choice, stem: Is 2 odd?, options: [{text: No, correct: true}, Yes, Neither]}
      - {id: q-3, type: single_choice, stem: Is 3 odd?, options: [No, {text: Yes, correct: true}, Neither]}
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Choice, Item
from quizlib.model.texts import choices
from quizlib.plugins import Files
from quizlib.rules._bank import distinct, questions
from quizlib.rules._chance import FEWEST, RARE, at_least, at_most, in_words

KIND = Kind("QZ507", "key-position", Severity.WARNING)

_OFTEN, _SELDOM = 1.3, 0.7


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield at most one finding: the position that is furthest from chance."""
    shown = [choice for item in distinct(bank) for choice, _ in choices(item) if _is_counted(item, choice)]
    if len(shown) < FEWEST:
        return
    keys = [next(number for number, option in enumerate(choice.options) if option.correct) for choice in shown]
    width = max(len(choice.options) for choice in shown)
    found = min(_surprise(position, keys, shown) for position in range(width))
    chance = min(1.0, found[0] * 2 * width)
    if chance < RARE:
        _, position, hits, trials = found
        often = f"in {hits} of {trials} questions" if hits else f"in none of {trials} questions"
        message = f"the key is option {_letter(position)} {often}; by chance that happens {in_words(chance)}"
        yield None, Finding(questions(bank), message, "shuffle the options, or move some keys")


def _is_counted(item: Item, choice: Choice) -> bool:
    """Whether guessing by position is possible, and the position is the author's."""
    free = sum(not option.fixed for option in choice.options)
    still = not choice.shuffle or free < 2
    keys = sum(option.correct for option in choice.options)
    return still and choice.max_choices == 1 and keys == 1 and len(choice.options) > 2


def _surprise(position: int, keys: list[int], shown: list[Choice]) -> tuple[float, int, int, int]:
    """Return how likely so extreme a count at this position is, or 1 where it is near what is to be expected."""
    chances = [1 / len(choice.options) for choice in shown if position < len(choice.options)]
    hits, expected = keys.count(position), sum(chances)
    if hits >= _OFTEN * expected:
        return at_least(hits, chances), position, hits, len(chances)
    if hits <= _SELDOM * expected:
        return at_most(hits, chances), position, hits, len(chances)
    return 1.0, position, hits, len(chances)


def _letter(position: int) -> str:
    return chr(ord("A") + position) if position < 26 else str(position + 1)
