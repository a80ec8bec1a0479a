"""A multiple response all of whose options are right.

Why it matters: whoever ticks everything has full marks, and no option tells those who know from those who do not.

Source: Haladyna, Downing and Rodriguez 2002, guideline 29 (make all distractors plausible: there are none).

Bad:

    - id: primes
      type: multiple_response
      stem: Which numbers are prime?
      options: # <-
        - {text: "2", correct: true}
        - {text: "3", correct: true}

Good:

    - id: primes
      type: multiple_response
      stem: Which numbers are prime?
      options:
        - {text: "2", correct: true}
        - {text: "3", correct: true}
        - {text: "4"}
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._walk import written_choices

KIND = Kind("QZ109", "every-option-right", Severity.WARNING)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each choice of any number of options without a distractor."""
    for item, choice, place in written_choices(bank):
        if choice.max_choices != 1 and all(option.correct for option in choice.options):
            yield item, Finding(place, "every option is right", "add options that are wrong")
