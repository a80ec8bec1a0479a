"""Responses to outcomes: how much of the full marks each earns, and why it earns no more.

A response is what JSON can hold, by identifiers and never by positions: a list of option ids, a text, an object from
source to target or from gap to response, a list of item ids; null where nothing was answered. Any other JSON is an
invalid response, and never an error. The script of the HTML page scores in the same way; `tests/shared/grading.json`
holds the cases that both are held to.
"""

from quizlib.grading.attempt import attempted, is_evidence
from quizlib.grading.chance import guess
from quizlib.grading.outcome import ALMOST, Outcome, Problem, Reason, State
from quizlib.grading.scoring import score, score_interaction

__all__ = [
    "ALMOST",
    "Outcome",
    "Problem",
    "Reason",
    "State",
    "attempted",
    "guess",
    "is_evidence",
    "score",
    "score_interaction",
]
