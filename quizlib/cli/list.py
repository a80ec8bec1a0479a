"""`quiz list`."""

from __future__ import annotations

import shutil
import sys

import click

from quizlib.cli import EXIT_FINDINGS, _options
from quizlib.cli._completing import QuestionType


@click.command("list")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=click.Path(exists=True))
@click.option(
    "--difficulty",
    "difficulties",
    multiple=True,
    type=click.Choice(["easy", "medium", "hard"]),
    help="Only questions of this difficulty. Repeatable: any of them.",
)
@click.option("--tag", "tags", multiple=True, help="Only questions with this tag. Repeatable: any of them.")
@click.option(
    "--type", "types", multiple=True, type=QuestionType(), help="Only questions of this type. Repeatable: any of them."
)
@click.option(
    "--objective", "objectives", multiple=True, help="Only questions with this objective. Repeatable: any of them."
)
@_options.exclude
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="A table for people, JSON by `quiz schema list`, or CSV for spreadsheets.",
)
def command(
    paths: tuple[str, ...],
    difficulties: tuple[str, ...],
    tags: tuple[str, ...],
    types: tuple[str, ...],
    objectives: tuple[str, ...],
    exclude: tuple[str, ...],
    form: str,
) -> int:
    """List the questions of banks.

    PATH is a bank's file, or a folder to be searched for banks. No program is run. In a terminal the table is cut to
    its width; written to a file or a pipe it is whole.

    Exit status: 0 listed, 1 something could not be read, 2 wrong usage, 70 a bug in quiz.
    """
    from quizlib.catalogue import Wanted, catalogue

    found = catalogue(paths, Wanted(difficulties, tags, types, objectives), exclude)
    if form == "table":
        from quizlib.showing import table

        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        for line in table.lines(found.entries, width):
            click.echo(line)
    else:
        from quizlib.report.catalogue import as_csv, as_json

        click.echo(as_json(found.entries) if form == "json" else as_csv(found.entries), nl=form == "json")
    if not found.entries:
        click.echo("quiz: there is no such question", err=True)
    if found.errors:
        faults = "a fault keeps" if len(found.errors) == 1 else f"{len(found.errors)} faults keep"
        click.echo(f"quiz: {faults} questions from being listed; `quiz validate` shows more", err=True)
    return EXIT_FINDINGS if found.errors else 0
