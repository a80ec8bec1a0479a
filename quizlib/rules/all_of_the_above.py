"""An option that says that all the others are right.

Why it matters: whoever knows that two options are right knows the answer, and whoever knows that one is wrong rules
it out. Where options are shuffled, what is above is somewhere else for everyone.

Source: Haladyna, Downing and Rodriguez 2002, guideline 26; Moore, Nguyen, Chen and Stamper 2023, item-writing flaw
“all of the above”.

Bad:

    - id: loops
      type: single_choice
      stem: Which keyword of Python starts a loop?
      options:
        - {text: "`for`"}
        - {text: "`while`"}
        - {text: All of the above, correct: true} # <-

Good:

    - id: loops
      type: multiple_response
      stem: Which keywords of Python start a loop?
      options:
        - {text: "`for`", correct: true}
        - {text: "`while`", correct: true}
        - {text: "`if`"}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._phrases import options_that_say

KIND = Kind("QZ210", "all-of-the-above", Severity.WARNING)
ENGLISH_ONLY = True

_ALL = re.compile(
    r"(?:[a-z]\W )?(?:all|any) (?:of )?(?:the )?(?:above|these|those|them|others?|options|answers|choices)"
    r"(?: (?:above|options|answers|choices|statements|listed|are|is|of|the|correct|true|right|apply))*"
    r"|(?:they )?(?:are )?all(?: of them)?(?: are| is)? (?:correct|true|right)|all of them|all apply"
)
_PLACES = ("above", "these", "those", "them", "other", "options", "answers", "choices")
_WORDS = (*_PLACES, "correct", "true", "right", "apply")


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each option that stands for all the others."""
    for item, option in options_that_say(bank, _ALL, _WORDS):
        help = "make it a `multiple_response`, or put another distractor in its place"
        yield item, Finding(option.place, "the option says that all the others are right", help)
