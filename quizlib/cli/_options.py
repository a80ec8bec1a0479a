"""Options that several subcommands share."""

from __future__ import annotations

import click

exclude = click.option(
    "--exclude",
    multiple=True,
    metavar="PATTERN",
    help="Leave out files and folders below PATH whose path or name matches, such as `banks/broken`. Repeatable.",
)
require_languages = click.option(
    "--require-languages",
    is_flag=True,
    help="Take a language or a runtime that is not installed for an error.",
)
jobs = click.option(
    "--jobs", "-j", type=click.IntRange(min=1, max=256), help="Programs that run side by side; one per core by default."
)
