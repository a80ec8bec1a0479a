"""`quiz take`."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizlib.cli import EXIT_FINDINGS, EXIT_INTERRUPTED, _options
from quizlib.cli._terminal import screen, wants_color

if TYPE_CHECKING:
    from quizlib.assembly import Assembled
    from quizlib.delivery.reading import Delivered
    from quizlib.model import Blueprint, Difficulty
    from quizlib.taking.plan import Asked, Mode, Plan
    from quizlib.taking.session import Session


@click.command("take")
@click.argument("path", metavar="BANK")
@click.option(
    "--mode",
    type=click.Choice(["practice", "test"]),
    default="practice",
    show_default=True,
    help="Practice says at once what is right and why; a test says nothing before its end.",
)
@click.option(
    "--blueprint",
    metavar="FILE|WORDS",
    help="What is drawn: a YAML or JSON file, or words such as `easy=3,medium=4,hard=3`.",
)
@_options.selection
@click.option("--seed", type=_options.UnicodeText(), help="The same seed asks the same; a random one when absent.")
@click.option(
    "--time",
    "minutes",
    metavar="MINUTES",
    type=click.FloatRange(0, 10_000, min_open=True),
    help="The time for a test; that of the blueprint when absent.",
)
@click.option("--learner", type=_options.UnicodeText(), help="A name for the result, and for what is kept.")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="File to write the result to.")
@click.option("--restart", is_flag=True, help="Forget what was kept, and begin anew.")
def command(
    path: str,
    mode: Mode,
    blueprint: str | None,
    count: int | None,
    tags: tuple[str, ...],
    objectives: tuple[str, ...],
    difficulty: Difficulty | None,
    seed: str | None,
    minutes: float | None,
    learner: str | None,
    output: Path | None,
    restart: bool,
) -> int:
    """Practise, or take a test, by keyboard only.

    BANK is a bank in YAML, a form that `quiz assemble` wrote, or a bank exported with --to json. None of its programs
    is run. Practice asks all questions of a bank, or those that the options name; a test is drawn as by `quiz
    assemble`; a form is asked as it is.

    What was answered is kept after every answer. After Ctrl-C, or :quit, the same command goes on. Where the input is
    no terminal, each of its lines is taken for what was typed.

    Exit status: 0 finished, 1 the bank was refused or has too few questions, 2 wrong usage, 130 interrupted, 70 a bug
    in quiz.
    """
    from quizlib.forms import ANYTHING, Selection
    from quizlib.taking.plan import Asked

    like = dataclasses.replace(ANYTHING, difficulty=difficulty, tags=tags, objectives=objectives)
    selection = Selection(count, like)
    if blueprint is not None and not selection.is_empty:
        raise click.UsageError("--blueprint says all: leave out --count, --tag, --objective and --difficulty")
    if minutes is not None and mode != "test":
        raise click.UsageError("--time is for a test: add --mode test")
    given, is_read = _blueprint(blueprint)
    delivered = _delivered(path)
    if delivered is None or not is_read:
        return EXIT_FINDINGS
    if delivered.form is not None and (given or seed is not None or not selection.is_empty):
        raise click.UsageError("a form is asked as it is: leave out what draws questions, and --seed")
    return _taken(delivered, Asked(mode, given, selection, minutes, learner), seed, path, output, restart=restart)


def _taken(
    delivered: Delivered, asked: Asked, seed: str | None, path: str, output: Path | None, *, restart: bool
) -> int:
    """Begin, or go on; run to the end, and write the result."""
    from quizlib.cli import _taking
    from quizlib.taking.plan import new_seed, planned
    from quizlib.taking.session import Session
    from quizlib.taking.storage import Store, default_folder

    key = (delivered.bank.identifier, str(Path(path).resolve()), dataclasses.asdict(asked), seed)
    store = Store(default_folder(), key)
    talk = _taking.Talk(sys.stdin, color=wants_color(sys.stdout))
    kept = None if restart else _taking.kept(store, talk, is_test=asked.mode == "test")
    plan, draw = planned(delivered, asked, kept.seed if kept else new_seed() if seed is None else seed)
    if not _is_whole(plan, draw, path):
        return EXIT_FINDINGS
    if restart:
        store.clear()
    session = Session(plan, _taking.now(), kept)
    if session.lost:
        click.echo(f"quiz: left aside, since the question is another one now: {session.lost}", err=True)
    if not _taking.finished(session, store, talk):
        return EXIT_INTERRUPTED
    if output is not None and not _is_written(session, output, _taking.now()):
        return EXIT_FINDINGS
    store.clear()
    return 0


def _blueprint(text: str | None) -> tuple[Blueprint | None, bool]:
    """Return the blueprint that the user names, and whether all is well with it: what is not is said."""
    from quizlib.blueprints import BlueprintError, given
    from quizlib.report import text as report

    try:
        found = given(text)
    except BlueprintError as error:
        raise click.BadParameter(str(error), param_hint="--blueprint") from None
    for line in report.diagnostics(found.diagnostics, found.documents, screen=screen(sys.stderr)):
        click.echo(line, err=True, color=True)
    return found.blueprint, not found.diagnostics


def _delivered(path: str) -> Delivered | None:
    """Return the bank or the form; None where it is refused, and then it is said why."""
    from quizlib.diagnostics import printable
    from quizlib.forms import SeveralBanksError, check_one_bank, read_form
    from quizlib.report import text

    try:
        if Path(path).is_dir():
            check_one_bank(path)
    except SeveralBanksError as error:
        raise click.BadParameter(printable(str(error)), param_hint="BANK") from None
    delivered, diagnostics, banks = read_form(path)
    if delivered is None:  # what else is said of a bank is for its author
        for line in text.diagnostics(diagnostics, banks, screen=screen(sys.stderr)):
            click.echo(line, err=True, color=True)
        click.echo(f"quiz: nothing can be asked from {printable(path)}", err=True)
    return delivered


def _is_whole(plan: Plan, draw: Assembled | None, path: str) -> bool:
    """Whether all questions are there that were asked for; else it is said what is missing."""
    from quizlib.diagnostics import printable
    from quizlib.report import forms

    shortfalls = list(forms.shortfalls(draw)) if draw else []
    for line in shortfalls:
        click.echo(f"quiz: {line}", err=True)
    if not plan.items and not shortfalls:
        click.echo(f"quiz: there is no such question in {printable(path)}", err=True)
    return bool(plan.items) and not shortfalls


def _is_written(session: Session, output: Path, finished: str) -> bool:
    """Write the result, and return whether that went well; else it is said why not."""
    from quizlib import results
    from quizlib.diagnostics import printable
    from quizlib.exporting import WriteError, write

    try:
        write({output.name: results.write(session.result(finished))}, output.parent)
    except WriteError as error:
        click.echo(f"quiz: {printable(str(error))}; what was answered is kept", err=True)
        return False
    click.echo(f"wrote {printable(str(output))}", err=True)
    return True
