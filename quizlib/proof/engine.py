"""From claims and runs to findings and key coverage."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from quizlib.diagnostics import Finding, Kind, Place, Severity
from quizlib.model import (
    Bank,
    Choice,
    Ending,
    Equals,
    Item,
    NeverPrints,
    Output,
    Prints,
    PrintsNumber,
    Program,
    Reaches,
    Yields,
)
from quizlib.proof import steps, words
from quizlib.proof.arithmetic import computes, wrong_equations
from quizlib.proof.coverage import Coverage, totals
from quizlib.proof.outcomes import Outcomes
from quizlib.proof.runs import Execution, Runner
from quizlib.proof.verification import language_place, verified, wrong_number
from quizlib.sandbox import RunResult, Status

WRONG_KEY = Kind("QZ401", "wrong-key")
PROGRAM_FAILS = Kind("QZ402", "program-fails")
DISTRACTOR_IS_RIGHT = Kind("QZ403", "distractor-is-right")
WRONG_MISTAKE = Kind("QZ404", "wrong-mistake")
WRONG_EQUATION = Kind("QZ405", "wrong-equation")
PROGRAM_STOPPED = Kind("QZ406", "program-stopped")
NO_LANGUAGE = Kind("QZ409", "language-unavailable", Severity.WARNING)
RUN_FAILED = Kind("QZ410", "run-failed")
KEY_NOT_COMPUTED = Kind("QZ411", "check-is-not-the-key", Severity.WARNING)

Found = tuple[Kind, Item | None, Finding]
_LIMITS = (Status.TIMEOUT, Status.MEMORY, Status.OUTPUT_LIMIT, Status.PROCESS_LIMIT)


@dataclasses.dataclass(frozen=True, slots=True)
class Proof:
    """What was found in each bank, and the coverage of all of them."""

    findings: tuple[tuple[Found, ...], ...]
    coverage: Coverage


def prove(banks: Sequence[Bank], runner: Runner) -> Proof:
    """Settle all claims of all banks. Equal programs run once, whichever bank they stand in."""
    results = runner.run_all(program for bank in banks for item in bank.items for program in _programs(item))
    findings: list[tuple[Found, ...]] = []
    coverage = Coverage()
    for bank in banks:
        of_bank: list[Found] = []
        for item in bank.items:
            settled = _Settling(item, results, runner)
            of_bank += settled.findings()
            coverage += settled.coverage()
        findings.append((*_missing_languages(bank, runner), *of_bank))
    return Proof(tuple(findings), coverage)


def _programs(item: Item) -> Iterator[Program]:
    for claim in item.claims:
        if not isinstance(claim, Equals | Reaches):
            yield claim.program
    yield from steps.programs(item)


def _missing_languages(bank: Bank, runner: Runner) -> Iterator[Found]:
    first: dict[str, tuple[Item, Place]] = {}
    for item in bank.items:
        for program in _programs(item):
            if not any(runner.runtimes(program).values()):
                first.setdefault(program.language, (item, language_place(item, program)))
    for language, (item, place) in first.items():
        message = f"programs in `{language}` cannot be run here, so that their keys are not proved"
        yield NO_LANGUAGE, item, Finding(place, message, "python is built in; others come as plugins")


class _Settling:
    """The claims of one item, settled."""

    def __init__(self, item: Item, results: Mapping[Program, tuple[Execution, ...]], runner: Runner) -> None:
        self._item = item
        self._results = results
        self._runner = runner
        self._found: list[Found] = []
        self._key = False
        self._key_failed = False
        self._disproved: set[Place] = set()
        self._stopped: set[Program] = set()
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
        for finding in steps.step_findings(item, Outcomes(results, runner)):
            self._report(steps.WRONG_STEP, finding)

    def findings(self) -> list[Found]:
        return self._found

    def coverage(self) -> Coverage:
        keys, distractors = totals(self._item)
        return Coverage(int(self._key and not self._key_failed), keys, len(self._disproved), distractors)

    def _prints(self, claim: Prints) -> None:
        result = self._result(claim.program)
        if result is None:
            return
        if _holds(claim.expected, result, self._ending(claim.program, result)):
            self._key = True
            return
        self._key_failed = True
        ending = self._ending(claim.program, result)
        right = self._right_option(result, ending)
        happened = words.happened(result, ending)
        chosen = isinstance(self._item.interaction, Choice)
        who = "the option marked correct says" if chosen else "the answer is stated as"
        message = f"{who} {words.stated(claim.expected)}, but the program {happened}"
        if words.stated(claim.expected) == happened.removeprefix("prints "):
            message += ", with other white space"
        written = words.to_write(result, ending)
        if right is not None:
            help = f"mark option {right[0]}, {words.quoted(right[1])}, as correct"
        elif written is None:
            help = "change the program"
        elif chosen:
            help = f"no option says that; write {written}, or change the program"
        else:
            help = f"write {written}, or change the program"
        fails = isinstance(claim.expected, Output) and result.status is not Status.OK
        self._report(PROGRAM_FAILS if fails else WRONG_KEY, Finding(claim.place, message, help))

    def _never_prints(self, claim: NeverPrints) -> None:
        result = self._result(claim.program)
        if result is None:
            return
        if not _holds(claim.excluded, result, self._ending(claim.program, result)):
            self._disproved.add(claim.place)
        elif not self._key_failed_elsewhere(claim):
            happened = words.happened(result, self._ending(claim.program, result))
            message = f"this distractor is right: the program {happened}"
            self._report(DISTRACTOR_IS_RIGHT, Finding(claim.place, message, "mark it as correct, or change it"))

    def _key_failed_elsewhere(self, claim: NeverPrints) -> bool:
        """Whether a wrong key is reported for the same program, naming this option as the right one."""
        for other in self._item.claims:
            if isinstance(other, Prints) and other.program == claim.program:
                result = self._results[claim.program][0].result
                if not _holds(other.expected, result, self._ending(claim.program, result)):
                    return True
        return False

    def _yields(self, claim: Yields) -> None:
        keys = claim.place.keys[:-1]
        mistake = claim.place._replace(keys=keys)
        result = self._result(claim.program, of_mistake=True)
        if result is None:
            return
        if result.status in _LIMITS:
            message = f"the program changed by this mistake {words.stopped(result, claim.program.timeout)}"
            self._report(WRONG_MISTAKE, Finding(claim.place, message, "change `replace`, or leave it out"))
            return
        ending = self._ending(claim.program, result)
        if not _holds(claim.expected, result, ending):
            message = (
                f"the mistake is said to yield {words.stated(claim.expected)},"
                f" but the changed program {words.happened(result, ending)}"
            )
            written = words.to_write(result, ending)
            help = f"write `yields: {written.strip('`')}`, or change `replace`" if written else "change `replace`"
            self._report(WRONG_MISTAKE, Finding(claim.place, message, help, (mistake,)))

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
        outcomes = Outcomes(self._results, self._runner)
        result = outcomes.result(claim.program)
        if result is None:
            return
        wrong = wrong_number(claim, result, outcomes)
        if wrong is None:
            self._key = True
            return
        self._key_failed = True
        self._report(WRONG_KEY if result.status is Status.OK else PROGRAM_FAILS, wrong)

    def _verified(self) -> None:
        """Settle what the author's own checks say of the answers."""
        found = verified(self._item, Outcomes(self._results, self._runner))
        for kind, finding in found.findings:
            self._report(kind, finding)
        self._key = self._key or found.key is True
        self._key_failed = self._key_failed or found.key is False
        self._disproved = (self._disproved | found.disproved) - found.passed

    def _result(self, program: Program, *, of_mistake: bool = False) -> RunResult | None:
        """Return how the program ended, unless that says nothing: then it has been reported."""
        executions = self._results.get(program)
        if not executions:
            return None
        result = executions[0].result
        if result.status in (Status.INTERNAL, Status.REFUSED):
            self._report_once(program, RUN_FAILED, result.detail or "the program could not be run")
            return None
        if result.status in _LIMITS and not of_mistake and not self._is_about(result, program):
            self._report_once(program, PROGRAM_STOPPED, f"the program {words.stopped(result, program.timeout)}")
            return None
        return result

    def _is_about(self, result: RunResult, program: Program) -> bool:
        """Whether the key is the very exception in which the limit on memory ended."""
        return result.status is Status.MEMORY and any(
            isinstance(claim, Prints) and claim.program == program and claim.expected == Ending("MemoryError")
            for claim in self._item.claims
        )

    def _report_once(self, program: Program, kind: Kind, message: str) -> None:
        if program not in self._stopped:
            self._stopped.add(program)
            place = self._item.place.at("code")
            self._report(
                kind, Finding(place, message, "make it end, and print little" if kind is PROGRAM_STOPPED else None)
            )

    def _ending(self, program: Program, result: RunResult) -> str | None:
        if result.status is Status.OK:
            return None
        language = self._runner.language(program.language)
        return language.ending(result.stderr) if language else None

    def _right_option(self, result: RunResult, ending: str | None) -> tuple[int, str] | None:
        """Return the number, from 1, and the text of the option that says what really happened."""
        if not isinstance(self._item.interaction, Choice):
            return None
        stated = {claim.place: claim.excluded for claim in self._item.claims if isinstance(claim, NeverPrints)}
        for number, option in enumerate(self._item.interaction.options, start=1):
            if option.place in stated and _holds(stated[option.place], result, ending):
                return number, option.content.text
        return None

    def _report(self, kind: Kind, finding: Finding) -> None:
        self._found.append((kind, self._item, finding))


def _holds(expected: Output | Ending, result: RunResult, ending: str | None) -> bool:
    """Whether a program ended as stated."""
    match expected:
        case Output():
            return result.status is Status.OK and expected.matches(result.stdout)
        case Ending(exception=str() as exception):
            return ending is not None and exception in _names_of(ending)
        case Ending():
            return result.exit_code == expected.exit_status


def _names_of(ending: str) -> set[str]:
    """Return what an ending such as `json.JSONDecodeError: bad` may be called."""
    name, _, message = ending.partition(":")
    short = name.rpartition(".")[2]
    return {ending, name, short, f"{short}:{message}"}


def _half_last_digit(key: Decimal, *, rounded: bool) -> Fraction:
    """Return half a unit of the key's last digit; a whole number is exact, unless it was `rounded`."""
    exponent = key.as_tuple().exponent
    if not isinstance(exponent, int) or (exponent >= 0 and not rounded):
        return Fraction(0)
    return Fraction(10) ** min(exponent, 0) / 2
