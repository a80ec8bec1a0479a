"""A file of the user's to other content: whole or not at all, and never over what somebody else has written."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from pathlib import Path

from quizlib.reasons import reason_of

BOM = b"\xef\xbb\xbf"


class RewriteError(Exception):
    """A file could not be rewritten, and is as it was. The message says why, in lower case."""


def rewrite(path: Path, before: str, after: str) -> None:
    """Put the text `after` into a file that holds the text `before`, in UTF-8; a byte order mark stays.

    The permissions stay, and of a link the file it leads to is rewritten. Raises RewriteError: for a file that cannot
    be written, or that holds something else by now.
    """
    try:
        target = path.resolve(strict=True)
        status = target.stat()
        content = target.read_bytes()
        mark = BOM if content.startswith(BOM) else b""
        if content.removeprefix(BOM) != before.encode("utf-8"):
            raise RewriteError("it has been changed meanwhile")
        if not status.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(target, os.W_OK):
            raise RewriteError("it is read-only")
        _replace(target, mark + after.encode("utf-8"), status)
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, before Python 3.13
        raise RewriteError(reason_of(error)) from error


def _replace(target: Path, content: bytes, status: os.stat_result) -> None:
    """Write a file beside its target, and give it the target's name when it is on the disk."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".part", dir=target.parent)
    try:
        with open(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(target, name)
        if hasattr(os, "chown"):
            with contextlib.suppress(OSError):
                os.chown(name, status.st_uid, status.st_gid)
                shutil.copymode(target, name)
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
