"""Checks that an author wrote for the answers of a question: they pass for the key, and fail for distractors."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterator
from fractions import Fraction

from quizlib.diagnostics import Finding, Kind, Place
from quizlib.model import Choice, Fails, Holds, InlineChoice, Item, PrintsNumber, Program
from quizlib.proof import words
from quizlib.proof.endings import LIMITS, Endings
from quizlib.proof.numbers import read_number
from quizlib.proof.repairs import computed_instead
from quizlib.proof.repeatability import FLAKY_KEY
from quizlib.sandbox import RunResult, Status

KEY_FAILS = Kind("QZ413", "key-fails-verify")
DISTRACTOR_PASSES = Kind("QZ414", "distractor-passes-verify")
BROKEN_VERIFY = Kind("QZ415", "broken-verify")


class Verdict(enum.Enum):
    """What a check says of an answer. BROKEN: it ended in a way that says nothing. WAVERS: another thing each time."""

    PASSES = enum.auto()
    FAILS = enum.auto()
    BROKEN = enum.auto()
    WAVERS = enum.auto()


@dataclasses.dataclass(frozen=True, slots=True)
class Verified:
    """What the checks of an item came to.

    `key` is True when they passed for the whole key, False when one failed for it, None when that is not known.
    `disproved` and `passed` are the places of options that are distractors.
    """

    findings: tuple[tuple[Kind, Finding], ...] = ()
    key: bool | None = None
    disproved: frozenset[Place] = frozenset()
    passed: frozenset[Place] = frozenset()


def verified(item: Item, endings: Endings) -> Verified:
    """Settle the claims `Holds` and `Fails` of an item."""
    claims = [claim for claim in item.claims if isinstance(claim, Holds | Fails)]
    if not claims:
        return Verified()
    judged = [
        (claim, result, _of_all_runs(claim.program, endings))
        for claim in claims
        if (result := endings.result(claim.program)) is not None
    ]
    of_key = [judgement for claim, _, judgement in judged if isinstance(claim, Holds)]
    whole = len(of_key) == sum(isinstance(claim, Holds) for claim in claims)
    options = _options(item)
    of_distractors = {
        claim.place: judgement for claim, _, judgement in judged if isinstance(claim, Fails) and claim.place in options
    }
    return Verified(
        tuple(_findings(item, judged, endings)),
        False if Verdict.FAILS in of_key else True if whole and set(of_key) == {Verdict.PASSES} else None,
        frozenset(place for place, judgement in of_distractors.items() if judgement is Verdict.FAILS),
        frozenset(place for place, judgement in of_distractors.items() if judgement is Verdict.PASSES),
    )


def language_place(item: Item, program: Program) -> Place:
    """Return where the language of one of the item's programs is stated."""
    for claim in item.claims:
        if isinstance(claim, Holds | Fails | PrintsNumber) and claim.program == program:
            return item.place.at("computed" if isinstance(claim, PrintsNumber) else "verify", "language")
    return item.place.at("code", "language")


def verdict(result: RunResult, ending: str | None) -> Verdict:
    """Read how a check ended: with status 0, or with a failed assertion or status 1 and no other exception."""
    if result.status is Status.OK:
        return Verdict.PASSES
    if result.status is not Status.RUNTIME_ERROR:
        return Verdict.BROKEN
    if ending is not None:
        name = ending.partition(":")[0].split()[0]
        return Verdict.FAILS if name.rpartition(".")[2] == "AssertionError" else Verdict.BROKEN
    return Verdict.FAILS if result.exit_code == 1 else Verdict.BROKEN


def _of_all_runs(program: Program, endings: Endings) -> Verdict:
    """Read how a check ended under each hash seed, time zone and locale."""
    said = {verdict(result, endings.ending(program, result)) for result in endings.results(program)}
    return said.pop() if len(said) == 1 else Verdict.WAVERS


def _options(item: Item) -> set[Place]:
    """Return the places of all options of an item, those of its gaps included: distractors that are counted."""
    interactions = [item.interaction]
    if isinstance(item.interaction, InlineChoice):
        interactions += [gap.interaction for gap in item.interaction.gaps]
    return {option.place for each in interactions if isinstance(each, Choice) for option in each.options}


_Judged = list[tuple[Holds | Fails, RunResult, Verdict]]


def _findings(item: Item, judged: _Judged, endings: Endings) -> Iterator[tuple[Kind, Finding]]:
    check = item.place.at("verify")
    broken = False
    for claim, result, judgement in judged:
        answer = words.quoted(claim.answer)
        if judgement is Verdict.BROKEN and not broken:
            broken = True
            message = f"the check {_ended(claim.program, result, endings)} when it is given {answer}"
            help = "let it end with status 0 for a right answer, and with a failed `assert` or status 1 for a wrong one"
            yield BROKEN_VERIFY, Finding(check, message, help, (claim.place,))
        elif judgement is Verdict.WAVERS:
            message = f"the check does not end alike in every run when it is given {answer}"
            help = "let nothing in it depend on chance, the time, or the order of a set"
            yield FLAKY_KEY, Finding(check, message, help, (claim.place,))
        elif judgement is Verdict.FAILS and isinstance(claim, Holds):
            said = _said(endings.ending(claim.program, result))
            message = f"the check fails for the key, {answer}{said}"
            yield KEY_FAILS, Finding(claim.place, message, "correct the answer or the check", (check,))
        elif judgement is Verdict.PASSES and isinstance(claim, Fails):
            message = f"the check passes for this distractor, {answer}"
            help = "mark it as correct, change it, or let the check tell it from the key"
            yield DISTRACTOR_PASSES, Finding(claim.place, message, help, (check,))


def _said(ending: str | None) -> str:
    message = (ending or "").partition(":")[2].strip()
    return f": `{words.shown(message)}`" if message else ""


def _ended(program: Program, result: RunResult, endings: Endings) -> str:
    if result.status in LIMITS:
        return words.stopped(result, program.timeout)
    if result.status is Status.COMPILE_ERROR:
        return "cannot be compiled"
    if result.status in (Status.INTERNAL, Status.REFUSED):
        return f"could not be run ({result.detail})" if result.detail else "could not be run"
    return words.happened(result, endings.ending(program, result))


def wrong_number(claim: PrintsNumber, result: RunResult, endings: Endings) -> Finding | None:
    """Say how the number that a program printed differs from the key; None when it is the key."""
    printed = read_number(result.stdout) if result.status is Status.OK else None
    if printed is not None and abs(printed - Fraction(claim.key)) <= _allowed(claim):
        return None
    ended = _ended(claim.program, result, endings)
    message = f"the answer is stated as `{claim.key}`, but the program in `computed` {ended}"
    help = f"write {words.quoted(result.stdout)}, or change the program" if printed is not None else (
        "let it print a number, and nothing else"
    )  # fmt: skip
    repair = computed_instead(claim, result.stdout) if printed is not None else None
    return Finding(claim.place, message, help, repair=repair)


def _allowed(claim: PrintsNumber) -> Fraction:
    """Return the tolerance, or half a unit of the last decimal that the key shows."""
    exponent = claim.key.as_tuple().exponent
    shown = Fraction(10) ** exponent / 2 if isinstance(exponent, int) and exponent < 0 else 0
    return Fraction(claim.tolerance) if claim.tolerance else Fraction(shown)
