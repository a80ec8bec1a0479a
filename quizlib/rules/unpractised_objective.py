"""An objective of the lesson that no question has.

Why it matters: a section of the lesson names objectives so that learners find the questions that practise it, and
find back to it from a question that they missed. An objective that is written otherwise in the questions leads nowhere.

Source: Biggs 1996 (objectives, teaching and assessment are aligned with each other), Higher Education 32, 347-364.

Bad:

    lesson:
      sections:
        - title: Adding
          objectives:
            - adding # <-
    questions:
      - {id: sum, type: numeric, objectives: [addition], stem: What is 2 + 3?, answer: 5}

Good:

    lesson:
      sections:
        - title: Adding
          objectives:
            - addition
    questions:
      - {id: sum, type: numeric, objectives: [addition], stem: What is 2 + 3?, answer: 5}
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files

KIND = Kind("QZ506", "unpractised-objective", Severity.WARNING)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each objective of a section that is none of a question."""
    known = {objective for item in bank.items for objective in item.objectives}
    for index, section in enumerate(bank.lesson.sections if bank.lesson else ()):
        for number, objective in enumerate(section.objectives):
            if objective not in known:
                place = bank.place.at("lesson", "sections", index, "objectives", number)
                message = f"no question has the objective `{objective}`"
                yield None, Finding(place, message, "write it as in the questions, or add one that has it")
