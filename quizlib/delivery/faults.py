"""What is wrong with a JSON file, as the user is told."""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.delivery.checking import DocumentError
from quizlib.diagnostics import Diagnostic, Kind, Span
from quizlib.reasons import reason_of

UNREADABLE = Kind("QZ001", "unreadable-file")
BAD_DOCUMENT = Kind("QZ022", "bad-document")


def document_faults(path: str, error: OSError | DocumentError) -> Iterator[Diagnostic]:
    """Yield what is wrong with a JSON file, each with the path into the document, or the line where it is no JSON."""
    if isinstance(error, OSError):
        reason = reason_of(error)
        yield Diagnostic.of(UNREADABLE, Span(path), f"the file cannot be read: {reason}")
        return
    for fault in error.faults:
        span = Span(path, fault.line, fault.column, fault.line, fault.column + 1) if fault.line else Span(path)
        yield Diagnostic.of(BAD_DOCUMENT, span, str(fault))
