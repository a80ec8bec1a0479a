"""From claims and runs to findings and key coverage."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from quizlib.model import Bank, Item
from quizlib.proof.claims import Ran, programs, ran
from quizlib.proof.coverage import Coverage, Covered, total
from quizlib.proof.runs import Runner
from quizlib.proof.settling import Found, Settling
from quizlib.proof.unavailable import not_run, of_no_language, unavailable
from quizlib.sandbox.levels import IsolationUnavailable


@dataclasses.dataclass(frozen=True, slots=True)
class Proof:
    """What was found in each bank, how much of each question is proved, and what its programs did."""

    findings: tuple[tuple[Found, ...], ...]
    covered: tuple[Covered, ...]
    runs: tuple[Ran, ...]

    @property
    def coverage(self) -> Coverage:
        """How much of all questions is proved."""
        return total(self.covered)


def prove(banks: Sequence[Bank], runner: Runner, *, wanted: Callable[[Item], bool] | None = None) -> Proof:
    """Settle all claims of all banks, or of the items that are wanted. Equal programs run once, whichever bank they
    stand in.

    What runs in a copy of an interpreter that had started already is believed when nothing is wrong. A question of
    which something is found is looked at again, with an interpreter of its own for each program, and only that is
    reported.
    """
    parts = [dataclasses.replace(bank, items=tuple(filter(wanted, bank.items))) if wanted else bank for bank in banks]
    items = [item for part in parts for item in part.items]
    refused: IsolationUnavailable | None = None
    try:
        results = runner.run_all(program for item in items for program in programs(item))
        doubtful = [item for item in items if Settling(item, results, runner).findings()]
        results |= runner.run_again(program for item in doubtful for program in programs(item))
    except IsolationUnavailable as exception:
        results, refused = {}, exception
    findings: list[tuple[Found, ...]] = []
    covered: list[Covered] = []
    for bank, part in zip(banks, parts, strict=True):
        of_bank: list[Found] = []
        for item in part.items:
            settled = Settling(item, results, runner)
            of_bank += settled.findings()
            covered.append(Covered.of(bank, item, settled.coverage()))
        absent = (*not_run(part, refused), *unavailable(part, runner), *of_no_language(bank))
        findings.append((*absent, *of_bank))
    runs = tuple(one for item in items for one in ran(item, results, runner))
    return Proof(tuple(findings), tuple(covered), runs)
