"""A distractor without feedback, beside others that have some.

Why it matters: a learner who chose it learns that it is wrong, and not why, while those who chose another one are told.
What a common mistake says of the distractor counts as feedback, and so does feedback for every wrong response; an
option such as "none of the above" needs none.

Source: Butler and Roediger 2008 (feedback undoes what distractors teach), Memory & Cognition 36, 604-616.

Bad:

    - id: capital
      type: single_choice
      stem: What is the capital of Australia?
      options:
        - {text: Canberra, correct: true}
        - {text: Sydney, feedback: It is the largest city.}
        - {text: Melbourne, feedback: It was the seat of government until 1927.}
        - Perth # <-

Good:

    - id: capital
      type: single_choice
      stem: What is the capital of Australia?
      options:
        - {text: Canberra, correct: true}
        - {text: Sydney, feedback: It is the largest city.}
        - {text: Melbourne, feedback: It was the seat of government until 1927.}
        - {text: Perth, feedback: It is the capital of Western Australia.}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item, Option
from quizlib.model.texts import choices
from quizlib.plugins import Files

_OTHERS = re.compile(r"\W*(?:all|none|any|both|neither|either) (?:of )?(?:the|these|those|them)\b", re.IGNORECASE)

KIND = Kind("QZ303", "distractor-without-feedback", Severity.WARNING, "pedantic")


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each distractor of which nothing is said, where at least half of the distractors have feedback."""
    for item in bank.items:
        if item.feedback.incorrect or item.feedback.general:
            continue
        explained = {mistake.yields.strip() for mistake in item.common_mistakes if mistake.yields}
        for choice, _ in choices(item):
            distractors = [option for option in choice.options if not option.correct and not _is_about_others(option)]
            told = [option for option in distractors if option.feedback or option.content.text.strip() in explained]
            if len(distractors) > len(told) >= len(distractors) / 2:
                for option in distractors:
                    if option not in told:
                        message = "the distractor has no feedback, and others of this question have"
                        yield item, Finding(option.place, message, "say why it is wrong")


def _is_about_others(option: Option) -> bool:
    return _OTHERS.match(option.content.text) is not None
