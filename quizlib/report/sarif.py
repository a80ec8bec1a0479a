"""The report as SARIF 2.1.0, the form in which services that read code take what linters find.

Columns count characters, and paths are relative to the root of the repository. Texts of a bank can neither become
a link nor take the place of an argument in a message.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from quizlib import __version__
from quizlib.diagnostics import Applicability, Diagnostic, Edit, Fix, Severity, Span, printable
from quizlib.report.coverage import line
from quizlib.report.dumping import dumped
from quizlib.report.pages import page_of
from quizlib.report.places import fingerprinted, relative
from quizlib.validation import Report

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
BASE = "SRCROOT"

_ARGUMENT = re.compile(r"\{(\d+)\}")


def render(report: Report, root: Path) -> str:
    """Return the report as one SARIF log, in ASCII; `root` is that of the repository."""
    return dumped(as_data(report, root))


def as_data(report: Report, root: Path) -> dict[str, Any]:
    """Return the report as a SARIF log with one run."""
    rules = {found.code: found for found in reversed(report.diagnostics)}  # the first of each code
    codes = sorted(rules)
    found = fingerprinted(report, root)
    run = {
        "tool": {
            "driver": {"name": "quizlib", "version": __version__, "rules": [_rule(rules[code]) for code in codes]}
        },
        "invocations": [{"executionSuccessful": True}],
        "originalUriBaseIds": {BASE: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, fingerprint, codes.index(one.code), root) for one, fingerprint in found],
        "properties": {"verified": report.proved, "keyCoverage": line(report.coverage)},
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def location(path: str, root: Path) -> dict[str, str]:
    """Return where a file is: relative to the root of the repository, or its whole address if it lies elsewhere."""
    inside = relative(path, root)
    if inside is not None:
        return {"uri": quote(os.fsencode(inside)), "uriBaseId": BASE}
    return {"uri": "file://" + quote(os.fsencode("/" + Path(os.path.abspath(path)).as_posix().lstrip("/")))}


def _rule(diagnostic: Diagnostic) -> dict[str, Any]:
    page = page_of(diagnostic)
    return {
        "id": diagnostic.code,
        "name": "".join(word.capitalize() for word in diagnostic.rule.split("-")),
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": page.reason},
        "help": {"text": page.text, "markdown": page.markdown},
        "defaultConfiguration": {"level": str(diagnostic.severity)},
        "properties": {"tags": [page.family], "problem.severity": str(diagnostic.severity)},
    }


def _result(diagnostic: Diagnostic, fingerprint: str, index: int, root: Path) -> dict[str, Any]:
    place: dict[str, Any] = {"physicalLocation": _physical(diagnostic.span, root)}
    if diagnostic.question:
        place["logicalLocations"] = [{"name": printable(diagnostic.question), "kind": "question"}]
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": index,
        "level": "error" if diagnostic.severity is Severity.ERROR else "warning",
        "message": _message(diagnostic.message, diagnostic.help),
        "locations": [place],
        "partialFingerprints": {"quizlibFingerprint/v1": fingerprint},
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _physical(span, root), "message": {"text": "see also"}}
            for number, span in enumerate(diagnostic.related)
        ]
    if diagnostic.fix and diagnostic.fix.applicability is not Applicability.DISPLAY:
        result["fixes"] = [_fix(diagnostic.fix, root)]
    return result


def _message(message: str, help: str | None = None) -> dict[str, str]:
    lines = [message, *([f"help: {help}"] if help else [])]
    return {"text": "\n".join(_inert(printable(line)) for line in lines)}


def _inert(text: str) -> str:
    """Return a text that reads the same, in which neither a link nor an argument can be seen."""
    return _ARGUMENT.sub(r"{{\1}}", text).replace("](", "] (")


def _physical(span: Span, root: Path) -> dict[str, Any]:
    found: dict[str, Any] = {"artifactLocation": location(span.path, root)}
    if span.line:
        found["region"] = _region(span)
    return found


def _region(span: Span) -> dict[str, int]:
    """Return a span as a region, whose end, too, is just past the last character."""
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _fix(fix: Fix, root: Path) -> dict[str, Any]:
    paths = dict.fromkeys(edit.span.path for edit in fix.edits)
    return {
        "description": _message(fix.message),
        "artifactChanges": [
            {
                "artifactLocation": location(path, root),
                "replacements": _replacements(edit for edit in fix.edits if edit.span.path == path),
            }
            for path in paths
        ],
    }


def _replacements(edits: Iterable[Edit]) -> list[dict[str, Any]]:
    return [{"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}} for edit in edits]
