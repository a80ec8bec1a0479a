"""An option that combines others.

Why it matters: “A and C” is found by who knows that B is wrong. The combinations that are offered, and those that are
not, are clues, and reading them takes longer than answering.

Source: Haladyna, Downing and Rodriguez 2002, guideline 9 (avoid the complex, type K, format); Moore, Nguyen, Chen and
Stamper 2023, item-writing flaw “complex or K-type”.

Bad:

    - id: loops
      type: single_choice
      shuffle: false
      stem: Which keyword of Python starts a loop?
      options:
        - {text: for}
        - {text: while}
        - {text: Both A and B, correct: true} # <-

Good:

    - id: loops
      type: multiple_response
      stem: Which keywords of Python start a loop?
      options:
        - {text: for, correct: true}
        - {text: while, correct: true}
        - {text: if}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Choice, Item
from quizlib.plugins import Files
from quizlib.rules._english import is_english
from quizlib.rules._walk import normalized, written_choices

KIND = Kind("QZ219", "complex-options", Severity.WARNING)

_LETTERS = re.compile(
    r"(?:both |only |all of )?(?:(?:options?|answers?|choices?) )?\(?[a-h]\)?(?:(?:, ?| ?& ?| and | or |, ?and | ?/ ?)\(?[a-h]\)?){1,4}"
    r"(?: only| both| are (?:correct|true|right))*"
)
_WORDS = re.compile(r"(?:both|either|neither|two|any two) of (?:the )?(?:above|these|those|them|options)(?: .{0,20})?")
_NUMERALS = re.compile(
    r"(?:both |only )?\(?(?:i{1,3}|iv|v)\)?(?:(?:, ?| ?& ?| and | or |, ?and )\(?(?:i{1,3}|iv|v)\)?){0,4}(?: only)?"
)
_LISTED = re.compile(r"\bI\b.*\bII\b|\bi[.)].*\bii[.)]", re.DOTALL)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each option that says which others are right, or which statements of the stem."""
    if not is_english(bank):
        return
    for item, choice, _ in written_choices(bank):
        if choice is item.interaction and choice.max_choices == 1:
            for index in _combinations(item.stem, choice):
                help = "make it a `multiple_response`, or one question of each part"
                yield item, Finding(choice.options[index].place, "the option combines others", help)


def _combinations(stem: str, choice: Choice) -> list[int]:
    short = [(index, normalized(option.content.text)) for index, option in enumerate(choice.options)]
    short = [(index, text) for index, text in short if len(text) < 40]
    found = [index for index, text in short if _WORDS.fullmatch(text)]
    letters = [index for index, text in short if _LETTERS.fullmatch(text)]
    if letters and len(letters) <= len(choice.options) - 2:  # where two others are left that it may combine
        found += letters
    if len(short) > 2 and _LISTED.search(stem):
        numerals = [index for index, text in short if _NUMERALS.fullmatch(text)]
        found += numerals if len(numerals) > 2 else []
    return sorted(found)
