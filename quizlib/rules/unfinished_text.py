"""A text that was to be finished later.

Why it matters: a note of the author's, or what stood in a template, is shown to learners as it stands.

Source: Haladyna, Downing and Rodriguez 2002, guideline 11 (edit and proof items).

Bad:

    - id: sum
      type: single_choice
      stem: What is 2 + 3?
      options:
        - {text: "5", correct: true}
        - {text: "TODO: a better distractor"} # <-

Good:

    - id: sum
      type: single_choice
      stem: What is 2 + 3?
      options:
        - {text: "5", correct: true}
        - {text: "6"}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Place, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._english import prose
from quizlib.rules._walk import all_texts

KIND = Kind("QZ208", "unfinished-text", Severity.WARNING)

_NOTE = re.compile(
    r"\bTODO(?=\s*:|\s*$)|\bFIXME(?=\s*:|\s*$)|\b(?:TBD|TKTK)\b(?=\W*$)|(?i:\blorem ipsum\b)"
    r"|\[(?i:insert|your|todo)\b[^\]\n]{0,40}\](?!\()"
)
_SIGNS = ("TODO", "FIXME", "TBD", "TKTK", "orem ipsum", "LOREM", "[")
_TEMPLATE = re.compile(
    r"\W*(?:(?:wrong|distractor|option|answer|choice)[ _-]?(?:text|\d|here)|(?:question|stem) (?:text|here))\W*|\?{3,}",
    re.IGNORECASE,
)
_LENGTH = 24  # at most, of what a template has in the place of a text


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each text that holds a note to be seen to, or is what a template had there."""
    for item, text, place in all_texts(bank):
        if len(text) <= _LENGTH and _TEMPLATE.fullmatch(text):
            yield item, _finding(place, text)
        elif any(sign in text for sign in _SIGNS) and (found := _NOTE.search(prose(text))):
            yield item, _finding(place, found[0])


def _finding(place: Place, note: str) -> Finding:
    message = f"the text is not finished: `{note.strip()}`"
    return Finding(place._replace(excerpt=note.strip()), message, "write it, or take it out")
