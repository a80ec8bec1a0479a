"""A hint that contains the answer.

Why it matters: a hint helps to find the answer; one that says it ends the thinking. A key that can be read
in the stem or in the program anyway is not counted.

Bad:

    - id: capital
      type: single_choice
      stem: What is the capital of France?
      options:
        - {text: Paris, correct: true}
        - Lyon
      hints:
        - It begins like parity, and it is Paris. # <-

Good:

    - id: capital
      type: single_choice
      stem: What is the capital of France?
      options:
        - {text: Paris, correct: true}
        - Lyon
      hints:
        - The Seine flows through it.
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._walk import contains, key_texts, normalized

KIND = Kind("QZ301", "hint-contains-answer")


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each hint in which the key stands."""
    for item in bank.items:
        if not item.hints or item.question_type == "true_false":
            continue
        known = normalized(f"{item.stem} {item.code.source if item.code else ''}")
        keys = [key for key in map(normalized, key_texts(item)) if len(key) > 1 and not contains(known, key)]
        for index, hint in enumerate(item.hints):
            for key in keys:
                if contains(normalized(hint), key):
                    place = item.place.at("hints", index)
                    yield item, Finding(place, f"the hint contains the answer, `{key}`", "point the way instead")
                    break
