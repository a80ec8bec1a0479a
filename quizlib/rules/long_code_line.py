"""A line of code that is too long for a phone.

Why it matters: a phone on its side shows about 80 characters of code in a line, and half of that upright. Of a longer
line the end is out of sight, or breaks where it means something else, while the question is about all of it.

Source: WCAG 2.2, success criterion 1.4.10 Reflow (AA); PEP 8 (2001), maximum line length of 79 characters.

Bad:

    - id: sum
      type: code_output
      stem: What does this program print?
      code:
        source: |
          print(sum([1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010]) - sum([1001, 1002])) # <-
      answer: "8052"

Good:

    - id: sum
      type: code_output
      stem: What does this program print?
      code:
        source: |
          first = [1001, 1002]
          rest = [1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010]
          print(sum(first + rest) - sum(first))
      answer: "8052"
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._code import listings

KIND = Kind("QZ422", "long-code-line", Severity.WARNING)

LONGEST = 80


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield, for each listing, its longest line when that is longer than 80 characters."""
    for listing in listings(bank):
        if len(listing.source) > LONGEST:
            longest = max(listing.source.split("\n"), key=len).rstrip()
            if len(longest) > LONGEST:
                message = f"a line of the code has {len(longest)} characters, and a phone on its side shows {LONGEST}"
                place = listing.place._replace(excerpt=longest.strip())
                yield listing.item, Finding(place, message, "break the line")
