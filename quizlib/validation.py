"""Load, check against the schema, lint, prove: from paths to sorted diagnostics and key coverage."""

from __future__ import annotations

import contextlib
import dataclasses
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from quizlib.bank import LoadedBank, load, read_regular_file
from quizlib.baseline import Entry, compare
from quizlib.configuration import NO_OVERRIDES, Configuration, Overrides
from quizlib.diagnostics import Diagnostic, Finding, Kind, Place, Severity
from quizlib.discovery import BankFiles, find
from quizlib.linting import Linting
from quizlib.model import Bank, Item
from quizlib.proof.coverage import Coverage, Covered, total, unproved
from quizlib.rulebook import rules
from quizlib.source import Document
from quizlib.variants import merged

if TYPE_CHECKING:
    from quizlib.parts import Part, Shard
    from quizlib.proof.claims import Ran
    from quizlib.proof.runs import Progress
    from quizlib.proof.settling import Found

__all__ = ["DEFAULTS", "DUPLICATE_BANK", "Isolation", "Report", "Settings", "rules", "validate"]

Isolation = Literal["strict", "best-effort", "none"]

DUPLICATE_BANK = Kind("QZ503", "duplicate-bank-id")


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """What is asked of a validation.

    `exclude` are patterns of files and folders below the paths to be left out. With `run` False no program is run and
    no equation evaluated; all else is checked. `isolation` is the least that programs are run with; where it cannot
    be had, none is started. With `cache`, results of earlier runs are used, and kept for later ones. With
    `require_languages` a language or a runtime that is not here is an error. `jobs` is the number of programs that
    run side by side, one per core by default. `overrides` are what counts instead of the banks' configuration. With
    `changed_since`, a revision of git, only banks that have changed since are read; with `shard` only a part of the
    questions is proved and told about.
    """

    exclude: tuple[str, ...] = ()
    run: bool = True
    isolation: Isolation = "strict"
    cache: bool = False
    require_languages: bool = False
    jobs: int | None = None
    overrides: Overrides = NO_OVERRIDES
    changed_since: str | None = None
    shard: Shard | None = None


DEFAULTS = Settings()


