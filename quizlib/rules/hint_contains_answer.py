"""A hint that contains the answer.

Why it matters: a hint helps to find the answer; one that says it ends the thinking. A key that can be read
in the stem or in the program anyway is not counted.

Source: Aleven, McLaren, Roll and Koedinger 2006 (learners click through hints to the one that tells the answer),
International Journal of Artificial Intelligence in Education 16, 101-130.

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
        keys = [text for text in key_texts(item) if _tells(normalized(text), known)]
        for index, hint in enumerate(item.hints):
            given = normalized(hint)
            for key in keys:
                if contains(given, normalized(key)):
                    place = item.place.at("hints", index)
                    message = f"the hint contains the answer, `{' '.join(key.split())}`"
                    yield item, Finding(place, message, "point the way instead")
                    break


def _tells(key: str, known: str) -> bool:
    """Whether a hint that holds the key gives anything away: it is no small word, and not known anyway."""
    return len(key) > 1 and not (key.isalpha() and len(key) < 4) and not contains(known, key)
