"""Run the programs of questions to see what they do, without judging it: what `quiz run` is about."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizlib.bank import LoadedBank, load
from quizlib.configurations import excluding
from quizlib.diagnostics import Diagnostic, Severity, Span
from quizlib.discovery import find
from quizlib.model import Item
from quizlib.proof.claims import Ran, programs, ran
from quizlib.proof.start import runner
from quizlib.sandbox import Status

if TYPE_CHECKING:
    from quizlib.proof.runs import Progress
    from quizlib.sandbox.levels import Isolation


class UnknownQuestionError(Exception):
    """No question has this id; the message says which one was probably meant, or which there are."""

    def __init__(self, question: str, known: Sequence[str]) -> None:
        meant = difflib.get_close_matches(question, known, n=1)
        help = f"did you mean {meant[0]!r}?" if meant else f"there are: {', '.join(known[:20])}"
        super().__init__(f"there is no question {question!r}; {help}")


@dataclasses.dataclass(frozen=True)
class Shown:
    """A question, where it stands, and what its programs did."""

    item: Item
    span: Span
    runs: tuple[Ran, ...]


@dataclasses.dataclass(frozen=True)
class Running:
    """What the programs of questions did, and what keeps questions from being read."""

    banks: tuple[LoadedBank, ...]
    diagnostics: tuple[Diagnostic, ...]
    questions: tuple[Shown, ...]

    @property
    def is_complete(self) -> bool:
        """Whether all questions could be read, and all their programs ran to their end, on every runtime."""
        runs = [one for shown in self.questions for one in shown.runs]
        ends = [execution.result.status for one in runs for execution in one.executions]
        return not (
            self.diagnostics or any(one.missing for one in runs) or set(ends) - {Status.OK, Status.RUNTIME_ERROR}
        )


def run(
    paths: Sequence[str],
    question: str | None = None,
    *,
    isolation: Isolation = "strict",
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Running:
    """Run the programs of one question, or of all questions of the banks under `paths`.

    The errors of the question, or of everything, are returned beside the runs; nothing is proved. Raises
    UnknownQuestionError when no question has the id, not even one with errors, and IsolationUnavailable when
    programs cannot be contained as asked.
    """
    files, diagnostics = find(paths, excludes=excluding())
    banks = tuple(map(load, files))
    diagnostics += [diagnostic for bank in banks for diagnostic in bank.diagnostics]
    items = [(bank, item) for bank in banks if bank.bank for item in bank.bank.items]
    chosen = [(bank, item) for bank, item in items if question in (None, item.identifier)]
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR]
    if question is not None:
        of_question = [diagnostic for diagnostic in errors if diagnostic.question == question]
        if items and not chosen and not of_question:
            raise UnknownQuestionError(question, [item.identifier for _, item in items])
        errors = of_question if items else errors
    with runner(isolation, banks, jobs=jobs, progress=progress) as runs:
        results = runs.run_all(program for _, item in chosen for program in programs(item))
    shown = tuple(Shown(item, bank.locate(item.place), tuple(ran(item, results, runs))) for bank, item in chosen)
    return Running(banks, tuple(sorted(errors, key=lambda error: error.order)), shown)
