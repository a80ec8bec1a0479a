"""Running the distinct programs of banks side by side, each as often as proof asks."""

from __future__ import annotations

import dataclasses
import math
import os
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import PurePosixPath
from typing import NamedTuple

from quizlib import plugins
from quizlib.model import Program
from quizlib.plugins import Language, Runtime, Variation
from quizlib.proof.cache import Cache, Kept
from quizlib.proof.probing import probe, works
from quizlib.proof.unordered import seems_unordered
from quizlib.sandbox import Job, Limits, MemoryLimit, RunResult, Sandbox, Status
from quizlib.sandbox.levels import out_of_threads

Progress = Callable[[int, int], None]

# The second differs in all that a right key must not hang on. 14 hours are the most that a zone is ahead.
VARIATIONS = (Variation(0, "UTC0", "C.UTF-8"), Variation(1, "LINT-14", "POSIX"))

# A program that seems to depend on hashes or chance runs under more seeds, if its language has one at all.
MORE_SEEDS = tuple(dataclasses.replace(VARIATIONS[0], hash_seed=seed) for seed in range(2, 8))


@dataclasses.dataclass(frozen=True, slots=True)
class Execution:
    """One run of a program: on which runtime, under which variation, and how it ended.

    `began` and `ended` are the moments at which it really ran, in seconds since 1970, and `isolation` the level at
    which it was contained: a result that was kept from an earlier run has those of that run.
    """

    runtime: Runtime
    variation: Variation
    result: RunResult
    began: float = 0.0
    ended: float = 0.0
    isolation: str = ""


