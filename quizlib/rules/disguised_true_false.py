"""A choice between true and false that is no `true_false`.

Why it matters: as a choice its two options are shuffled and shown like any others; an LMS has a form of its own for
statements, which learners know.

Source: Moore, Nguyen, Chen and Stamper 2023, item-writing flaw “true/false question”.

Bad:

    - id: tuple
      type: single_choice
      stem: A tuple can be changed.
      options: # <-
        - "True"
        - {text: "False", correct: true}

Good:

    - id: tuple
      type: true_false
      stem: A tuple can be changed.
      answer: false
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._english import is_english
from quizlib.rules._walk import written_choices

KIND = Kind("QZ225", "disguised-true-false", Severity.WARNING)
ENGLISH_ONLY = True


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each choice of the words true and false, where they are no values of a program."""
    if not is_english(bank):
        return
    for item, choice, place in written_choices(bank):
        if len(choice.options) != 2 or item.question_type != "single_choice" or "?" in item.stem:
            continue
        if {option.content.text.strip(" .").casefold() for option in choice.options} == {"true", "false"}:
            yield item, Finding(place, "the options are true and false", "make it a `true_false` with an `answer`")
