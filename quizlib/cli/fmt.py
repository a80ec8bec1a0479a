"""`quiz fmt`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from quizlib.cli import EXIT_FINDINGS, _fixing, _options, _patches

if TYPE_CHECKING:
    from quizlib.bank import LoadedBank
    from quizlib.diagnostics import Diagnostic
    from quizlib.fixing import Rewrite
    from quizlib.source import Document


@click.command("fmt")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True)
@click.option("--check", is_flag=True, help="Write nothing; name the files that would change, and end with status 1.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change, and end with status 1 if anything.")
@_options.exclude
def command(paths: tuple[str, ...], check: bool, diff: bool, exclude: tuple[str, ...]) -> int:
    """Lay banks out alike: order of keys, indentation, blank lines.

    PATH is a bank's file, or a folder to be searched for banks. The keys of each question come into the order of the
    manual, a blank line stands between questions, each level is indented by two blanks, and no line ends in blanks.
    Texts, remarks and quotes stay as they are, and what a bank says stays the same. Nothing is run.

    Exit status: 0 all is well, 1 files that cannot be read or written, or with --check or --diff would change.
    """
    from quizlib.bank import load
    from quizlib.configurations import excluding
    from quizlib.discovery import find

    found, problems = find(paths, exclude, excluding())
    banks = [load(files) for files in found]
    failed = _say(problems, banks)
    rewrites = []
    for bank in banks:
        for document in bank.documents.values():
            if _say(_unreadable(bank, document), banks):
                failed = True
                continue
            one, fails = _formatted(document)
            failed = failed or fails
            rewrites += [one] if one else []
        failed = _say([one for one in bank.diagnostics if one.span.path not in bank.documents], banks) or failed
    if diff:
        _patches.show(rewrites)
    changed = {one.path for one in rewrites} if check or diff else _fixing.write(rewrites)
    failed = failed or (bool(rewrites) and (check or diff)) or len(changed) < len(rewrites)
    _conclude(changed, sum(len(bank.documents) for bank in banks), would=check or diff, named=not diff)
    return EXIT_FINDINGS if failed else 0


def _unreadable(bank: LoadedBank, document: Document) -> list[Diagnostic]:
    """Return what keeps a file from being formatted: that it is no YAML, or holds a key twice."""
    from quizlib.source import DUPLICATE_KEY

    of_file = [one for one in bank.diagnostics if one.span.path == document.path]
    return of_file if document.data is None else [one for one in of_file if one.code == DUPLICATE_KEY.code]


def _formatted(document: Document) -> tuple[Rewrite | None, bool]:
    """Return a file to be rewritten, if it is, and whether it cannot be formatted."""
    from quizlib.diagnostics import leading
    from quizlib.fixing import Rewrite
    from quizlib.formatting import CannotFormatError, formatted

    try:
        text = formatted(document)
    except CannotFormatError as error:
        click.echo(f"{leading(document.path)}: not formatted: {error}", err=True)
        return None, True
    return (Rewrite(document.path, document.text, text, document.mark) if text != document.text else None), False


def _say(problems: list[Diagnostic], banks: list[LoadedBank]) -> bool:
    """Report why files are left alone. Returns whether an error is among the reasons."""
    from quizlib.diagnostics import Severity
    from quizlib.report import text

    for line in text.diagnostics(problems, banks):
        click.echo(line, err=True)
    return any(one.severity is Severity.ERROR for one in problems)


def _conclude(changed: set[str], files: int, *, would: bool, named: bool) -> None:
    for line in _lines(changed, files, would=would, named=named):
        click.echo(line, err=True)


def _lines(changed: set[str], files: int, *, would: bool, named: bool) -> Iterator[str]:
    from quizlib.diagnostics import leading

    verb = "would format" if would else "formatted"
    if named:
        yield from (f"{leading(path)}: {verb}" for path in sorted(changed))
    alike = files - len(changed)
    if not files:
        return
    yield (
        f"{verb} {len(changed):,} of {files:,} file{'' if files == 1 else 's'}"
        if changed
        else (f"{alike:,} file{'' if alike == 1 else 's'} left as {'it is' if alike == 1 else 'they are'}")
    )
