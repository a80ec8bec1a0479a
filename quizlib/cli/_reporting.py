"""Where reports go: one to standard output, any number to files, and the summary of a job to GitHub's own."""

from __future__ import annotations

import dataclasses
import functools
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from quizlib.cli import _overwriting
from quizlib.cli._terminal import screen
from quizlib.reasons import reason_of

if TYPE_CHECKING:
    from quizlib.report.rendering import Form, Rendering
    from quizlib.validation import Report

# quizlib.report.rendering.FORMS, without its imports, each with a file that a shell offers for it
_FORMS = {
    "text": "quiz.txt",
    "json": "quiz.json",
    "sarif": "quiz.sarif",
    "junit": "quiz.xml",
    "github": "quiz-github.txt",
    "gitlab": "gl-code-quality-report.json",
}


@dataclasses.dataclass(frozen=True, slots=True)
class OutputFile:
    """A form of the report, and the file that it is written to."""

    form: Form
    path: Path


class _OutputFile(click.ParamType[OutputFile]):
    """`FORMAT=PATH`."""

    name = "FORMAT=PATH"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> OutputFile:
        if isinstance(value, OutputFile):
            return value
        form, equals, path = str(value).partition("=")
        if not equals or form not in _FORMS:
            self.fail(f"{value!r} is not FORMAT=PATH; the formats are {', '.join(_FORMS)}", param, ctx)
        if path in ("", "-"):
            self.fail(f"{value!r} names no file; --format says what standard output gets", param, ctx)
        if "\0" in path or (os.path.exists(path) and not os.path.isfile(path)):
            self.fail(f"{path!r} is not a file", param, ctx)
        return OutputFile(form, Path(path))  # type: ignore[arg-type]

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Offer each format with a file: a shell puts a blank behind what it completes, and `sarif= ` is wrong."""
        offers = (f"{form}={file}" for form, file in _FORMS.items())
        return [CompletionItem(offer) for offer in offers if offer.startswith(incomplete)]


@dataclasses.dataclass(frozen=True, slots=True)
class Reporting:
    """What the options ask for."""

    form: Form
    files: tuple[OutputFile, ...]
    tables: bool = False
    runs: bool = False

    def deliver(self, report: Report, *, strict: bool = False) -> bool:
        """Write the files, then standard output; say whether all could be written. When `strict`, warnings fail.

        Raises click.UsageError where a file to be written is one that was read; then nothing is written.
        """
        from quizlib.report.rendering import lines

        written = [self.write(report, strict=strict)]
        asked = self._asked(strict)
        if self.form == "github":
            written.append(_summarised(report, asked))
        for line in lines(report, self.form, asked, screen(sys.stdout)):
            click.echo(line, color=True)
        return all(written)

    def write(self, report: Report, *, strict: bool = False) -> bool:
        """Write the files; say whether all could be written. Raises click.UsageError as `deliver` does."""
        from quizlib.report.rendering import content, lines

        self.refuse_what_was_read(report)
        asked = self._asked(strict)
        written = [_written(file, content(lines(report, file.form, asked))) for file in self.files]
        return all(written)

    def _asked(self, strict: bool) -> Rendering:
        from quizlib.report.places import root_of
        from quizlib.report.rendering import Rendering

        return Rendering(root_of(Path.cwd()), strict, self.tables, self.runs)

    def refuse_what_was_read(self, report: Report, baseline: Path | None = None) -> None:
        """Raise click.UsageError where a file to be written is one that was read, or another that is not to be lost.

        `baseline` is to be written, too.
        """
        read = {os.path.realpath(path) for path in _paths(report)}
        files = [(file.path, "--output-file") for file in self.files]
        for path, option in [*files, *([(baseline, "--write-baseline")] if baseline else [])]:
            if os.path.realpath(path) in read:
                raise click.BadParameter(f"{str(path)!r} is one of the files that were checked", param_hint=option)
        if baseline and os.path.realpath(baseline) in {os.path.realpath(path) for path, _ in files}:
            raise click.BadParameter(f"{str(baseline)!r} is named for a report, too", param_hint="--write-baseline")
        for path, option in files:
            _overwriting.refuse_for_a_report(path, option)
        if baseline:
            _overwriting.refuse_for_a_baseline(baseline, "--write-baseline")


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say which reports are written; the command gets them as one value, `reporting`."""

    @functools.wraps(command)
    def with_reporting(*arguments: Any, **given: Any) -> Any:
        return command(*arguments, reporting=_reporting(given), **given)

    found: Callable[..., Any] = with_reporting
    for option in (
        click.option("--include-runs", is_flag=True, help="Say in the JSON report what each program did."),
        click.option(
            "--coverage", "tabulated", is_flag=True, help="Add the key coverage by difficulty and tag to text."
        ),
        click.option(
            "--output-file",
            "output_files",
            multiple=True,
            type=_OutputFile(),
            help="Write a report to a file, too, such as `sarif=quiz.sarif`. Repeatable.",
        ),
        click.option(
            "--format",
            "form",
            type=click.Choice([*_FORMS, "auto"]),
            default="auto",
            show_default=True,
            help="What standard output gets: text for people, or a report for a service. auto: github inside GitHub"
            " Actions, and text elsewhere.",
        ),
    ):  # the last to be added stands first in the help
        found = option(found)
    return found


def _reporting(given: dict[str, Any]) -> Reporting:
    """Take the options of reports out of all options. Raises click.UsageError."""
    form, files = given.pop("form"), given.pop("output_files")
    if form == "auto":
        form = "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
    tables, runs = given.pop("tabulated"), given.pop("include_runs")
    if runs and "json" not in (form, *(file.form for file in files)):
        raise click.UsageError("--include-runs needs --format json, or --output-file json=PATH")
    seen: set[str] = set()
    for file in files:
        real = os.path.normcase(os.path.realpath(file.path))
        if real in seen:
            raise click.BadParameter(f"{str(file.path)!r} is named twice", param_hint="--output-file")
        seen.add(real)
    return Reporting(form, files, tables, runs)


def _paths(report: Report) -> Iterator[str]:
    yield from (path for bank in report.banks for path in bank.paths)
    yield from report.configurations
    yield from (configuration.baseline for configuration in report.configured.values() if configuration.baseline)
    yield from (found.span.path for found in report.diagnostics)


def _written(file: OutputFile, content: bytes) -> bool:
    """Write a report whole; say why where it cannot be written."""
    from quizlib.diagnostics import printable
    from quizlib.exporting import WriteError, write

    target = Path(os.path.realpath(file.path))
    try:
        write({target.name: content}, target.parent)
    except WriteError as error:
        click.echo(f"quiz: {printable(str(file.path))}: {printable(str(error))}", err=True)
        return False
    return True


def _summarised(report: Report, asked: Rendering) -> bool:
    """Add the summary to those of the job, where GitHub wants one; say why where it cannot be added."""
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    if not name:
        return True
    from quizlib.report import job_summary

    try:
        with open(name, "ab") as file:
            text = job_summary.render(report, asked.root, room=job_summary.LIMIT - file.tell())
            file.write(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        click.echo(f"quiz: the summary of the job cannot be written: {reason_of(error)}", err=True)
        return False
    return True
