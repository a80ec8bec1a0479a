"""A baseline: the findings of old banks that are known, so that only new ones are told.

It is a JSON file of fingerprints, by files relative to its own folder, sorted, and the same for the same findings.
What would let a wrong key pass is never in it.
"""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from quizlib.bank import read_regular_file
from quizlib.diagnostics import Diagnostic, Kind, Span
from quizlib.fingerprints import fingerprints
from quizlib.reasons import reason_of
from quizlib.source import Document
from quizlib.suppression import is_never_quiet

BAD_BASELINE = Kind("QZ032", "bad-baseline")
VERSION = 1
MAX_BYTES = 50_000_000

_ANEW = "remove it, and write it anew with `--write-baseline`"


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """A finding that is known: in which file, relative to the baseline's folder, of which code, and its fingerprint.

    `rule` and `question` are there for people who read the file.
    """

    path: str
    code: str
    fingerprint: str
    rule: str = ""
    question: str | None = None


@dataclasses.dataclass(frozen=True)
class Compared:
    """Findings that are new, and those that a baseline knows. `gone` are the entries of what no longer occurs."""

    new: tuple[Diagnostic, ...]
    known: tuple[Diagnostic, ...] = ()
    gone: tuple[Entry, ...] = ()


class BaselineError(Exception):
    """A file is no baseline. `line` and `column` are 0 where the whole file is meant."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        self.line, self.column = line, column
        super().__init__(message)


def compare(
    diagnostics: Sequence[Diagnostic],
    documents: Mapping[str, Document],
    baseline_of: Mapping[str, str],
    looks_for: Callable[[str, str], bool],
) -> Compared:
    """Tell new findings from known ones. `baseline_of` names the baseline of each file that was looked at.

    `looks_for` answers whether a code was looked for in a file; only then can an entry be gone. A baseline that cannot
    be read is a new finding itself.
    """
    new = list(diagnostics)
    known: list[Diagnostic] = []
    gone: list[Entry] = []
    for name in sorted(set(baseline_of.values())):
        files = [path for path, of_path in baseline_of.items() if of_path == name]
        try:
            entries = read(Path(name))
        except BaselineError as error:
            new.append(_fault(name, error))
            continue
        concerned = [found for found in new if baseline_of.get(found.span.path) == name]
        marks = dict(zip(map(id, concerned), _fingerprints(concerned, documents, folder_of(name)), strict=True))
        expected = {entry.fingerprint for entry in entries}
        met = [found for found in concerned if marks[id(found)] in expected and may_be_known(found)]
        seen = {marks[id(found)] for found in met}
        known += met
        met_ids = set(map(id, met))
        new = [found for found in new if id(found) not in met_ids]
        gone += _gone((entry for entry in entries if entry.fingerprint not in seen), files, name, looks_for)
    return Compared(tuple(sorted(new, key=lambda found: found.order)), tuple(known), tuple(gone))


def may_be_known(diagnostic: Diagnostic) -> bool:
    """Whether a finding may stand in a baseline."""
    return not is_never_quiet(diagnostic.code, diagnostic.severity)


def folder_of(name: str | Path) -> Path:
    """Return the folder in which a baseline really lies: what its paths are relative to, behind links too."""
    return Path(os.path.realpath(name)).parent


def unseen(path: Path, files: Collection[str], looks_for: Callable[[str, str], bool]) -> list[Entry]:
    """Return the entries of a baseline that a run over `files` says nothing about; none where there is no baseline.

    They are those of other files that are still there, and of codes that were not looked for.
    """
    try:
        entries = read(path)
    except BaselineError:
        return []
    gone = set(_gone(entries, files, str(path), looks_for))
    return [entry for entry in entries if entry not in gone]


def written(
    diagnostics: Iterable[Diagnostic],
    documents: Mapping[str, Document],
    folder: Path,
    unseen: Iterable[Entry] = (),
) -> bytes:
    """Return a baseline as it is stored in `folder`: all findings that may be known, and the entries `unseen`."""
    kept = [diagnostic for diagnostic in diagnostics if may_be_known(diagnostic)]
    entries = [
        Entry(_relative(found.span.path, folder), found.code, fingerprint, found.rule, found.question)
        for found, fingerprint in zip(kept, _fingerprints(kept, documents, folder), strict=True)
    ]
    files: dict[str, list[dict[str, Any]]] = {}
    for one in {entry.fingerprint: entry for entry in (*unseen, *entries)}.values():
        shown = {"code": one.code, "rule": one.rule, "question": one.question, "fingerprint": one.fingerprint}
        files.setdefault(one.path, []).append(shown)
    ordered = {path: sorted(files[path], key=_order) for path in sorted(files)}
    return (json.dumps({"version": VERSION, "files": ordered}, indent=2) + "\n").encode("ascii")


def read(path: Path) -> list[Entry]:
    """Read a baseline. Raises BaselineError, whatever the file holds."""
    try:
        data = json.loads(read_regular_file(path, MAX_BYTES).decode("utf-8"))
    except json.JSONDecodeError as error:
        raise BaselineError(f"the baseline is not JSON: {error.msg.lower()}", error.lineno, error.colno) from None
    except UnicodeDecodeError:
        raise BaselineError("the baseline is not UTF-8") from None
    except RecursionError:
        raise BaselineError("the baseline is nested too deeply") from None
    except FileNotFoundError:
        raise BaselineError("the baseline cannot be read: there is no such file") from None
    except (OSError, ValueError, RuntimeError) as error:
        raise BaselineError(f"the baseline cannot be read: {reason_of(error)}") from None
    if not isinstance(data, dict) or not isinstance(data.get("files"), dict):
        raise BaselineError("the file is not a baseline")
    if data.get("version") != VERSION:
        raise BaselineError(f"this version of baselines is not known: {str(data.get('version'))[:20]}")
    return list(_entries(data["files"]))


def may_be_replaced(path: Path) -> bool:
    """Whether a file is a baseline, of whichever version and with whichever faults in its entries, or holds nothing."""
    try:
        content = read_regular_file(path, MAX_BYTES)
        data = json.loads(content) if content.strip() else {}
    except (OSError, ValueError, RecursionError, RuntimeError):
        return False
    return isinstance(data, dict) and (not data or isinstance(data.get("files"), dict))


def _entries(files: dict[str, Any]) -> Iterator[Entry]:
    for path, entries in files.items():
        for entry in entries if isinstance(entries, list) else [None]:
            match entry:
                case {"code": str(code), "fingerprint": str(fingerprint), **more}:
                    rule, question = _text(more.get("rule")), _text(more.get("question"))
                    yield Entry(path, code, fingerprint, rule or "", question)
                case _:
                    raise BaselineError(f"an entry of `{path[:60]}` has no code or no fingerprint")


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _gone(
    entries: Iterable[Entry], files: Collection[str], name: str, looks_for: Callable[[str, str], bool]
) -> Iterator[Entry]:
    """Yield the entries that would have been met: of a file that is gone, or that was looked at for this code."""
    folder = folder_of(name)
    shown = {_relative(path, folder): path for path in files}
    for entry in entries:
        path = shown.get(entry.path)
        if looks_for(path, entry.code) if path else not os.path.lexists(folder / entry.path):
            yield entry


def _fault(name: str, error: BaselineError) -> Diagnostic:
    shown = _from(name, Path.cwd())
    span = Span(shown, error.line, error.column, error.line, error.column + 1) if error.line else Span(shown)
    return Diagnostic.of(BAD_BASELINE, span, str(error), help=_ANEW)


def _fingerprints(diagnostics: Iterable[Diagnostic], documents: Mapping[str, Document], folder: Path) -> list[str]:
    """Return fingerprints that are the same wherever the command is run, and on whichever machine."""
    found = list(diagnostics)
    paths = {path: _relative(path, folder) for path in {*documents, *(one.span.path for one in found)}}
    moved = [dataclasses.replace(one, span=one.span._replace(path=paths[one.span.path])) for one in found]
    return fingerprints(moved, {paths[path]: document for path, document in documents.items()})


def _relative(path: str, folder: Path) -> str:
    """Return where a file lies as seen from a folder without links; a file that is a link keeps its own name."""
    parent, name = os.path.split(path)
    return _from(os.path.join(os.path.realpath(parent), name), folder)


def _from(path: str, folder: Path) -> str:
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # on another drive
        return Path(path).as_posix()


def _order(entry: dict[str, Any]) -> tuple[str, str, str]:
    return entry["code"], entry["question"] or "", entry["fingerprint"]
