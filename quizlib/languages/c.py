"""C: compiled as C17, without optimisation, by GCC or Clang, and then run.

What the standard forbids is an error on every compiler (`-pedantic-errors`), whatever a version of it would let
pass, so that a key does not hang on the one that happens to be installed. Warnings are not asked for: nobody
would read them. The compiler runs where the program runs, since a program can keep one busy, too.
"""

from __future__ import annotations

import os
import re
from typing import Literal

from quizlib.languages import _tools
from quizlib.plugins import Runtime, Variation

RUNTIMES = r"(?:gcc|clang)-?[\d.]*"
SUFFIX = ".c"
PROBE = '#include <stdio.h>\n\nint main(void)\n{\n    printf("%d\\n", 6 * 7);\n    return 0;\n}\n'
PROBE_OUTPUT = "42"
INSTALL = "install a C compiler, so that `gcc` or `clang` is a command"
PROCESSES = 0
MEMORY: Literal["address_space", "data"] = "address_space"
WARM = False

_COMPILERS = ("gcc", "clang", "cc")
_VERSION = re.compile(r"(?:\)|version) (\d+(?:\.\d+)+)")


def runtime(name: str | None) -> Runtime | None:
    """Return the compiler of this name: `gcc`, `clang`, or by major version `gcc12`; the first there is by default."""
    for tool in ("gcc", "clang"):
        asked = _tools.version_asked(tool if name is None else name, tool)
        if asked is not None and (found := _installed(tool, asked)) is not None:
            return found
    return None


def _installed(tool: str, asked: str) -> Runtime | None:
    """Return a compiler that is what its name says: on macOS `gcc` is another name of Clang."""
    for command in (f"{tool}-{asked}", f"{tool}{asked}", *_COMPILERS):
        found = _described(_tools.found(command))
        if found is not None and found.name.startswith(tool) and _tools.is_asked(found.version, asked):
            return found
    return None


def _described(candidate: str | None) -> Runtime | None:
    first = (_tools.answer(candidate, "--version") or "").partition("\n")[0] if candidate else ""
    version = _VERSION.search(first)
    if candidate is None or version is None:
        return None
    tool = "clang" if "clang" in first else "gcc"
    folders = _tools.reads(candidate, os.path.realpath(candidate))
    return Runtime(f"{tool}{_tools.first_parts(version[1], 1)}", version[1], candidate, folders)


def preparation(runtime: Runtime, program_file: str) -> tuple[tuple[str, ...], ...]:
    """Return the compiler's command. It uses pipes, so that small scratch folders do."""
    options = ("-std=c17", "-pedantic-errors", "-pipe", "-fno-diagnostics-color")
    return ((runtime.executable, *options, "-o", _compiled(program_file), program_file, "-lm"),)


def command(runtime: Runtime, program_file: str) -> tuple[str, ...]:
    """Return the command. The shell only finds the program in the folder, wherever that is, and makes way for it."""
    return ("/bin/sh", "-c", f'exec ./{_compiled(program_file)} "$@"', "sh")


def environment(variation: Variation) -> dict[str, str]:
    """Return a fixed environment; by its PATH a compiler finds assembler and linker."""
    return _tools.environment(variation)


def ending(stderr: str) -> str | None:
    """Return None: a program in C ends with an exit status, or by a signal."""
    return None


def _compiled(program_file: str) -> str:
    return program_file.removesuffix(SUFFIX) + ".out"
