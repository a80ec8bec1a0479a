"""Bash: scripts, as `bash program.sh` runs them, with the system's commands.

What a script cannot rely on is what needs `/proc`, such as process substitution `<(…)` and `/dev/stdin`: a sandbox
may have none.
"""

from __future__ import annotations

import re
from typing import Literal

from quizlib.languages import _tools
from quizlib.plugins import Runtime, Variation

SUFFIX = ".sh"
PROBE = "echo $((6 * 7)) | cat\n"
PROBE_OUTPUT = "42"
INSTALL = "install Bash, so that `bash` is a command"
PROCESSES = 16  # pipes, subshells, and every command that is not built in
MEMORY: Literal["address_space", "data"] = "address_space"
WARM = False

_VERSION = re.compile(r"GNU bash, version (\d+(?:\.\d+)+)")


def runtime(name: str | None) -> Runtime | None:
    """Return the Bash of this name, `bash` or, by its version, `bash5` or `bash5.2`; the default one is `bash`."""
    asked = _tools.version_asked("bash" if name is None else name, "bash")
    if asked is None:
        return None
    for command in (f"bash{asked}", f"bash-{asked}", "bash"):
        found = _tools.described(command, _VERSION, "bash")
        if found is not None and _tools.is_asked(found.version, asked):
            return found
    return None


def preparation(runtime: Runtime, program_file: str) -> tuple[tuple[str, ...], ...]:
    """Return nothing: a script is run as it is."""
    return ()


def command(runtime: Runtime, program_file: str) -> tuple[str, ...]:
    """Return the command: without anybody's start-up files."""
    return (runtime.executable, "--noprofile", "--norc", program_file)


def environment(variation: Variation) -> dict[str, str]:
    """Return a fixed environment, with the system's commands on the PATH."""
    return _tools.environment(variation)


def ending(stderr: str) -> str | None:
    """Return None: a script ends with an exit status, and with nothing else."""
    return None
