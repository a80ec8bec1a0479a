"""Worked solutions that are executed: what a step says of a point of the program is what is so there."""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind
from quizlib.model import Item, Program, Reaches
from quizlib.proof import words
from quizlib.proof.endings import LIMITS, Endings
from quizlib.proof.evaluation import half_unit
from quizlib.proof.numbers import read_number
from quizlib.proof.traces import Moment, Probe, Shown, Trace, read_trace, traced
from quizlib.sandbox import RunResult, Status

WRONG_STEP = Kind("QZ416", "wrong-step")


def programs(item: Item) -> Iterator[Program]:
    """Yield the programs that have to be run for the claims `Reaches` of an item: one for all of its steps."""
    yield from dict.fromkeys(traced_program(item, claim.program) for claim in _claims(item))


def step_findings(item: Item, endings: Endings) -> Iterator[Finding]:
    """Settle the claims `Reaches` of an item."""
    read: dict[Program, Trace] = {}
    for claim in _claims(item):
        result = endings.result(traced_program(item, claim.program))
        if result is None:
            continue
        if (stopped := _stopped(result, claim.program)) is not None:
            yield Finding(claim.place.at("at"), stopped, "make it end, and print little")
            return
        if claim.program not in read:
            read[claim.program] = read_trace(claim.program, result)
        yield from _of_claim(claim, read[claim.program])


def agrees(stated: str, value: Shown) -> bool:
    """Whether a value is the one that is stated: numbers within the digits shown, all else as Python writes it."""
    stated = stated.strip()
    if stated in (value.text.strip(), value.plain.strip()):
        return True
    if not value.is_number:
        return False
    one, other = read_number(stated), read_number(value.plain)
    return one is not None and other is not None and abs(one - other) <= half_unit(stated, "=")


def _claims(item: Item) -> list[Reaches]:
    return [claim for claim in item.claims if isinstance(claim, Reaches)]


def traced_program(item: Item, program: Program) -> Program:
    """Return the program that follows `program` and looks up all that the steps of the item say of it."""
    probes: list[Probe] = [
        (claim.line, claim.time, tuple(expression for expression, _ in claim.expect))
        for claim in _claims(item)
        if claim.program == program
    ]
    return traced(program, probes)


def _stopped(result: RunResult, program: Program) -> str | None:
    if result.status in LIMITS:
        return f"the program, followed line by line, {words.stopped(result, program.timeout)}"
    if result.status in (Status.INTERNAL, Status.REFUSED):
        return f"the program could not be followed: {result.detail or 'it was not run'}"
    return None


def _of_claim(claim: Reaches, trace: Trace) -> Iterator[Finding]:
    moment = next((each for each in trace.moments if (each.line, each.time) == (claim.line, claim.time)), None)
    if moment is None:
        place = claim.place.at("at", "line" if claim.time == 1 else "time")
        yield Finding(place, _not_reached(claim, trace), "correct `at`")
        return
    yield from _of_values(claim, moment)


def _of_values(claim: Reaches, moment: Moment) -> Iterator[Finding]:
    when = f"after line {claim.line} has run" + (f" {claim.time} times" if claim.time > 1 else "")
    for expression, stated in claim.expect:
        value = moment.values.get(expression, Shown(error="its trace cannot be read"))
        place = claim.place.at("expect", expression)
        states = f"the step states that `{words.shown(expression)}` is {words.quoted(stated)}"
        if value.error is not None:
            message = f"{states}, but {when} there is no such value: {words.shown(value.error)}"
            yield Finding(place, message, "correct the step, or its `at`")
        elif not agrees(stated, value):
            written = words.quoted(value.text)
            message = f"{states}, but {when} it is {written}"
            yield Finding(place, message, f"write {written}, or correct `at`")


def _not_reached(claim: Reaches, trace: Trace) -> str:
    line = f"line {claim.line}"
    if trace.reached is None:
        return f"the program ends before it can be told how often it runs {line}"
    count = trace.reached.get(claim.line)
    if count is None:
        return f"{line} of the program holds nothing that is run"
    if not trace.complete:
        return f"the program runs too long to be followed to time {claim.time} of {line}"
    if count == 0:
        return f"the program never runs {line}"
    times = "once" if count == 1 else f"{count} times"
    return f"the program runs {line} only {times}, and the step speaks of time {claim.time}"
