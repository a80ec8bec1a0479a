"""A blueprint that the bank cannot fill.

Why it matters: a test is drawn by the blueprint, and this one would be shorter than it says. A question is drawn once
at most, of the variants of a question only one is drawn, and an essay only where its type is named.

Source: AERA, APA and NCME 2014, Standards for Educational and Psychological Testing, standard 4.2 (specify the content
and the length of a test).

Bad:

    blueprint:
      parts:
        - count: 2 # <-
          difficulty: easy
    questions:
      - {id: sum, type: numeric, difficulty: easy, stem: What is 2 + 3?, answer: 5}
      - {id: product, type: numeric, difficulty: hard, stem: What is 12 * 13?, answer: 156}

Good:

    blueprint:
      parts:
        - count: 1
          difficulty: easy
    questions:
      - {id: sum, type: numeric, difficulty: easy, stem: What is 2 + 3?, answer: 5}
      - {id: product, type: numeric, difficulty: hard, stem: What is 12 * 13?, answer: 156}
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.assembly import candidates, draw
from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files

KIND = Kind("QZ505", "unfillable-blueprint", Severity.WARNING)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each part of the bank's blueprint for which there are too few questions, whatever the seed."""
    if bank.blueprint is None:
        return
    parts = bank.blueprint.parts
    for short in draw(candidates(bank), parts, "").shortfalls:
        place = bank.place.at("blueprint", "parts", short.part)
        message = f"the part asks for {short.asked} questions, and the bank has {short.found} for it"
        yield None, Finding(place, message, "add questions of this kind, or ask for fewer")
