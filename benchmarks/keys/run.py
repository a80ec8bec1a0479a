"""How much of what is wrong does proof find? `python benchmarks/keys/run.py`.

It spoils the questions of good banks in seeded ways, each of which is known to make them wrong, and counts what
`quiz validate` detects; it validates errors that books have really had, each with its right twin; and it counts
what is said of banks that are right. The exit status is 1 when a historical error is missed or an alarm is false.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import measure
import questions

HERE = Path(__file__).resolve().parent
BANKS = sorted((HERE.parents[1] / "banks").glob("*.yaml"))


def main() -> int:
    """Measure, print, and return the exit status."""
    options = _options()
    made = list(measure.mutants([questions.read(path) for path in options.banks], options.seed, options.limit))
    counts, speed = measure.counted(made)
    errors, alarms, of_errors = measure.historical(HERE / "historical")
    of_banks, unspoilt = measure.false_alarms(options.banks)
    found = {
        "seed": options.seed,
        "mutants": [dataclasses.asdict(count) for count in counts],
        "historical": [dataclasses.asdict(count) for count in errors],
        "false_alarms": [*of_banks, *alarms],
        "questions": (total := speed + of_errors + unspoilt).questions,
        "questions_per_second": round(total.questions / total.seconds, 1),
    }
    print(json.dumps(found, indent=2, ensure_ascii=False) if options.json else _table(counts, errors, found))
    return int(bool(found["false_alarms"]) or any(count.undetected for count in errors))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Spoil good questions, and count what `quiz validate` detects.")
    parser.add_argument("banks", nargs="*", type=Path, default=BANKS, help="good banks; those in banks/ when absent")
    parser.add_argument("--seed", type=int, default=0, help="which mutants are made (default: 0)")
    parser.add_argument("--limit", type=int, default=100, help="most mutants of a kind (default: 100)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    return parser.parse_args()


def _table(counts: Sequence[measure.Count], errors: Sequence[measure.Count], found: dict[str, object]) -> str:
    alarms = found["false_alarms"]
    assert isinstance(alarms, list)
    summed = measure.Count("historical errors", len(errors), *_sums(errors), _undetected(errors))
    lines = [f"{'kind':<26}{'mutants':>8}{'detected':>10}{'':>8}{'by proof':>10}", *map(_row, [*counts, summed]), ""]
    lines += [f"undetected, {count.kind}: {name}" for count in [*counts, summed] for name in count.undetected]
    lines += [f"false alarm: {alarm}" for alarm in alarms]
    lines.append(
        f"{len(alarms)} false alarms; {found['questions']} questions at {found['questions_per_second']} a second"
    )
    return "\n".join(lines)


def _row(count: measure.Count) -> str:
    share = f"{100 * count.detected / count.mutants:.0f} %" if count.mutants else ""
    return f"{count.kind:<26}{count.mutants:>8}{count.detected:>10}{share:>8}{count.proved:>10}"


def _sums(counts: Sequence[measure.Count]) -> tuple[int, int]:
    return sum(count.detected for count in counts), sum(count.proved for count in counts)


def _undetected(counts: Sequence[measure.Count]) -> tuple[str, ...]:
    return tuple(name for count in counts for name in count.undetected)


if __name__ == "__main__":
    sys.exit(main())
