"""The report as JSON, for machines. The schema is `quiz schema report`; its version is 1."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from quizlib.diagnostics import Diagnostic, Fix, Span
from quizlib.proof.coverage import Coverage, by_bank, by_difficulty, by_tag
from quizlib.report import runs
from quizlib.report.dumping import dumped
from quizlib.report.places import fingerprinted, root_of
from quizlib.validation import Report

VERSION = 1


def render(report: Report, *, include_runs: bool = False, root: Path | None = None) -> str:
    """Return the report as one JSON document. `root` is that of the repository, which fingerprints go by."""
    return dumped(as_data(report, include_runs=include_runs, root=root))


def as_data(report: Report, *, include_runs: bool = False, root: Path | None = None) -> dict[str, Any]:
    """Return the report as plain data, with what each program did if that is asked for."""
    found = fingerprinted(report, root or root_of(Path.cwd()))
    return {
        "version": VERSION,
        "diagnostics": [
            {**diagnostic_data(one), "fix": _fix(one.fix) if one.fix else None, "fingerprint": fingerprint}
            for one, fingerprint in found
        ],
        "summary": {
            "files": report.files,
            "questions": report.questions,
            "errors": report.errors,
            "warnings": report.warnings,
        },
        "coverage": {
            **_coverage(report.coverage),
            "banks": [{"path": path, **_coverage(part)} for path, part in by_bank(report.covered).items()],
            "difficulties": [
                {"difficulty": difficulty, **_coverage(part)}
                for difficulty, part in by_difficulty(report.covered).items()
            ],
            "tags": [{"tag": tag, **_coverage(part)} for tag, part in by_tag(report.covered).items()],
        },
        "verified": report.proved,
        "seconds": round(report.seconds, 3),
        **({"runs": runs.as_data(report.runs)} if include_runs else {}),
    }


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "keys": {"proved": coverage.keys_proved, "total": coverage.keys_total},
        "distractors": {"disproved": coverage.distractors_disproved, "total": coverage.distractors_total},
    }


def diagnostic_data(diagnostic: Diagnostic) -> dict[str, Any]:
    """Return a diagnostic as plain data."""
    return {
        "code": diagnostic.code,
        "rule": diagnostic.rule,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        **_span(diagnostic.span),
        "help": diagnostic.help,
        "question": diagnostic.question,
        "related": [_span(span) for span in diagnostic.related],
    }


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "message": fix.message,
        "applicability": str(fix.applicability),
        "edits": [{**_span(edit.span), "text": edit.text} for edit in fix.edits],
    }


def _span(span: Span) -> dict[str, Any]:
    """Return a span; lines and columns count from 1, and are null where a whole file is meant."""
    return {
        "path": span.path,
        "line": span.line or None,
        "column": span.column or None,
        "end_line": span.end_line or None,
        "end_column": span.end_column or None,
    }
