"""Banks as they were in a revision of git: their YAML, and the programs that stand in files of their own.

Git is asked for objects only, so that nothing of the repository's settings is run; a name is never taken for an option.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from quizlib import git
from quizlib.comparison.sides import UnreadableError
from quizlib.discovery import HEADER_FILE, SUFFIXES
from quizlib.source import Document, read

_MOST_BYTES = 200_000_000  # of all files together


class _Blob(NamedTuple):
    """A file in a revision."""

    digest: str
    size: int


def checked_out(name: str, folder: Path) -> tuple[Path, str]:
    """Write the banks of `REV:path` below `folder`; return where the path now is, and what stands before its names.

    Raises UnreadableError.
    """
    revision, _, path = name.partition(":")
    if not revision:
        raise UnreadableError(f"no revision stands before the colon of {name!r}, and git's index is not compared")
    commit = _text("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if not commit:
        raise UnreadableError(f"there is no file or folder {name!r}, and no revision {revision!r} in git")
    top = _normal(path)
    files = _tree(commit.strip())
    inside = {one: blob for one, blob in files.items() if top in (".", one) or one.startswith(f"{top}/")}
    if not inside:
        raise UnreadableError(f"there is no {top!r} in the revision {revision!r}")
    root = _bank_root(top, files) if top in files else top
    wanted = {one: blob for one, blob in files.items() if one == top or (_is_below(one, root) and _is_yaml(one))}
    written = dict(_written(wanted, folder))
    named = {one: files[one] for one in _named(written) if one in files and one not in wanted}
    dict(_written(named, folder))
    return folder / top, f"{revision}:"


def _bank_root(path: str, files: Mapping[str, _Blob]) -> str:
    """Return the folder of the bank that a file is a part of; the file itself where it is a bank of its own."""
    for parent in map(str, PurePosixPath(path).parents):
        if (HEADER_FILE if parent == "." else f"{parent}/{HEADER_FILE}") in files:
            return parent
    return path


def _normal(path: str) -> str:
    """Return a path from the top of the repository: `./x` and `../x` begin in the folder in which one works."""
    if path.startswith(("./", "../")) or path in (".", ".."):
        path = _text("rev-parse", "--show-prefix").strip() + path
    normal = os.path.normpath(path.replace("\\", "/")).replace("\\", "/") if path else "."
    if normal.startswith(("/", "..")):
        raise UnreadableError(f"{path!r} leads out of the repository")
    return normal


def _tree(commit: str) -> dict[str, _Blob]:
    """Return the files of a commit; links and submodules are left out."""
    found = {}
    for entry in _git("ls-tree", "-r", "-z", "-l", "--full-tree", commit).split(b"\0"):
        about, _, path = entry.partition(b"\t")
        mode, kind, digest, size = (*about.split(), b"", b"", b"", b"")[:4]
        if kind == b"blob" and mode != b"120000":
            found[os.fsdecode(path)] = _Blob(digest.decode(), int(size))
    return found


def _is_below(path: str, root: str) -> bool:
    return root == "." or path.startswith(f"{root}/")


def _is_yaml(path: str) -> bool:
    hidden = any(part.startswith(".") for part in path.split("/"))
    return path.endswith(SUFFIXES) and not hidden


def _written(files: Mapping[str, _Blob], folder: Path) -> Iterator[tuple[str, bytes]]:
    """Write files below a folder; yield each path and what it holds."""
    if sum(blob.size for blob in files.values()) > _MOST_BYTES:
        raise UnreadableError(f"the banks of the revision have more than {_MOST_BYTES / 1e6:.0f} MB")
    order = list(files.items())
    answer = _git("cat-file", "--batch", given="".join(f"{blob.digest}\n" for _, blob in order).encode())
    start = 0
    for path, blob in order:
        start = answer.index(b"\n", start) + 1
        content = answer[start : start + blob.size]
        start += blob.size + 1
        target = folder / path
        if not target.resolve().is_relative_to(folder.resolve()):
            raise UnreadableError(f"{path!r} leads out of the repository")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        yield path, content


def _named(files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the files that programs stand in, as banks name them."""
    roots = {path: _bank_root(path, dict.fromkeys(files, _Blob("", 0))) for path in files}
    for path, content in files.items():
        document, _ = read(path, content)
        folder = roots[path] if roots[path] != path else str(PurePosixPath(path).parent)
        for file in _files_of(document):
            yield os.path.normpath(f"{folder}/{file}").replace("\\", "/").removeprefix("./")


def _files_of(document: Document | None) -> Iterator[str]:
    data = document.data if document else None
    written = data.get("questions") if isinstance(data, dict) else None
    for question in written if isinstance(written, list) else ():
        code = question.get("code") if isinstance(question, dict) else None
        file = code.get("file") if isinstance(code, dict) else None
        if isinstance(file, str) and file and "\0" not in file and not file.startswith(("/", "..")):
            yield file


def _text(*arguments: str) -> str:
    """Return what git prints; nothing where it fails."""
    try:
        return os.fsdecode(_git(*arguments))
    except _GitFailed:
        return ""


class _GitFailed(UnreadableError):
    """Git ended with a fault."""


def _git(*arguments: str, given: bytes = b"") -> bytes:
    """Run git in the folder in which one works. Raises UnreadableError."""
    try:
        return git.output(*arguments, given=given)
    except git.GitError as error:
        raise (_GitFailed if error.failed else UnreadableError)(str(error)) from None
