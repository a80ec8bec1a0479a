"""Typed responses: texts, numbers, what a program prints."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from quizlib.grading.numbers import Number, is_ambiguous, is_within, number
from quizlib.grading.outcome import UNANSWERED, Outcome, Reason, State, graded, invalid
from quizlib.grading.texts import BLANKS, comparable, is_blank, is_case_sensitive, plain_quotes, spaced
from quizlib.model import ExtendedText, TextEntry

_NOTHING = Number(0, 0)


def typed(entry: TextEntry, response: Any) -> Outcome:
    """Score a typed text or number."""
    if response is None:
        return UNANSWERED
    if not isinstance(response, str):
        return invalid(Reason.WRONG_KIND)
    return _number(entry, response) if entry.base_type == "number" else _text(entry, response)


def written(extended: ExtendedText, response: Any) -> Outcome:
    """Say whether there is something for a person to mark: more than the text that the learner started from."""
    if response is None:
        return UNANSWERED
    if not isinstance(response, str):
        return invalid(Reason.WRONG_KIND)
    bare = response.strip(BLANKS)
    return UNANSWERED if bare in ("", (extended.template or "").strip(BLANKS)) else Outcome(State.UNGRADED)


def _text(entry: TextEntry, response: str) -> Outcome:
    text = comparable(response, entry)
    fitting = [index for index, accepted in enumerate(entry.accepted) if comparable(accepted.text, entry) == text]
    if is_blank(response) and not fitting:
        return UNANSWERED
    return _best(entry, fitting, fits_pattern=_fits_pattern(entry, response))


def _number(entry: TextEntry, response: str) -> Outcome:
    if is_blank(response):
        return UNANSWERED
    if is_ambiguous(response, comma=entry.decimal_comma):
        return invalid(Reason.AMBIGUOUS_NUMBER)
    found = number(response, comma=entry.decimal_comma)
    if found is None:
        return invalid(Reason.NOT_A_NUMBER)
    tolerance = number(str(entry.tolerance)) or _NOTHING
    keys = [number(accepted.text) for accepted in entry.accepted]
    fitting = [index for index, key in enumerate(keys) if key is not None and is_within(found, key, tolerance)]
    return _best(entry, fitting, fits_pattern=False)


def _best(entry: TextEntry, fitting: Sequence[int], *, fits_pattern: bool) -> Outcome:
    """Return what the best of the accepted texts earns, the first of those that earn the same."""
    best = max(fitting, key=lambda index: entry.accepted[index].fraction, default=None)
    if fits_pattern and (best is None or entry.accepted[best].fraction < 1):
        return graded(1)
    if best is None:
        return graded(0)
    return graded(entry.accepted[best].fraction, said=(str(best),))


def _fits_pattern(entry: TextEntry, response: str) -> bool:
    if entry.pattern is None:
        return False
    text = spaced(response, entry.whitespace)
    try:
        pattern = re.compile(entry.pattern, 0 if is_case_sensitive(entry) else re.IGNORECASE)
        return any(pattern.fullmatch(one) is not None for one in (text, plain_quotes(text, entry)))
    except (re.error, RecursionError, OverflowError):  # a bank with such a pattern is refused
        return False
