"""What git holds: which files a commit or the index has, and what is in them.

Git is asked for objects only, so that nothing of the repository's settings is run; a name is never taken for an option.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from quizlib import git
from quizlib.comparison.sides import UnreadableError

_MOST_BYTES = 200_000_000  # of all files together
_IN_CONFLICT = ""  # in the place of the name of an object
_LINK = b"120000"

Files = Mapping[str, str]
"""The name of the object that holds each file, by the file's path from the top of the repository."""


def of_commit(commit: str) -> Files:
    """Return the files of a commit; links and submodules are left out. Raises UnreadableError."""
    found = {}
    for entry in _asked("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0"):
        about, _, path = entry.partition(b"\t")
        mode, kind, digest = (*about.split(), b"", b"", b"")[:3]
        if kind == b"blob" and mode != _LINK:
            found[os.fsdecode(path)] = digest.decode()
    return found


def of_index() -> Files:
    """Return the files of the index, as `of_commit` does, without those of which git only knows that they will come.

    Raises UnreadableError.
    """
    if text("rev-parse", "--is-bare-repository").strip() == "true":
        raise UnreadableError("a bare repository has no index")
    nothing = text("hash-object", "-t", "tree", "--stdin").strip()
    options = ("--cached", "--ita-invisible-in-index", "-r", "-z")
    listed = _asked("-c", "diff.relative=false", "diff-index", *options, nothing).split(b"\0")
    found = {}
    for about, path in zip(listed[::2], listed[1::2], strict=False):  # a last, empty one ends the list
        _, mode, _, digest, status = about.split()
        if status == b"U":
            found[os.fsdecode(path)] = _IN_CONFLICT
        elif mode.startswith(b"100"):
            found[os.fsdecode(path)] = digest.decode()
    return found


def contents(files: Files) -> Iterator[tuple[str, bytes]]:
    """Yield each path and what the file holds.

    Raises UnreadableError for files in conflict, for some that are too large together, and for what a partial clone
    lacks.
    """
    if in_conflict := [path for path, digest in files.items() if digest == _IN_CONFLICT]:
        path = in_conflict[0]
        instead = f"compare {f'HEAD:{path}'!r} with {f'MERGE_HEAD:{path}'!r}, or settle it and `git add` the file"
        raise UnreadableError(f"{path!r} is in conflict in git's index: {instead}")
    names = "".join(f"{digest}\n" for digest in files.values()).encode()
    sizes = [_size(line) for line in _asked("cat-file", "--batch-check", given=names).splitlines()]
    if sum(sizes) > _MOST_BYTES:
        raise UnreadableError(f"the banks in git have more than {_MOST_BYTES / 1e6:.0f} MB")
    answer = _asked("cat-file", "--batch", given=names)
    start = 0
    for path, size in zip(files, sizes, strict=True):
        start = answer.index(b"\n", start) + 1
        yield path, answer[start : start + size]
        start += size + 1


def top() -> Path | None:
    """Return the top of the work tree in which one works; None where there is none."""
    found = text("rev-parse", "--show-toplevel").rstrip("\r\n")
    return Path(found) if found else None


def text(*arguments: str) -> str:
    """Return what git prints; nothing where it fails. Raises UnreadableError where git cannot be run."""
    try:
        return os.fsdecode(_asked(*arguments))
    except _GitFailed:
        return ""


def _size(line: bytes) -> int:
    name, *rest = line.split()
    if len(rest) != 2 or rest[0] != b"blob":
        raise UnreadableError(f"git does not have the object {name.decode('ascii', 'replace')}")
    return int(rest[1])


class _GitFailed(UnreadableError):
    """Git ended with a fault."""


def _asked(*arguments: str, given: bytes = b"") -> bytes:
    """Run git in the folder in which one works. Raises UnreadableError."""
    try:
        return git.output(*arguments, given=given)
    except git.GitError as error:
        raise (_GitFailed if error.failed else UnreadableError)(str(error)) from None
