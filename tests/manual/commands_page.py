"""`docs/reference/commands.md`, made from what click knows of every command."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from quizlib.cli import group
from tests.manual.schema_tables import escaped, prose

_HEAD = """# Commands

Made from the program: what `quiz COMMAND --help` says, and `quiz COMMAND -h`.
"""


def commands_page() -> str:
    """Return the page of all commands and their options."""
    root = click.Context(group, info_name="quiz")
    return "\n".join([_HEAD, *_sections(group, root)])


def _sections(command: click.Command, context: click.Context) -> Iterator[str]:
    below = list(_below(command, context))
    yield _section(command, context) + _overview(below)
    for found in below:
        yield from _sections(found.command, found)


def _below(command: click.Command, context: click.Context) -> Iterator[click.Context]:
    """Yield the contexts of the commands of a group."""
    if not isinstance(command, click.Group):
        return
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        yield click.Context(found, info_name=name, parent=context)


def _overview(below: list[click.Context]) -> str:
    rows = [
        f"| [{each.command_path}](#{each.command_path.replace(' ', '-')}) | "
        f"{escaped(each.command.get_short_help_str(limit=200))} |"
        for each in below
    ]
    return "\n".join(["", "| command | meaning |", "|---|---|", *rows, ""]) if rows else ""


def _section(command: click.Command, context: click.Context) -> str:
    usage = command.get_usage(context).removeprefix("Usage: ")
    help = inspect.cleandoc(command.help or "").replace("\b\n", "")
    options = [each for each in command.params if isinstance(each, click.Option)]
    records = [record for each in options if (record := each.get_help_record(context))]
    rows = [f"| {_code(name)} | {escaped(said)} |" for name, said in records]
    table = "\n".join(["| option | meaning |", "|---|---|", *rows]) if rows else "No options."
    return f"## {context.command_path}\n\n`{' '.join(usage.split())}`\n\n{prose(help)}\n\n{table}\n"


def _code(name: str) -> str:
    return f"`{name}`".replace("|", "\\|")
