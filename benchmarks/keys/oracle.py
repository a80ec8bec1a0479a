"""What is true, found out without quizlib: a program is run by its plain interpreter, an equation by fractions.

A mutant that leaves the truth as it was is none, and is discarded by what stands here.
"""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

_SECONDS = 10
_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC0"}
_COMMANDS = {"python": (sys.executable, "-I"), "javascript": ("node",), "bash": ("bash",)}
_NUMBER = r"\d+(?:\.\d+)?"
_TERM = rf"\(*{_NUMBER}\)*"
_OPERATORS = {"×": "*", "·": "*", "÷": "/", "−": "-"}
EQUATION = re.compile(
    rf"""(?<![\w.,*/+(−-]) (?<![-+*/×·÷−=][ ])
         ({_TERM}(?:[ ]?(?:\*\*|[-+*/×·÷−])[ ]?{_TERM})+)
         [ ]?=[ ]?({_NUMBER}) (?![\w.,%(]|[ ]?[-+*/×·÷−(%])""",
    re.VERBOSE,
)
_ERROR = re.compile(r"^(\w*(?:Error|Exit|Interrupt|Iteration|Exception))\b", re.MULTILINE)

Outcome = tuple[str, ...]


def outcome(code: dict[str, Any], source: str) -> Outcome | None:
    """Return what a program prints, or the name of the error that ends it. None when that cannot be found out.

    White space does not count, so that two outcomes which differ differ in every way of comparing.
    """
    language = str(code.get("language", "python"))
    given = json.dumps([code.get("stdin", ""), code.get("arguments", []), code.get("files", {})])
    return _outcome(language, source, given)


@functools.cache
def _outcome(language: str, source: str, given: str) -> Outcome | None:
    stdin, arguments, files = json.loads(given)
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
        try:
            ended = _run(language, source, stdin, arguments, folder)
        except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
            return None
    if ended.returncode == 0:
        return ("prints", *ended.stdout.split())
    error = re.findall(
        r"^(\w*(?:Error|Exit|Interrupt|Iteration|Exception|constraint failed))\b", ended.stderr, re.MULTILINE
    )
    return ("ends", error[-1] if error else str(ended.returncode))


def _run(
    language: str, source: str, stdin: str, arguments: Sequence[str], folder: str
) -> subprocess.CompletedProcess[str]:
    program = Path(folder, "main.c" if language == "c" else "main.txt" if language != "javascript" else "main.js")
    program.write_text(source, "utf-8")
    command: tuple[str, ...] = (*_COMMANDS.get(language, ()), str(program))
    if language == "c":
        command = (str(Path(folder, "main")),)
        subprocess.run(
            [shutil.which("cc") or "gcc", "-std=c17", "-pedantic-errors", "-o", *command, str(program), "-lm"],
            check=True, capture_output=True, timeout=_SECONDS,
        )  # fmt: skip
    if language == "sql":
        command, stdin = (
            (shutil.which("sqlite3") or "sqlite3", "-batch", "-bail", "-init", os.devnull, ":memory:"),
            source,
        )
    return subprocess.run(
        [*command, *arguments], input=stdin, capture_output=True, encoding="utf-8", timeout=_SECONDS,
        cwd=folder, env=_ENVIRONMENT, check=False,
    )  # fmt: skip


def holds(left: str, right: str) -> bool | None:
    """Whether an equation of plain numbers holds within the digits of its right side; None when it has no value."""
    for sign, operator in _OPERATORS.items():
        left = left.replace(sign, operator)
    numbers = re.sub(rf"(?<!\*\*)(?<!\*\* )({_NUMBER})", r"Fraction('\1')", left)
    try:
        value = Fraction(eval(numbers, {"Fraction": Fraction, "__builtins__": {}}))
    except (ArithmeticError, SyntaxError, ValueError, TypeError):
        return None
    decimals = len(right.partition(".")[2])
    half_unit = Fraction(1, 2 * 10**decimals) if decimals else Fraction(0)
    return abs(value - Fraction(right)) <= half_unit
