"""Quick fixes: what puts a finding right, and the remark that keeps it quiet."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from quizlib.diagnostics import Applicability, Diagnostic, Edit, Span
from quizlib.editing import apply
from quizlib.source import Document
from quizlib.suppression import is_never_quiet


@dataclasses.dataclass(frozen=True, slots=True)
class Action:
    """Something that an editor offers to do about diagnostics. `is_preferred`: it is safe, and the one to take."""

    title: str
    edits: tuple[Edit, ...]
    of: tuple[Diagnostic, ...]
    is_preferred: bool = False


def actions(diagnostics: Iterable[Diagnostic], document: Document) -> Iterator[Action]:
    """Yield what can be done about diagnostics of one document."""
    for diagnostic in diagnostics:
        fix = diagnostic.fix
        if fix is not None and fix.applicability is not Applicability.DISPLAY:
            safe = fix.applicability is Applicability.SAFE
            yield Action(fix.message, fix.edits, (diagnostic,), is_preferred=safe)
        if not is_never_quiet(diagnostic.code, diagnostic.severity) and _can_have_remark(diagnostic.span, document):
            yield Action(f"ignore {diagnostic.rule} here", (_remark(diagnostic, document),), (diagnostic,))


def first_fixes(diagnostics: Iterable[Diagnostic]) -> Action | None:
    """Return one action of all safe fixes that do not touch each other; None where there is none."""
    taken: list[Edit] = []
    fixed = []
    for diagnostic in diagnostics:
        fix = diagnostic.fix
        if fix is None or fix.applicability is not Applicability.SAFE:
            continue
        if not any(_touch(edit.span, other.span) for edit in fix.edits for other in taken):
            taken += fix.edits
            fixed.append(diagnostic)
    return Action("apply all safe fixes", tuple(taken), tuple(fixed)) if fixed else None


def fix_all(first: Action, document: Document, text: str) -> Action:
    """Return an action that makes `text` of a document: the first fixes, if they do, else what others changed, too."""
    if apply(document.text, first.edits) == text:
        return first
    return dataclasses.replace(first, edits=(_difference(document, text),))


def _difference(document: Document, text: str) -> Edit:
    """Return one edit of the lines from the first that differs to the last."""
    before, after = document.text.splitlines(keepends=True), text.splitlines(keepends=True)
    shorter = min(len(before), len(after))
    start = next((index for index in range(shorter) if before[index] != after[index]), shorter)
    rest = shorter - start
    end = next((index for index in range(rest) if before[-1 - index] != after[-1 - index]), rest)
    head, tail = sum(map(len, before[:start])), sum(map(len, before[len(before) - end :]))
    return Edit(document.extent(head, len(document.text) - tail), text[head : len(text) - tail])


def _touch(one: Span, other: Span) -> bool:
    return one.path == other.path and not (
        (one.end_line, one.end_column) < (other.line, other.column)
        or (other.end_line, other.end_column) < (one.line, one.column)
    )


def _can_have_remark(span: Span, document: Document) -> bool:
    """Whether a line can be put above that of a finding: not in the middle of a text."""
    return span.line > 0 and not document.holds_text(span.line, 1)


def _remark(diagnostic: Diagnostic, document: Document) -> Edit:
    """Return the edit that writes a remark on a line of its own above the finding's."""
    span = diagnostic.span
    line = document.line(span.line)
    indentation = line[: len(line) - len(line.lstrip())]
    at = Span(span.path, span.line, 1, span.line, 1)
    end = "\r\n" if "\r\n" in document.text else "\n"
    return Edit(at, f"{indentation}# quiz: ignore[{diagnostic.rule}]{end}")
