"""A choice of which no option is correct.

Why it matters: whatever a learner chooses, no choice is right, and an LMS gives nobody full marks.

Source: Haladyna, Downing and Rodriguez 2002, guideline 19 (exactly one choice is right: here there is none).

Bad:

    - id: capital
      type: single_choice
      stem: What is the capital of France?
      options: # <-
        - Lyon
        - Paris

Good:

    - id: capital
      type: single_choice
      stem: What is the capital of France?
      options:
        - Lyon
        - {text: Paris, correct: true}
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind
from quizlib.model import Bank, Item
from quizlib.model.texts import choices
from quizlib.plugins import Files

KIND = Kind("QZ101", "no-key")


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each choice without a key."""
    for item in bank.items:
        for choice, place in choices(item):
            if not any(option.correct for option in choice.options):
                yield item, Finding(place, "no option is marked correct", "add `correct: true` to the key")
