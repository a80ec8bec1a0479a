"""A configuration file, `quizlib.toml` or a part of `pyproject.toml`: every fault at its place, in one run."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quizlib import toml_places
from quizlib.bank import read_regular_file
from quizlib.configuration import DEFAULT, Configuration
from quizlib.configuration_keys import Fault, faults_of
from quizlib.diagnostics import Diagnostic, Kind, Span
from quizlib.reasons import reason_of
from quizlib.selection import Selection
from quizlib.source import Document

BAD_CONFIGURATION = Kind("QZ030", "bad-configuration")
SHARED_FILE = "pyproject.toml"
MAX_BYTES = 1_000_000


class FileError(Exception):
    """A file cannot be read. `document` shows it where it could be at least decoded."""

    def __init__(self, span: Span, message: str, document: Document | None = None) -> None:
        self.span, self.document = span, document
        super().__init__(message)


@dataclasses.dataclass(frozen=True)
class ConfigurationFile:
    """What a file says, as far as it is sound; what is wrong with it; and its text, where that could be read."""

    configuration: Configuration
    diagnostics: tuple[Diagnostic, ...] = ()
    document: Document | None = None


def read(path: Path, shown: str) -> ConfigurationFile | None:
    """Read a file, known to the user as `shown`; None for a pyproject.toml without a part for quizlib. Never raises."""
    try:
        text = _decoded(_content(path, shown), shown)
        data = _data(text, shown)
    except FileError as error:
        found = Diagnostic.of(BAD_CONFIGURATION, error.span, str(error))
        return ConfigurationFile(dataclasses.replace(DEFAULT, folder=path.parent), (found,), error.document)
    above, table = _part(data) if path.name == SHARED_FILE else ((), data)
    if table is None:
        return None
    sound, faults = faults_of(table)
    diagnostics = tuple(_diagnostic(fault, above, shown, text) for fault in faults)
    return ConfigurationFile(_made(sound, path.parent, shown), diagnostics, Document(shown, text, None))


def _part(data: Mapping[str, Any]) -> tuple[tuple[str, ...], Any]:
    """Return the keys that lead to the part for quizlib, and that part, None where there is none."""
    tools = data.get("tool")
    return ("tool", "quizlib"), tools.get("quizlib") if isinstance(tools, dict) else None


def _diagnostic(fault: Fault, above: tuple[str, ...], shown: str, text: str) -> Diagnostic:
    span = toml_places.span(shown, text, (*above, *fault.keys), fault.value)
    return Diagnostic.of(BAD_CONFIGURATION, span, fault.message, help=fault.help)


def _content(path: Path, shown: str) -> bytes:
    try:
        return read_regular_file(path, MAX_BYTES)
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, before Python 3.13
        raise FileError(Span(shown), f"the configuration cannot be read: {reason_of(error)}") from None


def _decoded(content: bytes, shown: str) -> str:
    try:
        return content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1
        document = Document(shown, content.decode("utf-8", "replace"), None)
        message = f"the byte 0x{content[error.start]:02x} is not UTF-8"
        raise FileError(Span(shown, line, column, line, column + 1), message, document) from None


def _data(text: str, shown: str) -> dict[str, object]:
    try:
        return toml_places.read(text)
    except toml_places.TomlError as error:
        span = Span(shown, error.line, error.column, error.line, error.column + 1)
        raise FileError(span, f"the file is not TOML: {error}", Document(shown, text, None)) from None


def _made(sound: Mapping[str, Any], folder: Path, shown: str) -> Configuration:
    selection = Selection(
        tuple(sound.get("select", ())), tuple(sound.get("ignore", ())), sound.get("persona", "default")
    )
    ignores = sound.get("per-file-ignores", {})
    baseline = sound.get("baseline")
    return Configuration(
        shown,
        folder,
        selection,
        sound.get("strict", False) or sound.get("fail-on") == "warning",
        tuple(sound.get("exclude", ())),
        sound.get("min-coverage"),
        str(folder / baseline) if baseline else None,
        tuple((pattern, tuple(names)) for pattern, names in ignores.items()),
    )
