"""What a response has earned."""

from __future__ import annotations

import dataclasses
import enum

ALMOST = 1e-6  # shares such as 0.333333 must add up to 1


class State(enum.StrEnum):
    """How a response fared. UNGRADED: a person must mark it. INVALID: it cannot be taken for a response."""

    RIGHT = "right"
    PARTIAL = "partial"
    WRONG = "wrong"
    INVALID = "invalid"
    UNANSWERED = "unanswered"
    UNGRADED = "ungraded"


class Reason(enum.StrEnum):
    """Why a response, or a part of it, is invalid. WRONG_KIND: it is JSON of another kind."""

    NOT_A_NUMBER = "not-a-number"
    AMBIGUOUS_NUMBER = "ambiguous-number"
    UNKNOWN_OPTION = "unknown-option"
    TOO_MANY_OPTIONS = "too-many-options"
    NOT_A_PERMUTATION = "not-a-permutation"
    UNKNOWN_SOURCE = "unknown-source"
    UNKNOWN_TARGET = "unknown-target"
    UNKNOWN_GAP = "unknown-gap"
    WRONG_KIND = "wrong-kind"


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """What is invalid; `part` is the index of the source or gap, None for the response as a whole."""

    reason: Reason
    part: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """The state of a response and its score, a share of the full marks from 0 to 1.

    `parts` has a share for each source, place or gap, None for one that was not answered. `said` names the feedback
    that was earned: the index of an accepted text; of gaps, the index of the gap, a slash, and the index of its
    accepted text or the identifier of its option.
    """

    state: State
    score: float = 0.0
    parts: tuple[float | None, ...] = ()
    problems: tuple[Problem, ...] = ()
    said: tuple[str, ...] = ()


UNANSWERED = Outcome(State.UNANSWERED)


def invalid(reason: Reason) -> Outcome:
    """Return the outcome of a response that is none."""
    return Outcome(State.INVALID, problems=(Problem(reason),))


def graded(
    share: float,
    parts: tuple[float | None, ...] = (),
    problems: tuple[Problem, ...] = (),
    said: tuple[str, ...] = (),
) -> Outcome:
    """Return the outcome of a response that earned `share`; what is next to nothing, or to everything, is that."""
    if share >= 1 - ALMOST:
        return Outcome(State.RIGHT, 1.0, parts, problems, said)
    if share <= ALMOST:
        return Outcome(State.INVALID if problems else State.WRONG, 0.0, parts, problems, said)
    return Outcome(State.PARTIAL, share, parts, problems, said)
