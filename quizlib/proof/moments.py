"""The present moment in what a program prints: dates and clocks of the time at which it ran.

Such an output is right once and wrong the next day, even where two runs agree. Dates and times that an
author wrote into the program stay what they are, and are passed over.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

from quizlib.model import Program
from quizlib.proof.runs import Execution

# Without one of these in it no program reads a clock, and a likeness to the time of day is a chance one.
_CLOCK_WORDS = re.compile(r"now|today|time|date|clock|epoch|%\(", re.IGNORECASE)
_EPOCH = re.compile(r"(?<![\d.])(\d{10})(?:\d{3}|\d{6}|\d{9})?(?!\d)")
_CLOCK = re.compile(r"(?<!\d)(\d{2}:\d{2}:\d{2})(?:\s?([ap]m)\b)?(?!\d)", re.IGNORECASE)
_ZONE = re.compile(r"[A-Z]+(-?\d{1,2})")
_SLACK = timedelta(seconds=1)
_MOST_SECONDS = 300  # a program runs for a minute at the most; the rest is for what prepares it

_DATES = (
    "{y}-{m}-{d}", "{y}/{m}/{d}", "{y}.{m}.{d}", "{y}{m}{d}", "{d}.{m}.{y}", "{d}/{m}/{y}", "{d}-{m}-{y}",
    "{m}/{d}/{y}", "{m}-{d}-{y}", "{m}/{d}/{yy}", "{d}/{m}/{yy}", "{d}.{m}.{yy}", "{y}, {m}, {d}",
)  # fmt: skip
_NAMED_DATES = ("{d} {month} {y}", "{month} {d} {y}", "{month} {d}, {y}", "{weekday} {month} {d}", "{d}-{month}-{y}")
_PATTERNS = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[AaPp][Mm])?|\d{10,}(?:\.\d+)?"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|[+-]\d{4}\b|\b(?:UTC|LINT|GMT)\b",
    re.IGNORECASE,
)


def present(text: str, program: Program, execution: Execution) -> str | None:
    """Return the first piece of `text` that is a date or a time of the execution, and none of the program's own."""
    if not text or not _reads_a_clock(program):
        return None
    given = constants(program)
    return next((found for found in _moments(text, given, execution) if found not in given), None)


def differ_in_time(one: str, other: str, program: Program) -> bool:
    """Whether two outputs of a program that reads a clock differ in nothing but dates, times and numbers."""
    if not _reads_a_clock(program):
        return False
    return any(pattern.sub("0", one) == pattern.sub("0", other) for pattern in (_PATTERNS, re.compile(r"[\d.e-]+")))


def constants(program: Program) -> str:
    """Return all texts that an author gave a program."""
    return "\n".join((program.source, program.stdin, *program.arguments, *(content for _, content in program.files)))


def _reads_a_clock(program: Program) -> bool:
    return _CLOCK_WORDS.search(constants(program)) is not None


def _moments(text: str, given: str, execution: Execution) -> Iterator[str]:
    for number in _EPOCH.finditer(text):
        if execution.began - 1 <= int(number[1]) <= execution.ended + 1:
            yield number[0]
    seconds = _seconds(execution)
    clocks = {form for moment in seconds for form in (f"{moment:%H:%M:%S}", f"{moment:%I:%M:%S %p}".lower())}
    for clock in _CLOCK.finditer(text):
        if " ".join(filter(None, clock.groups())).lower() in clocks:
            yield clock[0]
    for day in sorted({moment.date() for moment in seconds}):
        if str(day.year) not in given:
            yield from (found[0] for found in _written(day).finditer(text))


def _seconds(execution: Execution) -> list[datetime]:
    """Return every second of the execution, in its own zone and in UTC."""
    zones = {UTC, _zone(execution.variation.time_zone)}
    start = datetime.fromtimestamp(execution.began, UTC) - _SLACK
    seconds = min(_MOST_SECONDS, int(execution.ended - execution.began) + 3)
    return [(start + timedelta(seconds=passed)).astimezone(zone) for zone in zones for passed in range(seconds)]


def _zone(posix: str) -> timezone:
    """Return a zone as POSIX writes it: `LINT-14` is fourteen hours ahead."""
    found = _ZONE.fullmatch(posix)
    return timezone(timedelta(hours=-int(found[1]))) if found else UTC


@functools.lru_cache(maxsize=8)
def _written(day: date) -> re.Pattern[str]:
    return re.compile(rf"(?<!\d)(?:{'|'.join(_forms(day))})(?!\d)", re.IGNORECASE)


def _forms(day: date) -> Iterator[str]:
    """Yield patterns of the ways in which a date is commonly written, in English where it has names."""
    parts = {"y": f"{day:%Y}", "yy": f"{day:%y}", "m": f"0?{day.month}", "d": f"0?{day.day}"}
    padded = {**parts, "m": f"{day:%m}", "d": f"{day:%d}"}
    for form in _DATES:
        numbers = padded if form == "{y}{m}{d}" else parts
        yield form.replace(".", r"\.").format(**numbers)
    names = {"month": f"{day:%b}[a-z]*", "weekday": rf"{day:%a}[a-z]*,?", "d": rf"\s?0?{day.day}", "y": parts["y"]}
    for form in _NAMED_DATES:
        yield form.format(**names)
