"""`quiz grade`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from quizlib.cli import EXIT_FINDINGS
from quizlib.cli._terminal import screen


@click.command("grade")
@click.argument("form", metavar="FORM")
@click.argument("results", metavar="RESULT…", nargs=-1, required=True)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to report: for people, or as one JSON document.",
)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="File to write the report to.")
def command(form: str, results: tuple[str, ...], style: str, output: Path | None) -> int:
    """Score saved results, and say whether each subject is strong.

    FORM is what `quiz assemble` wrote, a bank exported with --to json, or a bank in YAML, of which no program is run.
    Each RESULT is a file that the page or `quiz take` has saved. Of a form every question counts, of a bank those
    that were answered. Scores are worked out anew, and nothing that a result says of them is believed.

    Exit status: 0 all graded, 1 something was wrong or odd, 2 wrong usage, 70 a bug in quiz.
    """
    from quizlib.diagnostics import printable
    from quizlib.exporting import WriteError, write
    from quizlib.forms import read_form
    from quizlib.grades import graded_files
    from quizlib.report import grades, text

    delivered, diagnostics, banks = read_form(form)
    wide = screen(sys.stderr)
    for line in text.diagnostics(diagnostics, banks, screen=wide):
        click.echo(line, err=True, color=True)
    if delivered is None:
        click.echo(f"quiz: nothing can be graded by {printable(form)}", err=True)
        return EXIT_FINDINGS
    graded = graded_files(delivered, results)
    for line in text.diagnostics([found for one in graded for found in one.diagnostics], (), screen=wide):
        click.echo(line, err=True, color=True)
    lines = [grades.as_json(form, delivered, graded)] if style == "json" else list(grades.text(graded))
    report = "".join(f"{line}\n" for line in lines)
    if output is None:
        click.echo(report, nl=False)
    else:
        try:
            write({output.name: report.encode("utf-8")}, output.parent)
        except WriteError as error:
            click.echo(f"quiz: {printable(str(error))}", err=True)
            return EXIT_FINDINGS
        click.echo(f"wrote {printable(str(output))}")
    return 0 if all(one.is_clean for one in graded) else EXIT_FINDINGS
