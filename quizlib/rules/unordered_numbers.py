"""Options that are numbers, in no order.

Why it matters: a reader who knows the answer has to search for it. Numbers are looked for in their order. Where
options are shuffled there is no order to keep.

Source: Haladyna, Downing and Rodriguez 2002, guideline 21; Moore, Nguyen, Chen and Stamper 2023, item-writing flaw
“lost sequence”; NBME Item-Writing Guide 2024, on numeric options.

Bad:

    - id: sum
      type: single_choice
      shuffle: false
      stem: What is 2 * 3 + 4?
      options: # <-
        - {text: "14"}
        - {text: "10", correct: true}
        - {text: "24"}

Good:

    - id: sum
      type: single_choice
      shuffle: false
      stem: What is 2 * 3 + 4?
      options:
        - {text: "10", correct: true}
        - {text: "14"}
        - {text: "24"}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from quizlib.diagnostics import Applicability, Finding, Kind, Reorder, Repair, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._english import is_english, prose
from quizlib.rules._numbers import quantity
from quizlib.rules._walk import all_texts, written_choices

# What may name an option by its letter, number or place. A text that names none and is taken for one that does costs
# no more than that its author is asked; so an article is told from a letter by what follows it, and in doubt is one.
_NAMED = re.compile(
    r"""\b[B-H]\b | (?<![\w'’.])[b-h]\b(?!['’.]\w)
    | \bA\b(?![ ](?!(?:and|or|can|cannot|could|would|will|must|may|might)\b)[a-z][\w-]*(?<!s)\b)
    | (?<![\w'’.])a(?=[ ]?[^\w\s'’.-]|[ ]?\.(?!\w)|\s*$|[ ](?:is|are|was|were|and|or|can|could|would|will)\b)
    | \#[ ]?\d | \(\d\d?\) | (?:^|[.!?:][ ]+)\d\d?[.)][ ]
    | \b\d\d?[ ](?i:is|was)[ ](?i:right|wrong|correct|incorrect)\b
    | \b(?i:numbers?|no\.|nos\.|nr\.?|items?|lines?|rows?|entr(?:y|ies)|positions?|places?|points?)[ ]?
      (?i:\(?\d|one\b|two\b|three\b|four\b|five\b|six\b)
    | \b(?i:options?|choices?|distractors?|answers?[ ]\d|former|latter|above|below|middle|top(?:most)?|upper(?:most)?
      |lowermost|bottom(?:most)?|first|second|third|fourth|fifth|sixth|seventh|eighth|last|final|previous|next
      |\d+(?:st|nd|rd|th))\b""",
    re.VERBOSE | re.MULTILINE,
)

KIND = Kind("QZ214", "unordered-numbers", Severity.WARNING)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield the options of each choice that are numbers of one unit, kept in the order in which they stand."""
    named: set[str] | None = None
    for item, choice, place in written_choices(bank):
        if choice.shuffle or len(choice.options) < 3 or choice is not item.interaction:
            continue
        quantities = [quantity(option.content.text) for option in choice.options]
        numbers = [found[0] for found in quantities if found is not None]
        units = {found[1] for found in quantities if found is not None}
        if len(numbers) < len(quantities) or len(units) > 1 or numbers in (sorted(numbers), sorted(numbers)[::-1]):
            continue
        if len(set(numbers)) == len(numbers):
            named = _that_name_an_option(bank) if named is None else named
            applicability = Applicability.UNSAFE if item.identifier in named else Applicability.SAFE
            repair = Repair("sort the options by their numbers", (Reorder(place, _order(numbers)),), applicability)
            message = "the options are numbers in no order"
            yield item, Finding(place, message, "let them rise from the first to the last", repair=repair)


def _that_name_an_option(bank: Bank) -> set[str]:
    """Return the items with a text that may name an option by its letter or its place, and be wrong afterwards."""
    if is_english(bank):
        return {item.identifier for item, text, _ in all_texts(bank) if item and _NAMED.search(prose(text))}
    return {item.identifier for item in bank.items}  # the words of other languages are not known


def _order(numbers: list[Decimal]) -> tuple[int, ...]:
    """Return the places of the numbers in rising order."""
    return tuple(sorted(range(len(numbers)), key=numbers.__getitem__))
