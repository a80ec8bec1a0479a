"""The differences between two states of banks, in words or as JSON, whose schema is `quiz schema diff`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizlib.comparison import Change
from quizlib.diagnostics import leading
from quizlib.report.dumping import dumped

VERSION = 1


def as_text(changes: Sequence[Change]) -> Iterator[str]:
    """Yield a line for each difference; where several banks are compared, questions are named with theirs."""
    with_bank = len({change.bank for change in changes}) > 1
    for change in changes:
        yield leading(change.in_words(with_bank=with_bank))


def as_json(changes: Sequence[Change]) -> str:
    """Return the differences as one JSON document, in ASCII, with no order to a CI service in it."""
    data = [
        {
            "change": change.what,
            "bank": change.bank,
            "question": change.question,
            "aspect": change.aspect or None,
            "old": change.old,
            "new": change.new,
            "note": change.note or None,
            "path": change.path,
            "line": change.line,
            "message": change.in_words(),
        }
        for change in changes
    ]
    return dumped({"version": VERSION, "changes": data})
