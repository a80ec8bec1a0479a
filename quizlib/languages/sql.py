"""SQL: statements, as the command-line tool of SQLite runs them on an empty database in memory.

Rows are printed in the tool's list mode: values joined by `|`, nothing for NULL, no headings, until the program
says otherwise (`.headers on`). The first statement that fails ends the program with status 1. Dot commands that
reach files or the shell are refused where the tool can do that (`-safe`, since 3.37), so that a program has no
use for files, arguments or standard input.
"""

from __future__ import annotations

import os
import re
from typing import Literal

from quizlib.languages import _tools
from quizlib.plugins import Runtime, Variation

RUNTIMES = r"sqlite-?[\d.]*"
SUFFIX = ".sql"
PROBE = "SELECT 6 * 7;\n"
PROBE_OUTPUT = "42"
INSTALL = "install SQLite's command-line tool, so that `sqlite3` is a command"
PROCESSES = 0
MEMORY: Literal["address_space", "data"] = "address_space"
WARM = False

_SAFE_SINCE = (3, 37)
_VERSION = re.compile(r"(\d+(?:\.\d+)+) ")
# `Runtime error near line 4: UNIQUE constraint failed: t.id (19)`; before 3.38 `Error: near line 4: …`.
_ERROR = re.compile(r"^(?:\w+ )?[Ee]rror:? near line \d+: (.*?)(?: \(\d+\))?$", re.MULTILINE)

# The tool reads the program from its standard input: there an error has its line, and `-safe` allows it, which a
# `.read` it would not. The shell only opens the file; the tool takes its place.
_READ_FROM_FILE = 'tool=$1; program=$2; shift 2; exec "$tool" {options} :memory: <"$program"'


def runtime(name: str | None) -> Runtime | None:
    """Return the tool of this name, `sqlite3` or, by its version, `sqlite3.40`; the default one is `sqlite3`."""
    asked = "3" if name is None else _tools.version_asked(name, "sqlite")
    if not asked or not asked.startswith("3"):
        return None
    for command in (f"sqlite{asked}", "sqlite3"):
        found = _tools.described(command, _VERSION, "sqlite")
        if found is not None and _tools.is_asked(found.version, asked):
            return found
    return None


def preparation(runtime: Runtime, program_file: str) -> tuple[tuple[str, ...], ...]:
    """Return nothing: a program is run as it is."""
    return ()


def command(runtime: Runtime, program_file: str) -> tuple[str, ...]:
    """Return the command; arguments that follow it come to nothing."""
    options = ["-batch", "-bail", "-list", "-noheader", "-init", os.devnull]
    if tuple(int(part) for part in runtime.version.split(".")[:2]) >= _SAFE_SINCE:
        options.append("-safe")
    script = _READ_FROM_FILE.format(options=" ".join(options))
    return ("/bin/sh", "-c", script, "sh", runtime.executable, program_file)


def environment(variation: Variation) -> dict[str, str]:
    """Return a fixed environment."""
    return _tools.environment(variation)


def ending(stderr: str) -> str | None:
    """Return the error of the statement that failed, such as `UNIQUE constraint failed: person.id`."""
    failed = _ERROR.search(stderr)
    return failed[1] if failed else None
