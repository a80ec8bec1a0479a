"""Diagnostics for an editor: everything when a file is saved, all but what programs say while it is being typed.

What the programs have said stays beside each question whose text is still the same, wherever its lines have moved to.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from quizlib.bank import LoadedBank
from quizlib.diagnostics import Diagnostic, Span
from quizlib.fixing import fixed
from quizlib.language_server.outline import question_texts
from quizlib.source import Document
from quizlib.validation import Report, Settings, validate

_OF_PROOF = re.compile(r"QZ4[01]\d")


@dataclasses.dataclass(frozen=True, slots=True)
class Checked:
    """What is known of the bank that a file belongs to: its files, by resolved paths, and what was found in each.

    `report` is of the texts as they are, without running anything, and `proved` of those that were run at last.
    """

    found: Mapping[Path, tuple[Diagnostic, ...]]
    documents: Mapping[Path, Document]
    report: Report
    proved: Report | None


class OutdatedError(Exception):
    """A proof was not finished, since nobody wants it any more."""


class Checker:
    """Validates the banks of files. Safe to call from several threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._proved: dict[Path, Report] = {}

    def prove(self, path: Path, texts: Mapping[Path, str], is_wanted: Callable[[], bool]) -> None:
        """Run the programs of the bank of the file at `path`, with texts of an editor in the place of files.

        Programs are ended soon after `is_wanted` says no. Raises OutdatedError then.
        """
        if not self._settings.run:
            return

        def go_on(over: int, total: int) -> None:
            if not is_wanted():
                raise OutdatedError

        self._proved[path] = validate([str(path)], self._settings, progress=go_on, contents=_contents(texts))

    def check(self, path: Path, texts: Mapping[Path, str]) -> Checked:
        """Look at all else, and join what the programs have said of questions that are still the same."""
        settings = dataclasses.replace(self._settings, run=False)
        report = validate([str(path)], settings, contents=_contents(texts))
        proved = self._proved.get(path)
        still = _still_true(proved, report) if proved else ()
        return _checked(report, [*report.diagnostics, *still], proved)

    def fixed(self, path: Path, checked: Checked, texts: Mapping[Path, str]) -> str | None:
        """Return the text of the file at `path` with all safe fixes, round after round; None where none can be made.

        No program is run: what programs have said counts in the first round.
        """
        settings = dataclasses.replace(self._settings, run=False)
        found = tuple(each for diagnostics in checked.found.values() for each in diagnostics)
        report = dataclasses.replace(checked.report, diagnostics=found)
        made = fixed(report, [str(path)], settings, contents=_contents(texts))
        return next((each.after for each in made.rewrites if _resolved(each.path) == path), None)

    def forget(self, path: Path) -> None:
        """Forget what the programs of a closed file's bank have said."""
        self._proved.pop(path, None)


def _contents(texts: Mapping[Path, str]) -> dict[str, bytes]:
    return {path.as_posix(): text.encode("utf-8", "surrogatepass") for path, text in texts.items()}


def _still_true(before: Report, report: Report) -> Iterator[Diagnostic]:
    """Yield what the programs said of questions that read as they did, at their new lines."""
    then, now = _documents(before.banks), _documents(report.banks)
    old = {shown: question_texts(document) for shown, document in then.items()}
    new = {shown: question_texts(document) for shown, document in now.items()}
    for diagnostic in filter(lambda each: _OF_PROOF.match(each.code), before.diagnostics):
        shown = diagnostic.span.path
        if diagnostic.question is None:
            if shown in then and shown in now and then[shown].text == now[shown].text:
                yield diagnostic
            continue
        here, there = (texts.get(shown, {}).get(diagnostic.question) for texts in (new, old))
        if here and there and here[1] == there[1]:
            yield _moved(diagnostic, here[0] - there[0])


def _moved(diagnostic: Diagnostic, lines: int) -> Diagnostic:
    """Move a diagnostic; its fix is left out, since it was made for the text as it stood."""
    span = diagnostic.span
    moved = Span(span.path, span.line + lines, span.column, span.end_line + lines, span.end_column)
    return dataclasses.replace(diagnostic, span=moved, related=(), fix=None if lines else diagnostic.fix)


def _documents(banks: tuple[LoadedBank, ...]) -> dict[str, Document]:
    return {shown: document for bank in banks for shown, document in bank.documents.items()}


def _checked(report: Report, diagnostics: list[Diagnostic], proved: Report | None) -> Checked:
    documents = {_resolved(shown): document for shown, document in _documents(report.banks).items()}
    found: dict[Path, list[Diagnostic]] = {_resolved(shown): [] for bank in report.banks for shown in bank.paths}
    for diagnostic in sorted(diagnostics, key=lambda each: each.order):
        found.setdefault(_resolved(diagnostic.span.path), []).append(diagnostic)
    return Checked({path: tuple(each) for path, each in found.items()}, documents, report, proved)


def _resolved(shown: str) -> Path:
    try:
        return Path(shown).resolve()
    except (OSError, RuntimeError):
        return Path(shown).absolute()
