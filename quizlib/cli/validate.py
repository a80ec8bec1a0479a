"""`quiz validate`."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from quizlib.cli import EXIT_FINDINGS, _fixing, _options, _reporting, _scope, _selecting
from quizlib.cli._terminal import progress_bar

if TYPE_CHECKING:
    from quizlib.cli._reporting import Reporting
    from quizlib.validation import Settings
    from quizlib.verdict import Shortfall


class _Percent(click.FloatRange):
    """A number in a range. What is no number lies in none, though no comparison says so."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a number from {self.min:g} to {self.max:g}.", param, ctx)
        return number


@click.command("validate")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True)
@_reporting.options
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    help="The least severity that makes the exit status 1; `error` where no configuration says otherwise.",
)
@click.option("--strict", "fail_on", flag_value="warning", help="Short for `--fail-on warning`.")
@click.option(
    "--min-coverage",
    type=_Percent(0, 100),
    metavar="PERCENT",
    help="Fail when a smaller share of the keys is proved, from 0 to 100.",
)
@_fixing.fixes
@_options.validation
@_selecting.baseline
@_scope.scope
def command(
    paths: tuple[str, ...],
    fail_on: Literal["error", "warning"] | None,
    min_coverage: float | None,
    reporting: Reporting,
    write_baseline: Path | None,
    settings: Settings,
    fixing: _fixing.Fixes | None,
) -> int:
    """Check banks and prove their answer keys.

    PATH is a bank's file, or a folder to be searched for banks. Every fault of every file is reported at
    its line and column. The programs of the questions are run, and the key must be what they print; every
    distractor must be something that they do not print.

    Exit status: 0 clean, 1 findings, 2 wrong usage, 70 a bug in quiz.
    """
    from quizlib import verdict
    from quizlib.validation import validate

    form = click.get_current_context().params["form"]
    _fixing.refuse(fixing, form=form, write_baseline=write_baseline is not None)
    with progress_bar() as progress:
        report = validate(paths, settings, progress=progress)
        reporting.refuse_what_was_read(report, write_baseline)
        unfixed = False
        if fixing is not None:
            report, unfixed = _fixing.run(fixing, report, paths, settings, progress)
    if write_baseline is not None:
        report = _selecting.write(report, write_baseline)
    _scope.say(report, settings)
    deliver = reporting.write if fixing is not None and fixing.show else reporting.deliver
    written = deliver(report, strict=verdict.is_strict(report, fail_on))
    _selecting.say(report)
    lacking = verdict.shortfalls(report, min_coverage)
    for shortfall in lacking:
        click.echo(f"quiz: {_said(shortfall, proved=report.proved)}", err=True)
    return EXIT_FINDINGS if not written or unfixed or lacking or verdict.has_failing_findings(report, fail_on) else 0


def _said(shortfall: Shortfall, *, proved: bool) -> str:
    from quizlib.diagnostics import printable
    from quizlib.report import coverage

    by = f" by {printable(shortfall.where)}" if shortfall.where else ""
    unproved = "" if proved else ", since nothing is proved with --no-verify"
    return f"{coverage.below(shortfall.coverage, shortfall.demanded)}{by}{unproved}"
