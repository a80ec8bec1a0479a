"""`quiz validate`."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING, Any

import click

from quizlib.cli import EXIT_FINDINGS, _fixing, _options
from quizlib.cli._terminal import progress_bar, wants_color

if TYPE_CHECKING:
    from quizlib.validation import Settings


class _Percent(click.FloatRange):
    """A number in a range. What is no number lies in none, though no comparison says so."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a number from {self.min:g} to {self.max:g}.", param, ctx)
        return number


@click.command("validate")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to report: for people, or as one JSON document on standard output.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="error",
    show_default=True,
    help="The least severity that makes the exit status 1.",
)
@click.option(
    "--min-coverage",
    type=_Percent(0, 100),
    metavar="PERCENT",
    help="Fail when a smaller share of the keys is proved, from 0 to 100.",
)
@click.option("--coverage", "tabulated", is_flag=True, help="Print the key coverage by difficulty and tag, too.")
@click.option("--include-runs", is_flag=True, help="Say in the JSON report what each program did.")
@_fixing.fixes
@_options.validation
def command(
    paths: tuple[str, ...],
    form: str,
    fail_on: str,
    min_coverage: float | None,
    tabulated: bool,
    include_runs: bool,
    settings: Settings,
    fixing: _fixing.Fixes | None,
) -> int:
    """Check banks and prove their answer keys.

    PATH is a bank's file, or a folder to be searched for banks. Every fault of every file is reported at
    its line and column. The programs of the questions are run, and the key must be what they print; every
    distractor must be something that they do not print.

    Exit status: 0 clean, 1 findings, 2 wrong usage, 70 a bug in quiz.
    """
    if include_runs and form != "json":
        raise click.UsageError("--include-runs needs --format json")
    from quizlib.report import coverage
    from quizlib.validation import validate

    with progress_bar() as progress:
        report = validate(paths, settings, progress=progress)
        unfixed = False
        if fixing is not None:
            report, unfixed = _fixing.run(fixing, report, paths, settings, progress)
    failed = unfixed or report.errors or (fail_on == "warning" and report.warnings)
    if fixing is not None and fixing.show:
        return EXIT_FINDINGS if failed else 0
    if form == "json":
        from quizlib.report import json

        click.echo(json.render(report, include_runs=include_runs))
    else:
        from quizlib.report import text

        for line in text.render(report, color=wants_color(sys.stdout)):
            click.echo(line, color=True)
        if tabulated:
            for line in coverage.table(report):
                click.echo(line)
    if min_coverage is not None and not report.coverage.reaches(min_coverage):
        unproved = "" if report.proved else ", since nothing is proved with --no-verify"
        click.echo(f"quiz: {coverage.below(report.coverage, min_coverage)}{unproved}", err=True)
        return EXIT_FINDINGS
    return EXIT_FINDINGS if failed else 0
