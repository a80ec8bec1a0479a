"""From the files of a bank to what the browser is shown: the page first, then what its programs say of it."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from typing import Any

from quizlib import exporting
from quizlib.bank import LoadedBank
from quizlib.diagnostics import Diagnostic, printable
from quizlib.plugins import ExportOptions
from quizlib.preview.state import View
from quizlib.report import text
from quizlib.source import Document
from quizlib.validation import Report, Settings, validate

_MOST_FINDINGS = 300


def views(path: str, settings: Settings, last: View) -> Iterator[View]:
    """Yield what is to be shown, one after the other, of which the last one stays.

    The page of a bank that cannot be read, or is gone, is the last one that there was. Raises nothing for what the bank
    holds; a fault of quizlib itself is shown as such.
    """
    try:
        report = validate([path], dataclasses.replace(settings, run=False))
        page = _page(report.banks[0]) if report.banks else None
        page = last.page if page is None else page
        data = _data(report)
        if settings.run:
            data["summary"] = data["summary"][:1]  # nothing is said of the proof before it is over
        yield View(page, data, settings.run)
        if settings.run:
            yield View(page, _data(validate([path], settings)), False)
    except Exception as error:
        if os.environ.get("QUIZ_DEBUG"):
            raise
        said = f"internal error: {type(error).__name__}: {error}"
        yield View(last.page, {"title": None, "summary": [printable(said)], "findings": [], "more": 0}, False)


def _page(loaded: LoadedBank) -> bytes | None:
    """Return the page of a bank, None where it has no header or no sound question."""
    if loaded.bank is None or not loaded.bank.identifier or not loaded.bank.items:
        return None
    files, _ = exporting.export(loaded, "html", ExportOptions())
    (page,) = files.values()
    return page


def _data(report: Report) -> dict[str, Any]:
    documents = {path: document for bank in report.banks for path, document in bank.documents.items()}
    shown = {
        name: item.identifier
        for loaded in report.banks
        for item in reversed(loaded.bank.items if loaded.bank else ())
        for name in (item.identifier, item.variant_of or item.identifier)
    }
    title = next((loaded.bank.title for loaded in report.banks if loaded.bank and loaded.bank.title), None)
    return {
        "title": title,
        "summary": list(text.summary(report)),
        "findings": [_finding(one, documents, shown) for one in report.diagnostics[:_MOST_FINDINGS]],
        "more": max(0, len(report.diagnostics) - _MOST_FINDINGS),
    }


def _finding(found: Diagnostic, documents: dict[str, Document], shown: dict[str, str]) -> dict[str, Any]:
    span = found.span
    document = documents.get(span.path)
    where = f"{span.path}:{span.line}:{span.column}" if span.line else span.path
    return {
        "code": found.code,
        "rule": found.rule,
        "severity": found.severity.value,
        "message": printable(found.message),
        "help": printable(found.help) if found.help else None,
        "where": printable(where),
        "excerpt": printable(document.line(span.line).strip()[:200]) if document and span.line else None,
        "question": printable(found.question) if found.question else None,
        "shown": shown.get(found.question) if found.question else None,
    }
