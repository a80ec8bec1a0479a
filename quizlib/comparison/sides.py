"""One of the two states that are compared: the banks of a file or a folder, on the disk or in git."""

from __future__ import annotations

import dataclasses
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from quizlib import written
from quizlib.bank import LoadedBank, load
from quizlib.catalogue import questions
from quizlib.configurations import excluding
from quizlib.diagnostics import Diagnostic, Severity
from quizlib.discovery import NO_BANKS, BankFiles, find
from quizlib.model import Item


class UnreadableError(Exception):
    """A state cannot be read at all. `diagnostics` say why where they are there, else the message does."""

    def __init__(self, message: str, diagnostics: Sequence[Diagnostic] = (), banks: Sequence[LoadedBank] = ()) -> None:
        super().__init__(message)
        self.diagnostics = tuple(diagnostics)
        self.banks = tuple(banks)


class NothingThereError(UnreadableError):
    """A state has no such path, or no bank in it."""


@dataclasses.dataclass(frozen=True)
class Asked:
    """A question of one state: all its variants, or the one item. `file` is "" where files are not told apart."""

    bank: str
    name: str
    items: tuple[Item, ...]
    path: str
    line: int
    file: str


@dataclasses.dataclass(frozen=True)
class Side:
    """One state. `faulty` are the questions that cannot be compared, by bank and id, where they have one.

    `errors` is the number of faults, also those of questions without an id.
    """

    banks: tuple[LoadedBank, ...]
    questions: tuple[Asked, ...]
    faulty: frozenset[tuple[str, str]]
    errors: int = 0


_NOTHING = Side((), (), frozenset())


def read_side(name: str, exclude: Sequence[str] = ()) -> Side:
    """Read the banks of a path, or of `REV:path`, or `:path` of the index, in the repository in which one works.

    What the configuration excludes is left out, in a revision as well. Raises UnreadableError for what is not there,
    and for a file that cannot be read as YAML.
    """
    if os.path.lexists(name) or ":" not in name:
        files, diagnostics = find([name], exclude, excluding())
        return _side(files, diagnostics, Path(name))
    return _in_git(name, exclude)


def read_staged(path: str | None = None, exclude: Sequence[str] = ()) -> tuple[Side, Side]:
    """Read the banks of a path as they were committed last, and as git's index has them: what is staged lies between.

    The path begins in the folder in which one works; without one, all of the repository is read. A state without the
    path is empty when the other one has it. Raises UnreadableError, as `read_side` does.
    """
    named = "" if path is None else f"./{Path(os.path.relpath(_resolved(path or '.'))).as_posix()}"
    staged = _unless_nothing(f":{named}", exclude)
    committed = _unless_nothing(f"HEAD:{named}", exclude)
    if isinstance(staged, NothingThereError) and isinstance(committed, NothingThereError):
        raise staged
    old, new = (_NOTHING if isinstance(side, NothingThereError) else side for side in (committed, staged))
    return old, new


def _resolved(path: str) -> str:
    """Return a path that may lead by links to where one works; the last of it may be a link that git holds."""
    if os.path.isdir(path):
        return os.path.realpath(path)
    folder, name = os.path.split(path)
    return os.path.join(os.path.realpath(folder), name)


def _unless_nothing(name: str, exclude: Sequence[str]) -> Side | NothingThereError:
    try:
        return _in_git(name, exclude)
    except NothingThereError as nothing:
        return nothing


def _in_git(name: str, exclude: Sequence[str]) -> Side:
    from quizlib.comparison import revisions

    with tempfile.TemporaryDirectory(prefix="quizlib-") as folder:
        path, told = revisions.checked_out(name, Path(folder))
        patterns = [*exclude, *(f"{folder}/{pattern}" for pattern in exclude)]
        files, diagnostics = find([str(path)], patterns, revisions.excluding_in(Path(folder)))
        shown = [_told(one, Path(folder), told) for one in files]
        said = [dataclasses.replace(one, span=one.span._replace(path=name)) for one in diagnostics]
        return _side(shown, said, path)


def _told(files: BankFiles, folder: Path, prefix: str) -> BankFiles:
    """Call files as they are called in the revision."""
    paths = tuple((prefix + path.relative_to(folder).as_posix(), path) for _, path in files.paths)
    return dataclasses.replace(files, paths=paths)


def _side(files: Sequence[BankFiles], diagnostics: Sequence[Diagnostic], named: Path) -> Side:
    banks = tuple(map(load, files))
    found = [*diagnostics, *(one for bank in banks for one in bank.diagnostics)]
    errors = [one for one in found if one.severity is Severity.ERROR]
    unread = [one for one in errors if _is_whole_file(one, banks)]
    if unread:
        is_empty = all(one.code == NO_BANKS.code for one in unread)
        raise (NothingThereError if is_empty else UnreadableError)("a file cannot be read", unread, banks)
    root = named if named.is_dir() else None
    asked = [one for bank, of in zip(banks, files, strict=True) for one in _asked(bank, of, root)]
    faulty = {(_name(bank), name) for bank in banks for name in _ids(bank)}
    return Side(banks, tuple(asked), frozenset(faulty - {(one.bank, one.name) for one in asked}), len(errors))


def _is_whole_file(diagnostic: Diagnostic, banks: Sequence[LoadedBank]) -> bool:
    """Whether an error keeps all questions of a file from being read."""
    path = diagnostic.span.path
    documents = [bank.documents[path] for bank in banks if path in bank.documents]
    return not any(isinstance(document.data, dict) for document in documents)


def _asked(loaded: LoadedBank, files: BankFiles, root: Path | None) -> Iterator[Asked]:
    """Yield the questions of a bank. `root` is the folder that was named: files are told apart below it."""
    below = root if root is not None else files.root if len(files.paths) > 1 else None
    opened = dict(files.paths)
    for name, items in questions(loaded.bank.items if loaded.bank else ()):
        place = items[0].place
        file = os.path.relpath(opened[place.path], below) if below is not None else ""
        span = loaded.locate(place)
        yield Asked(_name(loaded), name, tuple(items), place.path, span.line, Path(file).as_posix() if file else "")


def _name(loaded: LoadedBank) -> str:
    return loaded.bank.identifier if loaded.bank and loaded.bank.identifier else loaded.name


def _ids(loaded: LoadedBank) -> Iterator[str]:
    """Yield the ids of all questions, those with faults included."""
    for document in loaded.documents.values():
        yield from written.texts_at(document, "id")
