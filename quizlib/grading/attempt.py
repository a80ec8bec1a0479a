"""An attempt at a question: what comes of it, and whether it tells anything about the learner.

The one place that says what giving up, leaving out and a changed question mean; `tests/shared/attempts.json` holds the
script of the page to the same.
"""

from __future__ import annotations

from typing import Any

from quizlib.grading.outcome import UNANSWERED, Outcome
from quizlib.grading.scoring import score
from quizlib.model import ExtendedText, Item


def attempted(item: Item, response: Any, *, gave_up: bool) -> Outcome:
    """Score an attempt. Who asked for the answer has given none, whatever had been entered until then."""
    return UNANSWERED if gave_up else score(item, response)


def is_evidence(item: Item, *, changed: bool) -> bool:
    """Return whether an attempt tells what the learner knows.

    It does not where a person has to mark it, nor where the question has changed since: it was another one. What was
    left out, given up or cannot be read does: the learner did not know it.
    """
    return not changed and not isinstance(item.interaction, ExtendedText)
