"""Finding the tools that languages run on, and asking them who they are.

A tool is the user's own, found on the user's PATH, and is asked outside of any sandbox. Whatever goes wrong
with it, whether it is missing, fails, hangs or talks nonsense, comes to the same: it is not installed.
"""

from __future__ import annotations

import contextlib
import functools
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from quizlib.plugins import Runtime, Variation

_SECONDS = 10.0
_MOST = 4096  # bytes of an answer
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc/alternatives")
_COMMANDS = "/usr/local/bin:/usr/bin:/bin"
# What would make a tool of the user's start with the user's own additions.
_MEDDLING = ("NODE_OPTIONS", "NODE_PATH", "BASH_ENV", "ENV", "SHELLOPTS", "BASHOPTS", "PYTHONPATH", "PYTHONSTARTUP")


def found(command: str) -> str | None:
    """Return the absolute path of a command, or None.

    Relative folders of the PATH are passed over: they may lead into the bank that is being validated.
    """
    folders = [folder for folder in os.environ.get("PATH", os.defpath).split(os.pathsep) if os.path.isabs(folder)]
    path = shutil.which(command, path=os.pathsep.join(folders))
    return os.path.abspath(path) if path is not None and os.path.isabs(path) else None


@functools.cache
def answer(executable: str, *arguments: str) -> str | None:
    """Return what a tool prints in answer to a question, such as its version.

    None when it cannot be started, fails, prints what is no text, or takes too long.
    """
    try:
        process = subprocess.Popen(
            [executable, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=os.path.abspath(os.sep),  # some tools are started by scripts that obey files of the folder
            env={name: value for name, value in os.environ.items() if name not in _MEDDLING},
            start_new_session=True,
        )
    except (OSError, ValueError):
        return None
    return _answer_of(process)


def _answer_of(process: subprocess.Popen[bytes]) -> str | None:
    """Wait, then read what is in the pipe: a tool that prints more than that holds waits as well, and is given up."""
    assert process.stdout is not None
    with process.stdout as stream:
        try:
            if process.wait(_SECONDS) != 0:
                return None
            if sys.platform != "win32":
                os.set_blocking(stream.fileno(), False)  # something that it has started may hold the other end
            return os.read(stream.fileno(), _MOST).decode("utf-8")
        except (subprocess.TimeoutExpired, OSError, UnicodeDecodeError):
            return None
        finally:
            _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a tool that has not ended, with what it has started."""
    if process.returncode is None:
        if sys.platform != "win32":
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()


def described(command: str, version: re.Pattern[str], name: str) -> Runtime | None:
    """Return the runtime that a command is, called by `name` and its first two numbers.

    `version` finds the version, as its first group, at the start of what the command prints with `--version`.
    """
    candidate = found(command)
    match = version.match(answer(candidate, "--version") or "") if candidate else None
    if candidate is None or match is None:
        return None
    executable = os.path.realpath(candidate)
    return Runtime(f"{name}{first_parts(match[1], 2)}", match[1], executable, reads(executable))


def version_asked(name: str, tool: str) -> str | None:
    """Return the version that a name such as `node20` asks for, "" for `node` alone, None for another name."""
    match = re.fullmatch(rf"{re.escape(tool)}-?(\d{{1,3}}(?:\.\d{{1,3}}){{0,2}})?", name, re.ASCII)
    return None if match is None else match[1] or ""


def is_asked(version: str, asked: str) -> bool:
    """Whether a version such as `20.11.1` is one of those asked for by `20`."""
    return not asked or f"{version}.".startswith(f"{asked}.")


def first_parts(version: str, count: int) -> str:
    """Return the first parts of a version: those by which people tell it from others."""
    return ".".join(version.split(".")[:count])


def reads(*executables: str) -> tuple[str, ...]:
    """Return the folders, besides the system's, in which executables lie and keep their libraries.

    Never a home folder itself, nor one that holds it: a tool that lies there is not found by its programs.
    """
    folders: dict[str, None] = {}
    for executable in executables:
        commands = os.path.dirname(executable)
        prefix = os.path.dirname(commands)
        beside = ("bin", "lib", "lib64", "libexec", "include") if os.path.basename(commands) == "bin" else ()
        for folder in (commands, *(os.path.join(prefix, name) for name in beside)):
            if os.path.isdir(folder) and not _is_system(folder) and not _holds_home(folder):
                folders[folder] = None
    return tuple(folders)


def _is_system(folder: str) -> bool:
    return any(folder == system or folder.startswith(f"{system}/") for system in _SYSTEM)


def _holds_home(folder: str) -> bool:
    homes = [Path(os.path.expanduser("~")), Path(os.path.realpath(os.path.expanduser("~")))]
    return any(home == Path(folder) or Path(folder) in home.parents for home in homes)


def environment(variation: Variation, **others: str) -> dict[str, str]:
    """Return an environment with nothing of the user's: time zone, locale, the system's commands, and `others`."""
    return {"PATH": _COMMANDS, "TZ": variation.time_zone, "LC_ALL": variation.locale, **others}
