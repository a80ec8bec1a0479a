"""Options that are ranges of numbers, and overlap.

Why it matters: a value that belongs to two of the ranges makes two options right, and where ranges meet in a number
nobody can say which one it belongs to.

Source: Haladyna, Downing and Rodriguez 2002, guideline 22; NBME Item-Writing Guide 2024, on numeric options.

Bad:

    - id: pixels
      type: single_choice
      stem: How many characters of a line does a telephone show?
      options:
        - {text: 10 to 20}
        - {text: 20 to 40} # <-
        - {text: 41 to 60, correct: true}

Good:

    - id: pixels
      type: single_choice
      stem: How many characters of a line does a telephone show?
      options:
        - {text: 10 to 20}
        - {text: 21 to 40}
        - {text: 41 to 60, correct: true}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, permutations

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Choice, Item, Option
from quizlib.plugins import Files
from quizlib.rules._numbers import Range, number_range
from quizlib.rules._walk import written_choices

KIND = Kind("QZ108", "overlapping-ranges", Severity.WARNING)

# Where a range or a time is the answer itself, no value is to be sorted into classes.
_ASKED = re.compile(r"\b(?:range|period|era|interval|from when)\b", re.IGNORECASE)
# "2-1" may be the score of a match, of which either side may have more.
_PAIR = re.compile(r"\s*(\d{1,3})\s?[-–—]\s?(\d{1,3})[\s.]*")
_MATCH = re.compile(r"\b(?:final score|match|game|half[- ]time)\b", re.IGNORECASE)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each range that overlaps an earlier one, at most one finding for an option."""
    for item, choice, _ in written_choices(bank):
        if choice.max_choices == 1:
            findings = _findings(choice)
            if findings and not _ASKED.search(item.stem) and not _are_scores(item.stem, choice):
                yield from ((item, finding) for finding in findings)


def _are_scores(stem: str, choice: Choice) -> bool:
    """Whether options such as "2-1" are scores: some do not rise as a range does, or the stem asks about a match."""
    pairs = [pair for option in choice.options if (pair := _PAIR.fullmatch(option.content.text))]
    falls = any(int(pair[1]) >= int(pair[2]) for pair in pairs)
    return falls or (len(pairs) == len(choice.options) and _MATCH.search(stem) is not None)


def _findings(choice: Choice) -> list[Finding]:
    ranges = [(option, found) for option in choice.options if (found := number_range(option.content.text)) is not None]
    classes = any(_adjoin(one, other) for (_, one), (_, other) in permutations(ranges, 2))
    pairs = [
        (first, second)
        for (first, one), (second, other) in combinations(ranges, 2)
        if _overlap(one, other) or (classes and (_cut(one, other) or _cut(other, one)))
    ]
    firsts = {second.identifier: (first, second) for first, second in reversed(pairs)}
    return [_finding(first, second) for first, second in firsts.values()]


def _finding(first: Option, second: Option) -> Finding:
    message = f"this range overlaps `{first.content.text.strip()}`"
    return Finding(second.place, message, "let each range begin after the end of the one before", (first.place,))


def _overlap(one: Range, other: Range) -> bool:
    """Whether two ranges meet in a number that belongs to both.

    Ranges of which one lies inside the other are as a rule no classes of one scale, but wrong limits: they may.
    """
    if one.unit != other.unit or (one.unit in ("", "s") and all(_year(end) for end in (*one[:2], *other[:2]))):
        return False
    if None in (one.low, one.high, other.low, other.high):
        return _crosses(one, other)
    return one.high == other.low or other.high == one.low


def _adjoin(lower: Range, upper: Range) -> bool:
    """Whether one range begins where another ends, or a step of the last digit behind it, as classes of a scale do."""
    if lower.high is None or upper.low is None or lower.unit != upper.unit:
        return False
    digits = min(int(number.as_tuple().exponent) for number in (lower.high, upper.low))
    return upper.low - lower.high in (0, Decimal(1).scaleb(digits))


def _cut(lower: Range, upper: Range) -> bool:
    """Whether a closed range ends within another one, and begins below it.

    Where no two options adjoin, such ranges are as a rule not classes, but what is asked for, with wrong limits.
    """
    if lower.unit != upper.unit or lower.low is None or lower.high is None or upper.low is None or upper.high is None:
        return False
    return lower.low < upper.low < lower.high < upper.high


def _crosses(one: Range, other: Range) -> bool:
    """Whether a closed range and one without an end have more than an end in common."""
    for half, whole in ((one, other), (other, one)):
        if whole.low is not None and whole.high is not None:
            below = half.low is None and half.high is not None and whole.low < half.high < whole.high
            above = half.high is None and half.low is not None and whole.low < half.low < whole.high
            if below or above:
                return True
    return False


def _year(number: Decimal | None) -> bool:
    return number is not None and 1000 <= number < 2100 and number % 1 == 0
