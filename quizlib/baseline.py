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
from quizlib.source import Document
from quizlib.suppression import is_never_quiet

BAD_BASELINE = Kind("QZ032", "bad-baseline")
VERSION = 1
MAX_BYTES = 50_000_000

_ANEW = "write it anew with `--write-baseline`"


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """A finding that is known: in which file, relative to the baseline's folder, of which code, and its fingerprint."""

    path: str
    code: str
    fingerprint: str


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
        marks = dict(zip(map(id, concerned), _fingerprints(concerned, documents, Path(name).parent), strict=True))
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


def written(diagnostics: Iterable[Diagnostic], documents: Mapping[str, Document], folder: Path) -> bytes:
    """Return a baseline with all findings that may be known, as it is stored in `folder`."""
    kept = [diagnostic for diagnostic in diagnostics if may_be_known(diagnostic)]
    files: dict[str, list[dict[str, Any]]] = {}
    for diagnostic, fingerprint in zip(kept, _fingerprints(kept, documents, folder), strict=True):
        entry = {"code": diagnostic.code, "rule": diagnostic.rule, "question": diagnostic.question}
        files.setdefault(_relative(diagnostic.span.path, folder), []).append({**entry, "fingerprint": fingerprint})
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
        said = getattr(error, "strerror", None)
        reason = said.lower() if said else error
        raise BaselineError(f"the baseline cannot be read: {reason}") from None
    if not isinstance(data, dict) or not isinstance(data.get("files"), dict):
        raise BaselineError("the file is not a baseline")
    if data.get("version") != VERSION:
        raise BaselineError(f"this version of baselines is not known: {str(data.get('version'))[:20]}")
    return list(_entries(data["files"]))


def _entries(files: dict[str, Any]) -> Iterator[Entry]:
    for path, entries in files.items():
        for entry in entries if isinstance(entries, list) else [None]:
            match entry:
                case {"code": str(code), "fingerprint": str(fingerprint)}:
                    yield Entry(path, code, fingerprint)
                case _:
                    raise BaselineError(f"an entry of `{path[:60]}` has no code or no fingerprint")


def _gone(
    entries: Iterable[Entry], files: Collection[str], name: str, looks_for: Callable[[str, str], bool]
) -> Iterator[Entry]:
    """Yield the entries that would have been met: of a file that is gone, or that was looked at for this code."""
    folder = Path(name).parent
    shown = {_relative(path, folder): path for path in files}
    for entry in entries:
        path = shown.get(entry.path)
        if looks_for(path, entry.code) if path else not os.path.lexists(folder / entry.path):
            yield entry


def _fault(name: str, error: BaselineError) -> Diagnostic:
    shown = _relative(name, Path.cwd())
    span = Span(shown, error.line, error.column, error.line, error.column + 1) if error.line else Span(shown)
    return Diagnostic.of(BAD_BASELINE, span, str(error), help=_ANEW)


def _fingerprints(diagnostics: Iterable[Diagnostic], documents: Mapping[str, Document], folder: Path) -> list[str]:
    """Return fingerprints that are the same wherever the command is run, and on whichever machine."""
    moved = [
        dataclasses.replace(found, span=found.span._replace(path=_relative(found.span.path, folder)))
        for found in diagnostics
    ]
    return fingerprints(moved, {_relative(path, folder): document for path, document in documents.items()})


def _relative(path: str, folder: Path) -> str:
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # on another drive
        return Path(path).as_posix()


def _order(entry: dict[str, Any]) -> tuple[str, str, str]:
    return entry["code"], entry["question"] or "", entry["fingerprint"]
