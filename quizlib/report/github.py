"""The report for a log of GitHub Actions: a workflow command for each finding, which becomes an annotation.

Ten annotations of each severity are shown for a step, so that errors come first; the log and the summary of the job
have all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from quizlib.diagnostics import Diagnostic, Severity, printable
from quizlib.report import text
from quizlib.report.places import shown
from quizlib.validation import Report


def render(report: Report, root: Path) -> Iterator[str]:
    """Yield the workflow commands, then the closing lines for people; `root` is that of the repository."""
    for severity in (Severity.ERROR, Severity.WARNING):
        for diagnostic in report.diagnostics:
            if diagnostic.severity is severity:
                yield command(diagnostic, root)
    yield from text.summary(report)


def command(diagnostic: Diagnostic, root: Path) -> str:
    """Return the workflow command of a diagnostic, on one line."""
    span = diagnostic.span
    path = shown(span.path, root)
    properties: dict[str, str | int] = {"file": path}
    where = path
    if span.line:
        properties |= {"line": span.line, "endLine": span.end_line, "col": span.column}
        where = f"{path}:{span.line}:{span.column}"
        if span.line == span.end_line:  # else no column of the end is taken
            properties["endColumn"] = span.end_column
    properties["title"] = f"{diagnostic.code} {diagnostic.rule}"
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    lines = [f"{where}: {diagnostic.message}", *([f"help: {diagnostic.help}"] if diagnostic.help else [])]
    return f"::{diagnostic.severity} {written}::{'%0A'.join(map(_data, lines))}"


def _data(text: str) -> str:
    """Return a text as the value of a command: on one line, and with nothing that the runner would decode."""
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    """Return a text as the value of a property of a command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
