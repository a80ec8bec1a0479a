"""How programs ended, as the statements of a question see it."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Sequence

from quizlib.model import Ending, Output
from quizlib.plugins import Language
from quizlib.proof.runs import Execution
from quizlib.sandbox import RunResult, Status


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """One execution of a program. `ending` is the exception's last line, when it ended with one."""

    execution: Execution
    ending: str | None

    @property
    def result(self) -> RunResult:
        """How it ended, and what it wrote."""
        return self.execution.result

    def holds(self, stated: Output | Ending) -> bool:
        """Whether the program ended as stated."""
        match stated:
            case Output():
                return self.result.status is Status.OK and stated.matches(self.result.stdout)
            case Ending(exception=str() as exception):
                return self.ending is not None and exception in _names_of(self.ending)
            case Ending():
                return self.result.exit_code == stated.exit_status

    def shows(self, stated: Output | Ending) -> str:
        """Return what of the outcome can agree or disagree with a statement of this kind.

        It is the output, as far as white space counts; or, when it ended with an exception, its name, with
        its message where the statement holds one as well; or the exit status.
        """
        match stated:
            case Output() if self.result.status is Status.OK:
                return stated.comparable(self.result.stdout)
            case Ending(exception=str()) if self.result.status is Status.OK:
                return ""
            case Ending(exception=str() as exception) if self.ending is not None:
                return self.ending if ":" in exception else self.ending.partition(":")[0]
            case Output() if self.ending is not None:
                return self.ending.partition(":")[0]
            case _:
                return f"exit status {self.result.exit_code}"

    def agrees(self, other: Outcome, stated: Output | Ending) -> bool:
        """Whether both outcomes are one and the same to a statement of this kind."""
        ended_alike = (self.result.status is Status.OK) == (other.result.status is Status.OK)
        return ended_alike and self.shows(stated) == other.shows(stated)


def outcomes(executions: Iterable[Execution], language: Language | None) -> tuple[Outcome, ...]:
    """Look for the exception in which each execution ended."""

    def ending(result: RunResult) -> str | None:
        return language.ending(result.stderr) if language and result.status is not Status.OK else None

    return tuple(Outcome(execution, ending(execution.result)) for execution in executions)


def by_runtime(found: Sequence[Outcome]) -> list[tuple[Outcome, ...]]:
    """Group the outcomes of one program, which stand in the order of their runtimes."""
    return [tuple(group) for _, group in itertools.groupby(found, key=lambda outcome: outcome.execution.runtime)]


def _names_of(ending: str) -> set[str]:
    """Return what an ending such as `json.JSONDecodeError: bad` may be called."""
    name, _, message = ending.partition(":")
    short = name.rpartition(".")[2]
    return {ending, name, short, f"{short}:{message}"}
