"""Files that are read with care: only regular ones of a bounded size, and for a bank none outside of its folder."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from quizlib.reasons import reason_of

MAX_FILE_BYTES = 10_000_000


class Folder:
    """The files that a bank may use: those in its own folder, and no link that leads out of it."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @property
    def root(self) -> Path:
        """The bank's own folder."""
        return self._root

    def problem(self, path: str) -> str | None:
        """Say why `path` cannot be used, or None when it can."""
        try:
            file = self._resolved(path)
            status = file.stat()
        except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, before Python 3.13
            return f"`{path}` cannot be read: {reason(error)}"
        except ValueError as error:
            return f"`{path}` {error}"
        if not stat.S_ISREG(status.st_mode):
            return f"`{path}` is not a file"
        if not os.access(file, os.R_OK):
            return f"`{path}` cannot be read: permission denied"
        if status.st_size > MAX_FILE_BYTES:
            return f"`{path}` has {status.st_size / 1e6:.0f} MB, and {MAX_FILE_BYTES / 1e6:.0f} MB is the most"
        return None

    def read(self, path: str) -> bytes:
        """Return the content of a file of which `problem` says that it can be used. Raises OSError."""
        return read_regular_file(self._resolved(path), MAX_FILE_BYTES)

    def _resolved(self, path: str) -> Path:
        if not path or "\0" in path:
            raise ValueError("is not the path of a file")
        if path.startswith(("/", "\\")) or Path(path).is_absolute() or ":" in path:
            raise ValueError("is an absolute path; write it relative to the bank")
        root = self._root.resolve()
        file = (root / path.replace("\\", "/")).resolve()
        if not file.is_relative_to(root):
            raise ValueError("leads out of the bank's folder")
        return file


def read_regular_file(path: Path, limit: int = 200_000_000) -> bytes:
    """Read a regular file, at most `limit` bytes; never waits for a pipe or a device. Raises OSError."""
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError("it is a folder")
    if not stat.S_ISREG(status.st_mode):
        raise OSError("it is not a regular file")
    if status.st_size > limit:
        raise OSError(f"it has {status.st_size / 1e6:.0f} MB")
    return path.read_bytes()


def reason(error: Exception) -> str:
    """Say why a file cannot be read."""
    match error:
        case FileNotFoundError():
            return "there is no such file"
        case PermissionError():
            return "permission denied"
        case UnicodeDecodeError():
            return "it is not UTF-8"
        case RuntimeError():
            return "its links lead round in a circle"
        case _:
            return reason_of(error)
