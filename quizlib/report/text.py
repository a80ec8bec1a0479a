"""Diagnostics for people: one line that an editor can follow, the line of the bank, and the remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from quizlib.bank import LoadedBank
from quizlib.diagnostics import Diagnostic, Severity, Span, leading, printable, shown_characters
from quizlib.report import coverage
from quizlib.source import Document
from quizlib.validation import Report

_RED, _YELLOW, _BOLD, _BLUE, _GREEN, _OFF = "\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[34m", "\x1b[32m", "\x1b[0m"
_WIDTH = 120
_Painter = Callable[[str, str], str]


def render(report: Report, *, color: bool = False) -> Iterator[str]:
    """Yield the lines of the report, without line ends."""
    yield from diagnostics(report.diagnostics, report.banks, color=color)
    yield from summary(report, color=color)


def diagnostics(found: Iterable[Diagnostic], banks: Iterable[LoadedBank], *, color: bool = False) -> Iterator[str]:
    """Yield the lines of diagnostics about these banks."""
    paint = _paint if color else _plain
    documents = {path: document for bank in banks for path, document in bank.documents.items()}
    for diagnostic in found:
        yield from _diagnostic(diagnostic, documents, paint)


def summary(report: Report, *, color: bool = False) -> Iterator[str]:
    """Yield the closing lines: what was checked, what was found, what is proved."""
    paint = _paint if color else _plain
    counts = f"{_count(report.questions, 'question')} in {_count(report.files, 'file')}"
    if report.errors or report.warnings:
        found = f"{_count(report.errors, 'error')}, {_count(report.warnings, 'warning')}"
        yield f"{counts}: {paint(found, _RED if report.errors else _YELLOW)}"
    else:
        yield f"{counts}: {paint('no faults', _GREEN)}"
    if report.proved:
        yield from coverage.banks(report)
        yield f"key coverage: {coverage.line(report.coverage)} ({report.seconds:.1f} s)"
    else:
        yield "NOT VERIFIED: no program was run, no equation was checked, and no key is proved"


def _diagnostic(diagnostic: Diagnostic, documents: dict[str, Document], paint: _Painter) -> Iterator[str]:
    span = diagnostic.span
    where = f"{leading(span.path)}:{span.line}:{span.column}" if span.line else leading(span.path)
    kind = f"{diagnostic.severity}[{diagnostic.code}]"
    color = _RED if diagnostic.severity is Severity.ERROR else _YELLOW
    yield f"{paint(where, _BOLD)}: {paint(kind, color)} {printable(diagnostic.message)} ({diagnostic.rule})"
    document = documents.get(span.path)
    if document is not None and span.line:
        yield from _excerpt(document, span, paint)
    margin = " " * (max(5, len(str(span.line)) + 1) - 2) if span.line else "   "
    for related in diagnostic.related:
        yield f"{margin}see: {printable(related.path)}:{related.line}:{related.column}"
    if diagnostic.help:
        yield f"{margin}{paint('help', _BLUE)}: {printable(diagnostic.help)}"


def _excerpt(document: Document, span: Span, paint: _Painter) -> Iterator[str]:
    line = document.line(span.line)
    end = span.end_column if span.end_line == span.line else len(line.rstrip()) + 1
    start = span.column - 1
    skip = max(0, start - _WIDTH + 20) if len(line) > _WIDTH else 0
    characters = shown_characters(line)  # of the whole line, since an order to a CI service may be cut in two
    before = "".join(characters[skip:start])
    marked = "".join(characters[start : max(end - 1, start + 1)][:_WIDTH]) or " "
    after = "".join(characters[max(end - 1, start + 1) :][:_WIDTH])
    shown = (before + marked + after)[:_WIDTH]
    gutter = f"{span.line:>5}"
    lead = "…" if skip else ""
    yield f"{paint(gutter, _BLUE)} | {lead}{shown.rstrip()}"
    carets = "^" * max(1, _cells(marked))
    yield f"{' ' * len(gutter)} | {' ' * (_cells(before) + len(lead))}{paint(carets, _RED)}"


def _cells(text: str) -> int:
    """Return how many terminal cells a text takes: wide characters two, combining ones none."""
    import unicodedata  # seldom needed

    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def _paint(text: str, color: str) -> str:
    return f"{color}{text}{_OFF}"


def _plain(text: str, color: str) -> str:
    return text


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
