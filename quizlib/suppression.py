"""`# quiz: ignore[rule] reason`: a remark in a bank that keeps a diagnostic of its line quiet.

On a line of its own it speaks of the next line. What would let a question be lost or a wrong key pass is never
suppressed: faults of the file, keys and marks that cannot be right, what the programs disprove, and ids that are
taken.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from quizlib.diagnostics import Diagnostic, Edit, Fix, Kind, Severity, Span
from quizlib.source import Document

UNUSED = Kind("QZ020", "unused-suppression", Severity.WARNING)

_REMARK = re.compile(r"(?:^|\s)#\s*quiz:\s*ignore\[([A-Za-z0-9, -]*)\]")
_NEVER = ("QZ0", "QZ101", "QZ102", "QZ105", "QZ106", "QZ107", "QZ401", "QZ402", "QZ403", "QZ404", "QZ406", "QZ407",
          "QZ409", "QZ410", "QZ412", "QZ413", "QZ414", "QZ415", "QZ417", "QZ418", "QZ501", "QZ503")  # fmt: skip


def suppressed(
    diagnostics: Iterable[Diagnostic],
    documents: Mapping[str, Document],
    looks_for: Callable[[str, str], bool] = lambda path, name: True,
) -> Iterator[Diagnostic]:
    """Yield the diagnostics that no remark keeps quiet, and one for each remark that kept nothing quiet.

    `looks_for` tells whether what has a name was looked for in a file at all: a remark may speak of what was not.
    """
    remarks = {(path, *key): span for path, document in documents.items() for key, span in _remarks(document)}
    used = set()
    for diagnostic in diagnostics:
        keys = [
            (diagnostic.span.path, diagnostic.span.line, name)
            for name in (diagnostic.rule, diagnostic.code)
            if (diagnostic.span.path, diagnostic.span.line, name) in remarks
        ]
        if keys and not is_never_quiet(diagnostic.code, diagnostic.severity):
            used.update(keys)
        else:
            yield diagnostic
    for key, span in remarks.items():
        if key not in used and looks_for(key[0], key[2]):
            message = f"the remark suppresses nothing: there is no `{key[2]}` here that could be ignored"
            document = documents[key[0]]
            removal = functools.partial(_without, document, span, key[2])
            yield Diagnostic.of(UNUSED, span, message, help="remove it", fix=removal)


def _without(document: Document, span: Span, name: str) -> Fix:
    """Return the fix that takes a name out of a remark, or the remark with its reason when it holds no other name."""
    line = document.line(span.line)
    found = _REMARK.search(line, span.column - 1) or _REMARK.search(line)
    assert found is not None
    names = [other.strip() for other in found[1].split(",") if other.strip()]
    kept = ", ".join(other for other in names if other != name)
    if kept:
        where = Span(span.path, span.line, found.start(1) + 1, span.line, found.end(1) + 1)
        return Fix(f"remove `{name}` from the remark", (Edit(where, kept),))
    start = len(line[: found.start()].rstrip())
    end = (span.line, len(line) + 1) if start or not document.has_line(span.line + 1) else (span.line + 1, 1)
    return Fix("remove the remark", (Edit(Span(span.path, span.line, start + 1, *end), ""),))


def is_never_quiet(code: str, severity: Severity) -> bool:
    """Whether a diagnostic is of those; mistakes that collide are a matter of taste, unless it is with the key."""
    disproved = code == "QZ408" and severity is Severity.ERROR
    return disproved or code.startswith(_NEVER)


def _remarks(document: Document) -> Iterator[tuple[tuple[int, str], Span]]:
    if "quiz:" not in document.text or document.data is None:
        return
    for number, line in document.lines():
        found = _REMARK.search(line)
        if found is None or document.holds_text(number, line.index("#", found.start()) + 1):
            continue
        alone = line[: found.start()].strip() == ""
        span = Span(document.path, number, found.start() + 1, number, found.end() + 1)
        for name in filter(None, map(str.strip, found[1].split(","))):
            yield (number + 1 if alone else number, name), span
