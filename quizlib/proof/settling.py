"""The claims of one question, settled by how its programs ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from quizlib.diagnostics import Finding, Kind, Place, Severity
from quizlib.model import (
    Choice,
    Ending,
    Equals,
    Item,
    NeverPrints,
    Output,
    Prints,
    PrintsNumber,
    Program,
    Yields,
)
from quizlib.proof import steps, words
from quizlib.proof.arithmetic import computes, wrong_equations
from quizlib.proof.collisions import colliding, mistake_that_yields_the_key
from quizlib.proof.coverage import Coverage, totals
from quizlib.proof.drift import DRIFT_HELP, KEY_DRIFT, drift
from quizlib.proof.endings import LIMITS, Endings
from quizlib.proof.mistakes import WRONG_MISTAKE, stopped_mistake, wrong_mistake, yielded_instead
from quizlib.proof.outcomes import Outcome, outcomes
from quizlib.proof.repairs import marked, marked_instead, printed_instead
from quizlib.proof.repeatability import FLAKY_KEY, unrepeatable
from quizlib.proof.runs import Execution, Runner
from quizlib.proof.verification import verified, wrong_number
from quizlib.sandbox import RunResult, Status

WRONG_KEY = Kind("QZ401", "wrong-key")
PROGRAM_FAILS = Kind("QZ402", "program-fails")
DISTRACTOR_IS_RIGHT = Kind("QZ403", "distractor-is-right")
WRONG_EQUATION = Kind("QZ405", "wrong-equation")
PROGRAM_STOPPED = Kind("QZ406", "program-stopped")
RUN_FAILED = Kind("QZ410", "run-failed")
KEY_NOT_COMPUTED = Kind("QZ411", "check-is-not-the-key", Severity.WARNING)

Found = tuple[Kind, Item | None, Finding]
_HELP = {PROGRAM_STOPPED: "make it end, and print little", PROGRAM_FAILS: "correct the program"}


class Settling:
    """The claims of one item, settled by how its programs ended."""

    def __init__(self, item: Item, results: Mapping[Program, tuple[Execution, ...]], runner: Runner) -> None:
        self._item = item
        self._results = results
        self._runner = runner
        self._found: list[Found] = []
        self._key = False
        self._key_failed = False
        self._disproved: set[Place] = set()
        self._stopped: set[Program] = set()
        self._said: set[tuple[Kind, str]] = set()
        self._yielded: list[Yields] = []
        self._steady: dict[Program, bool] = {}
        for claim in item.claims:
            match claim:
                case Prints():
                    self._prints(claim)
                case NeverPrints():
                    self._never_prints(claim)
                case Yields():
                    self._yields(claim)
                case Equals():
                    self._equals(claim)
                case PrintsNumber():
                    self._prints_number(claim)
        self._verified()
        for finding in steps.step_findings(item, Endings(results, runner)):
            self._report(steps.WRONG_STEP, finding)
        for kind, finding in colliding(self._yielded):
            self._report(kind, finding)

    def findings(self) -> list[Found]:
        """Return what is wrong, in the order of the claims."""
        return self._found

    def coverage(self) -> Coverage:
        """Return how much of the item is proved."""
        keys, distractors = totals(self._item)
        return Coverage(int(self._key and not self._key_failed), keys, len(self._disproved), distractors)

    def _prints(self, claim: Prints) -> None:
        found = self._outcomes(claim.program)
        if found is None:
            return
        wrong = next((outcome for outcome in found if not outcome.holds(claim.expected)), None)
        if wrong is None:
            self._key = self._all_ran(claim.program)
            return
        self._key_failed = True
        if self._drifts(claim, found, "the program"):
            return
        right = self._right_option(wrong)
        happened = words.happened(wrong.result, wrong.ending)
        chosen = isinstance(self._item.interaction, Choice)
        who = "the option marked correct says" if chosen else "the answer is stated as"
        message = f"{who} {words.stated(claim.expected)}, but the program {happened}"
        if words.stated(claim.expected) == happened.removeprefix("prints "):
            message += ", with other white space"
        written = words.to_write(wrong.result, wrong.ending)
        if right is not None:
            help = f"mark option {right[0]}, {words.quoted(right[1])}, as correct"
        elif written is None:
            help = "change the program"
        elif chosen:
            help = f"no option says that; write {written}, or change the program"
        else:
            help = f"write {written}, or change the program"
        fails = isinstance(claim.expected, Output) and wrong.result.status is not Status.OK
        repair = marked_instead(self._item, claim, found) if chosen else printed_instead(claim, found)
        self._report(PROGRAM_FAILS if fails else WRONG_KEY, Finding(claim.place, message, help, repair=repair))

    def _never_prints(self, claim: NeverPrints) -> None:
        found = self._outcomes(claim.program)
        if found is None:
            return
        right = next((outcome for outcome in found if outcome.holds(claim.excluded)), None)
        if right is None:
            if self._all_ran(claim.program):
                self._disproved.add(claim.place)
        elif not self._key_failed_elsewhere(claim, found):
            message = f"this distractor is right: the program {words.happened(right.result, right.ending)}"
            help, repair = "mark it as correct, or change it", marked(self._item, claim, found)
            self._report(DISTRACTOR_IS_RIGHT, Finding(claim.place, message, help, repair=repair))

    def _key_failed_elsewhere(self, claim: NeverPrints, found: Sequence[Outcome]) -> bool:
        """Whether a wrong key is reported for the same program, naming this option as the right one."""
        return any(
            isinstance(other, Prints)
            and other.program == claim.program
            and not all(outcome.holds(other.expected) for outcome in found)
            for other in self._item.claims
        )

    def _yields(self, claim: Yields) -> None:
        found = self._outcomes(claim.program, of_mistake=True)
        if found is None:
            return
        stopped = next((outcome.result for outcome in found if outcome.result.status in LIMITS), None)
        if stopped is not None:
            self._report(WRONG_MISTAKE, stopped_mistake(claim, stopped))
            return
        wrong = next((outcome for outcome in found if not outcome.holds(claim.expected)), None)
        if wrong is None:
            self._yielded.append(claim)
        elif (key_yielded := mistake_that_yields_the_key(self._item, claim, found)) is not None:
            self._report(*key_yielded)
        elif not self._drifts(claim, found, "the program changed by this mistake"):
            repair = yielded_instead(self._item, claim, found, self._disproved, self._rightly_yielded())
            self._report(WRONG_MISTAKE, wrong_mistake(claim, wrong, repair))

    def _rightly_yielded(self) -> list[Output | Ending]:
        """Return what those mistakes yield whose changed programs do what is said of them."""
        mistakes = [claim for claim in self._item.claims if isinstance(claim, Yields)]
        return [claim.expected for claim in mistakes if self._does(claim)]

    def _does(self, claim: Yields) -> bool:
        found = outcomes(self._results.get(claim.program, ()), self._runner.language(claim.program.language))
        return bool(found) and all(outcome.holds(claim.expected) for outcome in found)

    def _equals(self, claim: Equals) -> None:
        if claim.key is None:
            for wrong in wrong_equations(claim.text):
                message = f"`{words.shown(wrong.equation)}` does not hold: the value is {wrong.value}"
                place = claim.place._replace(excerpt=wrong.equation)
                self._report(WRONG_EQUATION, Finding(place, message, "correct the equation"))
            return
        shown = _half_last_digit(claim.key, rounded=bool(claim.tolerance))
        allowed = min(Fraction(claim.tolerance), shown) if claim.tolerance else shown
        match computes(claim.text, Fraction(claim.key), allowed):
            case True:
                self._key = not any(wrong_equations(claim.text))
            case False:
                message = f"the check does not come to the answer, which is stated as `{claim.key}`"
                self._report(KEY_NOT_COMPUTED, Finding(claim.place, message, "correct the answer or the check"))

    def _prints_number(self, claim: PrintsNumber) -> None:
        endings = Endings(self._results, self._runner)
        result = endings.result(claim.program)
        if result is None or not self._computes_alike(claim):
            return
        wrong = wrong_number(claim, result, endings)
        if wrong is None:
            self._key = True
            return
        self._key_failed = True
        self._report(WRONG_KEY if result.status is Status.OK else PROGRAM_FAILS, wrong)

    def _computes_alike(self, claim: PrintsNumber) -> bool:
        """Whether a number is computed alike in every run; else that is reported."""
        found = outcomes(self._results[claim.program], self._runner.language(claim.program.language))
        if any(outcome.result.status not in (Status.OK, Status.RUNTIME_ERROR) for outcome in found):
            return True  # what stopped it is reported, and not that it did not stop every time
        fault = unrepeatable(claim.program, Output(str(claim.key)), found)
        if fault is not None:
            self._report(FLAKY_KEY, Finding(claim.place, f"the program in `computed` {fault[0]}", fault[1]))
        return fault is None

    def _verified(self) -> None:
        """Settle what the author's own checks say of the answers."""
        found = verified(self._item, Endings(self._results, self._runner))
        for kind, finding in found.findings:
            self._report(kind, finding)
        self._key = self._key or found.key is True
        self._key_failed = self._key_failed or found.key is False
        self._disproved = (self._disproved | found.disproved) - found.passed

    def _outcomes(self, program: Program, *, of_mistake: bool = False) -> tuple[Outcome, ...] | None:
        """Return how the program ended each time, unless that says nothing: then it has been reported."""
        executions = self._results.get(program)
        if not executions:
            return None
        for result in (execution.result for execution in executions):
            if result.status in (Status.INTERNAL, Status.REFUSED):
                self._report_once(program, RUN_FAILED, result.detail or "the program could not be run")
                return None
            if result.status is Status.COMPILE_ERROR and not of_mistake:
                self._report_once(program, PROGRAM_FAILS, f"the program {words.happened(result, None)}")
                return None
            if result.status in LIMITS and not self._is_about(result, program):
                if not of_mistake:
                    self._report_once(program, PROGRAM_STOPPED, f"the program {words.stopped(result, program.timeout)}")
                    return None
                return outcomes(executions, None)
        found = outcomes(executions, self._runner.language(program.language))
        if program not in self._steady:
            self._steady[program] = self._is_steady(program, found)
        return found if self._steady[program] else None

    def _all_ran(self, program: Program) -> bool:
        """Whether none of the runtimes that the program must end alike on is missing."""
        return None not in self._runner.runtimes(program).values()

    def _drifts(self, claim: Prints | Yields, found: Sequence[Outcome], who: str) -> bool:
        """Whether the program ends in one way here and in another there; then that is reported."""
        happened = drift(found, claim.expected)
        if happened is not None:
            self._report(KEY_DRIFT, Finding(claim.place, f"{who} {happened}", DRIFT_HELP))
        return happened is not None

    def _is_steady(self, program: Program, found: tuple[Outcome, ...]) -> bool:
        """Whether the program ends alike in every run; else that is reported at the key or the mistake."""
        stated, place, who = self._statement_about(program)
        fault = unrepeatable(program, stated, found)
        if fault is not None:
            self._report(FLAKY_KEY, Finding(place, f"{who} {fault[0]}", fault[1]))
        return fault is None

    def _statement_about(self, program: Program) -> tuple[Output | Ending, Place, str]:
        """Return what the key says of a program, or else the mistake, or an option, with its place and its subject."""
        for claim in self._item.claims:
            if isinstance(claim, Prints) and claim.program == program:
                return claim.expected, claim.place, "the program"
        for claim in self._item.claims:
            if isinstance(claim, Yields) and claim.program == program:
                return claim.expected, claim.place, "the program changed by this mistake"
        excluded = (claim.excluded for claim in self._item.claims if isinstance(claim, NeverPrints))
        return next(excluded, Output("")), self._item.place.at("code"), "the program"

    def _is_about(self, result: RunResult, program: Program) -> bool:
        """Whether the key is the very exception in which the limit on memory ended."""
        return result.status is Status.MEMORY and any(
            isinstance(claim, Prints) and claim.program == program and claim.expected == Ending("MemoryError")
            for claim in self._item.claims
        )

    def _report_once(self, program: Program, kind: Kind, message: str) -> None:
        """Report what kept a program from its end: once for the program, and once for all of which the same is said."""
        if program in self._stopped:
            return
        self._stopped.add(program)
        if (kind, message) not in self._said:
            self._said.add((kind, message))
            self._report(kind, Finding(self._item.place.at("code"), message, _HELP.get(kind)))

    def _right_option(self, outcome: Outcome) -> tuple[int, str] | None:
        """Return the number, from 1, and the text of the option that says what really happened."""
        if not isinstance(self._item.interaction, Choice):
            return None
        stated = {claim.place: claim.excluded for claim in self._item.claims if isinstance(claim, NeverPrints)}
        for number, option in enumerate(self._item.interaction.options, start=1):
            if option.place in stated and outcome.holds(stated[option.place]):
                return number, option.content.text
        return None

    def _report(self, kind: Kind, finding: Finding) -> None:
        self._found.append((kind, self._item, finding))


def _half_last_digit(key: Decimal, *, rounded: bool) -> Fraction:
    """Return half a unit of the key's last digit; a whole number is exact, unless it was `rounded`."""
    exponent = key.as_tuple().exponent
    if not isinstance(exponent, int) or (exponent >= 0 and not rounded):
        return Fraction(0)
    return Fraction(10) ** min(exponent, 0) / 2
