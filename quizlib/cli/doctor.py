"""`quiz doctor`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from quizlib.cli import EXIT_FINDINGS

if TYPE_CHECKING:
    from quizlib.doctor import Diagnosis


@click.command("doctor")
@click.option("--verbose", "-v", is_flag=True, help="Show each attack, and what became of it.")
def command(verbose: bool) -> int:
    """Say how well programs can be contained here, and which languages work.

    Each level of isolation is tried by attacking it, each language by running a program in it. What is missing
    is named with its cure.

    Exit status: 0 when `--isolation strict` can be had, 1 when it cannot.
    """
    from quizlib.doctor import diagnose

    diagnosis = diagnose()
    for line in _lines(diagnosis, verbose=verbose):
        click.echo(line)
    return 0 if diagnosis.level else EXIT_FINDINGS


def _lines(diagnosis: Diagnosis, *, verbose: bool) -> Iterator[str]:
    from quizlib.diagnostics import printable

    yield diagnosis.machine
    yield ""
    yield "isolation"
    for level in diagnosis.levels:
        if level.granted:
            yield f"  ok   {level.name}: withstood {len(level.withstood)} attacks"
            if verbose:
                yield from (f"         {name}: {printable(outcome)}" for name, outcome in level.withstood)
        else:
            yield f"  no   {level.name}: {level.layer}: {printable(level.reason)}"
            yield f"         {level.cure}"
    if diagnosis.level:
        yield f"  `--isolation strict` is met by {diagnosis.level}"
    else:
        yield "  `--isolation strict` cannot be met: no program is run unless `best-effort` or `none` is asked for"
    yield ""
    yield "languages"
    for language in diagnosis.languages:
        if language.problem is None:
            yield f"  ok   {language.name}: {language.runtime}"
        else:
            yield f"  no   {language.name}: {printable(language.problem)}"
            yield f"         {language.cure}"
