"""The options that say which banks and questions a validation is about."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from quizlib.parts import Shard
    from quizlib.validation import Report, Settings


class ShardType(click.ParamType["Shard"]):
    """One of several equal parts, such as `2/5`."""

    name = "K/N"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Shard:
        """Return the part. Raises click.BadParameter."""
        from quizlib.parts import Shard

        try:
            return Shard.parse(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


def scope(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command that has `settings`."""

    @functools.wraps(command)
    def with_scope(settings: Settings, changed_since: str | None, shard: Shard | None, **options: Any) -> Any:
        settings = dataclasses.replace(settings, changed_since=changed_since, shard=shard)
        if changed_since is None:
            return command(settings=settings, **options)
        from quizlib.changes import ChangesError

        try:
            return command(settings=settings, **options)
        except ChangesError as error:
            raise click.BadParameter(str(error), param_hint="--changed-since") from None

    changed = click.option(
        "--changed-since",
        metavar="REV",
        help="Only banks of which a file, or a file that they use, has changed since this revision of git.",
    )
    part = click.option(
        "--shard",
        type=ShardType(),
        help="Only the K-th of N equal parts of the questions, so that N machines share the work.",
    )
    return changed(part(with_scope))


def say(report: Report, settings: Settings) -> None:
    """Say on standard error how many banks were left out."""
    if settings.changed_since is not None:
        from quizlib.diagnostics import printable

        banks = "1 bank has" if report.unchanged == 1 else f"{report.unchanged} banks have"
        since = printable(settings.changed_since)
        click.echo(f"quiz: {banks} not changed since {since}", err=True)