class Runner:
    """Runs programs in a sandbox: each distinct one once on each of its runtimes, under each variation.

    `cache` keeps results from one run to the next. `progress` is called with
    the number of runs that are over and of all of them.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        *,
        jobs: int | None = None,
        variations: Sequence[Variation] = VARIATIONS,
        cache: Cache | None = None,
        progress: Progress | None = None,
    ) -> None:
        self._sandbox = sandbox
        self._jobs = jobs or os.cpu_count() or 1
        self._variations = tuple(variations)
        self._cache = cache
        self._progress = progress or _unseen
        self._languages: dict[str, Language | None] = {}
        self._runtimes: dict[tuple[str, str | None], Runtime | None] = {}
        self._probed: dict[tuple[str, Runtime], RunResult | None] = {}  # None: it works

    def language(self, name: str) -> Language | None:
        """Return the plugin of a language, or None when there is none."""
        if name not in self._languages:
            self._languages[name] = _plugin(name)
        return self._languages[name]

    def runtimes(self, program: Program) -> dict[str, Runtime | None]:
        """Return the runtimes that a program is to run on, by the name that asks for each; None: not available.

        That is one which is not installed, or which was tried and does not work here.
        """
        return {
            name: runtime if runtime and self._probed.get((program.language, runtime)) is None else None
            for name, runtime in self._installed(program).items()
        }

    def failed_probe(self, program: Program, name: str) -> RunResult | None:
        """Return how the test program ended on the runtime that a program calls so, when it is installed and failed."""
        runtime = self._installed(program).get(name)
        return self._probed.get((program.language, runtime)) if runtime else None

    def _installed(self, program: Program) -> dict[str, Runtime | None]:
        if not program.runtimes:
            return {program.language: self._runtime(program.language, None)}
        return {name: self._runtime(program.language, name) for name in program.runtimes}

    def _runtime(self, language: str, name: str | None) -> Runtime | None:
        """Look for a runtime once, so that one which vanishes in mid-run is the same to all that is reported."""
        if (language, name) not in self._runtimes:
            module = self.language(language)
            self._runtimes[language, name] = module.runtime(name) if module else None
        return self._runtimes[language, name]

    def run_all(self, programs: Iterable[Program]) -> dict[Program, tuple[Execution, ...]]:
        """Run each distinct program, and return its executions: by runtime as asked for, then by variation.

        A program of which no runtime is installed has none. Interrupted, it leaves nothing running.
        """
        return self._executed(programs, cold=False)

    def run_again(self, programs: Iterable[Program]) -> dict[Program, tuple[Execution, ...]]:
        """Run those programs again, each in an interpreter of its own, that ran in a copy of one before."""
        if not self._sandbox.warm:
            return {}
        return self._executed((program for program in programs if self._is_warm(program)), cold=True)

    def _is_warm(self, program: Program) -> bool:
        language = self.language(program.language)
        return language is not None and language.WARM

    def _probe(self, programs: Iterable[Program]) -> None:
        """Try each runtime that is new; one that fails is tried once more, on its own, before it is given up."""
        new = {
            (program.language, runtime): None
            for program in programs
            for runtime in self._installed(program).values()
            if runtime is not None and (program.language, runtime) not in self._probed
        }
        runs = {key: self._probe_of(*key, cold=False) for key in new}
        executions = self._kept_or_run(list(runs.values()), in_view=False)
        for (name, runtime), run in runs.items():
            language = self.language(name)
            assert language is not None
            result = executions[run].result
            if not works(language, result):
                result = self._run(self._probe_of(name, runtime, cold=True)).result
            self._probed[name, runtime] = None if works(language, result) else result

    def _probe_of(self, name: str, runtime: Runtime, *, cold: bool) -> _Run:
        language = self.language(name)
        assert language is not None
        return _Run(probe(name, language), runtime, self._variations[0], cold)

    def _executed(self, programs: Iterable[Program], *, cold: bool) -> dict[Program, tuple[Execution, ...]]:
        programs = list(dict.fromkeys(programs))
        self._probe(programs)
        asked = {
            program: [
                (runtime, variation)
                for runtime in dict.fromkeys(self.runtimes(program).values())
                if runtime is not None
                for variation in self._variations_of(program)
            ]
            for program in programs
        }
        runs = [_Run(program, *how, cold) for program, hows in asked.items() for how in hows]
        executions = self._kept_or_run(runs)
        return {
            program: tuple(executions[_Run(program, *how, cold)] for how in hows) for program, hows in asked.items()
        }

    def _variations_of(self, program: Program) -> tuple[Variation, ...]:
        language = self.language(program.language)
        if language is None or not seems_unordered(program, language.SUFFIX):
            return self._variations
        seeds = (variation for variation in MORE_SEEDS if _differ(language, self._variations[0], variation))
        return (*self._variations, *seeds) if len(self._variations) > 1 else self._variations

    def _kept_or_run(self, runs: list[_Run], *, in_view: bool = True) -> dict[_Run, Execution]:
        if self._cache is None or not runs:
            return self._side_by_side(runs, in_view=in_view)
        keys = {run: self._cache.key(self._job(run), run.runtime) for run in runs}
        kept = self._cache.get(keys.values())
        found = {run: _again(run, kept[key]) for run, key in keys.items() if key in kept}
        fresh = self._side_by_side([run for run in runs if run not in found], in_view=in_view)
        self._cache.put(
            {keys[run]: Kept(ran.result, ran.began, ran.ended, ran.isolation) for run, ran in fresh.items()}
        )
        return found | fresh

    def _job(self, run: _Run) -> Job:
        language = self.language(run.program.language)
        assert language is not None
        asked = job(language, run.runtime, run.program, run.variation)
        return dataclasses.replace(asked, warm=False) if run.cold else asked

    def _side_by_side(self, runs: list[_Run], *, in_view: bool = True) -> dict[_Run, Execution]:
        """Make runs; `in_view` says that they count for the progress that is shown."""
        results: dict[_Run, Execution] = {}
        if not runs:
            return results
        progress = self._progress if in_view else _unseen
        progress(0, len(runs))
        with ThreadPoolExecutor(max_workers=min(self._jobs, len(runs))) as pool:
            try:
                futures = {pool.submit(self._run, run): run for run in runs}
                pending: set[Future[Execution]] = set(futures)
                while pending:
                    done, pending = wait(pending, timeout=0.2, return_when=FIRST_COMPLETED)
                    for future in done:
                        results[futures[future]] = future.result()
                    progress(len(results), len(runs))
            except BaseException as error:
                self._sandbox.cancel()
                pool.shutdown(wait=True, cancel_futures=True)
                if isinstance(error, RuntimeError) and "thread" in str(error):  # the machine is out of processes
                    raise out_of_threads(self._sandbox.isolation, error) from error
                raise
        return results

    def _run(self, run: _Run) -> Execution:
        began = time.time()
        result = self._sandbox.run(self._job(run))
        if result.status is not Status.OK and not os.path.exists(run.runtime.executable):
            result = RunResult(Status.INTERNAL, detail=f"{run.runtime.name} is no longer where it was")
        return Execution(run.runtime, run.variation, result, began, time.time(), self._sandbox.isolation)


class _Run(NamedTuple):
    """One run to be made; `cold` in an interpreter that is started for it."""

    program: Program
    runtime: Runtime
    variation: Variation
    cold: bool


def _unseen(over: int, total: int) -> None:
    """Show nobody how far the runs are."""


def _again(run: _Run, kept: Kept) -> Execution:
    return Execution(run.runtime, run.variation, kept.result, kept.began, kept.ended, kept.isolation)


def job(language: Language, runtime: Runtime, program: Program, variation: Variation) -> Job:
    """Return what the sandbox has to do to run a program."""
    name = _main_file(language.SUFFIX, program)
    return Job(
        language.command(runtime, name),
        {**dict(program.files), name: program.source},
        program.arguments,
        preparation=language.preparation(runtime, name),
        stdin=program.stdin,
        environment=language.environment(variation),
        reads=runtime.reads,
        warm=language.WARM,
        limits=Limits(
            wall_seconds=program.timeout,
            cpu_seconds=math.ceil(program.timeout) + 1,
            memory=MemoryLimit(language.MEMORY),
            processes=max(language.PROCESSES, program.processes),
        ),
    )


def _differ(language: Language, one: Variation, other: Variation) -> bool:
    """Whether programs of a language would notice that the hash seed of a variation is another one."""
    return language.environment(one) != language.environment(dataclasses.replace(one, hash_seed=other.hash_seed))


def _main_file(suffix: str, program: Program) -> str:
    """Return a name for the program's file that none of the files beside it has."""
    taken = {PurePosixPath(name).name.casefold() for name, _ in program.files}
    name = f"program{suffix}"
    while name in taken:
        name = f"_{name}"
    return name


def _plugin(name: str) -> Language | None:
    try:
        module: Language = plugins.load("quizlib.languages", name)
    except plugins.UnknownPluginError:
        return None
    return module
