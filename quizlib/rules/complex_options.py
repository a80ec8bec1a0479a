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
from quizlib.model import Bank, Choice, Item, Option
from quizlib.plugins import Files
from quizlib.rules._english import is_english
from quizlib.rules._walk import normalized, written_choices

KIND = Kind("QZ219", "complex-options", Severity.WARNING)
ENGLISH_ONLY = True

_JOINED = r"(?:, ?| ?& ?| and | or |, ?and | ?/ ?)"
_LETTERS = re.compile(
    rf"(?:both |only |all of )?(?:(?:options?|answers?|choices?) )?\(?[a-h]\)?(?:{_JOINED}\(?[a-h]\)?){{1,4}}"
    r"(?: only| both| are (?:correct|true|right))*"
)
_AND = re.compile(r"\b(?:and|or|both|only)\b|&")
_PAIR = re.compile(r"\W*\w{1,2}(?: and \w{1,2})?\W*")
_WORDS = re.compile(
    r"(?:both|either|neither|two|any two|more than one) of (?:the )?(?:above|these|those|them|options)(?: .{0,20})?"
)
_NUMERAL = r"\(?(?:i{1,3}|iv|v)\)?"
_NUMERALS = re.compile(rf"(?:both |only )?{_NUMERAL}(?:{_JOINED}{_NUMERAL}){{1,4}}(?: only)?")
_FIRST_AND_SECOND = (
    (re.compile(r"\bI\b"), re.compile(r"\bII\b")),
    (re.compile(r"\bi[.)]"), re.compile(r"\bii[.)]")),
)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield the first option of a choice that says which others are right, or which statements of the stem."""
    if not is_english(bank):
        return
    for item, choice, _ in written_choices(bank):
        if choice is item.interaction and choice.max_choices == 1 and (found := _combinations(item.stem, choice)):
            help = "make it a `multiple_response`, or one question of each part"
            places = [option.place for option in found]
            yield item, Finding(places[0], "the option combines others", help, tuple(places[1:]))


def _combinations(stem: str, choice: Choice) -> list[Option]:
    short = [(option, normalized(option.content.text)) for option in choice.options if len(option.content.text) < 40]
    found = [option for option, text in short if _WORDS.fullmatch(text)]
    letters = [option for option, text in short if _LETTERS.fullmatch(text) and _AND.search(text)]
    others = [option for option in choice.options if option not in letters and not _PAIR.fullmatch(option.content.text)]
    if len(others) > 1:  # that the letters may stand for
        found += letters
    numerals = [option for option, text in short if _NUMERALS.fullmatch(text)]
    return found + numerals if numerals and _lists(stem) else found


def _lists(stem: str) -> bool:
    """Whether a stem numbers its statements: a first one, and a second one after it."""
    starts = ((first.search(stem), second) for first, second in _FIRST_AND_SECOND)
    return any(start and second.search(stem, start.end()) for start, second in starts)
