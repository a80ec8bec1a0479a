"""A negative option to a negative question.

Why it matters: learners have to turn two negations round in their heads, and fail for the logic, not for the subject.

Source: Haladyna, Downing and Rodriguez 2002, guidelines 17 and 27.

Bad:

    - id: tuples
      type: single_choice
      stem: Which statement on tuples is **not** true?
      options:
        - {text: They can be changed, correct: true}
        - {text: They do not grow} # <-
        - {text: They keep their order}

Good:

    - id: tuples
      type: single_choice
      stem: Which statement on tuples is **not** true?
      options:
        - {text: They can be changed, correct: true}
        - {text: They have a fixed length}
        - {text: They keep their order}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._english import is_english, prose
from quizlib.rules._negation import negation
from quizlib.rules._walk import written_choices

KIND = Kind("QZ206", "double-negative", Severity.WARNING, "pedantic")
ENGLISH_ONLY = True

# Further back in an option it is no more the statement that is negated.
_NEGATIVE = re.compile(
    r"(?:\W{0,3}[\w’'-]{1,30}){0,4}?\W{0,3}"
    r"\b((?:not|never|neither|cannot)\b(?! only)|(?:is|are|does|do|did|was|were|ca|wo)n['’]t\b)"
)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each negative option of a question that is turned round."""
    if not is_english(bank):
        return
    for item, choice, _ in written_choices(bank):
        if choice is item.interaction and negation(item.stem) is not None:
            for option in choice.options:
                found = _NEGATIVE.match(prose(option.content.text)) if option.content.format == "markdown" else None
                if found is not None:
                    place = option.place._replace(excerpt=found[1])
                    message = "a negative option to a negative question"
                    yield item, Finding(place, message, "word one of both positively", (item.place.at("stem"),))
