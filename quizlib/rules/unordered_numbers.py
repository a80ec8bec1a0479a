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

from collections.abc import Iterator
from decimal import Decimal

from quizlib.diagnostics import Finding, Kind, Reorder, Repair, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._numbers import quantity
from quizlib.rules._walk import written_choices

KIND = Kind("QZ214", "unordered-numbers", Severity.WARNING)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield the options of each choice that are numbers of one unit, kept in the order in which they stand."""
    for item, choice, place in written_choices(bank):
        if choice.shuffle or len(choice.options) < 3 or choice is not item.interaction:
            continue
        quantities = [quantity(option.content.text) for option in choice.options]
        numbers = [found[0] for found in quantities if found is not None]
        units = {found[1] for found in quantities if found is not None}
        if len(numbers) < len(quantities) or len(units) > 1 or numbers in (sorted(numbers), sorted(numbers)[::-1]):
            continue
        if len(set(numbers)) == len(numbers):
            repair = Repair("sort the options by their numbers", (Reorder(place, _order(numbers)),))
            message = "the options are numbers in no order"
            yield item, Finding(place, message, "let them rise from the first to the last", repair=repair)


def _order(numbers: list[Decimal]) -> tuple[int, ...]:
    """Return the places of the numbers in rising order."""
    return tuple(sorted(range(len(numbers)), key=numbers.__getitem__))
