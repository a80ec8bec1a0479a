"""A common mistake that leads to no distractor.

Why it matters: `yields` names the option that a learner arrives at, so that the page can say what went
wrong. When no option has that text, or it is the key's, nobody ever sees it.

Source: Haladyna, Downing and Rodriguez 2002, guideline 30 (use typical errors of students to write distractors).

Bad:

    - id: sum
      type: single_choice
      stem: What is 2 + 3?
      options:
        - {text: "5", correct: true}
        - "6"
      common_mistakes:
        - text: Multiplying
          yields: "7" # <-

Good:

    - id: sum
      type: single_choice
      stem: What is 2 + 3?
      options:
        - {text: "5", correct: true}
        - "6"
      common_mistakes:
        - text: Multiplying
          yields: "6"
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind
from quizlib.model import Bank, Choice, Item, TextEntry
from quizlib.plugins import Files
from quizlib.rules._walk import key_texts

KIND = Kind("QZ302", "mistake-yields-no-option")


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each mistake whose `yields` is no distractor's text."""
    for item in bank.items:
        for index, mistake in enumerate(item.common_mistakes):
            if mistake.yields is None:
                continue
            place = item.place.at("common_mistakes", index, "yields")
            stated = mistake.yields.strip()
            if isinstance(item.interaction, Choice | TextEntry) and stated in [key.strip() for key in key_texts(item)]:
                yield item, Finding(place, "the mistake yields the key", "name the distractor that it leads to")
            elif isinstance(item.interaction, Choice) and not any(
                option.content.text.strip() == stated for option in item.interaction.options
            ):
                message = f"no option says `{' '.join(stated.split())}`"
                yield item, Finding(place, message, "write the text of a distractor, as it stands there")
