"""`quiz diff`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

import click

from quizlib.cli import EXIT_FINDINGS, EXIT_USAGE, _options
from quizlib.cli._terminal import wants_color

if TYPE_CHECKING:
    from quizlib.comparison import Side, UnreadableError


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to say it: for people, or as JSON by `quiz schema diff`.",
)
@_options.exclude
def command(old: str, new: str, form: str, exclude: tuple[str, ...]) -> int:
    """Say what has changed between two states of banks, in words of questions.

    OLD and NEW are files or folders, or REV:PATH for a state that git knows, such as HEAD~1:banks/loops.yaml. Comments
    and the style of the YAML do not count. No program is run.

    Exit status: 0 the same, 1 different, 2 wrong usage or something that cannot be read, 70 a bug in quiz.
    """
    from quizlib.comparison import compare
    from quizlib.report.comparison import as_json, as_text

    changes = compare(_side(old, exclude, "OLD"), _side(new, exclude, "NEW"))
    if form == "json":
        click.echo(as_json(changes))
    else:
        for line in as_text(changes):
            click.echo(line)
    return EXIT_FINDINGS if changes else 0


def _side(name: str, exclude: tuple[str, ...], parameter: str) -> Side:
    from quizlib.comparison import UnreadableError, read_side
    from quizlib.diagnostics import printable

    try:
        side = read_side(name, exclude)
    except UnreadableError as error:
        _refuse(error, parameter)
    if side.errors:
        faults = f"{side.errors} fault{'' if side.errors == 1 else 's'}"
        click.echo(f"quiz: {printable(name)} has {faults}, and what has one is not compared", err=True)
    return side


def _refuse(error: UnreadableError, parameter: str) -> NoReturn:
    """Say why a state cannot be read, and end with the status of wrong usage."""
    from quizlib.diagnostics import printable
    from quizlib.report import text

    if not error.diagnostics:
        raise click.BadParameter(printable(str(error)), param_hint=parameter)
    for line in text.diagnostics(error.diagnostics, error.banks, color=wants_color(sys.stderr)):
        click.echo(line, err=True, color=True)
    raise click.exceptions.Exit(EXIT_USAGE)
