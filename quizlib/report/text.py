"""Diagnostics for people, by file: one line that an editor can follow, the line of the bank, and the remedy."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping

from quizlib.bank import LoadedBank
from quizlib.diagnostics import Applicability, Diagnostic, Severity, Span, leading, printable
from quizlib.report import coverage
from quizlib.report.excerpt import excerpt, margin
from quizlib.report.screen import BLUE, BOLD, GREEN, RED, YELLOW, Screen
from quizlib.source import Document
from quizlib.validation import Report


def render(report: Report, *, color: bool = False, screen: Screen | None = None) -> Iterator[str]:
    """Yield the lines of the report, without line ends, as they fit a screen; `color` is for one of any width."""
    screen = screen or Screen(color=color)
    read = report.documents
    files = [list(of_file) for _, of_file in itertools.groupby(report.diagnostics, lambda found: found.span.path)]
    for of_file in files:
        if len(files) > 1:
            yield from _heading(of_file, screen)
        for diagnostic in of_file:
            yield from _diagnostic(diagnostic, read, screen)
        if len(files) > 1:
            yield ""
    yield from summary(report, screen=screen)


def diagnostics(
    found: Iterable[Diagnostic],
    banks: Iterable[LoadedBank],
    *,
    color: bool = False,
    screen: Screen | None = None,
) -> Iterator[str]:
    """Yield the lines of diagnostics about these banks."""
    read = {path: document for bank in banks for path, document in bank.documents.items()}
    for diagnostic in found:
        yield from _diagnostic(diagnostic, read, screen or Screen(color=color))


def summary(report: Report, *, color: bool = False, screen: Screen | None = None) -> Iterator[str]:
    """Yield the closing lines: what was checked, what was found, what is proved."""
    screen = screen or Screen(color=color)
    *first, last = _verdict(report)
    banks = [(line, ("", "")) for line in coverage.banks(report)] if report.proved else []
    for line, (part, paint) in (*first, *banks, last):
        for fitted in screen.lines(line, "", "  "):
            yield fitted.replace(part, screen.paint(part, paint), 1) if part else fitted


def counted(errors: int, warnings: int) -> str:
    """Say how many errors and warnings there are."""
    return f"{quantity(errors, 'error')}, {quantity(warnings, 'warning')}"


def verdict(report: Report) -> Iterator[str]:
    """Yield the closing lines that are about all banks together: nothing in them was written by a bank."""
    return (line for line, _ in _verdict(report))


def _verdict(report: Report) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each closing line about all banks with the part of it that has a colour."""
    counts = f"{quantity(report.questions, 'question')} in {quantity(report.files, 'file')}"
    if report.errors or report.warnings:
        found = counted(report.errors, report.warnings)
        yield f"{counts}: {found}", (found, RED if report.errors else YELLOW)
    else:
        yield f"{counts}: no faults", ("no faults", GREEN)
    if fixes := _fixable(report.diagnostics):
        yield fixes, ("", "")
    if report.english_only:
        yield (
            f"{quantity(report.english_only, 'rule')} know{'s' if report.english_only == 1 else ''} English only",
            ("", ""),
        )
    if report.proved:
        yield f"key coverage: {coverage.line(report.coverage)} ({report.seconds:.1f} s)", ("", "")
    else:
        yield "NOT VERIFIED: no program was run, no equation was checked, and no key is proved", ("", "")


def _fixable(found: Iterable[Diagnostic]) -> str:
    fixes = [diagnostic.fix.applicability for diagnostic in found if diagnostic.fix]
    safe, unsafe = fixes.count(Applicability.SAFE), fixes.count(Applicability.UNSAFE)
    parts = [f"{safe:,} fixable with --fix"] if safe else []
    if unsafe:
        parts.append(f"{unsafe:,} {'more ' if safe else ''}fixable with --unsafe-fixes")
    return ", ".join(parts)


def _heading(of_file: list[Diagnostic], screen: Screen) -> Iterator[str]:
    errors = sum(found.severity is Severity.ERROR for found in of_file)
    path = screen.shown(leading(of_file[0].span.path))
    for line in screen.lines(f"{path}: {counted(errors, len(of_file) - errors)}", "", "  "):
        yield screen.paint(line, BOLD)


def _diagnostic(diagnostic: Diagnostic, read: Mapping[str, Document], screen: Screen) -> Iterator[str]:
    span = diagnostic.span
    yield from _finding(diagnostic, screen)
    document = read.get(span.path)
    if document is not None and span.line:
        yield from excerpt(document, span, screen, RED)
    before = margin(span, screen)
    for related in diagnostic.related:
        yield f"{before}see: {screen.shown(_where(related, printable(related.path)))}"
    if diagnostic.help:
        for line in screen.lines(printable(diagnostic.help), f"{before}help: ", f"{before}  "):
            yield line.replace("help", screen.paint("help", BLUE), 1) if line.startswith(f"{before}help: ") else line


def _finding(diagnostic: Diagnostic, screen: Screen) -> Iterator[str]:
    """Yield the finding on one line, or on several where that is too long; its place is never broken."""
    where = screen.shown(_where(diagnostic.span, leading(diagnostic.span.path)))
    kind = f"{diagnostic.severity}[{diagnostic.code}]"
    message = f"{printable(diagnostic.message)} ({diagnostic.rule})"
    place = screen.paint(where, BOLD)
    painted = screen.paint(kind, RED if diagnostic.severity is Severity.ERROR else YELLOW)
    if screen.fits(f"{where}: {kind} {screen.shown(message)}"):
        yield f"{place}: {painted} {screen.shown(message)}"
    elif screen.fits(f"{where}: {kind}"):
        yield f"{place}: {painted}"
        yield from screen.lines(message, "  ")
    else:
        yield f"{place}:"
        yield f"  {painted}"
        yield from screen.lines(message, "  ")


def _where(span: Span, path: str) -> str:
    return f"{path}:{span.line}:{span.column}" if span.line else path


def quantity(number: int, thing: str) -> str:
    """Say how many there are of a thing."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
