"""The summary of a job in GitHub Actions: the key coverage of each bank, and the findings, as far as there is room.

It is Markdown. What a bank holds stands in tables that are written as HTML, as code: there no text becomes markup, a
link or a mention, whatever it is.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from quizlib.diagnostics import Diagnostic, Severity, printable
from quizlib.proof.coverage import Coverage, by_bank
from quizlib.report import text
from quizlib.report.places import shown
from quizlib.validation import Report

LIMIT = 1024 * 1024  # bytes that GitHub takes for one step
_ROOM_FOR_END = 1000


def render(report: Report, root: Path, *, room: int = LIMIT) -> str:
    """Return the summary in at most `room` bytes; findings that do not fit are counted. Errors come first.

    Where not even the heading fits, the summary is empty.
    """
    mark = ":x:" if report.errors else ":warning:" if report.warnings else ":white_check_mark:"
    start = "\n\n".join([f"## {mark} Question banks", *text.verdict(report)]) + "\n"
    found = sorted(report.diagnostics, key=lambda one: one.severity is not Severity.ERROR)
    parts = [start, _table(_banks(report, root), _BANKS, "bank", room // 3)]
    if found:
        left = room - sum(map(_size, parts))
        parts.append(_table((_finding(one, root) for one in found), _FINDINGS, "finding", left))
    whole = "\n".join(parts) + "\n"
    return whole if _size(whole) <= room else start if _size(start) <= room else ""


_BANKS = ("bank", "errors", "warnings", "keys proved", "distractors disproved")
_FINDINGS = ("severity", "place", "code", "finding", "help")


def _banks(report: Report, root: Path) -> Iterator[Sequence[str]]:
    covered = by_bank(report.covered)
    errors = Counter(found.span.path for found in report.diagnostics if found.severity is Severity.ERROR)
    warnings = Counter(found.span.path for found in report.diagnostics if found.severity is Severity.WARNING)
    for bank in report.banks:
        part = covered.get(bank.name, Coverage())
        counts = (sum(errors[path] for path in bank.paths), sum(warnings[path] for path in bank.paths))
        yield (
            _code(shown(bank.name, root)),
            *(f"{count:,}" for count in counts),
            _share(part.keys_proved, part.keys_total),
            _share(part.distractors_disproved, part.distractors_total),
        )


def _finding(diagnostic: Diagnostic, root: Path) -> Sequence[str]:
    span = diagnostic.span
    where = shown(span.path, root) + (f":{span.line}:{span.column}" if span.line else "")
    return (
        str(diagnostic.severity),
        _code(where),
        f"{diagnostic.code} {diagnostic.rule}",
        _code(diagnostic.message),
        _code(diagnostic.help) if diagnostic.help else "",
    )


def _table(rows: Iterable[Sequence[str]], heads: Sequence[str], thing: str, room: int) -> str:
    """Return a table that fits in `room` bytes: a block of HTML, without an empty line that would end it."""
    lines = ["<table>", _row(heads, "th")]
    taken, left_out = sum(map(_size, lines)), 0
    for row in rows:
        line = _row(row, "td")
        taken += _size(line) + 1
        if taken > room - _ROOM_FOR_END:
            left_out += 1
        else:
            lines.append(line)
    lines.append("</table>")
    if left_out:
        lines += ["", f"and {left_out:,} more {thing}{'' if left_out == 1 else 's'}"]
    return "\n".join([*lines, ""])


def _row(cells: Iterable[str], tag: str) -> str:
    return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"


def _code(text: str) -> str:
    return f"<code>{html.escape(printable(text))}</code>"


def _share(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,} ({part * 100 // whole} %)" if whole else ""


def _size(text: str) -> int:
    return len(text.encode("utf-8", "backslashreplace"))
