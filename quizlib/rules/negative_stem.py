"""A question that asks for what is not so, and does not stress it.

Why it matters: learners overlook the small word, and are marked wrong for what they know. Knowing what is not so is
seldom what is to be learnt.

Source: Haladyna, Downing and Rodriguez 2002, guideline 17; Moore, Nguyen, Chen and Stamper 2023, item-writing flaw
“negative worded”; NBME Item-Writing Guide 2024, technical flaw “negatively structured stem”.

Bad:

    - id: mutable
      type: single_choice
      stem: Which of these types is not mutable in Python? # <-
      options:
        - {text: tuple, correct: true}
        - {text: list}
        - {text: dict}

Good:

    - id: mutable
      type: single_choice
      stem: Which of these types is **not** mutable in Python?
      options:
        - {text: tuple, correct: true}
        - {text: list}
        - {text: dict}
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._english import is_english
from quizlib.rules._negation import emphasised, negation
from quizlib.rules._walk import written_choices

KIND = Kind("QZ201", "negative-stem", Severity.WARNING)
ENGLISH_ONLY = True


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each stem of a choice that turns its question round with a word that is not stressed."""
    if not is_english(bank):
        return
    for item, choice, _ in written_choices(bank):
        found = negation(item.stem) if choice is item.interaction else None
        if found is not None and not emphasised(item.stem, found):
            word = item.stem[slice(*found)]
            place = item.place.at("stem")._replace(excerpt=word)
            message = f"the question is turned round by `{word}`, which is not stressed"
            yield item, Finding(place, message, "ask for what is so, or write the word in bold")
