"""`quiz schema`."""

from __future__ import annotations

import json

import click


@click.command("schema")
@click.argument(
    "which", type=click.Choice(["bank", "report", "delivery", "result", "grades", "list", "diff"]), default="bank"
)
def command(which: str) -> int:
    """Print a JSON Schema.

    bank: what an author types; point an editor to it in the first line of a bank. report: what
    `quiz validate --format json` prints. delivery: what `quiz export --to json` and `quiz assemble`
    write. result: what the page and `quiz take` save. grades: what `quiz grade --format json` prints. list: what
    `quiz list --format json` prints; diff: what `quiz diff --format json` prints.
    """
    from quizlib.schemas import schema

    click.echo(json.dumps(schema(which), indent=2))
    return 0
