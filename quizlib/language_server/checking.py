"""Diagnostics for an editor: everything when a file is saved, all but what programs say while it is being typed.

What the programs have said stays beside each question whose text is still the same, wherever its lines have moved to.
"""

from __future__ import annotations

import dataclasses
import re
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

from quizlib.bank import LoadedBank
from quizlib.diagnostics import Diagnostic, Span
from quizlib.language_server.outline import question_texts
from quizlib.source import Document
from quizlib.validation import Report, Settings, validate

_OF_PROOF = re.compile(r"QZ4[01]\d")


@dataclasses.dataclass(frozen=True, slots=True)
class Checked:
    """What is known of the bank that a file belongs to: its files, by resolved paths, and what was found in each."""

    found: Mapping[Path, tuple[Diagnostic, ...]]
    documents: Mapping[Path, Document]
    report: Report


class Checker:
    """Validates the bank of a file. Safe to call from several threads; one bank is validated at a time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._proved: dict[Path, Report] = {}

    def check(self, path: Path, unsaved: Mapping[Path, bytes], *, prove: bool) -> Checked:
        """Validate the bank of the file at `path`, with what is not saved in the place of what is."""
        settings = self._settings if prove else dataclasses.replace(self._settings, run=False)
        with self._lock:
            contents = {file.as_posix(): text for file, text in unsaved.items()}
            report = validate([str(path)], settings, contents=contents)
            if settings.run:
                self._proved[path] = report
                kept = list(report.diagnostics)
            else:
                kept = [*report.diagnostics, *self._still_true(path, report)]
        return _checked(report, kept)

    def forget(self, path: Path) -> None:
        """Forget what the programs of a closed file's bank have said."""
        with self._lock:
            self._proved.pop(path, None)

    def _still_true(self, path: Path, report: Report) -> Iterator[Diagnostic]:
        """Yield what the programs said of questions that read as they did, at their new lines."""
        before = self._proved.get(path)
        if before is None:
            return
        now = {shown: question_texts(document) for shown, document in _documents(report.banks).items()}
        then = {shown: question_texts(document) for shown, document in _documents(before.banks).items()}
        for diagnostic in before.diagnostics:
            shown, question = diagnostic.span.path, diagnostic.question or ""
            new, old = now.get(shown, {}).get(question), then.get(shown, {}).get(question)
            if _OF_PROOF.match(diagnostic.code) and new and old and new[1] == old[1]:
                yield _moved(diagnostic, new[0] - old[0])


def _moved(diagnostic: Diagnostic, lines: int) -> Diagnostic:
    """Move a diagnostic; its fix is left out, since it was made for the text as it stood."""
    span = diagnostic.span
    moved = Span(span.path, span.line + lines, span.column, span.end_line + lines, span.end_column)
    return dataclasses.replace(diagnostic, span=moved, related=(), fix=None if lines else diagnostic.fix)


def _documents(banks: tuple[LoadedBank, ...]) -> dict[str, Document]:
    return {shown: document for bank in banks for shown, document in bank.documents.items()}


def _checked(report: Report, diagnostics: list[Diagnostic]) -> Checked:
    documents = {_resolved(shown): document for shown, document in _documents(report.banks).items()}
    found: dict[Path, list[Diagnostic]] = {_resolved(shown): [] for bank in report.banks for shown in bank.paths}
    for diagnostic in sorted(diagnostics, key=lambda each: each.order):
        found.setdefault(_resolved(diagnostic.span.path), []).append(diagnostic)
    return Checked({path: tuple(each) for path, each in found.items()}, documents, report)


def _resolved(shown: str) -> Path:
    try:
        return Path(shown).resolve()
    except (OSError, RuntimeError):
        return Path(shown).absolute()
