"""A text that names an option by its letter or its place, where options are shuffled.

Why it matters: every learner sees the options in another order. “Option B” is another one for each, and the feedback
explains the wrong one.

Source: QTI 3.0, attribute `shuffle` of a choice interaction: the order in which options are shown is not the author's.

Bad:

    - id: capital
      type: single_choice
      stem: What is the capital of France?
      options:
        - {text: Paris, correct: true}
        - {text: Lyon}
      feedback:
        incorrect: Option A is right. # <-

Good:

    - id: capital
      type: single_choice
      stem: What is the capital of France?
      options:
        - {text: Paris, correct: true}
        - {text: Lyon}
      feedback:
        incorrect: Paris is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Choice, Item
from quizlib.plugins import Files
from quizlib.rules._english import is_english, prose
from quizlib.rules._walk import all_texts

KIND = Kind("QZ222", "option-by-letter", Severity.WARNING)
ENGLISH_ONLY = True

_NAMED = re.compile(
    r"\b(?:[Oo]ption|[Aa]nswer|[Cc]hoice)s? "
    r"(?:\([A-Ha-h]\)|[B-H]\b(?![-'’.]\w)|A\b(?=[ ,.;:)]*(?:is|are|was|and|or|would|$)))"
    r"|\b[Tt]he (?:first|second|third|fourth|fifth|last|previous) option\b(?! (?:of|to|in|element|value))"
)
_LABEL = re.compile(r"\W*(?:[Oo]ption|[Aa]nswer|[Cc]hoice)? ?[A-H]\W*")


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield the first such name in each text of an item whose options are shuffled."""
    if not is_english(bank):
        return
    for item, text, place in all_texts(bank):
        if item is None or not ("ption" in text or "nswer" in text or "hoice" in text):
            continue
        choice = item.interaction
        if not isinstance(choice, Choice) or not choice.shuffle or place.keys[-1] in ("stem", "text"):
            continue
        found = _NAMED.search(prose(text))
        # Where the options are letters themselves, the stem has fragments that they name.
        if found and not any(_LABEL.fullmatch(option.content.text) for option in choice.options):
            message = f"`{found[0]}` is another option for each learner, since they are shuffled"
            place = place._replace(excerpt=found[0])
            yield item, Finding(place, message, "name it by what it says, or write `shuffle: false`")
