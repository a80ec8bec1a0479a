"""Which banks have changed since a revision: by their own files, by what lies beside them, and by how they are checked.

What git says is compared with where banks lie: commits since the revision, what is staged, what is not, and files that
are not tracked. Where it is not certain that a bank is as it was, it counts as changed. Files that git ignores never
do.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

from quizlib import git
from quizlib.bank import read_regular_file
from quizlib.diagnostics import printable
from quizlib.discovery import HEADER_FILE, SUFFIXES, BankFiles

# Their settings hold for all banks below them.
_CONFIGURATION = ("quizlib.toml", "pyproject.toml")
_SHOWN = 200  # characters of what git says


class ChangesError(Exception):
    """It cannot be told what has changed: no git, no repository, no such revision, too little history."""


def changed(banks: Sequence[BankFiles], revision: str) -> list[BankFiles]:
    """Return the banks that have changed since `revision`: since the last commit that it shares with what is here.

    Raises ChangesError.
    """
    files = changed_files({_resolved(bank.root) for bank in banks}, revision)
    return [bank for bank in banks if _is_touched(bank, files)]


def changed_files(folders: Iterable[Path], revision: str) -> frozenset[Path]:
    """Return what has changed in the repositories in which folders lie, as absolute paths; deleted files, too.

    Raises ChangesError.
    """
    if not revision or revision.startswith("-") or "\0" in revision:  # git would take it for an option
        raise ChangesError(f"{_shown(revision)} is not a revision")
    tops: list[Path] = []
    for folder in sorted(folders):
        if not any(folder.is_relative_to(top) for top in tops):
            tops.append(_top(folder))
    return frozenset(path for top in tops for path in _changed_in(top, revision))


def _changed_in(top: Path, revision: str) -> Iterator[Path]:
    base = _base(top, revision)
    tracked = _git(top, "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--ignore-submodules=none", base)
    untracked = _git(top, "ls-files", "-z", "--others", "--exclude-standard")
    for name in filter(None, (tracked + untracked).split(b"\0")):
        yield top / os.fsdecode(name)


def _top(folder: Path) -> Path:
    return Path(os.fsdecode(_git(folder, "rev-parse", "--show-toplevel")).rstrip("\r\n")).resolve()


def _base(top: Path, revision: str) -> str:
    """Return the last commit that a revision shares with HEAD."""
    shown = _shown(revision)
    try:
        commit = _git(top, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode("ascii").strip()
    except ChangesError:
        raise ChangesError(f"there is no revision {shown} in this repository{_shallow(top)}") from None
    try:
        return _git(top, "merge-base", commit, "HEAD").decode("ascii").split()[0]
    except (ChangesError, IndexError):
        raise ChangesError(f"{shown} and what is here share no commit{_shallow(top)}") from None


def _shown(revision: str) -> str:
    return f"`{printable(revision[:_SHOWN])}`"


def _shallow(top: Path) -> str:
    is_shallow = _git(top, "rev-parse", "--is-shallow-repository").strip() == b"true"
    return "; the clone is shallow, and more of its history has to be fetched" if is_shallow else ""


def _git(folder: Path, *arguments: str) -> bytes:
    """Run git in a folder. Raises ChangesError."""
    try:
        return git.output(*arguments, folder=folder)
    except git.GitError as error:
        raise ChangesError(printable(str(error))[:_SHOWN]) from error


def _is_touched(bank: BankFiles, files: frozenset[Path]) -> bool:
    root = _resolved(bank.root)
    above = (root, *root.parents)
    if any(_places(path) & files for _, path in bank.paths) or not files.isdisjoint(above):  # a submodule is a folder
        return True
    if any(folder / name in files for folder in above for name in _CONFIGURATION):
        return True
    beside = [path for path in files if path.is_relative_to(root)]
    if bank.paths[0][1].name == HEADER_FILE:
        return bool(beside)
    return bool(beside) and _may_use(bank, beside)


def _may_use(bank: BankFiles, beside: Sequence[Path]) -> bool:
    """Whether a bank of one file names one of the files beside it, as far as its text tells."""
    try:
        text = read_regular_file(bank.paths[0][1]).decode("utf-8", "replace")
    except OSError:
        return True
    others = any(not path.name.endswith(SUFFIXES) for path in beside)
    if others and "parameters" in text:  # they may make names of images
        return True
    words = " ".join(text.split())
    return any(path.name in words or path.name in unquote(words) for path in beside)


def _places(path: Path) -> set[Path]:
    """Return where a file stands, and what it is a link to."""
    return {_resolved(path.parent) / path.name, _resolved(path)}


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a loop of links, before Python 3.13
        return path.absolute()
