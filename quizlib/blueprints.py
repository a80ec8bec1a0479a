"""Blueprints that a user gives: in a file, or in a few words such as `easy=3,medium=4,hard=3`."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

from quizlib.bank import Folder, LoadedBank, read_regular_file
from quizlib.diagnostics import Diagnostic, Kind, Place, Span
from quizlib.model import Blueprint, BlueprintPart, Difficulty
from quizlib.reasons import reason_of
from quizlib.source import read

UNREADABLE = Kind("QZ001", "unreadable-file")

_WORDS: dict[str, Difficulty | None] = {"easy": "easy", "medium": "medium", "hard": "hard", "any": None}
_IN_WORDS = re.compile(r"\s*[A-Za-z]+\s*=\s*[0-9]+\s*(?:,\s*[A-Za-z]+\s*=\s*[0-9]+\s*)*")
_MOST = 1000


class BlueprintError(ValueError):
    """A blueprint in words cannot be read."""


def in_words(text: str) -> Blueprint | None:
    """Return what `easy=3,medium=4` says; None for a text of another form, which is the name of a file.

    Raises BlueprintError.
    """
    if not _IN_WORDS.fullmatch(text):
        return None
    parts = []
    for pair in text.split(","):
        name, _, number = (word.strip() for word in pair.partition("="))
        if name not in _WORDS:
            raise BlueprintError(f"{name!r} is not a level of difficulty; there are: {', '.join(_WORDS)}")
        if len(number) > 4 or not 1 <= int(number) <= _MOST:
            raise BlueprintError(f"{name}: a number from 1 to {_MOST} is expected, and {number[:20]} is none")
        parts.append(BlueprintPart(int(number), _WORDS[name]))
    return Blueprint(tuple(parts))


@dataclasses.dataclass(frozen=True, slots=True)
class Given:
    """A blueprint that a user gave, or none; what is wrong with its file, and the file as if it were a bank's."""

    blueprint: Blueprint | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    documents: tuple[LoadedBank, ...] = ()


def given(text: str | None) -> Given:
    """Return the blueprint that a text is in words, or the name of its file. Raises BlueprintError for wrong words."""
    if text is None:
        return Given()
    found = in_words(text)
    return Given(found) if found else read_blueprint(text)


def read_blueprint(path: str) -> Given:
    """Read a blueprint from a file, YAML or JSON, with the fields of a bank's `blueprint`."""
    from quizlib.authoring.blueprint import BlueprintFields
    from quizlib.authoring.faults import checked

    try:
        document, diagnostics = read(path, read_regular_file(Path(path)))
    except OSError as error:
        message = f"the file cannot be read: {reason_of(error)}"
        return Given(None, (Diagnostic.of(UNREADABLE, Span(path), message),))
    loaded = LoadedBank(path, None, (), {path: document} if document else {}, Folder(Path(path).parent))
    if document is None or document.data is None:
        return Given(None, tuple(diagnostics), (loaded,))
    found, findings = checked(BlueprintFields, document.data, Place(path))
    diagnostics += [loaded.diagnostic(kind, finding) for kind, finding in findings]
    ordered = sorted(diagnostics, key=lambda diagnostic: diagnostic.order)
    return Given(found.lower() if found and not ordered else None, tuple(ordered), (loaded,))
