"""`quiz types`."""

from __future__ import annotations

from importlib import resources

import click

from quizlib import plugins
from quizlib.cli._completing import QuestionType


@click.command("types")
@click.argument("name", required=False, shell_complete=QuestionType().shell_complete)
def command(name: str | None) -> int:
    """List the question types, or print examples of one that can be copied into a bank."""
    if name is None:
        for known in plugins.names("quizlib.questions"):
            summary = plugins.load("quizlib.questions", known).QUESTION.SUMMARY
            click.echo(f"{known:<18} {summary}")
        return 0
    try:
        module = plugins.load("quizlib.questions", name)
    except plugins.UnknownPluginError as error:
        message = f"there is no question type {name!r}; there are: {', '.join(error.known)}"
        raise click.BadParameter(message, param_hint="NAME") from None
    click.echo(resources.files(module).joinpath("examples.yaml").read_text(encoding="utf-8"), nl=False)
    return 0
