"""What claims have to do with programs."""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.model import Claim, Equals, Item, Program


def program_of(claim: Claim) -> Program | None:
    """Return the program that a claim is about, if it is about one."""
    return None if isinstance(claim, Equals) else claim.program


def programs(item: Item) -> Iterator[Program]:
    """Yield the program of each claim that has one; equal ones as often as they are claimed about."""
    for claim in item.claims:
        if (program := program_of(claim)) is not None:
            yield program
