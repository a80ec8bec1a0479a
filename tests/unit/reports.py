"""Reports to be written down: of banks that were read, with findings of any kind, and nothing run."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from quizlib.diagnostics import Applicability, Diagnostic, Edit, Fix, Severity, Span
from quizlib.validation import Report, Settings, validate

ROOT = Path.cwd()


def diagnostic(message: str = "it is wrong", span: Span | None = None, **changed: object) -> Diagnostic:
    """Return an error, unless the changes say otherwise."""
    place = span or Span("banks/a.yaml", 3, 5, 3, 9)
    found = Diagnostic("QZ401", "wrong-key", Severity.ERROR, message, place, "mend it", "loss")
    return dataclasses.replace(found, **changed)  # type: ignore[arg-type]


def report(*found: Diagnostic, banks: Report | None = None) -> Report:
    """Return a report with these findings, of no bank or of those of another report."""
    if banks is not None:
        return dataclasses.replace(banks, diagnostics=found)
    return Report((), found, (), 0.25)


def report_on(folder: Path, text: str, name: str = "a.yaml", *, run: bool = False) -> Report:
    """Write a bank and validate it."""
    (folder / name).write_text(text, encoding="utf-8")
    return validate([str(folder / name)], Settings(run=run))


def fix(path: str, applicability: Applicability = Applicability.SAFE) -> Fix:
    """Return a fix of two edits in a file, one of which inserts."""
    edits = (Edit(Span(path, 3, 5, 3, 9), "0.27"), Edit(Span(path, 4, 1, 4, 1), "# new\n"))
    return Fix("put it right", edits, applicability)
