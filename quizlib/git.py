"""Git, asked the same way wherever it is asked: no monitor, no pager, no patterns, no prompt, and an end to waiting."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_SECONDS = 60
_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
}


class GitError(Exception):
    """Git cannot be run, or fails. `failed`: it ran, and its exit status was not 0."""

    def __init__(self, message: str, *, failed: bool = False) -> None:
        super().__init__(message)
        self.failed = failed


def output(*arguments: str, folder: Path | None = None, given: bytes = b"") -> bytes:
    """Run git in a folder, or where one works, and return what it prints; `given` is its input. Raises GitError."""
    if any("\0" in argument for argument in arguments):
        raise GitError("a null character names no revision")
    place = () if folder is None else ("-C", str(folder))
    command = ("git", "--no-pager", "-c", "core.fsmonitor=false", *place, *arguments)
    try:
        run = subprocess.run(
            command, input=given, capture_output=True, env=os.environ | _ENVIRONMENT, check=False, timeout=_SECONDS
        )
    except FileNotFoundError:
        raise GitError("git is not installed") from None
    except subprocess.TimeoutExpired:
        raise GitError(f"git does not answer within {_SECONDS} s") from None
    except OSError as error:
        raise GitError(f"git cannot be started: {(error.strerror or str(error)).lower()}") from error
    if run.returncode:
        said = run.stderr.decode("utf-8", "replace").strip().partition("\n")[0].removeprefix("fatal: ")
        raise GitError(f"git fails: {said or f'its exit status is {run.returncode}'}", failed=True)
    return run.stdout
