"""A question that explains nothing afterwards, in a bank whose other questions do.

Why it matters: learners who missed it see that they were wrong, and are left there. A solution, general feedback, or
feedback for the key counts as an explanation. A bank that explains few questions or none is a test, and is left alone.

Source: Hattie and Timperley 2007 (feedback tells how to go on), Review of Educational Research 77, 81-112.

Bad:

    - id: two
      type: numeric
      stem: What is 1 + 1?
      answer: 2
      feedback: {general: "One and one more is 2."}
    - id: three
      type: numeric
      stem: What is 1 + 2?
      answer: 3
      feedback: {general: "Two and one more is 3."}
    - id: four
      type: numeric
      stem: What is 1 + 3?
      answer: 4
      feedback: {general: "Three and one more is 4."}
    - id: five
      type: numeric
      stem: What is 1 + 4?
      answer: 5
      feedback: {general: "Four and one more is 5."}
    - id: nine # <-
      type: numeric
      stem: What is 1 + 8?
      answer: 9

Good:

    - id: two
      type: numeric
      stem: What is 1 + 1?
      answer: 2
    - id: three
      type: numeric
      stem: What is 1 + 2?
      answer: 3
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, ExtendedText, Item
from quizlib.model.texts import choices, text_entries
from quizlib.plugins import Files
from quizlib.rules._bank import distinct

KIND = Kind("QZ309", "no-solution", Severity.WARNING)

_FEWEST, _MOST = 5, 0.8


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each question without an explanation, where at least four in five questions have one."""
    items = [item for item in distinct(bank) if not isinstance(item.interaction, ExtendedText)]
    without = [item for item in items if not _explains(item)]
    if len(items) >= _FEWEST and len(items) - len(without) >= _MOST * len(items):
        for item in without:
            message = f"nothing explains the answer, as it is explained in {len(items) - len(without)} other questions"
            yield item, Finding(item.place.at("id"), message, "add a `solution`, or `feedback`")


def _explains(item: Item) -> bool:
    return (
        bool(item.solution)
        or bool(item.feedback.general or item.feedback.correct or item.feedback.incorrect)
        or any(option.feedback for choice, _ in choices(item) for option in choice.options)
        or any(accepted.feedback for entry, _ in text_entries(item) for accepted in entry.accepted)
    )
