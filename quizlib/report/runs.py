"""What programs did: for people, and as data for machines.

No line for people starts with anything that a program or a bank wrote.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from quizlib.diagnostics import Span, printable
from quizlib.model import Item
from quizlib.proof import words
from quizlib.proof.claims import Ran, Role
from quizlib.proof.runs import Execution
from quizlib.sandbox import RunResult

_FOLDER = re.compile(r"(?:/[^\s/\"':]+)+/|[A-Z]:\\(?:[^\s\\\"':]+\\)+")
CAP = 4_000  # characters of each stream that are shown


def lines(runs: Iterable[Ran], isolation: str) -> Iterator[str]:
    """Yield the lines that show the runs of one question; of runs that do not differ the first is shown."""
    for ran in runs:
        for name in ran.missing:
            yield f"  {_role(ran.role)}: not run, since `{words.shown(name)}` is not installed here"
        for _, group in itertools.groupby(ran.executions, key=lambda execution: execution.runtime):
            yield from _on_one_runtime(ran.role, list(group), isolation)


def heading(item: Item, span: Span) -> str:
    """Return the line above the runs of a question."""
    return f"question {item.identifier} ({printable(span.path)}:{span.line})"


def as_data(runs: Iterable[Ran], isolation: str) -> list[dict[str, Any]]:
    """Return the runs as plain data: in the order given, each by runtime, then by variation."""
    return [_data(ran, execution, isolation) for ran in runs for execution in ran.executions]


def _on_one_runtime(role: Role, executions: Sequence[Execution], isolation: str) -> Iterator[str]:
    distinct: dict[tuple[object, ...], Execution] = {}
    for execution in executions:
        distinct.setdefault(_outcome(execution), execution)
    for execution in distinct.values():
        variation = f", {_variation(execution)}" if len(distinct) > 1 else ""
        yield f"  {_role(role)}, {_where(execution, isolation)}{variation}: {_ended(execution.result)}"
        yield from _stream("stdout", execution.result.stdout)
        yield from _stream("stderr", execution.result.stderr)


def _data(ran: Ran, execution: Execution, isolation: str) -> dict[str, Any]:
    result, variation = execution.result, execution.variation
    return {
        "path": ran.item.place.path,
        "question": ran.item.identifier,
        "role": ran.role.name,
        "number": ran.role.number,
        "language": ran.program.language,
        "runtime": execution.runtime.name,
        "runtime_version": execution.runtime.version,
        "variation": {
            "hash_seed": variation.hash_seed,
            "time_zone": variation.time_zone,
            "locale": variation.locale,
        },
        "status": str(result.status),
        "detail": result.detail,
        "exit_code": result.exit_code,
        "stdout": result.stdout[:CAP],
        "stderr": result.stderr[:CAP],
        "truncated": max(len(result.stdout), len(result.stderr)) > CAP,
        "seconds": round(result.seconds, 3),
        "memory_bytes": result.memory_bytes,
        "isolation": isolation,
    }


def _role(role: Role) -> str:
    number = f" {role.number}" if role.number is not None else ""
    text = f' "{words.shown(role.text)}"' if role.text else ""
    return f"{role.name}{number}{text}"


def _where(execution: Execution, isolation: str) -> str:
    return f"{execution.runtime.name} ({execution.runtime.version}), isolation {isolation}"


def _variation(execution: Execution) -> str:
    variation = execution.variation
    return f"hash seed {variation.hash_seed}, time zone {variation.time_zone}, locale {variation.locale}"


def _ended(result: RunResult) -> str:
    words = [str(result.status).replace("_", " ")]
    if result.exit_code is not None:
        words.append(f"exit status {result.exit_code}")
    if result.detail:
        words.append(printable(result.detail))
    memory = f", {result.memory_bytes / 1e6:.1f} MB" if result.memory_bytes is not None else ""
    return f"{', '.join(words)} ({result.seconds:.1f} s{memory})"


def _stream(name: str, text: str) -> Iterator[str]:
    """Yield the lines of a stream, each behind a bar; a tab is shown as an escape, as other controls are."""
    if not text:
        return
    yield f"  {name}:"
    for line in _split(text[:CAP]):
        yield "  | " + "\\t".join(map(printable, line.split("\t")))
    if len(text) > CAP:
        yield f"  … and {len(text) - CAP:,} more characters"


def _split(text: str) -> Sequence[str]:
    return text.removesuffix("\n").split("\n")


def _outcome(execution: Execution) -> tuple[object, ...]:
    """Return all that may differ, but for the folder of the run, which tracebacks name."""
    result = execution.result
    return result.status, result.exit_code, result.stdout, _FOLDER.sub("", result.stderr), result.detail
