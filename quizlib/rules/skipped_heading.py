"""A heading that skips a level.

Why it matters: who listens to a page walks through it by its headings, and a heading two levels down looks as if a part
were missing. A text may begin at any level.

Source: WCAG 2.2, success criterion 1.3.1 Info and Relationships (A), with the techniques H42 (headings by their
elements) and, as advice, G141 (headings in their order).

Bad:

    - id: parts
      type: essay
      stem: |
        ## The case

        #### The details # <-

        What would you do first?

Good:

    - id: parts
      type: essay
      stem: |
        ## The case

        ### The details

        What would you do first?
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._structure import structures

KIND = Kind("QZ604", "skipped-heading", Severity.WARNING)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each heading that is more than one level below the one before it in the same text."""
    for item, found, place in structures(bank):
        for before, heading in pairwise(found.headings):
            if heading.level > before.level + 1:
                message = f"a heading of level {heading.level} follows one of level {before.level}"
                excerpt = f"{'#' * heading.level} {heading.text}"
                help = f"make it one of level {before.level + 1}"
                yield item, Finding(place._replace(excerpt=excerpt), message, help)
