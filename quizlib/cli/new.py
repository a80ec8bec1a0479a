"""`quiz new bank` and `quiz new question`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from quizlib.cli import EXIT_FINDINGS
from quizlib.cli._completing import QuestionType


@click.group("new")
def command() -> None:
    """Write a bank or a question to begin with, with comments that say what may be changed."""


@command.command("bank")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@click.option("--id", "identifier", metavar="ID", help="Identity of the bank; that of the file's name when absent.")
@click.option("--title", metavar="TEXT", help="Title of the bank; made of the id when absent.")
@click.option(
    "--type",
    "kind",
    type=QuestionType(),
    default="code_output",  # quizlib.skeletons.FIRST_TYPE, without its imports
    show_default=True,
    help="The type of its question. See `quiz types`.",
)
def new_bank(file: Path | None, identifier: str | None, title: str | None, kind: str) -> int:
    """Write a new bank with one question, to FILE or to standard output.

    It validates as it stands. A file that is there already is never written over.

    Exit status: 0 written, 1 it could not be, 2 wrong usage, 70 a bug in quiz.
    """
    from quizlib import skeletons
    from quizlib.diagnostics import printable

    name = identifier or (skeletons.identifier_of(file.name) if file else "my-bank")
    try:
        text = skeletons.bank(name, title, kind)
    except skeletons.SkeletonError as error:
        raise click.UsageError(printable(str(error))) from None
    if file is None:
        click.echo(text, nl=False)
        return 0
    if os.path.lexists(file):
        raise click.BadParameter(f"{printable(str(file))} is there already", param_hint="FILE")
    return _written(file, text.encode("utf-8"))


@command.command("question")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@click.option("--type", "kind", type=QuestionType(), required=True, help="The question type. See `quiz types`.")
@click.option("--id", "identifier", metavar="ID", help="Identity of the question; made of the type when absent.")
def new_question(file: Path | None, kind: str, identifier: str | None) -> int:
    """Write a new question to standard output, or at the end of the bank's file FILE.

    It validates as it stands. Nothing else in FILE changes but the brackets of `questions: []`, and an id that is taken
    is refused.

    Exit status: 0 written, 1 it could not be, 2 wrong usage, 70 a bug in quiz.
    """
    import textwrap

    from quizlib import skeletons
    from quizlib.appending import AppendError, appended
    from quizlib.diagnostics import printable

    try:
        question = skeletons.question(kind, identifier, *(_taken(file) if file else ()))
        if file is None:
            click.echo(textwrap.indent(question, "  "), nl=False)
            return 0
        return _written(file.resolve(), appended(file.read_bytes(), question), file)
    except skeletons.SkeletonError as error:
        raise click.UsageError(printable(str(error))) from None
    except AppendError as error:
        click.echo(f"quiz: {printable(str(file))} is left as it was: {printable(str(error))}", err=True)
        return EXIT_FINDINGS


def _taken(file: Path) -> tuple[set[str], set[str]]:
    """Return all ids and stems of the bank that a file belongs to, those of questions with faults too."""
    from quizlib.bank import load
    from quizlib.diagnostics import printable
    from quizlib.discovery import find
    from quizlib.written import texts_at

    shown = printable(str(file))
    if not file.is_file():
        what = "is a folder: name the file in it" if file.is_dir() else "is not there: `quiz new bank FILE` makes one"
        raise click.BadParameter(f"{shown} {what}", param_hint="FILE")
    (files,), _ = find([str(file)])
    loaded = load(files)
    known = {item.identifier for item in loaded.bank.items} if loaded.bank else set()
    documents = loaded.documents.values()
    ids, stems = ({text for one in documents for text in texts_at(one, key)} for key in ("id", "stem"))
    return known | ids, stems


def _written(target: Path, content: bytes, named: Path | None = None) -> int:
    """Write a file whole, with the permissions that it had, and say so; or say why not."""
    import contextlib
    import stat

    from quizlib.diagnostics import printable
    from quizlib.exporting import WriteError, write

    mode = stat.S_IMODE(target.stat().st_mode) if os.path.exists(target) else None  # False where no name is so long
    try:
        write({target.name: content}, target.parent)
    except WriteError as error:
        click.echo(f"quiz: {printable(str(error))}", err=True)
        return EXIT_FINDINGS
    if mode is not None:
        with contextlib.suppress(OSError):
            target.chmod(mode)
    click.echo(f"wrote {printable(str(named or target))}")
    return 0
