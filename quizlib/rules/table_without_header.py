"""A table whose columns have no headers.

Why it matters: a screen reader says the header of each cell. Without one, "7" is just a number among others. The corner
above the names of the rows may stay empty.

Source: WCAG 2.2, success criterion 1.3.1 Info and Relationships (A), with the techniques H51 (table markup) and H63
(which cells a header belongs to).

Bad:

    - id: table
      type: numeric
      stem: | # <-
        |   |   |
        |---|---|
        | apples | 3 |
        | pears | 4 |

        How many fruits are there?
      answer: 7

Good:

    - id: table
      type: numeric
      stem: |
        | fruit | number |
        |---|---|
        | apples | 3 |
        | pears | 4 |

        How many fruits are there?
      answer: 7
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._structure import structures

KIND = Kind("QZ605", "table-without-header", Severity.WARNING)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each table with an empty header above a column that is not the first."""
    for item, found, place in structures(bank):
        for cells in found.tables:
            empty = [number for number, cell in enumerate(cells, start=1) if not cell]
            if len(empty) == len(cells):
                yield item, Finding(place, "the table has no headers", "name its columns in the first row")
            elif any(number > 1 for number in empty):
                column = next(number for number in empty if number > 1)
                yield item, Finding(place, f"column {column} of the table has no header", "name it in the first row")
