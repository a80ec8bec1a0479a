"""Options that all begin with the same words.

Why it matters: what every option says belongs into the stem, once. Learners then read only what differs.

Source: Haladyna, Downing and Rodriguez 2002, guidelines 13 and 15 (minimise reading, the central idea in the stem);
NBME Item-Writing Guide 2024, technical flaw “long, complex options”.

Bad:

    - id: list
      type: single_choice
      stem: What does `append` do?
      options: # <-
        - {text: It adds one element at the end, correct: true}
        - {text: It adds one element at the start}
        - {text: It adds one element to a copy}

Good:

    - id: list
      type: single_choice
      stem: Where does `append` add its element?
      options:
        - {text: at the end, correct: true}
        - {text: at the start}
        - {text: to a copy}
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Choice, Item
from quizlib.plugins import Files
from quizlib.rules._walk import written_choices

KIND = Kind("QZ220", "repeated-opening", Severity.WARNING)

_WORDS = 4


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each choice all of whose options open with the same four words at least, and then differ."""
    for item, choice, place in written_choices(bank):
        if len(choice.options) > 2 and (opening := _opening(choice)):
            message = f"every option begins with `{opening}`"
            yield item, Finding(place, message, "put these words into the stem")


def _opening(choice: Choice) -> str:
    """Return the words that all options have at their beginning, if they are many enough."""
    first, *rest = choice.options
    start = first.content.text[:4]
    if any(
        option.content.format != "markdown" or not option.content.text.startswith(start) for option in choice.options
    ):
        return ""
    texts = [option.content.text.split() for option in (first, *rest)]
    shared = 0
    while all(len(text) > shared + 1 and text[shared] == texts[0][shared] for text in texts):
        shared += 1
    opening = " ".join(texts[0][:shared])
    prose = shared >= _WORDS and all(word.strip(",'’-").isalpha() for word in texts[0][:shared])
    return opening if prose else ""
