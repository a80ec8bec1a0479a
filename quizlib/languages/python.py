"""Python: the interpreter that runs quizlib runs the programs, unless others are named."""

from __future__ import annotations

import functools
import os
import platform
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from quizlib.home import home
from quizlib.languages import _tools
from quizlib.plugins import Runtime, Variation

SUFFIX = ".py"
PROBE = "print(6 * 7)\n"
PROBE_OUTPUT = "42"
INSTALL = "install that version of Python, so that its name is a command"
PROCESSES = 0
MEMORY: Literal["address_space", "data"] = "address_space"
WARM = True

_DESCRIBE = """
import platform, sys
print(platform.python_version())
print(sys.executable)
for folder in (sys.prefix, sys.base_prefix, sys.base_exec_prefix):
    print(folder)
"""

# Behind the last traceback, or the place of a syntax error: the first line that is not indented.
_FRAMES = re.compile(
    r'^(?:(?:  \+ Exception Group )?Traceback \(most recent call last\):|  File ".*", line \d+.*)$', re.MULTILINE
)
_ENDING = re.compile(r"^(?:  \| )?([A-Za-z_][\w.]*(?:\.<locals>\.[\w.]+)*(?:: .*)?)$", re.MULTILINE)


def runtime(name: str | None) -> Runtime | None:
    """Return the interpreter of this name, such as `python3.11`; that of quizlib itself when none is named.

    Interpreters are looked for as commands, and beside each other where pyenv keeps them.
    """
    own = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    if name in (None, own, "python", f"python{sys.version_info[0]}"):
        return _of_quizlib(own)
    return _installed(name) if re.fullmatch(r"python3\.\d{1,2}", name or "") else None


@functools.cache
def _of_quizlib(name: str) -> Runtime | None:
    if not sys.executable:
        return None
    return Runtime(
        name,
        platform.python_version(),
        os.path.abspath(sys.executable),
        _with_targets((sys.prefix, sys.base_prefix, sys.base_exec_prefix)),
    )


@functools.cache
def _installed(name: str) -> Runtime | None:
    for candidate in _candidates(name):
        described = (_tools.answer(candidate, "-I", "-c", _DESCRIBE) or "").splitlines()
        if len(described) > 2 and _tools.is_asked(described[0], name.removeprefix("python")):
            version, executable, *prefixes = described
            return Runtime(name, version, os.path.abspath(executable), _with_targets(prefixes))
    return None


def _with_targets(prefixes: Iterable[str]) -> tuple[str, ...]:
    """Return folders as they are named, and where links in their names lead."""
    return tuple(dict.fromkeys(path for prefix in prefixes for path in (prefix, os.path.realpath(prefix))))


def _candidates(name: str) -> Iterator[str]:
    if found := _tools.found(name):
        yield found
    versions = Path(os.environ.get("PYENV_ROOT") or (home() or Path("/")) / ".pyenv", "versions")
    for folder in sorted(versions.glob(f"{name.removeprefix('python')}.*")):
        yield str(folder / "bin" / name)


def preparation(runtime: Runtime, program_file: str) -> tuple[tuple[str, ...], ...]:
    """Return nothing: a program is run as it is."""
    return ()


def command(runtime: Runtime, program_file: str) -> tuple[str, ...]:
    """Return the command: as `python program.py`, without the user's packages and in UTF-8."""
    return (runtime.executable, "-s", "-B", "-X", "utf8", program_file)


def environment(variation: Variation) -> dict[str, str]:
    """Return a fixed hash seed, so that a run can be repeated, and nothing of the user's."""
    return {"PYTHONHASHSEED": str(variation.hash_seed), "TZ": variation.time_zone, "LC_ALL": variation.locale}


def ending(stderr: str) -> str | None:
    """Return the last line of the last traceback, such as `KeyError: 'x'`."""
    frames = list(_FRAMES.finditer(stderr))
    found = _ENDING.search(stderr, frames[-1].end()) if frames else None
    return found[1] if found else None
