"""The questions of banks as authors wrote them, each with what was found in it.

A question that could not be lowered is one of them; the variants of a question with parameters are one question.
What is found outside all questions belongs to the bank; what belongs to no bank stands alone. Of a part of
the questions only those are there that are told about in it.
"""

from __future__ import annotations

import bisect
import dataclasses
from collections import defaultdict
from collections.abc import Iterator, Mapping

from quizlib.bank import LoadedBank
from quizlib.diagnostics import Diagnostic, Place
from quizlib.parts import Part
from quizlib.source import Document
from quizlib.validation import Report

Position = tuple[int, int]  # line and column, from 1


@dataclasses.dataclass(frozen=True, slots=True)
class Case:
    """A question, by its id or its number, and where it begins; `seconds` is what its programs took."""

    name: str
    path: str
    line: int
    found: tuple[Diagnostic, ...]
    seconds: float = 0.0


@dataclasses.dataclass(frozen=True, slots=True)
class Suite:
    """A bank, or a path that leads to none, with its questions and what was found outside of them."""

    name: str
    cases: tuple[Case, ...]
    found: tuple[Diagnostic, ...]


def suites(report: Report) -> Iterator[Suite]:
    """Yield each bank in the order of the report, then each path that leads to none."""
    by_path: dict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in report.diagnostics:
        by_path[diagnostic.span.path].append(diagnostic)
    seconds: dict[Place, float] = defaultdict(float)
    for ran in report.runs:
        seconds[ran.item.place] += sum(execution.result.seconds for execution in ran.executions)
    for bank in report.banks:
        yield _suite(bank, report.part, by_path, seconds)
    known = {path for bank in report.banks for path in bank.paths}
    for path, found in by_path.items():
        if path not in known:
            yield Suite(path, (), tuple(found))


def _suite(
    bank: LoadedBank, part: Part | None, by_path: Mapping[str, list[Diagnostic]], seconds: Mapping[Place, float]
) -> Suite:
    cases: list[Case] = []
    outside: list[Diagnostic] = []
    for path in bank.paths:
        document = bank.documents.get(path)
        starts = _starts(document) if document else []
        inside: list[list[Diagnostic]] = [[] for _ in starts]
        for diagnostic in by_path.get(path, ()):
            number = _number(diagnostic, starts)
            (outside if number is None else inside[number]).append(diagnostic)
        for (position, name, place), found in zip(starts, inside, strict=True):
            if place is not None and (part is None or part.tells_of(place)):
                cases.append(Case(name, path, position[0], tuple(found), seconds.get(place, 0.0)))
            else:
                outside += found
    return Suite(bank.name, tuple(cases), tuple(outside))


def _number(diagnostic: Diagnostic, starts: list[tuple[Position, str, Place | None]]) -> int | None:
    """Return which of the stretches of a file a diagnostic lies in."""
    span = diagnostic.span
    if not span.line:
        return None
    index = bisect.bisect_right(starts, (span.line, span.column), key=lambda start: start[0]) - 1
    return index if index >= 0 else None


def _starts(document: Document) -> list[tuple[Position, str, Place | None]]:
    """Return where each question begins, with its name and place, and each key of the bank's own without a place."""
    if not isinstance(document.data, dict):
        return []
    found: list[tuple[Position, str, Place | None]] = []
    for key, value in document.data.items():
        place = Place(document.path, (key,))
        found.append((_position(document, place._replace(on_key=True)), "", None))
        if key == "questions" and isinstance(value, list):
            for index, question in enumerate(value):
                identifier = question.get("id") if isinstance(question, dict) else None
                name = identifier if isinstance(identifier, str) and identifier else f"question {index + 1}"
                found.append((_position(document, place.at(index)), name, place.at(index)))
    return sorted(found, key=lambda start: start[0])


def _position(document: Document, place: Place) -> Position:
    span = document.span(place)
    return span.line, span.column
