"""A stem that opens with “which of the following” where “what” would do.

Why it matters: the options stand below, everybody sees them. The formula costs words in every question, and often
hides that nothing is really asked.

Source: Haladyna, Downing and Rodriguez 2002, guidelines 13 and 16 (minimise reading, avoid window dressing).

Bad:

    - id: capital
      type: single_choice
      stem: Which of the following is the capital of France? # <-
      options:
        - {text: Paris, correct: true}
        - {text: Lyon}
        - {text: Nice}

Good:

    - id: capital
      type: single_choice
      stem: What is the capital of France?
      options:
        - {text: Paris, correct: true}
        - {text: Lyon}
        - {text: Nice}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._english import is_english
from quizlib.rules._walk import written_choices

KIND = Kind("QZ205", "which-of-the-following", Severity.WARNING, "pedantic")
ENGLISH_ONLY = True

# Where options are compared, as in “is the most likely”, they are what is asked about.
_FORMULA = re.compile(
    r"\b([Ww]hich (?:one )?(?:of )?the following) (?:is|are|was|were) (?:the|defined|called|known)\b"
    r"(?! (?:most|best|least|only|main|same|proper|recommended|true|correct|worst|\w+est)\b)"
)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each formula before something that there is one of."""
    if not is_english(bank):
        return
    for item, choice, _ in written_choices(bank):
        if choice is item.interaction and "the following" in item.stem and (found := _FORMULA.search(item.stem)):
            place = item.place.at("stem")._replace(excerpt=found[1])
            yield item, Finding(place, f"the words `{found[1]}` can be spared", "begin with “what”, or ask directly")
