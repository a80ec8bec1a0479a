"""Which files under the paths that the user named are banks."""

from __future__ import annotations

import dataclasses
import fnmatch
import os
import re
from collections.abc import Callable, Container, Iterator, Sequence
from pathlib import Path

from quizlib.diagnostics import Diagnostic, Kind, Severity, Span
from quizlib.reasons import reason_of

UNREADABLE = Kind("QZ001", "unreadable-file")
NOT_A_BANK = Kind("QZ019", "not-a-bank", Severity.WARNING)
NO_BANKS = Kind("QZ021", "no-banks")

SUFFIXES = (".yaml", ".yml")
HEADER_FILE = "bank.yaml"
_HEAD_BYTES = 100_000
_BANK_KEY = re.compile(rb"^[ \t]*[\"']?(format|questions)[\"']?\s*:", re.MULTILINE)

_Excludes = Callable[[Path], bool]


@dataclasses.dataclass(frozen=True)
class BankFiles:
    """The files of one bank: as the user knows them and as they are opened; the header's file first.

    `root` is the folder that the bank's paths may not leave. `named`: the user named the file, so that it
    may be a link to anywhere; a file that was found by walking a folder may not lead out of it.
    """

    paths: tuple[tuple[str, Path], ...]
    root: Path
    named: bool = False


def find(
    paths: Sequence[str],
    exclude: Sequence[str] = (),
    excludes: Callable[[Path], bool] | None = None,
    *,
    unwritten: Container[str] = (),
) -> tuple[list[BankFiles], list[Diagnostic]]:
    """Find the banks under files and folders, in a fixed order, each once.

    Hidden folders are passed over, links to folders are not followed. `exclude` are patterns such as
    `banks/broken` or `*.draft.yaml`, matched against whole paths and against names; `excludes` answers for a path
    below a folder as well. What the user names itself is never left out. `unwritten` are files that count as there,
    although they are not on the disk yet.
    """

    def is_excluded(path: Path) -> bool:
        return _is_excluded(path, exclude) or (excludes is not None and excludes(path))

    banks: dict[Path, BankFiles] = {}
    diagnostics: list[Diagnostic] = []
    for name in paths:
        path = Path(name)
        if path.is_dir():
            before = len(diagnostics)
            found = list(_in_folder(path, is_excluded, diagnostics))
            if not found and len(diagnostics) == before:
                message = "there is no bank in this folder"
                help = "a bank is a .yaml or .yml file with `format` and `questions`"
                diagnostics.append(Diagnostic.of(NO_BANKS, Span(name), message, help=help))
        elif os.path.lexists(path) or name in unwritten:
            found = [_named(path)]
        else:
            diagnostics.append(Diagnostic.of(UNREADABLE, Span(name), "there is no such file or folder"))
            continue
        for bank in found:
            banks.setdefault(_identity(bank.paths[0][1]), bank)
    return list(banks.values()), diagnostics


def _named(path: Path) -> BankFiles:
    """Return the bank of a file that the user named: itself, or the folder that it is a part of."""
    for folder in path.parents:
        if (folder / HEADER_FILE).is_file():
            return _of_folder(folder, lambda path: False)
        if folder in (Path(), Path.cwd()):  # a bank does not begin above the folder in which one works
            break
    return BankFiles(((_shown(path), path),), path.parent, named=True)


def _of_folder(folder: Path, is_excluded: _Excludes) -> BankFiles:
    """Return the bank that a folder with a header's file is."""
    header = folder / HEADER_FILE
    below = [path for path in _yaml_below(folder, is_excluded) if path != header]
    return BankFiles(tuple((_shown(path), path) for path in (header, *below)), folder)


def _in_folder(top: Path, is_excluded: _Excludes, diagnostics: list[Diagnostic]) -> Iterator[BankFiles]:
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            files, folders = _entries(folder, is_excluded)
        except OSError as error:
            message = f"the folder cannot be read: {reason_of(error)}"
            diagnostics.append(Diagnostic.of(UNREADABLE, Span(_shown(folder)), message))
            continue
        if folder / HEADER_FILE in files:
            yield _of_folder(folder, is_excluded)
            continue
        for path in files:
            if looks_like_a_bank(path):
                yield BankFiles(((_shown(path), path),), folder)
            else:
                message = "the file has neither `format` nor `questions`, and was passed over"
                help = "if it is no bank, leave it out with --exclude"
                diagnostics.append(Diagnostic.of(NOT_A_BANK, Span(_shown(path)), message, help=help))
        waiting += reversed(folders)


def _entries(folder: Path, is_excluded: _Excludes) -> tuple[list[Path], list[Path]]:
    """Return the YAML files of a folder and the folders in it, sorted. Raises OSError."""
    files: list[Path] = []
    folders: list[Path] = []
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        path = Path(entry.path)
        if entry.name.startswith(".") or is_excluded(path):
            continue
        if entry.name.endswith(SUFFIXES):
            files.append(path)
        elif entry.is_dir(follow_symlinks=False):
            folders.append(path)
    return files, folders


def _yaml_below(folder: Path, is_excluded: _Excludes) -> Iterator[Path]:
    for top, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not is_excluded(Path(top, name)))
        for name in sorted(files):
            path = Path(top, name)
            if name.endswith(SUFFIXES) and not name.startswith(".") and not is_excluded(path):
                yield path


def looks_like_a_bank(path: Path) -> bool:
    """Whether a file may be a bank; one that cannot be read as text is, so that its fault is reported."""
    try:
        if not path.is_file():
            return True
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError:
        return True
    if not head.strip() or b"\0" in head:
        return True
    return has_a_key_of_banks(head) or not _is_utf8(head)


def has_a_key_of_banks(head: bytes) -> bool:
    """Whether the start of a file has one of the keys by which a bank is known."""
    return _BANK_KEY.search(head) is not None


def _is_utf8(head: bytes) -> bool:
    """Whether the start of a file is UTF-8; its last character may be cut."""
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return len(head) == _HEAD_BYTES and error.start > len(head) - 4
    return True


def _is_excluded(path: Path, exclude: Sequence[str]) -> bool:
    shown = _shown(path)
    return any(
        fnmatch.fnmatch(shown, pattern.rstrip("/")) or fnmatch.fnmatch(path.name, pattern.rstrip("/"))
        for pattern in exclude
    )


def _shown(path: Path) -> str:
    return path.as_posix()


def _identity(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()
