"""Code that its language cannot parse.

Why it matters: a slip in a program that is only shown is found by no run of it, and the question then asks about a
program that nobody can have. Python, JSON and TOML are read; nothing is run. A program whose parse error is the
answer is left alone, and so are the distractors, which may be wrong in this way on purpose.

Source: Haladyna, Downing and Rodriguez 2002, guideline 11 (edit and proof items).

Bad:

    - id: loop
      type: single_choice
      stem: How often does the loop run?
      code:
        source: |
          for step in range(3) # <-
              print(step)
      options:
        - {text: Three times, correct: true}
        - Twice

Good:

    - id: loop
      type: single_choice
      stem: How often does the loop run?
      code:
        source: |
          for step in range(3):
              print(step)
      options:
        - {text: Three times, correct: true}
        - Twice
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._code import is_about_errors, listings, unparsable

KIND = Kind("QZ421", "unparsable-code", Severity.WARNING)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each listing that does not parse, with the line at which its parser stops."""
    for listing in listings(bank):
        fault = unparsable(listing.language, listing.source)
        if fault is not None and not (listing.item and is_about_errors(listing.item)):
            message = f"the code does not parse as {fault.language}: {fault.reason}"
            place = listing.place._replace(excerpt=fault.line or None)
            yield listing.item, Finding(place, message, "correct it, or name its language")
