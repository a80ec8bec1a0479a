"""Several banks exported together: each whole or not at all, none over another, and what belongs to all of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence

from quizlib.bank import LoadedBank
from quizlib.diagnostics import Diagnostic
from quizlib.exporting import export, export_together, exporter_of
from quizlib.plugins import ExportOptions, SiteExporter


@dataclasses.dataclass(frozen=True)
class BankOutcome:
    """What became of a bank: `refusal` says why nothing of it is to be written; None when all is."""

    loaded: LoadedBank
    refusal: str | None = None
    losses: tuple[Diagnostic, ...] = ()


@dataclasses.dataclass(frozen=True)
class Exports:
    """The files to be written, by name; what became of each bank; and the losses of what belongs to all."""

    files: Mapping[str, bytes]
    outcomes: tuple[BankOutcome, ...]
    losses: tuple[Diagnostic, ...] = ()


def export_all(
    banks: Sequence[LoadedBank],
    formats: Collection[str],
    options: ExportOptions,
    *,
    faulty: Collection[str] = (),
    strict: bool = False,
) -> Exports:
    """Export banks to formats, and make a site of them where there are several and the format knows sites.
    Fragments for other pages (`ExportOptions.embed`) make none.

    A bank with a file among `faulty` is refused; so is one whose files would stand where those of an earlier bank
    do, and with `strict` one with losses. A site stays one when banks of it are refused: what is left has its index,
    and the pages lead to it. Raises PluginError and TemplateError.
    """
    options = dataclasses.replace(options, site=len(banks) > 1 and not options.embed)
    making = _Making(tuple(dict.fromkeys(formats)), options, strict)
    outcomes = tuple(making.add(loaded, bool(set(faulty).intersection(loaded.paths))) for loaded in banks)
    losses = making.add_site([outcome.loaded for outcome in outcomes if outcome.refusal is None])
    return Exports(making.files, outcomes, losses)


class _Making:
    """The files so far, and which bank each of them is of."""

    def __init__(self, formats: tuple[str, ...], options: ExportOptions, strict: bool) -> None:
        self.files: dict[str, bytes] = {}
        self._owners: dict[str, str] = {}
        self._formats, self._options, self._strict = formats, options, strict

    def add(self, loaded: LoadedBank, faulty: bool) -> BankOutcome:
        if faulty:
            return BankOutcome(loaded, "it has errors")
        files: dict[str, bytes] = {}
        losses: list[Diagnostic] = []
        for format in self._formats:
            made, lost = export(loaded, format, self._options)
            files |= made
            losses += lost
        refusal = "something would be lost (--strict)" if losses and self._strict else self._clash(files)
        if refusal is None:
            self.files |= files
            self._owners |= {name.casefold(): loaded.name for name in files}
        return BankOutcome(loaded, refusal, tuple(losses))

    def _clash(self, files: Mapping[str, bytes]) -> str | None:
        """Say which file is taken; names that differ by case only are one file on many disks."""
        for name, content in files.items():
            owner = self._owners.get(name.casefold())
            if owner is not None and self.files.get(name) != content:
                return f"{owner} is written to {name} already; give one of them another id"
        return None

    def add_site(self, banks: Sequence[LoadedBank]) -> tuple[Diagnostic, ...]:
        losses: list[Diagnostic] = []
        if self._options.site and banks:
            for format in self._formats:
                if isinstance(exporter_of(format), SiteExporter):
                    made, lost = export_together(banks, format, self._options)
                    self.files = made | self.files  # the index first: it is what one opens
                    losses += lost
        return tuple(losses)
