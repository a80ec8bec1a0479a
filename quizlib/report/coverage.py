"""Key coverage in words: of all, of each bank, and as a table by difficulty and tag."""

from __future__ import annotations

import math
from collections.abc import Iterator

from quizlib.diagnostics import leading, printable
from quizlib.proof.coverage import Coverage, by_bank, by_difficulty, by_tag
from quizlib.validation import Report


def line(coverage: Coverage) -> str:
    """Say how many keys are proved, and how many distractors disproved. A share is never rounded up."""
    keys = f"{_count(coverage.keys_proved, coverage.keys_total, 'keys proved')}"
    return f"{keys}, {_count(coverage.distractors_disproved, coverage.distractors_total, 'distractors disproved')}"


def banks(report: Report) -> Iterator[str]:
    """Yield a line for each bank, when there are several of which something can be proved."""
    found = {path: part for path, part in by_bank(report.covered).items() if part.keys_total}
    if len(found) > 1:
        for path, part in found.items():
            yield f"{leading(path)}: {line(part)}"


def table(report: Report) -> Iterator[str]:
    """Yield a table of the coverage by difficulty and by tag. A question counts in each of its tags.

    The names stand at the end, so that no line starts with what a bank holds.
    """
    difficulties = [(difficulty or "not stated", part) for difficulty, part in by_difficulty(report.covered).items()]
    for title, rows in (("difficulty", difficulties), ("tag", list(by_tag(report.covered).items()))):
        if rows:
            yield f"{'keys proved':>20}  {'distractors disproved':>21}  {title}"
        for name, part in rows:
            keys = _share(part.keys_proved, part.keys_total)
            distractors = _share(part.distractors_disproved, part.distractors_total)
            yield f"{keys:>20}  {distractors:>21}  {printable(name)}"


def below(coverage: Coverage, percent: float) -> str:
    """Say how much was reached of the share of keys that is demanded, in per cent."""
    reached = math.floor(coverage.keys_proved * 1000 / coverage.keys_total) / 10
    keys = f"{coverage.keys_proved:,} of {coverage.keys_total:,} keys proved"
    return f"key coverage is {reached:g} % ({keys}), and {percent:g} % is demanded"


def _count(part: int, whole: int, what: str) -> str:
    percent = f" ({part * 100 // whole} %)" if whole else ""
    return f"{part:,} of {whole:,} {what}{percent}"


def _share(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,}" + (f" {part * 100 // whole:>4} %" if whole else " " * 7)
