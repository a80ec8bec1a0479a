"""A question that names no objective, in a bank whose other questions do.

Why it matters: objectives tell learners what to practise and teachers what a test covers; a question without one counts
for nothing there.

Source: Haladyna, Downing and Rodriguez 2002, guideline 1 (every item reflects specific content, as its specification
says).

Bad:

    - {id: q-1, type: numeric, stem: What is 1 + 7?, answer: 8, objectives: [add]}
    - {id: q-2, type: numeric, stem: What is 2 + 7?, answer: 9, objectives: [add]}
    - {id: q-3, type: numeric, stem: What is 3 + 7?, answer: 10, objectives: [add]}
    - {id: q-4, type: numeric, stem: What is 4 + 7?, answer: 11, objectives: [add]}
    - {id: q-5, type: numeric, stem: What is 5 + 7?, answer: 12} # <-

Good:

    - {id: q-1, type: numeric, stem: What is 1 + 7?, answer: 8}
    - {id: q-2, type: numeric, stem: What is 2 + 7?, answer: 9}
    - {id: q-3, type: numeric, stem: What is 3 + 7?, answer: 10}
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._bank import distinct

KIND = Kind("QZ513", "question-without-objective", Severity.WARNING, "pedantic")

_FEWEST, _MOST = 5, 0.8


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each question without an objective, where at least four in five questions have one."""
    items = list(distinct(bank))
    without = [item for item in items if not item.objectives]
    if len(items) >= _FEWEST and len(items) - len(without) >= _MOST * len(items):
        for item in without:
            message = f"the question names no objective, as {len(items) - len(without)} others do"
            yield item, Finding(item.place.at("id"), message, "add `objectives`")
