"""Following a Python program line by line, in the sandbox, and reading what came of it.

The program that is followed could write a trace of its own making. It would speak only of the steps of its own
question, never of a key, so that what is read is checked for its form and otherwise believed.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import importlib.resources
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quizlib.model import Program
from quizlib.sandbox import RunResult

Probe = tuple[int, int, tuple[str, ...]]  # line, time, expressions

_REQUEST = "trace.json"
_FOLDER = "followed"


@dataclasses.dataclass(frozen=True, slots=True)
class Shown:
    """A value as `repr` and as `print` write it; `error` says why there is none."""

    text: str = ""
    plain: str = ""
    is_number: bool = False
    error: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Moment:
    """What was so after a line had run for the `time`-th time: of expressions that were asked for, or variables."""

    line: int
    time: int
    values: Mapping[str, Shown]


@dataclasses.dataclass(frozen=True, slots=True)
class Trace:
    """What was read of a trace.

    `reached` says of lines that were asked for how often they have run, None for one without a statement; it is
    itself None when the trace breaks off. `complete` says that the program was followed to its end.
    """

    moments: tuple[Moment, ...]
    reached: Mapping[int, int | None] | None
    complete: bool


def traced(program: Program, probes: Sequence[Probe] = (), *, record: int = 0) -> Program:
    """Return the program that follows `program`, answers `probes`, and records so many changes of variables.

    `program` and its files stand in a folder of their own, so that it finds there what it would find without us.
    """
    name = _free("program.py", {name.casefold() for name, _ in program.files})
    request = {"folder": _FOLDER, "program": name, "marker": _marker(program), "probes": probes, "record": record}
    theirs = (*program.files, (name, program.source))
    files = ((_REQUEST, json.dumps(request)), *((f"{_FOLDER}/{each}", content) for each, content in theirs))
    return dataclasses.replace(
        program, source=_tracer(), arguments=(_REQUEST, *program.arguments), files=tuple(sorted(files))
    )


def read_trace(program: Program, result: RunResult) -> Trace:
    """Return what `traced(program)` wrote. Whatever that is, nothing is raised."""
    moments: list[Moment] = []
    reached: Mapping[int, int | None] | None = None
    complete = False
    for found in _records(result.stderr, _marker(program)):
        moment = _moment(found)
        if moment is not None:
            moments.append(moment)
        elif isinstance(counts := found.get("reached"), dict):
            reached = dict(_counts(counts))
            complete = found.get("complete") is True
    return Trace(tuple(moments), reached, complete)


def _marker(program: Program) -> str:
    """Return what begins a line of the trace: no line of an honest program, and for equal programs the same."""
    text = f"{program.source}\0{program.stdin}\0{program.arguments}"
    return "quiz-trace-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32] + " "


@functools.cache
def _tracer() -> str:
    return importlib.resources.files("quizlib.proof").joinpath("_tracer.py").read_text(encoding="utf-8")


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name = f"_{name}"
    return name


def _records(stderr: str, marker: str) -> Iterator[dict[str, Any]]:
    for part in stderr.split(marker)[1:]:
        try:
            found = json.loads(part.partition("\n")[0])
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            yield found


def _moment(found: dict[str, Any]) -> Moment | None:
    line, time, values = found.get("line"), found.get("time"), found.get("values", found.get("changes"))
    if not (isinstance(line, int) and isinstance(time, int) and isinstance(values, dict)):
        return None
    return Moment(line, time, {name: _shown(value) for name, value in values.items()})


def _shown(value: Any) -> Shown:
    match value:
        case {"error": str() as error}:
            return Shown(error=error)
        case {"text": str() as text, "plain": str() as plain, "number": bool() as is_number}:
            return Shown(text, plain, is_number)
        case _:
            return Shown(error="its trace cannot be read")


def _counts(counts: dict[str, Any]) -> Iterator[tuple[int, int | None]]:
    for line, count in counts.items():
        if line.isdecimal() and len(line) < 10 and (count is None or isinstance(count, int)):
            yield int(line), count
