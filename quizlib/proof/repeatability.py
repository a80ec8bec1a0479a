"""Whether a program would end in the same way tomorrow, and elsewhere.

It has run under two hash seeds, time zones and locales. What differs between the runs, or stands in an output
though it will never stand there again, makes a key that is right only now and then.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

from quizlib.diagnostics import Kind
from quizlib.model import Ending, Output, Program
from quizlib.proof import words
from quizlib.proof.moments import constants, differ_in_time, present
from quizlib.proof.outcomes import Outcome, by_runtime
from quizlib.sandbox import Status

FLAKY_KEY = Kind("QZ407", "flaky-key")

_SHOWN = 60  # characters of a line around the place where it differs
# How objects are shown that have no better form. Any other number is believed when the runs agree on it.
_ADDRESS = re.compile(r"<[^\n]*?\bat (0x[0-9A-Fa-f]{6,16})\b(?=[^\n]*>)")
_ANY_ADDRESS = re.compile(r"\b0x[0-9A-Fa-f]{6,16}\b")
_FOLDER = re.compile(r"(?:[A-Z]:)?(?:[/\\][^\s/\\\"':,)]+)+")
_CHANCE = re.compile(r"rand|secrets|uuid|shuf", re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True)
class Cause:
    """Why an output differs, in a teacher's words, and what to do about it."""

    words: str
    help: str


ADDRESS = Cause("a memory address", "print what the object holds, not the object itself")
FOLDER = Cause("the folder in which it runs", "print names of files without their folders")
CLOCK = Cause("the time or the date", "give the program a fixed date or time instead of the present one")
CHANCE = Cause("a random number", "leave chance out of the program, or give it a fixed seed")
ORDER = Cause("the order of a set", "put the values in order before they are printed, such as with `sorted`")
SETTING = Cause(
    "the hash seed, the time zone or the locale",
    "let nothing that is printed depend on the order of a set, the hash of a text, or where the program runs",
)


def unrepeatable(program: Program, stated: Output | Ending, outcomes: Sequence[Outcome]) -> tuple[str, str] | None:
    """Say what of a program's outcomes is not the same in every run, and how to put it right; None when all is.

    Runs are compared with others on the same runtime, as a statement of the kind of `stated` sees them.
    """
    for same in by_runtime(outcomes):
        for other in same[1:]:
            if not same[0].agrees(other, stated):
                return _differing(program, stated, same[0], other)
    for outcome in outcomes:
        for text, cause in _passing(program, stated, outcome):
            return f"prints `{words.shown(text)}`, and {cause.words} is another one in every run", cause.help
    return None


def _differing(program: Program, stated: Output | Ending, one: Outcome, other: Outcome) -> tuple[str, str]:
    cause = _cause(program, one.shows(stated), other.shows(stated))
    if one.result.status is Status.OK and other.result.status is Status.OK and isinstance(stated, Output):
        where, first, second = _excerpts(one.shows(stated), other.shows(stated))
        happened = f"prints {words.quoted(first)}{where} in one run and {words.quoted(second)} in another"
    else:
        first, second = (words.happened(outcome.result, outcome.ending) for outcome in (one, other))
        happened = f"{first} in one run, and {second} in another"
    return f"{happened}, probably because of {cause.words}", cause.help


def _cause(program: Program, one: str, other: str) -> Cause:
    if _ANY_ADDRESS.sub("", one) == _ANY_ADDRESS.sub("", other):
        return ADDRESS
    if _FOLDER.sub("", one) == _FOLDER.sub("", other):
        return FOLDER
    if differ_in_time(one, other, program):
        return CLOCK
    if _CHANCE.search(constants(program)):
        return CHANCE
    return ORDER if sorted(one) == sorted(other) else SETTING


def _passing(program: Program, stated: Output | Ending, outcome: Outcome) -> Iterator[tuple[str, Cause]]:
    """Yield what stands in an output now and will not stand there again."""
    if isinstance(stated, Output) and outcome.result.status is not Status.OK:
        return
    text, given = outcome.shows(stated), constants(program)
    for address in _ADDRESS.findall(text):
        if address not in given:
            yield address, ADDRESS
    if (moment := present(text, program, outcome.execution)) is not None:
        yield moment, CLOCK


def _excerpts(one: str, other: str) -> tuple[str, str, str]:
    """Return where two different texts begin to differ, and what they hold there."""
    lines = one.split("\n"), other.split("\n")
    if len(lines[0]) == len(lines[1]) == 1:
        return "", *_around(one, other)
    number = next(n for n in range(max(map(len, lines))) if lines[0][n : n + 1] != lines[1][n : n + 1])
    first, second = (text[number] if number < len(text) else "" for text in lines)
    return f" in line {number + 1}", *_around(first, second)


def _around(one: str, other: str) -> tuple[str, str]:
    """Return two lines, cut to what stands around their first difference when they are long."""
    if max(len(one), len(other)) <= _SHOWN:
        return one, other
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    start = max(0, same - _SHOWN // 3)
    first, second = (("…" if start else "") + text[start : start + _SHOWN] for text in (one, other))
    return first, second
