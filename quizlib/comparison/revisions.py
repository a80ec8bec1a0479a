"""Banks as a revision of git or its index has them: their YAML, and the programs that stand in files of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterator, Mapping
from pathlib import Path, PurePosixPath

from quizlib import written
from quizlib.comparison import objects
from quizlib.comparison.sides import NothingThereError, UnreadableError
from quizlib.configurations import excluding
from quizlib.discovery import HEADER_FILE, SUFFIXES
from quizlib.source import Document, read


def checked_out(name: str, folder: Path) -> tuple[Path, str]:
    """Write the banks of `REV:path`, or of `:path` of the index, below `folder`.

    Return where the path now is, and what stands before its names. Raises UnreadableError, and NothingThereError where
    git has no such revision or path.
    """
    revision, _, path = name.partition(":")
    if not revision:
        _refuse_stage(name, path)
    top = _normal(path)
    files = _of_revision(revision, name) if revision else objects.of_index()
    inside = {one: digest for one, digest in files.items() if top in (".", one) or one.startswith(f"{top}/")}
    if not inside:
        state = f"the revision {revision!r}" if revision else "git's index"
        raise NothingThereError(f"there is no {top!r} in {state}")
    root = _bank_root(top, files) if top in files else top
    wanted = {one: digest for one, digest in files.items() if one == top or (_is_below(one, root) and _is_yaml(one))}
    banks = dict(_written(wanted, folder))
    named = {one: files[one] for one in _named(banks) if one in files and one not in wanted}
    dict(_written(named, folder))
    return folder / top, f"{revision}:"


def excluding_in(folder: Path) -> Callable[[Path], bool]:
    """Return what tells whether the configuration leaves out a file or a folder that was written below `folder`.

    It is the configuration of the work tree, for all states alike; without a work tree there is none.
    """
    top = objects.top()
    if top is None:
        return lambda path: False
    excludes = excluding()
    return lambda path: excludes(top / path.relative_to(folder))


def _of_revision(revision: str, name: str) -> objects.Files:
    commit = objects.text("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if not commit:
        raise NothingThereError(f"there is no file or folder {name!r}, and no revision {revision!r} in git")
    return objects.of_commit(commit.strip())


def _refuse_stage(name: str, path: str) -> None:
    """Raise UnreadableError for `:N:path`, by which git names what the index holds of a file in conflict."""
    stage, _, rest = path.partition(":")
    if path.startswith("0:"):
        raise UnreadableError(f"{name!r} names a stage of git's index: write {f':{rest}'!r}")
    if stage in ("1", "2", "3") and stage != path:
        instead = f"compare {f'HEAD:{rest}'!r} with {f'MERGE_HEAD:{rest}'!r}"
        raise UnreadableError(f"{name!r} names a stage of a conflict: {instead}")


def _bank_root(path: str, files: Container[str]) -> str:
    """Return the folder of the bank that a file is a part of; the file itself where it is a bank of its own."""
    for parent in map(str, PurePosixPath(path).parents):
        if (HEADER_FILE if parent == "." else f"{parent}/{HEADER_FILE}") in files:
            return parent
    return path


def _normal(path: str) -> str:
    """Return a path from the top of the repository: `./x` and `../x` begin in the folder in which one works."""
    if path.startswith(("./", "../")) or path in (".", ".."):
        path = objects.text("rev-parse", "--show-prefix").rstrip("\r\n") + path
    normal = os.path.normpath(path.replace("\\", "/")).replace("\\", "/") if path else "."
    if normal.startswith(("/", "..")):
        raise UnreadableError(f"{path!r} leads out of the repository")
    return normal


def _is_below(path: str, root: str) -> bool:
    return root == "." or path.startswith(f"{root}/")


def _is_yaml(path: str) -> bool:
    hidden = any(part.startswith(".") for part in path.split("/"))
    return path.endswith(SUFFIXES) and not hidden


def _written(files: objects.Files, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Write files below a folder; yield each path and what it holds."""
    for path, content in objects.contents(files):
        target = folder / path
        if not target.resolve().is_relative_to(folder.resolve()):
            raise UnreadableError(f"{path!r} leads out of the repository")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        yield path, content


def _named(files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the files that programs stand in, as banks name them."""
    roots = {path: _bank_root(path, files) for path in files}
    for path, content in files.items():
        document, _ = read(path, content)
        folder = roots[path] if roots[path] != path else str(PurePosixPath(path).parent)
        for file in _files_of(document):
            yield os.path.normpath(f"{folder}/{file}").replace("\\", "/").removeprefix("./")


def _files_of(document: Document | None) -> Iterator[str]:
    for question in written.questions(document):
        code = question.get("code") if isinstance(question, dict) else None
        file = code.get("file") if isinstance(code, dict) else None
        if isinstance(file, str) and file and "\0" not in file and not file.startswith(("/", "..")):
            yield file
