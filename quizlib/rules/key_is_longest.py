"""The key is the longest option more often than chance allows.

Why it matters: authors qualify what has to be true and dash off the rest. Test-wise learners know, and choose the
longest option. Single choices in words with three options and more are counted in which one option is longer than all
others. It is reported when chance alone would give the like in fewer than 1 of 1,000 banks, and when the share is
at least 1.5 times what is to be expected.

Source: Haladyna, Downing and Rodriguez 2002, guideline 24 (keep the length of choices about equal); Moore, Nguyen, Chen
and Stamper 2023, item-writing flaw “longest option is correct”.

Bad:

    questions: # <-
      - {id: q-1, type: single_choice, stem: Is 1 odd?, options: [No, {text: It surely is, correct: true}, Maybe]}
      - {id: q-2, type: single_choice, stem: Is 2 even?, options: [No, {text: It surely is, correct: true}, Maybe]}
      - {id: q-3, type: single_choice, stem: Is 3 odd?, options: [No, {text: It surely is, correct: true}, Maybe]}
      - {id: q-4, type: single_choice, stem: Is 4 even?, options: [No, {text: It surely is, correct: true}, Maybe]}
      - {id: q-5, type: single_choice, stem: Is 5 odd?, options: [No, {text: It surely is, correct: true}, Maybe]}
      - {id: q-6, type: single_choice, stem: Is 6 even?, options: [No, {text: It surely is, correct: true}, Maybe]}
      - {id: q-7, type: single_choice, stem: Is 7 odd?, options: [No, {text: It surely is, correct: true}, Maybe]}
      - {id: q-8, type: single_choice, stem: Is 8 even?, options: [No, {text: It surely is, correct: true}, Maybe]}
      - {id: q-9, type: single_choice, stem: Is 9 odd?, options: [No, {text: It surely is, correct: true}, Maybe]}
      - {id: q-10, type: single_choice, stem: Is 10 even?, options: [No, {text: It surely is, correct: true}, Maybe]}

Good:

    questions:
      - {id: q-1, type: single_choice, stem: Is 1 odd?, options: [No, {text: Yes, correct: true}, Both]}
      - {id: q-2, type: single_choice, stem: Is 2 even?, options: [No, {text: Yes, correct: true}, Both]}
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Choice, Item
from quizlib.model.texts import choices
from quizlib.plugins import Files
from quizlib.rules._bank import distinct, questions
from quizlib.rules._chance import FEWEST, RARE, at_least, in_words

KIND = Kind("QZ508", "key-is-longest", Severity.WARNING)

_OFTEN = 1.5


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield at most one finding."""
    longest: list[bool] = []
    chances: list[float] = []
    for item in distinct(bank):
        for choice, _ in choices(item):
            if (hit := _key_is_longest(choice)) is not None:
                longest.append(hit)
                chances.append(1 / len(choice.options))
    hits = sum(longest)
    if len(longest) < FEWEST or hits < _OFTEN * sum(chances):
        return
    chance = at_least(hits, chances)
    if chance < RARE:
        message = f"the key is the longest option in {hits} of {len(longest)} questions"
        help = "shorten keys, or say as much in the distractors"
        yield None, Finding(questions(bank), f"{message}; by chance that happens {in_words(chance)}", help)


def _key_is_longest(choice: Choice) -> bool | None:
    """Return whether the key is longer than all others; None where no option is, or length tells nothing."""
    keys = [option for option in choice.options if option.correct]
    if len(keys) != 1 or choice.max_choices != 1 or len(choice.options) < 3:
        return None
    if any(option.content.format != "markdown" or "![" in option.content.text for option in choice.options):
        return None
    by_length = sorted(choice.options, key=lambda option: len(option.content.text.strip()))
    first, second = by_length[-1], by_length[-2]
    return None if len(first.content.text.strip()) == len(second.content.text.strip()) else first.correct
