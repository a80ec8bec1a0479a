"""A blank in the middle of a stem.

Why it matters: learners keep a hole in mind while they read on, and have to go back and try each option in it. At the
end, the blank comes when all is said; better still is a question.

Source: Moore, Nguyen, Chen and Stamper 2023, item-writing flaw “fill-in-the-blank”; NBME Item-Writing Guide 2024, on
closed lead-ins (the stem ends with a whole question).

Bad:

    - id: loop
      type: single_choice
      stem: The keyword ____ starts a loop that runs as long as its condition holds. # <-
      options:
        - {text: while, correct: true}
        - {text: for}
        - {text: if}

Good:

    - id: loop
      type: single_choice
      stem: Which keyword starts a loop that runs as long as its condition holds?
      options:
        - {text: while, correct: true}
        - {text: for}
        - {text: if}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._english import prose
from quizlib.rules._walk import written_choices

KIND = Kind("QZ203", "blank-in-the-middle", Severity.WARNING)

_BLANK = re.compile(r"(?<![\w_])_{3,}(?![\w_])|(?<![\w_.])\.{5,}(?!\w)|…{2,}")
# Of a saying or a quotation a word may well be missing in the middle.
_QUOTED = re.compile(r"\b(?:missing|complete|fill|fits|quote|saying|proverb|lyrics)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_AFTER = 4


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield the first blank of a stem after which several words follow."""
    for item, choice, _ in written_choices(bank):
        stem = item.stem
        if choice is not item.interaction or not ("___" in stem or "....." in stem or "……" in stem):
            continue
        if _QUOTED.search(stem):
            continue
        text = prose(stem)
        blank = _BLANK.search(text)
        if blank is not None and len(_WORD.findall(text, blank.end())) >= _AFTER:
            place = item.place.at("stem")._replace(excerpt=blank[0])
            help = "ask a question, or let the blank be the end of the sentence"
            yield item, Finding(place, "words follow the blank that is to be filled", help)
