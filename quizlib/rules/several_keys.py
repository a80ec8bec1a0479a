"""A single choice with more than one correct option.

Why it matters: a learner can choose one option only, so the others that are right count for nothing,
and an LMS shows a single choice with two full marks.

Source: Haladyna, Downing and Rodriguez 2002, guideline 19 (exactly one choice is right); Moore, Nguyen, Chen and
Stamper 2023, item-writing flaw “more than one correct”.

Bad:

    - id: even
      type: single_choice
      stem: Which number is even?
      options:
        - {text: "2", correct: true}
        - {text: "4", correct: true} # <-
        - {text: "5"}

Good:

    - id: even
      type: multiple_response
      stem: Which numbers are even?
      options:
        - {text: "2", correct: true}
        - {text: "4", correct: true}
        - {text: "5"}
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind
from quizlib.model import Bank, Item
from quizlib.model.texts import choices
from quizlib.plugins import Files

KIND = Kind("QZ102", "several-keys")


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each correct option of a single choice after the first."""
    for item in bank.items:
        for choice, _ in choices(item):
            keys = [option for option in choice.options if option.correct]
            if choice.max_choices == 1:
                for extra in keys[1:]:
                    message = "a second option of a single choice is marked correct"
                    help = "leave one, or make it a `multiple_response`"
                    yield item, Finding(extra.place, message, help, (keys[0].place,))
