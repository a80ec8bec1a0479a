"""Banks as tests of pytest: a file is collected into its questions, and into what belongs to none of them.

A process reads each bank once. The programs of a question run when its test runs, in the process that runs it.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import os
import re
import warnings
from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from quizlib import validation
from quizlib.bank import LoadedBank, load
from quizlib.diagnostics import Diagnostic, Place, Severity, printable
from quizlib.discovery import BankFiles, find
from quizlib.linting import Linting
from quizlib.parts import Places, questions
from quizlib.proof.coverage import Coverage, total, unproved
from quizlib.proof.engine import prove
from quizlib.proof.runs import Runner
from quizlib.proof.start import runner
from quizlib.proof.unavailable import of_no_language
from quizlib.pytest_plugin import QuizWarning
from quizlib.report import coverage, text

_BANK = "(bank)"  # no id of a question has parentheses
_COVERAGE = "quiz_coverage"
_IDENTIFIER = re.compile(r"[\w.-]+")


class QuizFailure(Exception):
    """What is wrong, as it is reported."""


class Banks:
    """The banks under the paths that are tested, and the runner of their programs."""

    def __init__(self, config: pytest.Config, paths: Sequence[Path]) -> None:
        self.paths = [Path(os.path.abspath(path)) for path in paths]
        self._config = config
        self._exit = contextlib.ExitStack()
        self._covered: dict[str, Coverage] = {}

    def hold(self, path: Path) -> bool:
        """Whether a path lies under the paths that are tested."""
        return any(Path(os.path.abspath(path)).is_relative_to(one) for one in self.paths)

    @functools.cached_property
    def settings(self) -> validation.Settings:
        """How banks are validated: several processes of pytest share the cores."""
        processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
        jobs = max(1, (os.cpu_count() or 1) // processes)
        return validation.Settings(isolation=self._config.getoption("quiz_isolation"), cache=True, jobs=jobs)

    @functools.cached_property
    def _files(self) -> dict[Path, BankFiles]:
        """The banks by their files, of which each is opened wherever the process works by then."""
        folder = self._config.invocation_params.dir
        found, diagnostics = find([os.path.relpath(path, folder) for path in self.paths])
        for diagnostic in diagnostics:
            if diagnostic.severity is Severity.ERROR:
                raise pytest.UsageError(printable(f"--quiz: {diagnostic.span.path}: {diagnostic.message}"))
        absolute = [
            dataclasses.replace(
                files, paths=tuple((shown, folder / path) for shown, path in files.paths), root=folder / files.root
            )
            for files in found
        ]
        return {path: files for files in absolute for _, path in files.paths}

    @functools.cached_property
    def _tested(self) -> dict[BankFiles, TestedBank]:
        return {}

    def pytest_sessionstart(self) -> None:
        """Find the banks. Raises pytest.UsageError."""
        _ = self._files

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """Collect a file of a bank."""
        files = self._files.get(file_path)
        if files is None:
            return None
        collected: pytest.Collector = QuizFile.from_parent(parent, path=file_path, banks=self, files=files)
        return collected

    def tested(self, files: BankFiles) -> TestedBank:
        """Return a bank, which is read once."""
        if files not in self._tested:
            self._tested[files] = TestedBank(self, load(files))
        return self._tested[files]

    def loaded(self) -> list[LoadedBank]:
        """Return all banks that were collected."""
        return [tested.loaded for tested in self._tested.values()]

    @functools.cached_property
    def runner(self) -> Runner:
        """The runner, started for the first program and closed at the end."""
        settings = self.settings
        started = runner(settings.isolation, self.loaded(), cache=settings.cache, jobs=settings.jobs)
        return self._exit.enter_context(started)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Let the report say how much of a question is proved: pytest-xdist hands that on, JUnit lacks it."""
        report = yield
        if call.when == "call" and isinstance(item, QuizItem) and item.covered is not None:
            setattr(report, _COVERAGE, dataclasses.astuple(item.covered))
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember how much of a question is proved, whichever process has proved it."""
        covered = getattr(report, _COVERAGE, None)
        if covered is not None:
            self._covered[report.nodeid] = Coverage(*covered)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say the key coverage."""
        if self._covered:
            line = coverage.line(sum(self._covered.values(), Coverage()))
            terminalreporter.write_line(f"quiz: key coverage: {line}")

    def pytest_unconfigure(self) -> None:
        """End what runs programs."""
        self._exit.close()


