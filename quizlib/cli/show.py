"""`quiz show`."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import click

from quizlib.cli import EXIT_FINDINGS, _completing, _options
from quizlib.cli._terminal import wants_color

if TYPE_CHECKING:
    from quizlib.bank import LoadedBank
    from quizlib.diagnostics import Diagnostic
    from quizlib.model import Item


@click.command("show")
@click.argument("question", metavar="ID", shell_complete=_completing.questions)
@click.argument("paths", metavar="[PATH…]", nargs=-1, type=click.Path(exists=True))
@_options.exclude
def command(question: str, paths: tuple[str, ...], exclude: tuple[str, ...]) -> int:
    """Show a question in full: its key, hints, solution, common mistakes and feedback.

    ID is a question's id in the banks under PATH, or in those of this folder. Of a question with parameters the first
    variant is shown, and the values of the others; the id of a variant shows that one. No program is run.

    Exit status: 0 shown, 1 the question has faults, 2 wrong usage, 70 a bug in quiz.
    """
    from quizlib.bank import load
    from quizlib.configurations import excluding
    from quizlib.discovery import find
    from quizlib.report import text
    from quizlib.showing.question import question_lines
    from quizlib.taking.screen import Screen

    files, _ = find(paths or (".",), exclude, excluding())
    banks = [load(one) for one in files]
    found = [(loaded, items) for loaded in banks if (items := _items(loaded, question))]
    faults = [one for loaded in banks for one in loaded.diagnostics if _is_about(one, question)]
    if not found and not faults:
        raise click.BadParameter(_unknown(question, banks), param_hint="ID")
    width, color = shutil.get_terminal_size().columns, wants_color(sys.stdout)
    for number, (loaded, items) in enumerate(found):
        if number:
            click.echo()
        sanitize_html = loaded.bank is not None and loaded.bank.sanitize_html
        for line in question_lines(loaded, items, Screen(width, color, sanitize_html)):
            click.echo(line, color=color)
    for line in text.diagnostics(faults, banks, color=wants_color(sys.stderr)):
        click.echo(line, err=True, color=True)
    return EXIT_FINDINGS if faults else 0


def _items(loaded: LoadedBank, question: str) -> list[Item]:
    """Return the item of that id, or all variants of the question with parameters."""
    items = loaded.bank.items if loaded.bank else ()
    return [item for item in items if question in (item.identifier, item.variant_of)]


def _is_about(diagnostic: Diagnostic, question: str) -> bool:
    return diagnostic.question == question


def _unknown(question: str, banks: list[LoadedBank]) -> str:
    from quizlib.catalogue import questions
    from quizlib.diagnostics import printable
    from quizlib.running import UnknownQuestionError

    names = [name for loaded in banks if loaded.bank for name, _ in questions(loaded.bank.items)]
    if not names:
        return "there is no question that can be read under PATH; `quiz validate` says why"
    return printable(str(UnknownQuestionError(question, names)))
