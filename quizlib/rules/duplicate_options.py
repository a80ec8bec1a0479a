"""Two options that a learner cannot tell apart.

Why it matters: options that differ only in case, in markup or in white space read the same, and one of
them may be the key. Options that are program text or output differ in every character but white space at
the ends.

Bad:

    - id: capital
      type: single_choice
      stem: What is the capital of France?
      options:
        - {text: Paris, correct: true}
        - Lyon
        - "**paris**" # <-

Good:

    - id: capital
      type: single_choice
      stem: What is the capital of France?
      options:
        - {text: Paris, correct: true}
        - Lyon
        - Nice
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Place
from quizlib.model import Bank, Content, Item
from quizlib.plugins import Files
from quizlib.rules._walk import choices, normalized

KIND = Kind("QZ103", "duplicate-options")


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each option that reads like one before it."""
    for item in bank.items:
        for choice, _ in choices(item):
            first: dict[str, Place] = {}
            for option in choice.options:
                text = _read(option.content)
                if text in first:
                    message = "this option reads like another one"
                    yield item, Finding(option.place, message, "make them differ", (first[text],))
                else:
                    first[text] = option.place


def _read(content: Content) -> str:
    """Return a text as a learner reads it. Case and marks matter where they are all there is."""
    if content.format == "code":
        return content.text.strip()
    return normalized(content.text) or content.text.strip()
