"""`# quiz: ignore[rule] reason`: a remark in a bank that keeps a diagnostic of its line quiet.

On a line of its own it speaks of the next line. What would let a question be lost or a wrong key pass is never
suppressed: faults of the file, keys and marks that cannot be right, what the programs disprove, and ids that are
taken.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from quizlib.diagnostics import Diagnostic, Edit, Fix, Kind, Severity, Span
from quizlib.source import Document

UNUSED = Kind("QZ020", "unused-suppression", Severity.WARNING)

_PREFIX = re.compile(r"#\s*quiz:", re.IGNORECASE)
_MEANT = re.compile(r"(?:^|(?<=\s))#\s*quiz:\s*ignore\b", re.IGNORECASE)
_REMARK = re.compile(r"#\s*quiz:\s*ignore\[([\w, -]*)\]")
_NEXT_REMARK = re.compile(r"(?<=\s)#(?!\d)")  # not the number of an issue
_NEVER = ("QZ0", "QZ101", "QZ102", "QZ105", "QZ106", "QZ107", "QZ401", "QZ402", "QZ403", "QZ404", "QZ406", "QZ407",
          "QZ409", "QZ410", "QZ412", "QZ413", "QZ414", "QZ415", "QZ417", "QZ418", "QZ501", "QZ503")  # fmt: skip


class Complaint(NamedTuple):
    """What is said of a name in a remark that kept nothing quiet, and whether it may be removed without loss."""

    message: str
    help: str
    is_needless: bool = False


class _Name(NamedTuple):
    """A name in a remark: the file and the line that it speaks of, and where the remark stands."""

    path: str
    line: int
    name: str
    span: Span


def needless(name: str) -> Complaint:
    """Say that what a name stands for was looked for and not found."""
    message = f"the remark suppresses nothing: there is no `{name}` here that could be ignored"
    return Complaint(message, "remove it", is_needless=True)


def impossible(name: str) -> Complaint:
    """Say that what a name stands for is never suppressed."""
    help = "put the fault right: what may let a wrong key pass, or a question be lost, is always told"
    return Complaint(f"the remark suppresses nothing: `{name}` cannot be ignored", help)


def suppressed(
    diagnostics: Iterable[Diagnostic],
    documents: Mapping[str, Document],
    complaint: Callable[[str, str], Complaint | None] = lambda path, name: needless(name),
) -> Iterator[Diagnostic]:
    """Yield the diagnostics that no remark keeps quiet, and one for each remark that kept nothing quiet.

    `complaint` tells what is to be said of the remarks in a file with a name that suppressed nothing; None where
    nothing can be, since what has that name may not have been looked for.
    """
    remarks = [name for document in documents.values() for name in _names(document)]
    known = {name[:3] for name in remarks}
    used, refused = set(), set()
    for diagnostic in diagnostics:
        span = diagnostic.span
        keys = {(span.path, span.line, name) for name in (diagnostic.rule, diagnostic.code)} & known
        if keys and not is_never_quiet(diagnostic.code, diagnostic.severity):
            used |= keys
            continue
        refused |= keys
        yield diagnostic
    for remark in remarks:
        if remark[:3] not in used:
            found = impossible(remark.name) if remark[:3] in refused else complaint(remark.path, remark.name)
            if found:
                yield _unused(found, documents[remark.path], remark)
    for document in documents.values():
        yield from _not_understood(document)


def is_never_quiet(code: str, severity: Severity) -> bool:
    """Whether a diagnostic is of those; mistakes that collide are a matter of taste, unless it is with the key."""
    disproved = code == "QZ408" and severity is Severity.ERROR
    return disproved or code.startswith(_NEVER)


def _unused(found: Complaint, document: Document, remark: _Name) -> Diagnostic:
    removal = functools.partial(_without, document, remark.span, remark.name) if found.is_needless else None
    return Diagnostic.of(UNUSED, remark.span, found.message, help=found.help, fix=removal)


def _without(document: Document, span: Span, name: str) -> Fix:
    """Return the fix that takes a name out of a remark, or the remark with its reason when it holds no other name."""
    line = document.line(span.line)
    found = _REMARK.match(line, span.column - 1)
    assert found is not None
    kept = ", ".join(other for other in _listed(found) if other != name)
    if kept:
        where = Span(span.path, span.line, found.start(1) + 1, span.line, found.end(1) + 1)
        return Fix(f"remove `{name}` from the remark", (Edit(where, kept),))
    whole = Span(span.path, span.line, *_to_be_removed(document, span.line, found))
    return Fix("remove the remark", (Edit(whole, ""),))


def _to_be_removed(document: Document, number: int, found: re.Match[str]) -> tuple[int, int, int]:
    """Return the column at which a remark starts, and the line and column at which it ends.

    With it goes its reason, but no other remark behind that; of a line that holds nothing else, the line end as well.
    """
    line = document.line(number)
    if following := _NEXT_REMARK.search(line, found.end()):
        return found.start() + 1, number, following.start() + 1
    start = len(line[: found.start()].rstrip())
    if start or not document.has_line(number + 1):
        return start + 1, number, len(line) + 1
    return 1, number + 1, 1


def _listed(found: re.Match[str]) -> list[str]:
    return [name.strip() for name in found[1].split(",") if name.strip()]


def _names(document: Document) -> Iterator[_Name]:
    for number, found, remark in _remarks(document):
        if remark:
            speaks_of = number + 1 if found.string.lstrip().startswith("#") else number
            span = Span(document.path, number, remark.start() + 1, number, remark.end() + 1)
            for name in dict.fromkeys(_listed(remark)):
                yield _Name(document.path, speaks_of, name, span)


def _not_understood(document: Document) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each remark that is meant to suppress something, and names nothing."""
    for number, found, remark in _remarks(document):
        if remark is None or not _listed(remark):
            span = Span(document.path, number, found.start() + 1, number, found.end() + 1)
            help = "write `# quiz: ignore[rule] reason`, with the rule or its code in brackets"
            yield Diagnostic.of(UNUSED, span, "the remark suppresses nothing: it names no rule", help=help)


def _remarks(document: Document) -> Iterator[tuple[int, re.Match[str], re.Match[str] | None]]:
    """Yield what is meant to suppress something: the line's number, where it begins, and the remark if it is one."""
    if document.data is None or not _PREFIX.search(document.text):
        return
    for number, line in document.lines():
        for found in _MEANT.finditer(line):
            if not document.holds_text(number, found.start() + 1):
                yield number, found, _REMARK.match(line, found.start())
