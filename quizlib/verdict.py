"""Whether a validation fails: by its errors, its warnings where these count, and what is demanded to be proved."""

from __future__ import annotations

from typing import Literal, NamedTuple

from quizlib.configuration import Configuration
from quizlib.diagnostics import Severity
from quizlib.proof.coverage import Coverage, total
from quizlib.validation import Report


class Shortfall(NamedTuple):
    """Less is proved than demanded, in percent. `where` is the file that demands it, empty for the command line."""

    coverage: Coverage
    demanded: float
    where: str


def has_failing_findings(report: Report, fail_on: Literal["error", "warning"] | None = None) -> bool:
    """Whether there is a finding that fails; without `fail_on` as the configuration of its bank says."""
    return any(
        diagnostic.severity is Severity.ERROR or _is_strict(report, diagnostic.span.path, fail_on)
        for diagnostic in report.diagnostics
    )


def is_strict(report: Report, fail_on: Literal["error", "warning"] | None = None) -> bool:
    """Whether warnings fail; without `fail_on` where the configuration of some bank says so."""
    if fail_on is not None:
        return fail_on == "warning"
    return any(configuration.strict for configuration in report.configured.values())


def shortfalls(report: Report, demanded: float | None = None) -> list[Shortfall]:
    """Return where too little is proved: of all banks, or else of those of each configuration that demands it.

    What a configuration demands is passed over where no program was run.
    """
    if demanded is not None:
        return [] if report.coverage.reaches(demanded) else [Shortfall(report.coverage, demanded, "")]
    found = []
    for configuration in dict.fromkeys(report.configured.values()) if report.proved else ():
        if configuration.min_coverage is None:
            continue
        banks = {bank.name for bank in report.banks if _of(report, bank.name) == configuration}
        coverage = total(part for part in report.covered if part.bank in banks)
        if not coverage.reaches(configuration.min_coverage):
            found.append(Shortfall(coverage, configuration.min_coverage, configuration.shown))
    return found


def _is_strict(report: Report, path: str, fail_on: str | None) -> bool:
    if fail_on is not None:
        return fail_on == "warning"
    configuration = _of(report, path)
    if configuration is None:  # of no bank: a folder without banks, say
        return any(other.strict for other in report.configured.values())
    return configuration.strict


def _of(report: Report, path: str) -> Configuration | None:
    return report.configured.get(path)
