"""Load, check against the schema, lint, prove: from paths to sorted diagnostics and key coverage."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from quizlib import plugins
from quizlib.bank import LoadedBank, load
from quizlib.diagnostics import Diagnostic, Finding, Kind, Place, Severity
from quizlib.discovery import find
from quizlib.model import Bank, Item
from quizlib.plugins import Rule
from quizlib.proof.coverage import Coverage, Covered, total, unproved
from quizlib.suppression import suppressed
from quizlib.variants import merged

if TYPE_CHECKING:
    from quizlib.proof.claims import Ran
    from quizlib.proof.runs import Progress

Isolation = Literal["strict", "best-effort", "none"]

DUPLICATE_BANK = Kind("QZ503", "duplicate-bank-id")


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """What is asked of a validation.

    `exclude` are patterns of files and folders below the paths to be left out. With `run` False no program is run and
    no equation evaluated; all else is checked. `isolation` is the least that programs are run with; where it cannot
    be had, none is started. With `cache`, results of earlier runs are used, and kept for later ones. With
    `require_languages` a language or a runtime that is not here is an error. `jobs` is the number of programs that
    run side by side, one per core by default.
    """

    exclude: tuple[str, ...] = ()
    run: bool = True
    isolation: Isolation = "strict"
    cache: bool = False
    require_languages: bool = False
    jobs: int | None = None


DEFAULTS = Settings()


@dataclasses.dataclass(frozen=True)
class Report:
    """What validation found: diagnostics in the order of files and lines, and the key coverage.

    `covered` is the coverage of each question, and of those of a bank that could not be read.

    `seconds` is the wall time. `proved` is False when no program was run. `runs` are the programs that were, and
    `isolation` the level at which they were contained.
    """

    banks: tuple[LoadedBank, ...]
    diagnostics: tuple[Diagnostic, ...]
    covered: tuple[Covered, ...]
    seconds: float
    proved: bool = True
    runs: tuple[Ran, ...] = ()
    isolation: str = ""

    @property
    def coverage(self) -> Coverage:
        """How much of all questions is proved."""
        return total(self.covered)

    @property
    def errors(self) -> int:
        """The number of errors."""
        return sum(diagnostic.severity is Severity.ERROR for diagnostic in self.diagnostics)

    @property
    def warnings(self) -> int:
        """The number of warnings."""
        return len(self.diagnostics) - self.errors

    @property
    def files(self) -> int:
        """The number of files that were read, or that should have been."""
        return len({path for bank in self.banks for path in bank.paths})

    @property
    def questions(self) -> int:
        """The number of questions, those with faults included."""
        return sum(bank.questions for bank in self.banks)


def validate(
    paths: Sequence[str],
    settings: Settings = DEFAULTS,
    *,
    progress: Progress | None = None,
    contents: Mapping[str, bytes] = MappingProxyType({}),
) -> Report:
    """Validate all banks under `paths`. Raises nothing for what the banks hold.

    `contents` are what some files are taken to hold, by their paths in a report, instead of what they hold on the disk.
    """
    start = time.monotonic()
    found, diagnostics = find(paths, settings.exclude)
    banks = tuple(load(files, contents) for files in found)
    for bank in banks:
        diagnostics += bank.diagnostics
        diagnostics += _linted(bank)
    diagnostics += _duplicate_banks(banks)
    sound = [bank for bank in banks if bank.bank is not None]
    models = [bank.bank for bank in sound if bank.bank is not None]
    if settings.run and any(item.claims for model in models for item in model.items):
        from quizlib.proof.engine import prove
        from quizlib.proof.start import runner
        from quizlib.proof.unavailable import required

        with runner(settings.isolation, banks, cache=settings.cache, jobs=settings.jobs, progress=progress) as started:
            proof = prove(models, started)
        for bank, findings in zip(sound, proof.findings, strict=True):
            of_bank = required(findings) if settings.require_languages else findings
            diagnostics += [_diagnostic(bank, kind, item, finding) for kind, item, finding in of_bank]
        covered, runs = proof.covered, proof.runs
    else:
        covered, runs = tuple(unproved(models)), ()
    refused = tuple(Covered(bank.name, Coverage(keys_total=bank.refused)) for bank in banks if bank.refused)
    documents = {path: document for bank in banks for path, document in bank.documents.items()}
    kept = suppressed(merged(diagnostics), documents)
    return Report(
        banks,
        tuple(sorted(kept, key=lambda diagnostic: diagnostic.order)),
        _in_order(covered + refused, banks),
        time.monotonic() - start,
        proved=settings.run,
        runs=runs,
    )


def rules() -> list[Rule]:
    """Import all lint rules, in the order of their codes."""
    loaded: list[Rule] = [plugins.load("quizlib.rules", name) for name in plugins.names("quizlib.rules")]
    return sorted(loaded, key=lambda rule: rule.KIND.code)


def _in_order(covered: Sequence[Covered], banks: Sequence[LoadedBank]) -> tuple[Covered, ...]:
    """Put what is refused beside the rest of its bank."""
    order = {bank.name: number for number, bank in enumerate(banks)}
    return tuple(sorted(covered, key=lambda part: order[part.bank]))


def _linted(loaded: LoadedBank) -> Iterator[Diagnostic]:
    if loaded.bank is not None:
        for rule in rules():
            for item, finding in rule.check(loaded.bank, loaded.folder):
                yield _diagnostic(loaded, rule.KIND, item, finding)


def _diagnostic(loaded: LoadedBank, kind: Kind, item: Item | None, finding: Finding) -> Diagnostic:
    return loaded.diagnostic(kind, finding, item.identifier if item else None)


def _duplicate_banks(banks: Sequence[LoadedBank]) -> Iterator[Diagnostic]:
    first: dict[str, tuple[LoadedBank, Bank]] = {}
    for loaded in banks:
        bank = loaded.bank
        if bank is None or not bank.identifier:
            continue
        folded = bank.identifier.casefold()  # some file systems take names that differ in case for one
        if folded in first:
            other, other_bank = first[folded]
            span = loaded.locate(Place(bank.place.path, ("id",)))
            message = f"another bank has the id `{bank.identifier}`, too: {other.name}"
            related = (other.locate(Place(other_bank.place.path, ("id",))),)
            yield Diagnostic.of(DUPLICATE_BANK, span, message, help="give each bank an id of its own", related=related)
        first.setdefault(folded, (loaded, bank))
