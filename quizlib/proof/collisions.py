"""Common mistakes that cannot be told apart: from one another, or from knowing the answer."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Ending, Item, Output, Prints, Yields
from quizlib.proof import words
from quizlib.proof.outcomes import Outcome

COLLIDING = Kind("QZ408", "colliding-mistakes", Severity.WARNING)


def colliding(yielded: Sequence[Yields]) -> Iterator[tuple[Kind, Finding]]:
    """Yield a finding for each mistake that leads to the same distractor as one before it.

    `yielded` are the mistakes whose changed programs did what is said of them, in the order of the bank.
    """
    for index, claim in enumerate(yielded):
        first = next((other for other in yielded[:index] if same(other.expected, claim.expected)), None)
        if first is not None:
            message = f"another common mistake yields {words.stated(claim.expected)}, too"
            help = "change one of the programs or leave one mistake out, so that each distractor tells one mistake"
            yield COLLIDING, Finding(claim.place, message, help, (first.place,))


def mistake_that_yields_the_key(item: Item, claim: Yields, found: Sequence[Outcome]) -> tuple[Kind, Finding] | None:
    """Return an error when the changed program does what the key says, so that nobody can make the mistake."""
    for key in item.claims:
        if isinstance(key, Prints) and all(outcome.holds(key.expected) for outcome in found):
            happened = words.happened(found[0].result, found[0].ending)
            message = f"the program changed by this mistake {happened}, and that is the key"
            finding = Finding(claim.place, message, "change `replace`, so that the mistake shows", (key.place,))
            return dataclasses.replace(COLLIDING, severity=Severity.ERROR), finding
    return None


def same(one: Output | Ending, other: Output | Ending) -> bool:
    """Whether two statements are one and the same, as far as white space counts for the first."""
    if isinstance(one, Output) and isinstance(other, Output):
        return one.matches(other.text)
    return one == other
