"""`quiz assemble`."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizlib.cli import EXIT_FINDINGS, _options
from quizlib.cli._terminal import progress_bar, screen

if TYPE_CHECKING:
    from quizlib.assembly import Assembled
    from quizlib.blueprints import Given
    from quizlib.model import Difficulty
    from quizlib.validation import Settings


@click.command("assemble")
@click.argument("path", metavar="BANK")
@click.option(
    "--blueprint",
    metavar="FILE|WORDS",
    help="What the test is made of: a YAML or JSON file, or words such as `easy=3,medium=4,hard=3`.",
)
@_options.selection
@click.option(
    "--seed", type=_options.UnicodeText(), help="The same seed draws the same test; a random one when absent."
)
@click.option(
    "--more",
    metavar="NUMBER",
    type=click.IntRange(0, 1000),
    default=0,
    help="So many questions beyond the blueprint, after the others: those with which the page goes on.",
)
@click.option("--allow-fewer", is_flag=True, help="Take the questions that there are, where they are too few.")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="File to write the form to.")
@_options.validation
def command(
    path: str,
    blueprint: str | None,
    count: int | None,
    tags: tuple[str, ...],
    objectives: tuple[str, ...],
    difficulty: Difficulty | None,
    seed: str | None,
    more: int,
    allow_fewer: bool,
    output: Path | None,
    settings: Settings,
) -> int:
    """Draw a test from a bank, by difficulty, tag, objective and seed.

    The form is written as JSON, with its keys: keep it private. It is what the page draws from the same bank,
    blueprint and seed. Without a blueprint the bank's own is taken, else ten questions over all levels of difficulty.
    A bank with an error is refused, as by `quiz export`.

    Exit status: 0 drawn, 1 the bank was refused or has too few questions, 2 wrong usage, 70 a bug in quiz.
    """
    from quizlib.diagnostics import Severity, printable
    from quizlib.forms import ANYTHING, Selection, SeveralBanksError, assembled, check_one_bank
    from quizlib.report import text
    from quizlib.validation import validate

    like = dataclasses.replace(ANYTHING, difficulty=difficulty, tags=tags, objectives=objectives)
    selection = Selection(count, like)
    if blueprint is not None and not selection.is_empty:
        raise click.UsageError("--blueprint says all: leave out --count, --tag, --objective and --difficulty")
    given = _given(blueprint)
    try:
        check_one_bank(path, settings.exclude)
    except SeveralBanksError as error:
        raise click.BadParameter(printable(str(error)), param_hint="BANK") from None
    wide = screen(sys.stderr)
    with progress_bar() as progress:
        report = validate([path], settings, progress=progress)
    found = (*report.diagnostics, *given.diagnostics)
    banks = (*report.banks, *given.documents)
    for line in (*text.diagnostics(found, banks, screen=wide), *text.summary(report, screen=wide)):
        click.echo(line, err=True, color=True)
    if not report.banks or any(diagnostic.severity is Severity.ERROR for diagnostic in found):
        reason = "there are errors" if report.banks else "there is no bank"
        click.echo(f"quiz: no form is drawn from {printable(path)}, since {reason}", err=True)
        return EXIT_FINDINGS
    (loaded,) = report.banks
    content, made = assembled(loaded, given.blueprint, selection, seed, more)
    return _written(content, made, loaded.name, allow_fewer, output)


def _given(blueprint: str | None) -> Given:
    """Return the blueprint that the user names; wrong words are wrong usage, a wrong file has diagnostics."""
    from quizlib.blueprints import BlueprintError, given

    try:
        return given(blueprint)
    except BlueprintError as error:
        raise click.BadParameter(str(error), param_hint="--blueprint") from None


def _written(content: bytes, made: Assembled, name: str, allow_fewer: bool, output: Path | None) -> int:
    from quizlib.diagnostics import printable
    from quizlib.exporting import WriteError, write
    from quizlib.report import forms

    short = list(forms.shortfalls(made))
    for line in short:
        click.echo(f"quiz: {line}", err=True)
    if short and (not allow_fewer or not made.bank.items):
        advice = "; --allow-fewer takes what there is" if made.bank.items else ""
        click.echo(f"quiz: no form is drawn from {printable(name)}{advice}", err=True)
        return EXIT_FINDINGS
    click.echo(f"quiz: {forms.drawn(made)}", err=True)
    if output is None:
        click.echo(content, nl=False)
        return 0
    try:
        write({output.name: content}, output.parent)
    except WriteError as error:
        click.echo(f"quiz: {printable(str(error))}", err=True)
        return EXIT_FINDINGS
    click.echo(f"wrote {printable(str(output))}")
    return 0
