"""A list of questions for machines: as JSON, whose schema is `quiz schema list`, and for spreadsheets as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from quizlib.catalogue import Entry
from quizlib.report.dumping import dumped

VERSION = 1
_COLUMNS = (
    "id", "type", "difficulty", "points", "tags", "objectives", "title", "stem", "variants", "bank", "path", "line",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")  # what spreadsheets take for a beginning


def as_json(entries: Iterable[Entry]) -> str:
    """Return the list as one JSON document, in ASCII, with no order to a CI service in it."""
    return dumped({"version": VERSION, "questions": [_data(entry) for entry in entries]})


def as_csv(entries: Iterable[Entry]) -> str:
    """Return the list as CSV with a line of headings; tags and objectives are joined by `; `.

    A text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(_COLUMNS)
    for entry in entries:
        data = _data(entry)
        table.writerow([_cell(data.get(column)) for column in _COLUMNS])
    return written.getvalue()


def _data(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.identifier,
        "type": entry.question_type,
        "title": entry.title,
        "stem": entry.stem,
        "difficulty": entry.difficulty,
        "points": entry.points,
        "tags": list(entry.tags),
        "objectives": list(entry.objectives),
        "variants": entry.variants,
        "bank": entry.bank,
        "path": entry.path,
        "line": entry.line,
    }


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case float() | int():
            return f"{value:.15g}"
        case list():
            value = "; ".join(value)
    text = str(value).replace("\0", "\ufffd")
    return f"'{text}" if text.lstrip(" \u00a0\ufeff").startswith(_FORMULA) else text
