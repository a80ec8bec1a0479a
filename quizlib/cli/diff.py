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
@click.argument("old", metavar="OLD", required=False)
@click.argument("new", metavar="NEW", required=False)
@click.option(
    "--staged",
    is_flag=True,
    help="What is staged in git: between the last commit and the index, of PATH or of all of the repository.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to say it: for people, or as JSON by `quiz schema diff`.",
)
@_options.exclude
def command(old: str | None, new: str | None, staged: bool, form: str, exclude: tuple[str, ...]) -> int:
    """Say what has changed between two states of banks, in words of questions.

    OLD and NEW are files or folders, REV:PATH for a state that git knows, such as HEAD~1:banks/loops.yaml, or :PATH for
    what is staged. With --staged only a PATH is given, or nothing. Comments and the style of the YAML do not count. No
    program is run.

    Exit status: 0 the same, 1 different, 2 wrong usage or something that cannot be read, 70 a bug in quiz.
    """
    from quizlib.comparison import compare
    from quizlib.report.comparison import as_json, as_text

    changes = compare(*(_staged(old, new, exclude) if staged else _named(old, new, exclude)))
    if form == "json":
        click.echo(as_json(changes))
    else:
        for line in as_text(changes):
            click.echo(line)
    return EXIT_FINDINGS if changes else 0


def _named(old: str | None, new: str | None, exclude: tuple[str, ...]) -> tuple[Side, Side]:
    if old is None or new is None:
        raise click.UsageError("give two states, OLD and NEW, or --staged")
    return _side(old, exclude, "OLD"), _side(new, exclude, "NEW")


def _staged(path: str | None, more: str | None, exclude: tuple[str, ...]) -> tuple[Side, Side]:
    from quizlib.comparison import UnreadableError, read_staged

    if more is not None:
        raise click.UsageError("--staged takes one PATH; two states are compared without it")
    try:
        old, new = read_staged(path, exclude)
    except UnreadableError as error:
        _refuse(error, "PATH")
    _say_faults("what was committed last", old)
    _say_faults("what is staged", new)
    return old, new


def _side(name: str, exclude: tuple[str, ...], parameter: str) -> Side:
    from quizlib.comparison import UnreadableError, read_side
    from quizlib.diagnostics import printable

    try:
        side = read_side(name, exclude)
    except UnreadableError as error:
        _refuse(error, parameter)
    _say_faults(printable(name), side)
    return side


def _say_faults(name: str, side: Side) -> None:
    if side.errors:
        faults = f"{side.errors} fault{'' if side.errors == 1 else 's'}"
        click.echo(f"quiz: {name} has {faults}, and what has one is not compared", err=True)


def _refuse(error: UnreadableError, parameter: str) -> NoReturn:
    """Say why a state cannot be read, and end with the status of wrong usage."""
    from quizlib.diagnostics import printable
    from quizlib.report import text

    if not error.diagnostics:
        raise click.BadParameter(printable(str(error)), param_hint=parameter)
    for line in text.diagnostics(error.diagnostics, error.banks, color=wants_color(sys.stderr)):
        click.echo(line, err=True, color=True)
    raise click.exceptions.Exit(EXIT_USAGE)