@dataclasses.dataclass(frozen=True)
class Report:
    """What validation found: diagnostics in the order of files and lines, and the key coverage.

    `covered` is the coverage of each question, and of those of a bank that could not be read.

    `seconds` is the wall time. `proved` is False when no program was run. `runs` are the programs that were, and
    `isolation` the level at which they were contained. `unchanged` is the number of banks that were passed over,
    since they have not changed. `known` is what a baseline holds already, and `gone` what it
    holds in vain. `configured` is what held for each file, and `configurations` are the files that say so.
    `looks_for` answers whether a code was looked for in a file. `english_only` is the number of rules that said nothing
    about some bank since it is in another language. `part` is the part of the questions that is told about, if not all.
    """

    banks: tuple[LoadedBank, ...]
    diagnostics: tuple[Diagnostic, ...]
    covered: tuple[Covered, ...]
    seconds: float
    proved: bool = True
    runs: tuple[Ran, ...] = ()
    isolation: str = ""
    unchanged: int = 0
    known: tuple[Diagnostic, ...] = ()
    gone: tuple[Entry, ...] = ()
    configured: Mapping[str, Configuration] = dataclasses.field(default_factory=dict)
    configurations: Mapping[str, Document] = dataclasses.field(default_factory=dict)
    looks_for: Callable[[str, str], bool] = dataclasses.field(default=lambda path, code: True, compare=False)
    english_only: int = 0
    part: Part | None = None

    @property
    def documents(self) -> dict[str, Document]:
        """The files that diagnostics point to, as far as they could be read: of the banks, and configurations."""
        return documents_of(self.banks) | dict(self.configurations)

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
    Raises quizlib.changes.ChangesError when it cannot be told what has changed.
    """
    start = time.monotonic()
    linting = Linting(settings.overrides, is_proved=settings.run)
    found, diagnostics = find(paths, settings.exclude, linting.excludes, unwritten=contents)
    unchanged: Sequence[BankFiles] = ()
    if settings.changed_since is not None:
        found, unchanged = _changed(found, settings.changed_since)
        diagnostics = [diagnostic for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR]
    banks = tuple(load(files, contents) for files in found)
    diagnostics += examined(banks, linting)
    diagnostics += duplicate_banks([*banks, *_of_the_same_ids(unchanged, banks)])
    part = settings.shard.of(banks) if settings.shard else None
    shown = part.narrowed(banks) if part else banks
    proof = _proof(banks, settings, part, progress) if settings.run else None
    of_banks: list[Diagnostic] = []  # said of a bank by proof, and so of each part of it
    for bank, findings in proof.findings if proof else ():
        diagnostics += proved(bank, findings, settings)
        of_banks += proved(bank, [found for found in findings if found[1] is None], settings)
    covered = proof.covered if proof else tuple(unproved([bank.bank for bank in shown if bank.bank]))
    told = kept(diagnostics, banks, linting)
    told = part.told(told, banks, always=of_banks) if part else told
    baselines = {path: one.baseline for path, one in linting.configured.items() if one.baseline}
    compared = compare(told, documents_of(banks), baselines, linting.looks_for)
    refused = tuple(Covered(bank.name, Coverage(keys_total=bank.refused)) for bank in shown if bank.refused)
    return Report(
        shown,
        compared.new,
        _in_order(covered + refused, banks),
        time.monotonic() - start,
        proved=settings.run,
        runs=proof.runs if proof else (),
        unchanged=len(unchanged),
        known=compared.known,
        gone=() if part else compared.gone,
        configured=linting.configured,
        configurations=linting.configurations.documents,
        looks_for=(lambda path, code: False) if part else linting.looks_for,
        english_only=len(linting.english_only),
        part=part,
    )


def examined(banks: Sequence[LoadedBank], linting: Linting) -> list[Diagnostic]:
    """Return what is found in each bank without running a program; nothing of it is suppressed yet."""
    return [diagnostic for bank in banks for diagnostic in (*bank.diagnostics, *linting.findings(bank))]


def proved(loaded: LoadedBank, findings: Iterable[Found], settings: Settings) -> list[Diagnostic]:
    """Return what proof has found in a bank; nothing of it is suppressed yet."""
    from quizlib.proof.unavailable import required

    of_bank = required(findings) if settings.require_languages else findings
    return [_diagnostic(loaded, kind, item, _by_proof(finding)) for kind, item, finding in of_bank]


def kept(diagnostics: Iterable[Diagnostic], banks: Sequence[LoadedBank], linting: Linting) -> list[Diagnostic]:
    """Return all diagnostics of banks as they are told: variants merged, none that is suppressed, in order."""
    return sorted(linting.kept(merged(diagnostics), documents_of(banks)), key=lambda diagnostic: diagnostic.order)


def documents_of(banks: Sequence[LoadedBank]) -> dict[str, Document]:
    """Return the files of banks that could be read, by the paths that diagnostics have."""
    return {path: document for bank in banks for path, document in bank.documents.items()}


def _changed(found: Sequence[BankFiles], revision: str) -> tuple[list[BankFiles], list[BankFiles]]:
    """Part banks into those that have changed and those that have not."""
    from quizlib.changes import changed

    touched = changed(found, revision)
    return touched, [files for files in found if files not in touched]


class _Proof(NamedTuple):
    """What was proved of banks, with what was found in each of them."""

    findings: Sequence[tuple[LoadedBank, Sequence[Found]]]
    covered: tuple[Covered, ...]
    runs: tuple[Ran, ...]


def _proof(
    banks: Sequence[LoadedBank], settings: Settings, part: Part | None, progress: Progress | None
) -> _Proof | None:
    """Prove what is claimed in banks; None where nothing is, since much is imported for it."""
    sound = [(loaded, loaded.bank) for loaded in banks if loaded.bank]
    if not any(item.claims for _, bank in sound for item in bank.items):
        return None
    from quizlib.proof.engine import prove
    from quizlib.proof.start import runner

    with runner(settings.isolation, banks, cache=settings.cache, jobs=settings.jobs, progress=progress) as started:
        proof = prove([bank for _, bank in sound], started, wanted=part.has if part else None)
    findings = zip((loaded for loaded, _ in sound), proof.findings, strict=True)
    return _Proof(tuple(findings), proof.covered, proof.runs)


def _in_order(covered: Sequence[Covered], banks: Sequence[LoadedBank]) -> tuple[Covered, ...]:
    """Put what is refused beside the rest of its bank."""
    order = {bank.name: number for number, bank in enumerate(banks)}
    return tuple(sorted(covered, key=lambda part: order[part.bank]))


def _diagnostic(loaded: LoadedBank, kind: Kind, item: Item | None, finding: Finding) -> Diagnostic:
    return loaded.diagnostic(kind, finding, item.identifier if item else None)


def _by_proof(finding: Finding) -> Finding:
    repair = finding.repair
    return dataclasses.replace(finding, repair=dataclasses.replace(repair, proved=True)) if repair else finding


def duplicate_banks(banks: Sequence[LoadedBank]) -> Iterator[Diagnostic]:
    """Yield what is wrong with the ids of banks beside each other."""
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


def _of_the_same_ids(unread: Sequence[BankFiles], banks: Sequence[LoadedBank]) -> list[LoadedBank]:
    """Return, of banks that were not read, those that have the id of one that was."""
    ids = {loaded.bank.identifier.casefold() for loaded in banks if loaded.bank and loaded.bank.identifier}
    found = []
    for files in unread:
        with contextlib.suppress(OSError):
            text = read_regular_file(files.paths[0][1]).decode("utf-8", "replace").casefold()
            if any(identifier in text for identifier in ids):
                found.append(load(files))
    return [loaded for loaded in found if loaded.bank and loaded.bank.identifier.casefold() in ids]
