"""A common mistake that is scored as the key.

Why it matters: the question knows the number that a mistake leads to, and takes it for right: it lies within the
tolerance of the key. Who makes the mistake earns full marks.

Source: Haladyna, Downing and Rodriguez 2002, guideline 19 (only one right answer), for answers that are typed.

Bad:

    - id: pi
      type: numeric
      stem: What is the area of a circle of radius 10?
      answer: 314.159
      tolerance: 5
      common_mistakes:
        - text: Taking 3.1 for π
          yields: "310" # <-

Good:

    - id: pi
      type: numeric
      stem: What is the area of a circle of radius 10?
      answer: 314.159
      tolerance: 0.5
      common_mistakes:
        - text: Taking 3.1 for π
          yields: "310"
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from quizlib.diagnostics import Finding, Kind
from quizlib.model import Bank, Item, TextEntry
from quizlib.plugins import Files

KIND = Kind("QZ110", "mistake-within-tolerance")


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each mistake whose number is within the tolerance of a key that it is not written like."""
    for item in bank.items:
        entry = item.interaction
        if not isinstance(entry, TextEntry) or entry.base_type != "number":
            continue
        keys = [accepted.text.strip() for accepted in entry.accepted if accepted.fraction >= 1]
        for index, mistake in enumerate(item.common_mistakes):
            stated = (mistake.yields or "").strip()
            if stated not in keys and any(_within(stated, key, entry.tolerance) for key in keys):
                place = item.place.at("common_mistakes", index, "yields")
                message = f"`{stated}` is scored as the key: it is within the tolerance of {entry.tolerance}"
                yield item, Finding(place, message, "make the tolerance smaller, or choose other numbers")


def _within(stated: str, key: str, tolerance: Decimal) -> bool:
    try:
        return abs(Decimal(stated) - Decimal(key)) <= tolerance
    except InvalidOperation:
        return False
