"""`quiz export`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizlib import plugins
from quizlib.cli import EXIT_FINDINGS, _completing, _options
from quizlib.cli._terminal import progress_bar, screen

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from quizlib.bank import LoadedBank
    from quizlib.diagnostics import Diagnostic
    from quizlib.plugins import ExportOptions, Template
    from quizlib.site import BankOutcome
    from quizlib.validation import Settings


class _Format(click.ParamType[str]):
    """The name of an exporter; names are listed only when one is wrong."""

    name = "FORMAT"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        name = value.replace("-", "_")
        try:
            known = plugins.names("quizlib.exporters")
        except plugins.PluginError as error:
            self.fail(str(error), param, ctx)
        if name not in known:
            self.fail(f"{value!r} is not a format; there are: {', '.join(known)}", param, ctx)
        return name


@click.command("export")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True)
@click.option(
    "--to",
    "formats",
    multiple=True,
    required=True,
    type=_Format(),
    shell_complete=_completing.formats,
    help="html, moodle_xml or json. Repeatable.",
)
@click.option(
    "--output", "-o", required=True, type=click.Path(path_type=Path), help="Folder to write into; made if need be."
)
@click.option("--strict", is_flag=True, help="Refuse to export what a format cannot hold in full.")
@click.option("--without-key", is_flag=True, help="Leave out keys, feedback and solutions, for delivery (json).")
@click.option("--title", metavar="TEXT", help="Title of the index, where several banks make a site (html).")
@click.option(
    "--template-dir",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with templates of your own in place of those that are shipped, and `theme.css` (html).",
)
@click.option("--embed", is_flag=True, help="Write fragments with the element <quiz-question> for other pages (html).")
@_options.validation
def command(
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    output: Path,
    strict: bool,
    without_key: bool,
    title: str | None,
    template_dir: Path | None,
    embed: bool,
    settings: Settings,
) -> int:
    """Validate banks and write them for learners or an LMS.

    Each bank becomes a file in the output folder, named by the bank's id; several banks become a small site
    where the format knows one (html). With --embed each becomes a fragment for somebody else's page, and one script
    goes with them. A bank with an error is refused: a wrong answer key never reaches a learner; the other banks are
    written. What a format cannot hold is reported as a loss (QZ7xx). Files are written whole or not at all.

    Exit status: 0 all written, 1 a bank was refused or nothing could be written, 2 wrong usage, 70 a bug in
    quiz.
    """
    from quizlib.diagnostics import Severity, printable
    from quizlib.plugins import TemplateError
    from quizlib.report import text
    from quizlib.site import export_all
    from quizlib.validation import validate

    try:
        options = _export_options(output, formats, without_key, title, template_dir, embed)
        with progress_bar() as progress:
            report = validate(paths, settings, progress=progress)
        for line in text.render(report, screen=screen(sys.stderr)):
            click.echo(line, err=True, color=True)
        faulty = {diagnostic.span.path for diagnostic in report.diagnostics if diagnostic.severity is Severity.ERROR}
        exports = export_all(report.banks, formats, options, faulty=faulty, strict=strict)
    except TemplateError as error:
        click.echo(f"quiz: {printable(str(error))}", err=True)
        return EXIT_FINDINGS
    for outcome in exports.outcomes:
        _say(outcome, report.banks)
    _show(exports.losses, report.banks)
    refused = bool(faulty) or any(outcome.refusal for outcome in exports.outcomes)
    return EXIT_FINDINGS if not _written(exports.files, output) or refused else 0


def _export_options(
    output: Path,
    formats: Collection[str],
    without_key: bool,
    title: str | None,
    template_dir: Path | None,
    embed: bool,
) -> ExportOptions:
    """Check what was asked for against what the formats take. Raises TemplateError."""
    from quizlib.exporting import exporter_of
    from quizlib.plugins import ExportOptions, FragmentExporter, SiteExporter

    if output.exists() and not output.is_dir():
        raise click.BadParameter(f"{str(output)!r} is a file, not a folder", param_hint="--output")
    exporters = {format: exporter_of(format) for format in formats}
    for format, exporter in exporters.items():
        if without_key and not exporter.CAN_OMIT_KEY:
            raise click.BadParameter(f"{format} cannot be written without keys", param_hint="--without-key")
    if embed and not any(isinstance(exporter, FragmentExporter) for exporter in exporters.values()):
        raise click.BadParameter(f"{_listed(formats)} cannot be embedded in a page", param_hint="--embed")
    if title is not None and embed:
        raise click.BadParameter("with --embed there is no index to be titled", param_hint="--title")
    if title is not None and not any(isinstance(exporter, SiteExporter) for exporter in exporters.values()):
        raise click.BadParameter(f"{_listed(formats)} has no index to be titled", param_hint="--title")
    if title is not None and not title.strip():
        raise click.BadParameter("a title cannot be blank", param_hint="--title")
    templates = _templates(template_dir, formats) if template_dir else ()
    return ExportOptions(with_key=not without_key, title=title, templates=templates, embed=embed)


def _templates(folder: Path, formats: Collection[str]) -> tuple[Template, ...]:
    from quizlib.exporting import exporter_of
    from quizlib.plugins import TemplateExporter
    from quizlib.template_folder import UnknownTemplateError, read_templates

    takers = [exporter for exporter in map(exporter_of, formats) if isinstance(exporter, TemplateExporter)]
    if not takers:
        raise click.BadParameter(f"{_listed(formats)} is written without templates", param_hint="--template-dir")
    try:
        templates = read_templates(folder, {name for taker in takers for name in taker.template_names()})
    except UnknownTemplateError as error:
        raise click.BadParameter(str(error), param_hint="--template-dir") from error
    for taker in takers:
        taker.check_templates(templates)
    return templates


def _listed(formats: Collection[str]) -> str:
    return " or ".join(dict.fromkeys(formats))


def _say(outcome: BankOutcome, banks: Sequence[LoadedBank]) -> None:
    from quizlib.diagnostics import printable

    _show(outcome.losses, banks)
    if outcome.refusal:
        name = printable(outcome.loaded.name)
        click.echo(f"quiz: refused to export {name}, since {printable(outcome.refusal)}", err=True)


def _show(losses: Sequence[Diagnostic], banks: Sequence[LoadedBank]) -> None:
    from quizlib.report import text

    for line in text.diagnostics(losses, banks, screen=screen(sys.stderr)):
        click.echo(line, err=True, color=True)


def _written(files: Mapping[str, bytes], output: Path) -> bool:
    """Write the files and name them; say why where they cannot be written."""
    from quizlib.diagnostics import printable
    from quizlib.exporting import WriteError, write

    try:
        for path in write(files, output) if files else ():
            click.echo(f"wrote {printable(str(path))}")
    except WriteError as error:
        click.echo(f"quiz: {printable(str(error))}", err=True)
        return False
    return True
