"""An option that says that none of the others is right.

Why it matters: a learner who chooses it shows that the others are known to be wrong, not that the right answer is
known. As a distractor it is there because no real one came to mind.

Source: Haladyna, Downing and Rodriguez 2002, guideline 25 (use carefully); Moore, Nguyen, Chen and Stamper 2023,
item-writing flaw “none of the above”; NBME Item-Writing Guide 2024, technical flaw “none of the above”.

Bad:

    - id: capital
      type: single_choice
      stem: What is the capital of Australia?
      options:
        - {text: Canberra, correct: true}
        - {text: Sydney}
        - {text: None of the above} # <-

Good:

    - id: capital
      type: single_choice
      stem: What is the capital of Australia?
      options:
        - {text: Canberra, correct: true}
        - {text: Sydney}
        - {text: Melbourne}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._phrases import options_that_say

KIND = Kind("QZ211", "none-of-the-above", Severity.WARNING)
ENGLISH_ONLY = True

_NONE = re.compile(
    r"(?:[a-z]\W )?(?:none|neither|not any) (?:of )?(?:the )?(?:above|these|those|them|others?|options|answers|choices)"
    r"(?: (?:above|options|answers|choices|statements|listed|are|is|of|the|correct|true|right|apply))*"
    r"|none (?:are|is) (?:correct|true|right)|none appl(?:y|ies)"
    r"|(?:they )?(?:are )?all (?:are )?(?:wrong|false|incorrect)"
)
_WORDS = ("one ", "either ", "ot any ", "ll ")


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each option that says that no other one is right."""
    for item, option in options_that_say(bank, _NONE, _WORDS):
        help = "put a distractor in its place, or do with one option less"
        yield item, Finding(option.place, "the option says that none of the others is right", help)
