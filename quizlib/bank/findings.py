"""What is found to be wrong with a bank while it is being loaded."""

from __future__ import annotations

from collections.abc import Iterable

from quizlib.bank.loaded import Documents, diagnostic_of
from quizlib.diagnostics import Diagnostic, Finding, Kind, Variant

WRONG_SHAPE = Kind("QZ013", "wrong-type")


class Findings:
    """The diagnostics of a bank, in the order in which they were found. `documents` may grow meanwhile."""

    def __init__(self, documents: Documents) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._documents = documents
        self.variant: Variant | None = None  # that is being lowered

    def report(self, kind: Kind, finding: Finding, question: str | None = None) -> None:
        """Add a finding about the bank, or about a question."""
        self.diagnostics.append(diagnostic_of(kind, finding, self._documents, question, self.variant))

    def report_all(self, findings: Iterable[tuple[Kind, Finding]], question: str | None = None) -> None:
        """Add findings about the bank, or about a question."""
        for kind, finding in findings:
            self.report(kind, finding, question)
