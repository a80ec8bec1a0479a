"""Fixes that rest on what programs did, as those of a wrong key do, and what makes them lose that ground.

Such a fix is right for the programs and the options that the author wrote. Where another fix of the same run has
changed these, it may be that fix which is wrong, and the key is left as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from quizlib.diagnostics import Diagnostic, Place
from quizlib.model import Claim, Fails, Holds, NeverPrints, Prints, PrintsNumber, Yields
from quizlib.parts import Places
from quizlib.validation import Report

_Asked = frozenset[tuple[object, object]]


class Grounds:
    """Which questions still are what their author asked of programs, from round to round of fixes."""

    def __init__(self, report: Report) -> None:
        self._asked = _asked(report)
        self._places = Places(report.banks)
        self._changed: set[Place] = set()

    def in_turn(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield the diagnostics whose fixes may be made now: of a question those by proof first, and then alone."""
        told = list(diagnostics)
        first = [one for one in told if is_proved(one) and not self.is_lost(one)]
        yield from first
        taken = {self._question(one) for one in first} - {None}
        yield from (one for one in told if not is_proved(one) and self._question(one) not in taken)

    def is_lost(self, diagnostic: Diagnostic) -> bool:
        """Whether other fixes have changed what the programs of a question are asked."""
        return self._question(diagnostic) in self._changed

    def go_on(self, report: Report, applied: Iterable[Diagnostic]) -> None:
        """Take down what a round of fixes has changed; `report` is that on the new texts."""
        asked = _asked(report)
        proved = {self._question(one) for one in applied if is_proved(one)}
        self._changed |= {
            place for place, before in self._asked.items() if asked.get(place) != before and place not in proved
        }
        self._asked, self._places = asked, Places(report.banks)

    def _question(self, diagnostic: Diagnostic) -> Place | None:
        return self._places.question(diagnostic.span)


def is_proved(diagnostic: Diagnostic) -> bool:
    """Whether the fix of a diagnostic rests on what programs did."""
    return diagnostic.fix is not None and diagnostic.fix.proved


def _asked(report: Report) -> dict[Place, _Asked]:
    """Return what is asked of programs in each question that can be read; which answer is the key does not count."""
    asked: dict[Place, set[tuple[object, object]]] = defaultdict(set)
    for bank in report.banks:
        for item in bank.bank.items if bank.bank else ():
            asked[item.place].update(filter(None, map(_stated, item.claims)))
    return {place: frozenset(found) for place, found in asked.items()}


def _stated(claim: Claim) -> tuple[object, object] | None:
    match claim:
        case Prints(program, stated, _) | NeverPrints(program, stated, _) | Yields(program, stated, _):
            return program, stated
        case Holds(program, answer, _) | Fails(program, answer, _):
            return program, answer
        case PrintsNumber(program, key):
            return program, key
        case _:
            return None
