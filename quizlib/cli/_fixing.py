"""The options that fix banks, and what is said of it."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from quizlib.cli._terminal import ProgressBar
    from quizlib.diagnostics import Diagnostic
    from quizlib.fixing import Fixed, Rewrite
    from quizlib.validation import Report, Settings


@dataclasses.dataclass(frozen=True, slots=True)
class Fixes:
    """What is asked for: to write safe fixes, or the unsafe ones as well, or to show them and write nothing."""

    write: bool
    unsafe: bool
    show: bool


def fixes(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that fix banks; the command gets them as one value, `fixing`, or None."""

    @functools.wraps(command)
    def with_fixes(*arguments: Any, fix: bool, unsafe_fixes: bool, diff: bool, **options: Any) -> Any:
        asked = Fixes(not diff, unsafe_fixes, diff) if fix or unsafe_fixes or diff else None
        return command(*arguments, fixing=asked, **options)

    found: Callable[..., Any] = with_fixes
    for option in (
        click.option(
            "--diff",
            is_flag=True,
            help="Show what fixes would change, and write nothing. Exit status 1 if there is anything.",
        ),
        click.option(
            "--unsafe-fixes",
            is_flag=True,
            help="Fix as --fix does, and also what may not be as the author meant it. Read the changes.",
        ),
        click.option(
            "--fix", is_flag=True, help="Put right in the files what is surely meant, and report what remains."
        ),
    ):
        found = option(found)
    return found


def run(
    fixing: Fixes, report: Report, paths: Sequence[str], settings: Settings, progress: ProgressBar
) -> tuple[Report, bool]:
    """Fix, and say what was fixed. Returns the report on what remains, and whether that is a failure by itself.

    It is where a file cannot be written, and where changes are only shown.
    """
    from quizlib.cli import _patches
    from quizlib.diagnostics import leading
    from quizlib.fixing import fixed

    found = fixed(report, paths, settings, unsafe=fixing.unsafe, progress=progress)
    progress.clear()
    for path in found.left_alone:
        click.echo(f"{leading(path)}: not fixed: less of it could be read then, or fixes undo each other", err=True)
    for one in found.held:
        click.echo(_line(one, "not fixed", "another fix has changed what the question asks of programs"), err=True)
    if fixing.show:
        _patches.show(found.rewrites)
        click.echo(_summary(found, fixing, "would fix", len(found.rewrites)), err=True)
        _say_what_remains(report, found)
        return report, bool(found.rewrites)
    written = write(found.rewrites)
    failed = {one.path for one in found.rewrites if one.path not in written}
    done = tuple(one for one in found.applied if one.span.path not in failed)
    for diagnostic in done:
        click.echo(_line(diagnostic, "fixed", diagnostic.fix.message if diagnostic.fix else ""), err=True)
    if failed and not done:
        click.echo("nothing was fixed", err=True)
    else:
        click.echo(_summary(dataclasses.replace(found, applied=done), fixing, "fixed", len(written)), err=True)
    return (_again(paths, settings, progress), True) if failed else (found.report, False)


def _say_what_remains(report: Report, found: Fixed) -> None:
    """Tell what no fix puts right, where it stands in the files as they are."""
    from quizlib.report import text

    fixable = {id(one) for one in found.applied}
    for line in text.diagnostics([one for one in report.diagnostics if id(one) not in fixable], report.banks):
        click.echo(line, err=True)


def refuse(fixing: Fixes | None, *, form: str, write_baseline: bool) -> None:
    """Raise click.UsageError where other options ask for what `--diff` does not do."""
    if fixing is None or not fixing.show:
        return
    if form not in ("auto", "text"):
        raise click.UsageError(
            f"--diff shows changes on standard output, and no report in the form {form}: use --output-file {form}=PATH"
        )
    if write_baseline:
        raise click.UsageError("--diff leaves all files as they are, and --write-baseline writes one: leave one out")


def _again(paths: Sequence[str], settings: Settings, progress: ProgressBar) -> Report:
    """Report what the files really hold."""
    from quizlib.validation import validate

    return validate(paths, settings, progress=progress)


def write(rewrites: Iterable[Rewrite]) -> set[str]:
    """Write files, each whole; of those that cannot be written, say why. Returns the paths of the others."""
    from pathlib import Path

    from quizlib.diagnostics import leading
    from quizlib.rewriting import RewriteError, rewrite

    written = set()
    for one in rewrites:
        try:
            rewrite(Path(one.path), one.before, one.after)
            written.add(one.path)
        except RewriteError as error:
            click.echo(f"{leading(one.path)}: not written: {error}", err=True)
    return written


def _line(diagnostic: Diagnostic, verb: str, what: str) -> str:
    from quizlib.diagnostics import leading, printable

    span = diagnostic.span
    where = f"{leading(span.path)}:{span.line}:{span.column}"
    return f"{where}: {verb}[{diagnostic.code}] {printable(what)} ({diagnostic.rule})"


def _summary(found: Fixed, fixing: Fixes, verb: str, files: int) -> str:
    from quizlib.report.text import quantity

    count = len(found.applied)
    said = f"{verb} {quantity(count, 'fault')} in {quantity(files, 'file')}" if count else "nothing to fix"
    if count and found.later:
        said += f", {found.later:,} of which came to light by fixing"
    more = 0 if fixing.unsafe else found.unsafe
    return f"{said}, {more:,}{' more' if count else ''} with --unsafe-fixes" if more else said
