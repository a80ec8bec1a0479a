"""`quiz run`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from quizlib.cli import EXIT_FINDINGS, _completing, _options
from quizlib.cli._terminal import progress_bar, screen

if TYPE_CHECKING:
    from quizlib.sandbox.levels import Isolation


@click.command("run")
@click.argument("path", metavar="PATH")
@click.argument("question", metavar="[QUESTION]", required=False, shell_complete=_completing.questions)
@_options.jobs
@_options.isolation
def command(path: str, question: str | None, jobs: int | None, isolation: Isolation, trust_programs: bool) -> int:
    """Run a question's programs and show what they really print.

    PATH is a bank's file, or a folder to be searched for banks; QUESTION is a question's id, and without it
    all questions with programs are run. The program of the key and those of common mistakes are run as
    `quiz validate` runs them; nothing is judged.

    Exit status: 0 all ran, 1 one was stopped or could not be started, 2 wrong usage, 70 a bug in quiz.
    """
    from quizlib.diagnostics import printable
    from quizlib.report import runs, text
    from quizlib.running import UnknownQuestionError, run
    from quizlib.sandbox.levels import IsolationUnavailable

    try:
        with progress_bar() as progress:
            running = run([path], question, isolation=isolation, jobs=jobs, progress=progress)
    except UnknownQuestionError as error:
        raise click.BadParameter(printable(str(error)), param_hint="QUESTION") from None
    except IsolationUnavailable as error:
        click.echo(f"quiz: no program was run: {printable(str(error))}; see `quiz doctor`", err=True)
        return EXIT_FINDINGS
    for line in text.diagnostics(running.diagnostics, running.banks, screen=screen(sys.stderr)):
        click.echo(line, err=True, color=True)
    shown = [found for found in running.questions if found.runs or question is not None]
    for found in shown:
        click.echo(runs.heading(found.item, found.span))
        for line in runs.lines(found.runs):
            click.echo(line)
        if not found.runs:
            click.echo("  it has no program that is run")
    if not shown and not running.diagnostics:
        click.echo("no question here has a program")
    return 0 if running.is_complete else EXIT_FINDINGS
