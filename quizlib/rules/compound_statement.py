"""A statement, true or false, that says two things.

Why it matters: when one half is true and the other is not, nobody knows what to choose; when both are false, half of
the knowledge does.

Source: Haladyna, Downing and Rodriguez 2002, guideline 1 (a single mental behaviour), for true-false items.

Bad:

    - id: tuple
      type: true_false
      stem: A tuple keeps its order, and it can be changed. # <-
      answer: false

Good:

    - id: tuple
      type: true_false
      stem: A tuple can be changed.
      answer: false
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._english import is_english, prose

KIND = Kind("QZ223", "compound-statement", Severity.WARNING, "pedantic")
ENGLISH_ONLY = True

_CLAUSE = r"(?= (?:it|they|he|she|this|that|its|their)\b| (?:is|are|was|can|has|does)\b)"
_VERB = r"(?:is|are|was|were|can|cannot|has|have|does|do)"
_WITHIN = r"that|after|before|when|until|if|because|which|who|whose|whether|where|while|since|as|than|between|both|for"
# With a verb on either side, and no clause begun in between, there are two statements.
_TWO = re.compile(
    rf"\b{_VERB}\b(?:(?!\b(?:{_WITHIN})\b)[^.?!;:,]){{8,120}}?(?P<joint>,? (?:and|but|while|whereas))"
    rf" (?:the |an? )?\w{{1,40}} {_VERB}\b[^.?!;]{{8}}",
    re.IGNORECASE,
)
_JOINED = re.compile(
    rf"(?<=[^.?!;:]{{8}})(?P<joint>,? (?:and|but|while|whereas|although){_CLAUSE}|,? because(?! of)\b)[^.?!;]{{8}}",
    re.I,
)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each statement that is joined of two."""
    if not is_english(bank):
        return
    for item in bank.items:
        if item.question_type == "true_false" and (found := _joint(prose(item.stem))) is not None:
            place = item.place.at("stem")._replace(excerpt=found)
            message = f"the statement says two things, joined by `{found}`"
            yield item, Finding(place, message, "make two questions of it")


def _joint(statement: str) -> str | None:
    found = _JOINED.search(statement) or _TWO.search(statement)
    return found["joint"].strip(" ,") if found else None
