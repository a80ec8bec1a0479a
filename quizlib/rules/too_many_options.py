"""A choice of very many options.

Why it matters: a good third distractor is hard to find, and a fifth is chosen by nobody. Each costs the author's and
the learner's time and proves nothing.

Source: Rodriguez 2005 (three options are optimal); Haladyna, Downing and Rodriguez 2002, guideline 18.

Bad:

    - id: digit
      type: single_choice
      stem: What is 2 + 3?
      options: # <-
        - {text: "1"}
        - {text: "2"}
        - {text: "3"}
        - {text: "4"}
        - {text: "5", correct: true}
        - {text: "6"}
        - {text: "7"}
        - {text: "8"}

Good:

    - id: digit
      type: single_choice
      stem: What is 2 + 3?
      options:
        - {text: "5", correct: true}
        - {text: "6"}
        - {text: "23"}
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._walk import written_choices

KIND = Kind("QZ224", "too-many-options", Severity.WARNING)

_MOST = 5


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each choice of one option out of more than five; gaps, whose options may be shared, are not counted."""
    for item, choice, place in written_choices(bank):
        if choice is item.interaction and choice.max_choices == 1 and len(choice.options) > _MOST:
            message = f"there are {len(choice.options)} options to choose one from"
            yield item, Finding(place, message, "keep the distractors that learners choose")
