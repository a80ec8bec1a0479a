"""Banks and programs from texts, and results that no program has to be run for."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path

from quizlib.bank import LoadedBank, load
from quizlib.diagnostics import Diagnostic
from quizlib.discovery import BankFiles
from quizlib.languages import bash, c, javascript, python, sql
from quizlib.model import Bank
from quizlib.plugins import ExportOptions
from quizlib.sandbox import Job, RunResult, Status

HEADER = "format: 1\nid: sample\ntitle: Sample\n"


def load_text(text: str, folder: Path, name: str = "sample.yaml") -> LoadedBank:
    """Write a bank into `folder` and load it. Its path in spans is `name`."""
    path = folder / name
    path.write_bytes(text.encode("utf-8"))
    return load(BankFiles(((name, path),), folder, named=True))


def bank_text(*questions: str, header: str = HEADER) -> str:
    """Return a bank that holds questions; each is written as in a list, with or without indentation."""
    written = "".join(textwrap.indent(textwrap.dedent(question).strip("\n"), "  ") + "\n" for question in questions)
    return f"{header}questions:\n{written}"


def sound(loaded: LoadedBank) -> Bank:
    """Return the bank of a file that has no fault."""
    assert loaded.diagnostics == ()
    assert loaded.bank is not None
    return loaded.bank


def codes(diagnostics: Sequence[Diagnostic]) -> list[str]:
    """Return the codes of diagnostics, in order."""
    return [diagnostic.code for diagnostic in diagnostics]


def only(diagnostics: Sequence[Diagnostic]) -> Diagnostic:
    """Return the one diagnostic there is."""
    (diagnostic,) = diagnostics
    return diagnostic


def at(diagnostic: Diagnostic, text: str) -> str:
    """Return the characters of `text` that a diagnostic points to, all on one line."""
    assert diagnostic.span.line == diagnostic.span.end_line
    return text.splitlines()[diagnostic.span.line - 1][diagnostic.span.column - 1 : diagnostic.span.end_column - 1]


def probed(job: Job) -> RunResult | None:
    """Return what the test program of a language prints where that works, when the job is such a program."""
    source = next((content for name, content in job.files.items() if name in job.command), None)
    for language in (bash, c, javascript, python, sql):
        if source == language.PROBE:
            return RunResult(Status.OK, f"{language.PROBE_OUTPUT}\n", exit_code=0)
    return None


class CannedSandbox:
    """Runs nothing: gives the result that was set for a program's source, and counts what it was asked to run."""

    def __init__(self, results: Mapping[str, RunResult]) -> None:
        self.results = dict(results)
        self.asked: list[str] = []
        self.level = "canned"
        self.warm = False
        self.cancelled = False

    @property
    def isolation(self) -> str:
        """Whatever the test says."""
        return self.level

    def run(self, job: Job) -> RunResult:
        """Return the result for the program that the command names."""
        if (works := probed(job)) is not None:
            return works
        source = next(content for name, content in job.files.items() if name in job.command)
        self.asked.append(source)
        return self.results[source]

    def cancel(self) -> None:
        """Remember that it was called."""
        self.cancelled = True

    def close(self) -> None:
        """Nothing waits."""


KEYED = ExportOptions(with_key=True)
KEYLESS = ExportOptions(with_key=False)