class TestedBank:
    """A bank that is tested question by question."""

    __test__ = False

    def __init__(self, banks: Banks, loaded: LoadedBank) -> None:
        self.loaded = loaded
        self._banks = banks
        self._places = Places([loaded])

    @functools.cached_property
    def _linting(self) -> Linting:
        return Linting(self._banks.settings.overrides)

    @functools.cached_property
    def _examined(self) -> list[Diagnostic]:
        return validation.examined([self.loaded], self._linting)

    def of_file(self, path: str) -> list[Diagnostic]:
        """Return what is wrong in a file and belongs to no question; no program is run."""
        found = [*self._examined, *validation.duplicate_banks(self._banks.loaded()), *self._of_bank]
        return [one for one in self._kept(found) if one.span.path == path and self._places.question(one.span) is None]

    def of_question(self, place: Place) -> tuple[list[Diagnostic], Coverage]:
        """Prove a question. Return what is wrong with it, and how much of it is proved."""
        bank = self.loaded.bank
        items = [item for item in bank.items if item.place == place] if bank else []
        if bank is None or not any(item.claims for item in items):
            alone = [dataclasses.replace(bank, items=tuple(items))] if bank and items else []
            covered = total(unproved(alone)) if alone else Coverage(keys_total=1)
            return self._at(place, self._kept(self._examined)), covered
        proof = prove([bank], self._banks.runner, wanted=lambda item: item.place == place)
        (found,) = proof.findings
        proved = validation.proved(self.loaded, found, self._banks.settings)
        unplaced = [one for one in proved if self._places.question(one.span) != place and one not in self._of_bank]
        return [*unplaced, *self._at(place, self._kept([*self._examined, *proved]))], proof.coverage

    @functools.cached_property
    def _of_bank(self) -> list[Diagnostic]:
        found = of_no_language(self.loaded.bank) if self.loaded.bank else ()
        return validation.proved(self.loaded, found, self._banks.settings)

    def _kept(self, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        return validation.kept(diagnostics, [self.loaded], self._linting)

    def _at(self, place: Place, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        return [one for one in diagnostics if self._places.question(one.span) == place]


class QuizFile(pytest.File):
    """A file of a bank."""

    def __init__(self, *, banks: Banks, files: BankFiles, **more: Any) -> None:
        super().__init__(**more)
        self._banks, self._files = banks, files

    def collect(self) -> Iterator[pytest.Item]:
        """Read the bank, and yield a test for the file and one for each question."""
        bank = self._banks.tested(self._files)
        shown = next(shown for shown, path in self._files.paths if path == self.path)
        yield QuizItem.from_parent(self, name=_BANK, bank=bank, place=Place(shown))
        names: set[str] = set()
        for number, place in enumerate(questions(bank.loaded, shown), 1):
            name = _name(bank.loaded, place)
            unique = name if name is not None and name not in names else f"question {number}"
            names.add(unique)
            yield QuizItem.from_parent(self, name=unique, bank=bank, place=place)


class QuizItem(pytest.Item):
    """The test of a question, or of what belongs to none in a file."""

    def __init__(self, *, bank: TestedBank, place: Place, **more: Any) -> None:
        super().__init__(**more)
        self._bank, self._place = bank, place
        self.covered: Coverage | None = None

    def runtest(self) -> None:
        """Fail for errors, and warn of warnings."""
        if self._place.keys:
            found, self.covered = self._bank.of_question(self._place)
        else:
            found = self._bank.of_file(self._place.path)
        if any(self._is_failure(diagnostic) for diagnostic in found):
            raise QuizFailure(self._told(found))
        for diagnostic in found:
            warning = QuizWarning(self._told([diagnostic]))
            warnings.warn_explicit(warning, None, diagnostic.span.path, diagnostic.span.line or 1)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str | Any:
        """Return our own words, and no traceback; a bug of ours has one."""
        if isinstance(excinfo.value, QuizFailure | QuizWarning):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Say where it stands, and what it is called."""
        return self.path, None, self.name

    def _is_failure(self, diagnostic: Diagnostic) -> bool:
        return diagnostic.severity is Severity.ERROR or bool(self.config.getoption("quiz_strict"))

    def _told(self, diagnostics: Sequence[Diagnostic]) -> str:
        return "\n".join(text.diagnostics(diagnostics, [self._bank.loaded]))


def _name(loaded: LoadedBank, place: Place) -> str | None:
    """Return the id of a question, if it can be part of the name of a test."""
    data = loaded.documents[place.path].data
    assert isinstance(data, dict)
    listed, index = data["questions"], place.keys[-1]
    assert isinstance(listed, list)
    assert isinstance(index, int)
    question = listed[index]
    name = question.get("id") if isinstance(question, dict) else None
    return name if isinstance(name, str) and _IDENTIFIER.fullmatch(name) else None
