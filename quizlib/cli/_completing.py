"""What a shell offers while a command is being typed: question types, formats, rules and the ids of questions."""

from __future__ import annotations

from collections.abc import Sequence

import click
from click.shell_completion import CompletionItem

from quizlib import plugins


class QuestionType(click.ParamType[str]):
    """The name of a question type, with `-` or `_`."""

    name = "TYPE"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name as plugins are known by it. Raises click.BadParameter."""
        known = _names("quizlib.questions")
        name = value.replace("-", "_").lower()
        if name not in known:
            self.fail(f"there is no question type {value!r}; {_remedy(name, known)}", param, ctx)
        return name

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Offer the types, each with what it is."""
        return [
            CompletionItem(name, help=plugins.load("quizlib.questions", name).QUESTION.SUMMARY)
            for name in beginning_with(incomplete, _names("quizlib.questions"))
        ]


def beginning_with(incomplete: str, names: Sequence[str]) -> list[str]:
    """Return the names that begin with what has been typed."""
    return [name for name in names if name.startswith(incomplete.replace("-", "_"))]


def _names(group: plugins.Group) -> list[str]:
    try:
        return plugins.names(group)
    except plugins.PluginError as error:
        raise click.UsageError(str(error)) from None


def _remedy(name: str, known: Sequence[str]) -> str:
    import difflib  # slow to import, and seldom needed

    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(known)}"
