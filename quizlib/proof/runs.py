"""Running the distinct programs of a bank side by side."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import PurePosixPath

from quizlib import plugins
from quizlib.model import Program
from quizlib.plugins import Language
from quizlib.sandbox import Limits, RunResult, Sandbox, Status

Progress = Callable[[int, int], None]


class Runner:
    """Runs programs in a sandbox, each distinct one once.

    `progress` is called with the number of runs that are over and of all of them.
    """

    def __init__(self, sandbox: Sandbox, *, jobs: int | None = None, progress: Progress | None = None) -> None:
        self._sandbox = sandbox
        self._jobs = jobs or os.cpu_count() or 1
        self._progress = progress or (lambda over, total: None)
        self._languages: dict[str, Language | None] = {}

    def language(self, name: str) -> Language | None:
        """Return the plugin of a language, or None when there is none or it is not installed."""
        if name not in self._languages:
            self._languages[name] = _installed(name)
        return self._languages[name]

    def run_all(self, programs: Iterable[Program]) -> dict[Program, RunResult]:
        """Run each distinct program whose language is there. Interrupted, it leaves nothing running."""
        distinct = [program for program in dict.fromkeys(programs) if self.language(program.language)]
        results: dict[Program, RunResult] = {}
        if not distinct:
            return results
        self._progress(0, len(distinct))
        with ThreadPoolExecutor(max_workers=min(self._jobs, len(distinct))) as pool:
            futures = {pool.submit(self._run, program): program for program in distinct}
            try:
                pending: set[Future[RunResult]] = set(futures)
                while pending:
                    done, pending = wait(pending, timeout=0.2, return_when=FIRST_COMPLETED)
                    for future in done:
                        results[futures[future]] = future.result()
                    self._progress(len(results), len(distinct))
            except BaseException:
                self._sandbox.cancel()
                pool.shutdown(wait=True, cancel_futures=True)
                raise
        return results

    def _run(self, program: Program) -> RunResult:
        language = self.language(program.language)
        assert language is not None
        name = _main_file(language.SUFFIX, program)
        command = language.command(name)
        if command is None:
            return RunResult(Status.REFUSED, detail=f"{program.language} is not installed")
        return self._sandbox.run(
            [*command, *program.arguments],
            {**dict(program.files), name: program.source},
            stdin=program.stdin,
            environment=language.environment(),
            limits=Limits(wall_seconds=program.timeout, cpu_seconds=math.ceil(program.timeout) + 1),
        )


def _main_file(suffix: str, program: Program) -> str:
    """Return a name for the program's file that none of the files beside it has."""
    taken = {PurePosixPath(name).name.casefold() for name, _ in program.files}
    name = f"program{suffix}"
    while name in taken:
        name = f"_{name}"
    return name


def _installed(name: str) -> Language | None:
    try:
        module = plugins.load("quizlib.languages", name)
    except plugins.UnknownPluginError:
        return None
    language: Language = module
    return language if language.command("program") is not None else None
