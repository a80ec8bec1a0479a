"""What claims have to do with programs, and what programs have to do with a question."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Literal, assert_never

from quizlib.model import Claim, Equals, Fails, Holds, Item, NeverPrints, Prints, PrintsNumber, Program, Reaches, Yields
from quizlib.proof import steps
from quizlib.proof.runs import Execution, Runner


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Role:
    """What a program is there for.

    `number` counts from 1 where a question has several of the kind, and `text` is what the author calls it.
    """

    name: Literal["key", "mistake", "verify", "step"]
    number: int | None = None
    text: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Ran:
    """A program of a question, what it is there for, and its executions.

    `missing` are the names of the runtimes, or else of the language, that it should have run on and could not.
    """

    item: Item
    role: Role
    program: Program
    executions: tuple[Execution, ...]
    missing: tuple[str, ...] = ()


def program_of(claim: Claim) -> Program | None:
    """Return the program that is run as it is for a claim, if one is."""
    return None if isinstance(claim, Equals | Reaches) else claim.program


def programs(item: Item) -> Iterator[Program]:
    """Yield the program of each claim that has one; equal ones as often as they are claimed about."""
    for claim in item.claims:
        if (program := program_of(claim)) is not None:
            yield program
    yield from steps.programs(item)


def role(item: Item, claim: Claim) -> Role | None:
    """Return what the program of a claim is there for; None for a claim about none."""
    match claim:
        case Prints() | NeverPrints():
            return Role("key")
        case Yields():
            index = _index(claim.place.keys)
            return Role("mistake", index + 1, item.common_mistakes[index].text)
        case Holds() | Fails() | PrintsNumber():
            return Role("verify")
        case Reaches():
            return Role("step")
        case Equals():
            return None
        case _:
            assert_never(claim)


def ran(item: Item, results: Mapping[Program, tuple[Execution, ...]], runner: Runner) -> Iterator[Ran]:
    """Yield each program of an item once for each of its roles, in the order of the claims."""
    seen = set()
    for claim in item.claims:
        program, found = program_of(claim), role(item, claim)
        if isinstance(claim, Reaches):
            program = steps.traced_program(item, claim.program)
        if program is not None and found is not None and (found, program) not in seen:
            seen.add((found, program))
            missing = tuple(name for name, runtime in runner.runtimes(program).items() if runtime is None)
            yield Ran(item, found, program, results.get(program, ()), missing)


def _index(keys: tuple[str | int, ...]) -> int:
    """Return the last position in a list that a place leads through."""
    return next(key for key in reversed(keys) if isinstance(key, int))
