"""Forms in and out: drawn from a validated bank, and read from what may be a form, an exported bank or a bank."""

from __future__ import annotations

import dataclasses
import json
import secrets
from collections.abc import Sequence
from pathlib import Path

from quizlib import assembly
from quizlib.bank import LoadedBank, read_regular_file
from quizlib.configurations import excluding
from quizlib.delivery import document, reading
from quizlib.delivery.checking import DocumentError
from quizlib.delivery.faults import BAD_DOCUMENT, document_faults
from quizlib.delivery.reading import Delivered
from quizlib.diagnostics import Diagnostic, Span
from quizlib.discovery import find
from quizlib.exporting import with_images
from quizlib.model import Bank, Blueprint, BlueprintPart

ANYTHING = BlueprintPart(0)


@dataclasses.dataclass(frozen=True, slots=True)
class Selection:
    """Questions that a user asks for without a blueprint; `count` is None for ten, or for all where there are fewer."""

    count: int | None = None
    like: BlueprintPart = ANYTHING

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for."""
        return self == Selection()


class SeveralBanksError(ValueError):
    """There are several banks where one is meant."""


def check_one_bank(path: str, exclude: Sequence[str] = ()) -> None:
    """Raise SeveralBanksError where a path leads to several banks. What else may be wrong with it is told later."""
    found, _ = find([path], exclude, excluding())
    if len(found) > 1:
        names = ", ".join(bank.paths[0][0] for bank in found[:4])
        more = ", …" if len(found) > 4 else ""
        raise SeveralBanksError(f"one bank is wanted, and there are {len(found)} here: {names}{more}")


def selected(bank: Bank, selection: Selection) -> Blueprint:
    """Return the blueprint of a selection, spread over the levels of difficulty unless one is named."""
    count, like = selection.count, selection.like
    found = assembly.spread(assembly.candidates(bank), count or assembly.DEFAULT_COUNT, like)
    if not found.parts or (count is not None and found.count < count):
        return Blueprint((dataclasses.replace(like, count=count or 1),))  # falls short, and says of what
    return found


def assembled(
    loaded: LoadedBank, blueprint: Blueprint | None, selection: Selection, seed: str | None, more: int = 0
) -> tuple[bytes, assembly.Assembled]:
    """Draw a form: by the blueprint, else by the selection, else by the bank's own blueprint, else ten questions.

    `more` questions follow it. Without a seed a random one is chosen. Returns the form as it is stored, and the draw.
    Raises ValueError for a bank without a header.
    """
    if loaded.bank is None or not loaded.bank.identifier:
        raise ValueError("no form can be drawn from a bank without a header")
    bank = with_images(loaded, loaded.bank)
    if blueprint is None:
        own = bank.blueprint if selection.is_empty else None
        blueprint = own or selected(bank, selection)
    made = assembly.form(bank, blueprint, secrets.token_hex(8) if seed is None else seed, more)
    return document.written(made.bank, form=made.form), made


def read_form(path: str) -> tuple[Delivered | None, tuple[Diagnostic, ...], tuple[LoadedBank, ...]]:
    """Read a form, an exported bank, or a bank in YAML, of which no program is run.

    Returns it, None where it cannot be used; what is wrong with it; and the bank to which that belongs.
    """
    found, diagnostics, banks = read_forms(path)
    if len(found) == 1:
        return found[0], diagnostics, banks
    several = f"there are {len(found)} banks here, and one is expected"
    more = (Diagnostic.of(BAD_DOCUMENT, Span(path), several, help="name one of them"),) if found else ()
    return None, (*diagnostics, *more), banks


def read_forms(path: str) -> tuple[tuple[Delivered, ...], tuple[Diagnostic, ...], tuple[LoadedBank, ...]]:
    """Read a form, an exported bank, or all banks in YAML of a folder; nothing where there is a fault."""
    if _is_json(Path(path)):
        try:
            return (reading.read(read_regular_file(Path(path)), path),), (), ()
        except (OSError, DocumentError) as error:
            return (), tuple(document_faults(path, error)), ()
    from quizlib.validation import Settings, validate  # loads all rules

    report = validate([path], Settings(run=False))
    found = [loaded.bank for loaded in report.banks if loaded.bank is not None and loaded.bank.identifier]
    return tuple(map(Delivered, found)) if not report.errors else (), report.diagnostics, report.banks


def is_form(path: str) -> bool:
    """Whether a file or a folder is meant as a form or as banks, and not as a result."""
    if not _is_json(Path(path)):
        return True
    try:
        data = json.loads(read_regular_file(Path(path)))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(data, dict) and "items" in data and "responses" not in data


def _is_json(path: Path) -> bool:
    """Whether a file is JSON by its name, or by how it begins."""
    if path.suffix == ".json":
        return True
    try:
        with path.open("rb") as file:
            return path.is_file() and file.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    except OSError:
        return False
