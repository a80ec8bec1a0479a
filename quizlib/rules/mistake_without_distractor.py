"""A common mistake that leads to no option.

Why it matters: the best distractors are what learners arrive at by their mistakes. A mistake that names no option is
either one for which a distractor is missing, or one whose distractor does not say so, and nobody is told of it.

Source: Haladyna, Downing and Rodriguez 2002, guideline 30 (use typical errors of students to write distractors).

Bad:

    - id: sum
      type: single_choice
      stem: What is 2 + 3?
      options:
        - {text: "5", correct: true}
        - "6"
        - "1"
      common_mistakes:
        - text: Multiplying
          yields: "6"
        - text: Subtracting # <-

Good:

    - id: sum
      type: single_choice
      stem: What is 2 + 3?
      options:
        - {text: "5", correct: true}
        - "6"
        - "1"
      common_mistakes:
        - text: Multiplying
          yields: "6"
        - text: Subtracting
          yields: "1"
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Choice, Item
from quizlib.plugins import Files

KIND = Kind("QZ305", "mistake-without-distractor", Severity.WARNING, "pedantic")


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each mistake of a single choice that names none of its options."""
    for item in bank.items:
        if isinstance(item.interaction, Choice) and item.interaction.max_choices == 1:
            for index, mistake in enumerate(item.common_mistakes):
                if mistake.yields is None:
                    place = item.place.at("common_mistakes", index, "text")
                    help = "name the option that it leads to in `yields`, or add one"
                    yield item, Finding(place, "the mistake leads to no option", help)
