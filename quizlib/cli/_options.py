"""Options that several subcommands share."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from quizlib.cli import _selecting

if TYPE_CHECKING:
    from quizlib.validation import Settings


class UnicodeText(click.ParamType[str]):
    """A text that a file in UTF-8 can hold."""

    name = "TEXT"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text. Raises click.BadParameter."""
        if not value:
            self.fail("an empty text says nothing", param, ctx)
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            self.fail("a text in UTF-8 is expected here", param, ctx)
        return value


exclude = click.option(
    "--exclude",
    multiple=True,
    metavar="PATTERN",
    help="Leave out files and folders below PATH whose path or name matches, such as `banks/broken`. Repeatable.",
)
no_verify = click.option("--no-verify", is_flag=True, help="Run no program: no key is proved.")
require_languages = click.option(
    "--require-languages",
    is_flag=True,
    help="Take a language or a runtime that is not installed for an error.",
)
jobs = click.option(
    "--jobs", "-j", type=click.IntRange(min=1, max=256), help="Programs that run side by side; one per core by default."
)


no_cache = click.option(
    "--no-cache", is_flag=True, help="Run every program, and keep no result; else unchanged programs are not run again."
)


def selection(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how many questions are drawn, and which of them may be."""
    for option in (
        click.option(
            "--difficulty", type=click.Choice(["easy", "medium", "hard"]), help="Only questions of this difficulty."
        ),
        click.option(
            "--objective", "objectives", multiple=True, help="Only questions with this objective. Repeatable."
        ),
        click.option("--tag", "tags", multiple=True, help="Only questions with this tag. Repeatable: any of them."),
        click.option("--count", type=click.IntRange(1, 1000), help="How many questions, instead of a blueprint."),
    ):  # the last to be added stands first in the help
        command = option(command)
    return command


def isolation(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how programs are kept apart from the machine."""
    asked = click.option(
        "--isolation",
        type=click.Choice(["strict", "best-effort", "none"]),
        default="strict",
        show_default=True,
        callback=_asked,
        help="The least that programs are contained with; where it cannot be had, none is run. See `quiz doctor`.",
    )
    trusted = click.option(
        "--trust-programs", is_flag=True, is_eager=True, help="Allow `--isolation none` in CI, where CI=true."
    )
    return asked(trusted(command))


def _asked(context: click.Context, parameter: click.Parameter, value: str) -> str:
    in_ci = os.environ.get("CI", "").lower() not in ("", "0", "false")
    if value == "none" and in_ci and not context.params.get("trust_programs"):
        raise click.BadParameter(
            "in CI programs may come from strangers; add --trust-programs if these do not", context, parameter
        )
    return value


def validation(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how banks are validated; the command gets them as one value, `settings`."""

    @functools.wraps(command)
    def with_settings(*arguments: Any, **options: Any) -> Any:
        return command(*arguments, settings=_settings(options), **options)

    found: Callable[..., Any] = with_settings
    for option in (no_cache, isolation, jobs, exclude, _selecting.selecting, require_languages, no_verify):
        found = option(found)
    return found


def _settings(options: dict[str, Any]) -> Settings:
    """Take the options of a validation out of all options."""
    from quizlib.validation import Settings

    options.pop("trust_programs")
    return Settings(
        exclude=options.pop("exclude"),
        run=not options.pop("no_verify"),
        isolation=options.pop("isolation"),
        cache=not options.pop("no_cache"),
        require_languages=options.pop("require_languages"),
        jobs=options.pop("jobs"),
        overrides=_selecting.overrides(options),
    )
