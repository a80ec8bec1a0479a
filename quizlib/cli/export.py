"""`quiz export`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizlib import plugins
from quizlib.cli import EXIT_FINDINGS, _options
from quizlib.cli._terminal import progress_bar, wants_color

if TYPE_CHECKING:
    from quizlib.validate import Isolation


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
    "--to", "formats", multiple=True, required=True, type=_Format(), help="html, moodle_xml or json. Repeatable."
)
@click.option(
    "--output", "-o", required=True, type=click.Path(path_type=Path), help="Folder to write into; made if need be."
)
@click.option("--strict", is_flag=True, help="Refuse to export what a format cannot hold in full.")
@click.option("--no-verify", is_flag=True, help="Export without running any program: no key is proved.")
@click.option("--without-key", is_flag=True, help="Leave out keys, feedback and solutions, for delivery (json).")
@_options.require_languages
@_options.exclude
@_options.jobs
@_options.isolation
@_options.no_cache
def command(
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    output: Path,
    strict: bool,
    no_verify: bool,
    without_key: bool,
    require_languages: bool,
    exclude: tuple[str, ...],
    jobs: int | None,
    isolation: Isolation,
    trust_programs: bool,
    no_cache: bool,
) -> int:
    """Validate banks and write them for learners or an LMS.

    Each bank becomes a file in the output folder, named by the bank's id. A bank with an error is refused:
    a wrong answer key never reaches a learner; the other banks are written. What a format cannot hold is
    reported as a loss (QZ7xx). Files are written whole or not at all.

    Exit status: 0 all written, 1 a bank was refused, 2 wrong usage, 70 a bug in quiz.
    """
    from quizlib.diagnostics import Severity, printable
    from quizlib.export import WriteError, export, exporter_of, write
    from quizlib.plugins import ExportOptions
    from quizlib.report import text
    from quizlib.validate import validate

    if output.exists() and not output.is_dir():
        raise click.BadParameter(f"{str(output)!r} is a file, not a folder", param_hint="--output")
    for format in formats:
        if without_key and not exporter_of(format).CAN_OMIT_KEY:
            raise click.BadParameter(f"{format} cannot be written without keys", param_hint="--without-key")
    color = wants_color(sys.stderr)
    with progress_bar() as progress:
        report = validate(
            paths,
            exclude=exclude,
            run=not no_verify,
            isolation=isolation,
            cache=not no_cache,
            require_languages=require_languages,
            jobs=jobs,
            progress=progress,
        )
    for line in text.render(report, color=color):
        click.echo(line, err=True, color=True)
    files: dict[str, bytes] = {}
    faulty = {diagnostic.span.path for diagnostic in report.diagnostics if diagnostic.severity is Severity.ERROR}
    refused = bool(faulty)
    for loaded in report.banks:
        if faulty.intersection(loaded.paths):
            click.echo(f"quiz: refused to export {printable(loaded.name)}, since it has errors", err=True)
            continue
        of_bank: dict[str, bytes] = {}
        losses = []
        for format in dict.fromkeys(formats):
            made, lost = export(loaded, format, ExportOptions(with_key=not without_key))
            of_bank |= made
            losses += lost
        for line in text.diagnostics(losses, report.banks, color=color):
            click.echo(line, err=True, color=True)
        if losses and strict:
            click.echo(
                f"quiz: refused to export {printable(loaded.name)}, since something would be lost (--strict)", err=True
            )
            refused = True
        else:
            files |= of_bank
    try:
        written = write(files, output) if files else []
    except WriteError as error:
        click.echo(f"quiz: {printable(str(error))}", err=True)
        return EXIT_FINDINGS
    for path in written:
        click.echo(f"wrote {printable(str(path))}")
    return EXIT_FINDINGS if refused else 0
