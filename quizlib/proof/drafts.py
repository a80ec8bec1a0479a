"""Draft steps of a worked solution, in YAML, from what a program did. Pasted into a bank, they hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from quizlib.diagnostics import without_orders
from quizlib.proof.arithmetic import wrong_equations
from quizlib.proof.steps import agrees
from quizlib.proof.traces import Moment, Shown

_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}")  # of an object: another one in the next run
_PLAIN = re.compile(r"-?\d+(\.\d+)?")
_MAX_CHARACTERS = 80  # of a value, and of a line of the program, that a step shows


def drafts(source: str, moments: Sequence[Moment]) -> Iterator[str]:
    """Yield one line of YAML for each moment at which variables of the program `source` have changed."""
    lines = source.splitlines()
    for moment in moments:
        values = dict(_writable(moment.values))
        if values:
            line = lines[moment.line - 1].strip() if moment.line <= len(lines) else ""
            yield _step(moment, line, values)


def _writable(values: Mapping[str, Shown]) -> Iterator[tuple[str, str]]:
    """Yield the variables whose value can be written down, and holds in the next run as well."""
    for name, value in values.items():
        text = _short(value)
        sound = value.error is None and text.isprintable() and len(text) <= _MAX_CHARACTERS
        if sound and name.isidentifier() and not _ADDRESS.search(text):
            yield name, text


def _short(value: Shown) -> str:
    """Return a value as `repr` writes it; a number with many digits rounded to six that count."""
    if value.is_number and len(value.text) > 8:
        try:
            rounded = f"{float(value.text):.6g}"
        except ValueError:
            return value.text
        return rounded if _PLAIN.fullmatch(rounded) and agrees(rounded, value) else value.text
    return value.text


def _step(moment: Moment, line: str, values: Mapping[str, str]) -> str:
    title = f"Line {moment.line}" + (f", time {moment.time}" if moment.time > 1 else "")
    time = f", time: {moment.time}" if moment.time > 1 else ""
    expect = ", ".join(f"{_quoted(name)}: {_plain_or_quoted(text)}" for name, text in values.items())
    return (
        f"- {{title: {_quoted(title)}, text: {_quoted(_text(line, values))},"
        f" at: {{line: {moment.line}{time}}}, expect: {{{expect}}}}}"
    )


def _text(line: str, values: Mapping[str, str]) -> str:
    """Say what a line did, in words that hold no equation which would be checked and found wrong."""
    changes = " and ".join(f"`{name}` is {_code(text)}" for name, text in values.items())
    names = " and ".join(f"`{name}`" for name in values)
    shown = f"After {_code(line)}, " if line and line.isprintable() and len(line) <= _MAX_CHARACTERS else "Now "
    for text in (f"{shown}{changes}.", f"Now {changes}."):
        if not any(wrong_equations(text)):
            return text
    return f"This gives {names} another value."


def _code(text: str) -> str:
    ticks = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{ticks}{text}{ticks}" if len(ticks) == 1 else f"{ticks} {text} {ticks}"


def _quoted(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z_]\w{0,30}", text, re.ASCII) else _in_quotes(text)


def _plain_or_quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else _in_quotes(text)


def _in_quotes(text: str) -> str:
    """Return a text in double quotes, as YAML reads it, in which a CI service finds no order."""
    return without_orders(json.dumps(text, ensure_ascii=False), "\\x5b")
