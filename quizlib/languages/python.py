"""Python: the interpreter that runs quizlib runs the programs."""

from __future__ import annotations

import re
import sys

SUFFIX = ".py"
PROBE = "print(6 * 7)\n"
PROBE_OUTPUT = "42"

# Behind the last traceback, or the place of a syntax error: the first line that is not indented.
_FRAMES = re.compile(
    r'^(?:(?:  \+ Exception Group )?Traceback \(most recent call last\):|  File ".*", line \d+.*)$', re.MULTILINE
)
_ENDING = re.compile(r"^(?:  \| )?([A-Za-z_][\w.]*(?:\.<locals>\.[\w.]+)*(?:: .*)?)$", re.MULTILINE)


def command(program_file: str) -> list[str] | None:
    """Return the command: as `python program.py`, without the user's packages and in UTF-8."""
    if not sys.executable:
        return None
    return [sys.executable, "-s", "-B", "-X", "utf8", program_file]


def environment() -> dict[str, str]:
    """Return a fixed hash seed, so that a run can be repeated, and nothing of the user's."""
    return {"PYTHONHASHSEED": "0"}


def ending(stderr: str) -> str | None:
    """Return the last line of the last traceback, such as `KeyError: 'x'`."""
    frames = list(_FRAMES.finditer(stderr))
    found = _ENDING.search(stderr, frames[-1].end()) if frames else None
    return found[1] if found else None
