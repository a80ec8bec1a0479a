"""A bank as it was loaded: its questions, what is wrong with its files, and where everything in it stands."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping

from quizlib.bank.files import Folder
from quizlib.diagnostics import Diagnostic, Finding, Fix, Kind, Place, Repair, Span, Variant
from quizlib.model import Bank
from quizlib.source import Document

Documents = Mapping[str, Document]
"""The files of a bank that could be read, by the paths that the user knows."""


@dataclasses.dataclass(frozen=True)
class LoadedBank:
    """A bank, what is wrong with its files, and where everything in it stands.

    `bank` is None when not even its header can be read. `refused` counts the questions that could not be
    lowered; their faults are among the diagnostics. `paths` are all its files, those that cannot be read too.
    `variants` tells which items are variants of a question with parameters.
    """

    name: str
    bank: Bank | None
    diagnostics: tuple[Diagnostic, ...]
    documents: dict[str, Document]
    folder: Folder
    refused: int = 0
    paths: tuple[str, ...] = ()
    variants: Mapping[str, Variant] = dataclasses.field(default_factory=dict)

    @property
    def questions(self) -> int:
        """The number of questions, the refused ones included."""
        return self.refused + (len(self.bank.items) if self.bank else 0)

    def diagnostic(self, kind: Kind, finding: Finding, question: str | None = None) -> Diagnostic:
        """Look up the place of a finding. What would repair it is turned into edits when somebody asks for the fix."""
        return diagnostic_of(kind, finding, self.documents, question, self.variants.get(question or ""))

    def locate(self, place: Place) -> Span:
        """Return the lines and columns of a place in one of the bank's documents."""
        return _span(place, self.documents)


def diagnostic_of(
    kind: Kind, finding: Finding, documents: Documents, question: str | None = None, variant: Variant | None = None
) -> Diagnostic:
    """Look up the place of a finding in the documents of a bank; its fix is worked out when somebody asks for it."""
    return Diagnostic.of(
        kind,
        _span(finding.place, documents),
        finding.message,
        help=finding.help,
        question=question,
        related=tuple(_span(place, documents) for place in finding.related),
        variant=variant,
        fix=functools.partial(_fix, finding.repair, documents) if finding.repair else None,
    )


def _span(place: Place, documents: Documents) -> Span:
    document = documents.get(place.path)
    return document.span(place) if document else Span(place.path)


def _fix(repair: Repair, documents: Documents) -> Fix | None:
    from quizlib import editing  # not needed where no fix is asked for

    document = documents.get(repair.changes[0].place.path) if repair.changes else None
    return editing.fix(document, repair) if document else None
