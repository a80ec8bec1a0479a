"""`quiz trace`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from quizlib.cli import EXIT_FINDINGS, _options

if TYPE_CHECKING:
    from quizlib.bank import LoadedBank
    from quizlib.model import Item, Program
    from quizlib.proof.traces import Trace
    from quizlib.sandbox.levels import Isolation

_SECONDS = 30.0  # following a program line by line takes longer than running it


@click.command("trace")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True)
@click.argument("question")
@click.option(
    "--steps", type=click.IntRange(min=1, max=1000), default=20, show_default=True, help="The most steps to print."
)
@_options.exclude
@_options.isolation
def command(
    paths: tuple[str, ...],
    question: str,
    steps: int,
    exclude: tuple[str, ...],
    isolation: Isolation,
    trust_programs: bool,
) -> int:
    """Follow the Python program of QUESTION, and print draft steps for its solution.

    Each step says which variables a line has changed, in YAML that can be pasted under `steps:` and is then checked by
    `quiz validate`. QUESTION is an id in the banks under PATH.

    Exit status: 0 printed, 1 the program cannot be followed, 2 wrong usage, 70 a bug in quiz.
    """
    from quizlib.diagnostics import printable
    from quizlib.model import Program
    from quizlib.proof.drafts import drafts
    from quizlib.sandbox.levels import IsolationUnavailable

    banks, item = _found(paths, exclude, question)
    if item.code is None or item.code.language != "python":
        why = "has no program" if item.code is None else f"has a program in {printable(item.code.language)}, not Python"
        raise click.BadParameter(f"{question!r} {why}", param_hint="QUESTION")
    code = item.code
    program = Program(code.language, code.source, code.stdin, code.arguments, code.files, _SECONDS)
    try:
        trace, stopped = _followed(program, steps + 1, isolation, banks)
    except IsolationUnavailable as error:
        click.echo(f"quiz: no program was run: {printable(str(error))}; see `quiz doctor`", err=True)
        return EXIT_FINDINGS
    shown = list(drafts(code.source, trace.moments[:steps]))
    for line in shown:
        click.echo(line)
    if len(trace.moments) > steps:
        click.echo(f"# cut after {steps} steps; --steps asks for more")
    elif stopped:
        click.echo(f"# the program {stopped}")
    elif not shown:
        click.echo("# no variable of this program ever changes")
    return EXIT_FINDINGS if trace.reached is None and not shown else 0


def _found(paths: tuple[str, ...], exclude: tuple[str, ...], question: str) -> tuple[list[LoadedBank], Item]:
    from quizlib.bank import load
    from quizlib.configurations import excluding
    from quizlib.discovery import find

    for path in paths:
        if not os.path.lexists(path):
            raise click.BadParameter(f"there is no such file or folder: {path!r}", param_hint="PATH")
    found, diagnostics = find(paths, exclude, excluding())
    banks = [load(files) for files in found]
    items = [item for loaded in banks if loaded.bank for item in loaded.bank.items]
    for item in items:
        if item.identifier == question:
            return banks, item
    for variant in (variant for loaded in banks for variant in loaded.variants.values()):
        if variant.question == question:
            message = f"{question!r} has parameters; name one of its variants, such as {variant.identifier!r}"
            raise click.BadParameter(message, param_hint="QUESTION")
    faulty = diagnostics or any(loaded.diagnostics for loaded in banks)
    hint = "; there are faults, which `quiz validate` shows" if faulty else ""
    raise click.BadParameter(f"there is no sound question {question!r} under PATH{hint}", param_hint="QUESTION")


def _followed(
    program: Program, changes: int, isolation: Isolation, banks: list[LoadedBank]
) -> tuple[Trace, str | None]:
    """Return the trace of a program, and how it ended when it was not followed to its end."""
    from quizlib.languages import python
    from quizlib.proof import words
    from quizlib.proof.start import runner
    from quizlib.proof.traces import read_trace, traced
    from quizlib.sandbox import Status

    job = traced(program, record=changes)
    with runner(isolation, banks) as started:
        (executions,) = started.run_all([job]).values()
    result = executions[0].result
    trace = read_trace(program, result)
    if trace.reached is not None and result.status is not Status.OUTPUT_LIMIT:
        return trace, None
    if result.status in (Status.TIMEOUT, Status.MEMORY, Status.OUTPUT_LIMIT, Status.PROCESS_LIMIT):
        return trace, words.stopped(result, program.timeout)
    return trace, words.happened(result, python.ending(result.stderr))
