"""Two equal items to be put in order.

Why it matters: nobody can tell which of the two comes first, and an LMS takes only one of both orders.

Source: the scoring of the format, since item-writing guidelines leave it out: in QTI 3.0 the key of an order
interaction is one sequence of identifiers, whatever the items say.

Bad:

    - id: loop
      type: ordering
      stem: Put the lines in order.
      items_format: code
      items:
        - x = 1
        - print(x)
        - x = 1 # <-

Good:

    - id: loop
      type: ordering
      stem: Put the lines in order.
      items_format: code
      items:
        - x = 1
        - print(x)
        - x = 2
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Place
from quizlib.model import Bank, Item, Order
from quizlib.plugins import Files
from quizlib.rules._walk import normalized

KIND = Kind("QZ107", "duplicate-items")


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each item that equals one before it."""
    for item in bank.items:
        if isinstance(item.interaction, Order):
            first: dict[str, Place] = {}
            for part in item.interaction.items:
                code = part.content.format == "code"
                text = part.content.text.rstrip() if code else normalized(part.content.text)
                if text in first:
                    message = "this item equals another one"
                    yield item, Finding(part.place, message, "make them differ, or join them", (first[text],))
                first.setdefault(text, part.place)
