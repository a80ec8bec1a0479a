"""Nearly all questions of a bank have the same difficulty.

Why it matters: a difficulty that hardly varies helps nobody to choose questions, and shows most often that it was
never judged. It is reported of 20 questions or more, when over nine in ten have the same one.

Source: AERA, APA and NCME 2014, Standards for Educational and Psychological Testing, standard 4.2 (specify the
properties that items are to have).

Bad:

    questions: # <-
      - {id: q-1, type: numeric, difficulty: medium, stem: What is 1 + 7?, answer: 8}
      - {id: q-2, type: numeric, difficulty: medium, stem: What is 2 + 7?, answer: 9}
      - {id: q-3, type: numeric, difficulty: medium, stem: What is 3 + 7?, answer: 10}
      - {id: q-4, type: numeric, difficulty: medium, stem: What is 4 + 7?, answer: 11}
      - {id: q-5, type: numeric, difficulty: medium, stem: What is 5 + 7?, answer: 12}
      - {id: q-6, type: numeric, difficulty: medium, stem: What is 6 + 7?, answer: 13}
      - {id: q-7, type: numeric, difficulty: medium, stem: What is 7 + 7?, answer: 14}
      - {id: q-8, type: numeric, difficulty: medium, stem: What is 8 + 7?, answer: 15}
      - {id: q-9, type: numeric, difficulty: medium, stem: What is 9 + 7?, answer: 16}
      - {id: q-10, type: numeric, difficulty: medium, stem: What is 10 + 7?, answer: 17}
      - {id: q-11, type: numeric, difficulty: medium, stem: What is 11 + 7?, answer: 18}
      - {id: q-12, type: numeric, difficulty: medium, stem: What is 12 + 7?, answer: 19}
      - {id: q-13, type: numeric, difficulty: medium, stem: What is 13 + 7?, answer: 20}
      - {id: q-14, type: numeric, difficulty: medium, stem: What is 14 + 7?, answer: 21}
      - {id: q-15, type: numeric, difficulty: medium, stem: What is 15 + 7?, answer: 22}
      - {id: q-16, type: numeric, difficulty: medium, stem: What is 16 + 7?, answer: 23}
      - {id: q-17, type: numeric, difficulty: medium, stem: What is 17 + 7?, answer: 24}
      - {id: q-18, type: numeric, difficulty: medium, stem: What is 18 + 7?, answer: 25}
      - {id: q-19, type: numeric, difficulty: medium, stem: What is 19 + 7?, answer: 26}
      - {id: q-20, type: numeric, difficulty: medium, stem: What is 20 + 7?, answer: 27}

Good:

    questions:
      - {id: q-1, type: numeric, difficulty: medium, stem: What is 1 + 7?, answer: 8}
      - {id: q-2, type: numeric, difficulty: medium, stem: What is 2 + 7?, answer: 9}
      - {id: q-3, type: numeric, difficulty: medium, stem: What is 3 + 7?, answer: 10}
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._bank import distinct, questions

KIND = Kind("QZ511", "lopsided-difficulty", Severity.WARNING, "pedantic")

_FEWEST, _MOST = 20, 0.9


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield at most one finding."""
    found = Counter(item.difficulty for item in distinct(bank) if item.difficulty is not None)
    total = found.total()
    if total >= _FEWEST:
        difficulty, number = found.most_common(1)[0]
        if number > _MOST * total:
            message = f"{number} of {total} questions are `{difficulty}`"
            yield None, Finding(questions(bank), message, "judge each question by itself, or leave the key out")
