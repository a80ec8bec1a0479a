"""True-or-false questions are true, or false, more often than chance allows.

Why it matters: a statement is easily written true, and learners who know that earn marks for saying "true". It is
reported when chance alone would give the like in fewer than 1 of 1,000 banks, of 10 questions or more.

Source: Cronbach 1942 (who guesses says “true” more often, and false statements measure better), Journal of Educational
Psychology 33, number 6; Haladyna, Downing and Rodriguez 2002, guideline 20 (vary the right answer), which is written
for the place of a key.

Bad:

    questions: # <-
      - {id: q-1, type: true_false, stem: 1 is less than 70., answer: true}
      - {id: q-2, type: true_false, stem: 2 is less than 70., answer: true}
      - {id: q-3, type: true_false, stem: 3 is less than 70., answer: true}
      - {id: q-4, type: true_false, stem: 4 is less than 70., answer: true}
      - {id: q-5, type: true_false, stem: 5 is less than 70., answer: true}
      - {id: q-6, type: true_false, stem: 6 is less than 70., answer: true}
      - {id: q-7, type: true_false, stem: 7 is less than 70., answer: true}
      - {id: q-8, type: true_false, stem: 8 is less than 70., answer: true}
      - {id: q-9, type: true_false, stem: 9 is less than 70., answer: true}
      - {id: q-10, type: true_false, stem: 10 is less than 70., answer: true}
      - {id: q-11, type: true_false, stem: 11 is less than 70., answer: true}
      - {id: q-12, type: true_false, stem: 12 is less than 70., answer: true}

Good:

    questions:
      - {id: q-1, type: true_false, stem: "1 is less than 7.", answer: true}
      - {id: q-2, type: true_false, stem: "9 is less than 7.", answer: false}
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Choice, Item
from quizlib.plugins import Files
from quizlib.rules._bank import distinct, questions
from quizlib.rules._chance import FEWEST, RARE, at_least, in_words

KIND = Kind("QZ514", "lopsided-truth", Severity.WARNING)

_OFTEN = 0.65


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield at most one finding."""
    keys = [item.interaction.options[0].correct for item in distinct(bank)
            if item.question_type == "true_false" and isinstance(item.interaction, Choice)]  # fmt: skip
    true = sum(keys)
    number = max(true, len(keys) - true)
    if len(keys) < FEWEST or number < _OFTEN * len(keys):
        return
    chance = min(1.0, 2 * at_least(number, [0.5] * len(keys)))
    if chance < RARE:
        which = "true" if true == number else "false"
        message = f"{number} of {len(keys)} statements are {which}; by chance that happens {in_words(chance)}"
        yield None, Finding(questions(bank), message, "turn some of them round")
