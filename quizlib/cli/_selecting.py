"""The options that say which rules are wanted, what configuration counts, and which findings are known."""

from __future__ import annotations

import dataclasses
import functools
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizlib.cli import _completing

if TYPE_CHECKING:
    from quizlib.configuration import Overrides
    from quizlib.validation import Report, Settings

_FILE = click.Path(exists=True, dir_okay=False)


def selecting(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that select rules and configuration; `overrides` makes one value of them."""
    for option in (
        click.option("--no-config", is_flag=True, help="Read no configuration."),
        click.option(
            "--config",
            metavar="FILE",
            type=_FILE,
            help="Read this instead of the configuration nearest above each bank.",
        ),
        click.option("--pedantic", "persona", flag_value="pedantic", help="Short for `--persona pedantic`."),
        click.option(
            "--persona",
            type=click.Choice(["default", "pedantic"]),
            help="Whether rules are run that are right less often, too.",
        ),
        click.option(
            "--ignore",
            multiple=True,
            metavar="RULES",
            shell_complete=_completing.rules,
            help="Leave out these lint rules and warnings. Repeatable.",
        ),
        click.option(
            "--select",
            multiple=True,
            metavar="RULES",
            shell_complete=_completing.rules,
            help="Of lint rules and warnings only these: rules, codes, families such as `QZ2`, or ALL. Repeatable.",
        ),
    ):  # the last to be added stands first in the help
        command = option(command)
    return command


def overrides(options: dict[str, Any]) -> Overrides:
    """Take these options out of all options. Raises click.UsageError."""
    from quizlib.configuration import Overrides

    file, no_config = options.pop("config"), options.pop("no_config")
    if file and no_config:
        raise click.UsageError("--config names what --no-config leaves unread: leave one of them out")
    select, ignore = _names(options.pop("select"), "--select"), _names(options.pop("ignore"), "--ignore")
    if select or ignore:
        _check(select, ignore)
    return Overrides(select, ignore, options.pop("persona"), file, not no_config)


def _names(values: Sequence[str], option: str) -> tuple[str, ...]:
    names = tuple(name.strip() for value in values for name in value.split(","))
    if "" in names:
        raise click.BadParameter("names are separated by commas, and one of them is empty", param_hint=option)
    return names


def _check(select: Sequence[str], ignore: Sequence[str]) -> None:
    """Raise click.BadParameter for a name that nothing has, or that cannot be ignored."""
    from quizlib.configuration_keys import not_ignorable, not_selectable
    from quizlib.diagnostics import printable

    for names, refused, option in ((select, not_selectable, "--select"), (ignore, not_ignorable, "--ignore")):
        for name in names:
            if problem := refused(name):
                raise click.BadParameter(printable("; ".join(problem)), param_hint=option)


def baseline(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options about findings that are known to a command that has `settings`, which gets `write_baseline`."""

    @functools.wraps(command)
    def with_baseline(settings: Settings, baseline: str | None, write_baseline: Path | None, **options: Any) -> Any:
        if write_baseline is not None:
            if baseline is not None:
                raise click.UsageError("--write-baseline writes what --baseline reads: leave one of them out")
            baseline = ""  # all findings are written, the known ones too
        settings = dataclasses.replace(settings, overrides=dataclasses.replace(settings.overrides, baseline=baseline))
        return command(settings=settings, write_baseline=write_baseline, **options)

    known = click.option(
        "--baseline", metavar="FILE", type=_FILE, help="Tell only what is not among the known findings in this file."
    )
    written = click.option(
        "--write-baseline",
        metavar="FILE",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write what is found to this file, and tell only what can never be in one, such as a wrong key.",
    )
    return known(written(with_baseline))


def write(report: Report, path: Path) -> Report:
    """Write the findings of a report to a baseline, and return what is left to be told. Raises click.ClickException.

    An older one at this path keeps what this run says nothing about.
    """
    from quizlib import baseline
    from quizlib.diagnostics import printable
    from quizlib.exporting import WriteError
    from quizlib.exporting import write as write_files

    target = Path(os.path.realpath(path))
    unseen = baseline.unseen(target, report.configured, report.looks_for)
    content = baseline.written(report.diagnostics, report.documents, target.parent, unseen)
    try:
        write_files({target.name: content}, target.parent)
    except WriteError as error:
        raise click.ClickException(printable(str(error))) from None
    click.echo(f"wrote {printable(str(path))}", err=True)
    known = tuple(filter(baseline.may_be_known, report.diagnostics))
    left = tuple(found for found in report.diagnostics if not baseline.may_be_known(found))
    return dataclasses.replace(report, diagnostics=left, known=known)


def say(report: Report) -> None:
    """Say on standard error what a baseline keeps quiet, and what of it is not needed any more."""
    if report.known:
        findings = "1 finding is" if len(report.known) == 1 else f"{len(report.known)} findings are"
        click.echo(f"quiz: {findings} known from the baseline", err=True)
    if report.gone:
        entries = "1 entry" if len(report.gone) == 1 else f"{len(report.gone)} entries"
        again = "occurs" if len(report.gone) == 1 else "occur"
        click.echo(f"quiz: {entries} of the baseline no longer {again}; --write-baseline leaves them out", err=True)
