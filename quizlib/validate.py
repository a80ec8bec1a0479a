"""Load, check against the schema, lint, prove: from paths to sorted diagnostics and key coverage."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from quizlib import plugins
from quizlib.bank import LoadedBank, load
from quizlib.diagnostics import Diagnostic, Finding, Kind, Place, Severity
from quizlib.discovery import find
from quizlib.model import Bank, Item
from quizlib.plugins import Rule
from quizlib.proof.coverage import Coverage, unproved
from quizlib.suppression import suppressed
from quizlib.variants import merged

if TYPE_CHECKING:
    from quizlib.proof.runs import Progress

DUPLICATE_BANK = Kind("QZ503", "duplicate-bank-id")


@dataclasses.dataclass(frozen=True)
class Report:
    """What validation found: diagnostics in the order of files and lines, and the key coverage.

    `seconds` is the wall time. `proved` is False when no program was run.
    """

    banks: tuple[LoadedBank, ...]
    diagnostics: tuple[Diagnostic, ...]
    coverage: Coverage
    seconds: float
    proved: bool = True

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
    *,
    exclude: Sequence[str] = (),
    run: bool = True,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Validate all banks under `paths`.

    With `run` False no program is run and no equation evaluated; all else is checked. `jobs` is the number
    of programs that run side by side, one per core by default. Raises nothing for what the banks hold.
    """
    start = time.monotonic()
    found, diagnostics = find(paths, exclude)
    banks = tuple(map(load, found))
    for bank in banks:
        diagnostics += bank.diagnostics
        diagnostics += _linted(bank)
    diagnostics += _duplicate_banks(banks)
    sound = [bank for bank in banks if bank.bank is not None]
    models = [bank.bank for bank in sound if bank.bank is not None]
    if run and any(item.claims for model in models for item in model.items):
        from quizlib.proof.engine import prove
        from quizlib.proof.runs import Runner
        from quizlib.sandbox.process import ProcessSandbox

        proof = prove(models, Runner(ProcessSandbox(), jobs=jobs, progress=progress))
        for bank, findings in zip(sound, proof.findings, strict=True):
            diagnostics += [_diagnostic(bank, kind, item, finding) for kind, item, finding in findings]
        coverage = proof.coverage
    else:
        coverage = unproved(models)
    refused = Coverage(keys_total=sum(bank.refused for bank in banks))
    kept = suppressed(
        merged(diagnostics), {path: document for bank in banks for path, document in bank.documents.items()}
    )
    return Report(
        banks,
        tuple(sorted(kept, key=lambda diagnostic: diagnostic.order)),
        coverage + refused,
        time.monotonic() - start,
        proved=run,
    )


def rules() -> list[Rule]:
    """Import all lint rules, in the order of their codes."""
    loaded: list[Rule] = [plugins.load("quizlib.rules", name) for name in plugins.names("quizlib.rules")]
    return sorted(loaded, key=lambda rule: rule.KIND.code)


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
