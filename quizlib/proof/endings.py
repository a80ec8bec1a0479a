"""How the programs of a bank ended, as far as a verdict is founded on it."""

from __future__ import annotations

from collections.abc import Mapping

from quizlib.model import Program
from quizlib.proof.runs import Execution, Runner
from quizlib.sandbox import RunResult, Status

LIMITS = (Status.TIMEOUT, Status.MEMORY, Status.OUTPUT_LIMIT, Status.PROCESS_LIMIT)


class Endings:
    """The results of all runs."""

    def __init__(self, results: Mapping[Program, tuple[Execution, ...]], runner: Runner) -> None:
        self._results = results
        self._runner = runner

    def result(self, program: Program) -> RunResult | None:
        """Return how a program ended in its first run; None when its language is not there."""
        executions = self._results.get(program)
        return executions[0].result if executions else None

    def results(self, program: Program) -> list[RunResult]:
        """Return how a program ended in each of its runs."""
        return [execution.result for execution in self._results.get(program, ())]

    def ending(self, program: Program, result: RunResult) -> str | None:
        """Return the last line of the exception that a program ended with, such as `KeyError: 'x'`."""
        if result.status is Status.OK:
            return None
        language = self._runner.language(program.language)
        return language.ending(result.stderr) if language else None
