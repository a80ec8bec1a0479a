"""Counting: what `quizlib.validation` says of mutants, of the banks they were made from, and of historical errors."""

from __future__ import annotations

import dataclasses
import itertools
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

from mutations import MUTATIONS
from questions import Bank, Question, read, runs_here, write

from quizlib.diagnostics import Diagnostic
from quizlib.validation import validate

_NOT_RUN = "QZ409"  # a language that is not installed here


@dataclasses.dataclass(frozen=True, slots=True)
class Mutant:
    """A question in which one thing is wrong; `name` says of which bank, which one, and what."""

    kind: str
    name: str
    bank: Bank
    question: Question


@dataclasses.dataclass(frozen=True, slots=True)
class Count:
    """How many of one kind there were and were detected, and by proof; those that were not, by name."""

    kind: str
    mutants: int
    detected: int
    proved: int
    undetected: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Speed:
    """How many questions were validated, and in what time."""

    questions: int = 0
    seconds: float = 0.0

    def __add__(self, other: Speed) -> Speed:
        return Speed(self.questions + other.questions, self.seconds + other.seconds)


def mutants(banks: Sequence[Bank], seed: int, limit: int) -> Iterator[Mutant]:
    """Yield mutants of each kind, at most `limit`; which, the seed decides."""
    for kind in MUTATIONS:
        random = Random(f"{seed} {kind}")
        pairs = [(bank, question) for bank in banks for question in bank.questions if runs_here(question)]
        random.shuffle(pairs)
        turns = [_of_question(kind, bank, question, random) for bank, question in pairs]
        yield from itertools.islice(_in_turns(turns), limit)


def _of_question(kind: str, bank: Bank, question: Question, random: Random) -> Iterator[Mutant]:
    for what, changed in MUTATIONS[kind](question, random):
        yield Mutant(kind, f"{bank.name}/{question['id']}: {what}", bank, changed)


def _in_turns(sources: Sequence[Iterator[Mutant]]) -> Iterator[Mutant]:
    """Take one from each source in turn, so that no question with many mutants crowds out the others."""
    left = list(sources)
    while left:
        remaining = []
        for source in left:
            if (mutant := next(source, None)) is not None:
                yield mutant
                remaining.append(source)
        left = remaining


def counted(made: Sequence[Mutant]) -> tuple[list[Count], Speed]:
    """Validate mutants, each in a bank of its own, and count what is found by kind."""
    with tempfile.TemporaryDirectory() as folder:
        names = [f"mutant-{number:05}.yaml" for number in range(len(made))]
        for name, mutant in zip(names, made, strict=True):
            write(Path(folder, name), mutant.bank.header, mutant.question)
        report = validate([folder])
    found: dict[str, list[Diagnostic]] = {name: [] for name in names}
    for diagnostic in report.diagnostics:
        found[Path(diagnostic.span.path).name].append(diagnostic)
    pairs = [(mutant, found[name]) for name, mutant in zip(names, made, strict=True)]
    return [_count(kind, pairs) for kind in MUTATIONS], Speed(report.questions, report.seconds)


def _count(kind: str, pairs: Iterable[tuple[Mutant, list[Diagnostic]]]) -> Count:
    of_kind = [(mutant, diagnostics) for mutant, diagnostics in pairs if mutant.kind == kind]
    for mutant, diagnostics in of_kind:
        if malformed := [diagnostic.message for diagnostic in diagnostics if diagnostic.code.startswith("QZ0")]:
            raise ValueError(f"the mutant {mutant.name} is no question: {malformed[0]}")
    return Count(
        kind,
        len(of_kind),
        sum(bool(diagnostics) for _, diagnostics in of_kind),
        sum(any(diagnostic.code.startswith("QZ4") for diagnostic in diagnostics) for _, diagnostics in of_kind),
        tuple(mutant.name for mutant, diagnostics in of_kind if not diagnostics),
    )


def false_alarms(paths: Sequence[Path]) -> tuple[list[str], Speed]:
    """Return what is said of banks that are right, one line for each finding."""
    report = validate([str(path) for path in paths])
    lines = [
        f"{Path(diagnostic.span.path).name}:{diagnostic.span.line}: {diagnostic.code} {diagnostic.message}"
        for diagnostic in report.diagnostics
        if diagnostic.code != _NOT_RUN
    ]
    return lines, Speed(report.questions, report.seconds)


def historical(folder: Path) -> tuple[list[Count], list[str], Speed]:
    """Validate the errors that books have had, and their right twins: a count for each, and the false alarms.

    Those in a language that is not installed here are left out.
    """
    kinds = [kind for kind in sorted(folder.iterdir()) if all(map(runs_here, read(kind / "wrong.yaml").questions))]
    wrong = validate([str(kind / "wrong.yaml") for kind in kinds])
    proved = {
        Path(diagnostic.span.path).parent.name for diagnostic in wrong.diagnostics if diagnostic.code.startswith("QZ4")
    }
    counts = [_of_error(kind.name, found=kind.name in proved) for kind in kinds]
    alarms, speed = false_alarms([kind / "right.yaml" for kind in kinds])
    return counts, alarms, speed + Speed(wrong.questions, wrong.seconds)


def _of_error(name: str, *, found: bool) -> Count:
    return Count(name, 1, int(found), int(found), () if found else (f"{name}/wrong.yaml",))
