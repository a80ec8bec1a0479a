"""The report as GitLab takes it for its widget of code quality: one JSON list, paths relative to the repository."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from quizlib.diagnostics import Diagnostic, Severity, printable
from quizlib.report.dumping import dumped
from quizlib.report.places import fingerprinted, shown
from quizlib.validation import Report

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor"}


def render(report: Report, root: Path) -> str:
    """Return the report as one JSON list, in ASCII; `root` is that of the repository."""
    return dumped([_issue(found, fingerprint, root) for found, fingerprint in fingerprinted(report, root)])


def _issue(diagnostic: Diagnostic, fingerprint: str, root: Path) -> dict[str, Any]:
    span = diagnostic.span
    help = f"; {diagnostic.help}" if diagnostic.help else ""
    return {
        "description": printable(f"{diagnostic.message}{help}"),
        "check_name": f"{diagnostic.code} {diagnostic.rule}",
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {
            "path": shown(span.path, root),
            "lines": {"begin": max(span.line, 1), "end": max(span.end_line, span.line, 1)},
        },
    }
