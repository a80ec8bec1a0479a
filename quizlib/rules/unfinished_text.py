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

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.model.texts import texts
from quizlib.plugins import Files
from quizlib.rules._english import prose

KIND = Kind("QZ208", "unfinished-text", Severity.WARNING)

_NOTE = re.compile(
    r"\bTODO(?=\s*:|\s*$)|\bFIXME(?=\s*:|\s*$)|\b(?:TBD|TKTK)\b(?=\W*$)|(?i:\blorem ipsum\b)"
    r"|\[(?i:insert|your|todo)\b[^\]\n]{0,40}\](?!\()|^\?{3,}$"
    r"|^\W*(?i:(?:wrong|distractor|option|answer|choice)[ _-]?(?:text|\d|here)|(?:question|stem) (?:text|here))\W*$"
)
_GUARD = re.compile(r"TODO|FIXME|TBD|TKTK|[Ll]orem|LOREM|\[[IiYyTt]|\?\?\?|^\W{0,3}\w{4,10}[ _-]?(?:text|\d|here)\W*$")


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each text that holds a note to be seen to, or is what a template had there."""
    for item, text, place in texts(bank):
        if _GUARD.search(text) and (found := _NOTE.search(prose(text))):
            place = place._replace(excerpt=found[0].strip() or None)
            yield item, Finding(place, f"the text is not finished: `{found[0].strip()}`", "write it, or take it out")
