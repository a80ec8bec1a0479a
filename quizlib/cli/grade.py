"""`quiz grade`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizlib.cli import EXIT_FINDINGS
from quizlib.cli._terminal import screen

if TYPE_CHECKING:
    from quizlib.delivery.reading import Delivered


@click.command("grade")
@click.argument("form", metavar="FORM…")
@click.argument("others", metavar="RESULT…", nargs=-1, required=True)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to report: for people, or as one JSON document.",
)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="File to write the report to.")
def command(form: str, others: tuple[str, ...], style: str, output: Path | None) -> int:
    """Score saved results, and say whether each subject is strong.

    FORM is what `quiz assemble` wrote, a bank exported with --to json, or a bank in YAML, or a folder of banks, of
    which no program is run. Results over several banks need all of them. Each RESULT is a file that the page or `quiz
    take` has saved. Of a form every question counts, of a bank those that were answered: so name the bank for a test
    to which questions were added. Scores are worked out anew, and nothing that a result says of them is believed.

    Exit status: 0 all graded, 1 something was wrong or odd, 2 wrong usage, 70 a bug in quiz.
    """
    from quizlib.diagnostics import printable
    from quizlib.exporting import WriteError, write
    from quizlib.forms import is_form
    from quizlib.grades import graded_files
    from quizlib.report import grades, text

    names = [form, *(path for path in others if is_form(path))]
    results = [path for path in others if path not in names]
    forms = _forms(names)
    if forms is None:
        return EXIT_FINDINGS
    if not results:
        raise click.UsageError("there is no result among these: name what the page or `quiz take` has saved")
    graded = graded_files([delivered for _, delivered in forms], results)
    for line in text.diagnostics([found for one in graded for found in one.diagnostics], (), screen=screen(sys.stderr)):
        click.echo(line, err=True, color=True)
    lines = [grades.as_json(forms, graded)] if style == "json" else list(grades.text(graded))
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


def _forms(paths: Iterable[str]) -> list[tuple[str, Delivered]] | None:
    """Return the forms and banks, each with its path; None where one of them is refused, and it is said why."""
    from quizlib.diagnostics import printable
    from quizlib.forms import read_forms
    from quizlib.report import text

    forms: list[tuple[str, Delivered]] = []
    refused = []
    for path in paths:
        found, diagnostics, banks = read_forms(path)
        for line in text.diagnostics(diagnostics, banks, screen=screen(sys.stderr)):
            click.echo(line, err=True, color=True)
        forms += [(path, delivered) for delivered in found]
        refused += [] if found else [path]
    for path in refused:
        click.echo(f"quiz: nothing can be graded by {printable(path)}", err=True)
    return None if refused else forms
