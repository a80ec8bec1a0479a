"""What happened, in words. What a program wrote is quoted on one line, short, and without controls."""

from __future__ import annotations

import re

from quizlib.diagnostics import printable
from quizlib.model import Ending, Output
from quizlib.sandbox import RunResult, Status

_LIMIT = 80
_LONG_LIMIT = 200  # for what a tool says, which is of no use without its end
_ERROR_LINE = re.compile(r"^.*\b(?:error: (?!ld returned)|undefined reference to ).*$", re.MULTILINE)

_FOLDERS = re.compile(r"(?<![\w./])/(?:[^/\s:'\"`]+/)+")  # of this machine and of this run


def shown(text: str, limit: int = _LIMIT) -> str:
    """Return a text on one line: line ends as ⏎, control characters as escapes, cut when it is long."""
    text = text.rstrip("\r\n")
    return printable(text) if len(text) <= limit else printable(text[:limit]) + "…"


def quoted(text: str) -> str:
    """Return a text in back quotes, or words for one that is empty."""
    return f"`{shown(text)}`" if text.strip() else "nothing"


def stated(expected: Output | Ending) -> str:
    """Say what an option states."""
    match expected:
        case Output(text=text):
            return quoted(text) if text.strip() else "that nothing is printed"
        case Ending(exception=str() as exception):
            return f"`raises {shown(exception)}`"
        case Ending(exit_status=status):
            return f"exit status {status}"


def happened(result: RunResult, ending: str | None) -> str:
    """Say how a program ended: `prints …`, or `ends with …`."""
    if result.status is Status.OK:
        return f"prints {quoted(result.stdout)}"
    if result.status is Status.COMPILE_ERROR:
        return f"does not compile: {shown(_first_error(result.stderr), _LONG_LIMIT)}"
    printed = f", after printing {quoted(result.stdout)}" if result.stdout.strip() else ""
    if ending is not None:
        return f"ends with `{shown(ending)}`{printed}"
    if result.exit_code is None or result.detail:
        return f"is ended: {result.detail or 'by a signal'}{printed}"
    said = f", saying {quoted(first)}" if (first := _first_line(result.stderr)) else ""
    return f"ends with exit status {result.exit_code}{said}{printed}"


def _first_error(stderr: str) -> str:
    """Return the line of a compiler or linker that says what is wrong, or the first one."""
    found = _ERROR_LINE.search(stderr)
    return _FOLDERS.sub("", found[0].strip()) if found else _first_line(stderr) or "the compiler does not say why"


def _first_line(text: str) -> str:
    return _FOLDERS.sub("", next((line for line in text.splitlines() if line.strip()), ""))


def to_write(result: RunResult, ending: str | None) -> str | None:
    """Return what an author would write as the key; None when there is nothing to be written."""
    if result.status is Status.OK:
        return quoted(result.stdout) if result.stdout.strip() else None
    if result.detail:  # a signal, which leaves a status that no author should state
        return None
    if ending is not None:
        name = shown(ending.partition(":")[0])
        return f"`raises {name}`" if re.fullmatch(r"[\w.]+", name) else f"`raises: {name}`"
    return f"`exit_status: {result.exit_code}`" if result.exit_code is not None else None


def stopped(result: RunResult, timeout: float) -> str:
    """Say which limit a program met."""
    match result.status:
        case Status.TIMEOUT:
            return f"did not end within {timeout:g} s"
        case Status.MEMORY:
            return "used more memory than it may"
        case Status.OUTPUT_LIMIT:
            return "printed more than 1 MB"
        case _:
            return "started more processes than it may"
