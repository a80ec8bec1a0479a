"""Changes as a patch on standard output: byte for byte for a program or a file, and made safe for those who look on."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from quizlib.fixing import Rewrite

# Which services set these; they take some of what a build prints for orders.
_SERVICES = ("CI", "GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")


def show(rewrites: Iterable[Rewrite]) -> None:
    """Print a unified diff in UTF-8: a patch, but on a terminal and in the log of a build, where it is to be read."""
    from quizlib.fixing import difference

    is_read = _is_read()
    for line in difference(rewrites):
        click.echo(_readable(line) if is_read else f"{line}\n".encode(), nl=is_read)


def _is_read() -> bool:
    """Whether what is printed is looked at as it comes: on a terminal, or in the log that a service reads by a pipe."""
    try:
        is_file = stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):  # it is in memory
        is_file = False
    return sys.stdout.isatty() or (not is_file and any(os.environ.get(name) for name in _SERVICES))


def _readable(line: str) -> str:
    """Return a line in which characters that are orders are escapes; its tabs and its end stay."""
    from quizlib.diagnostics import leading, printable

    text = line.removesuffix("\r")
    rest = text.lstrip()
    indentation = text[: len(text) - len(rest)]
    first, *others = rest.split("\t")
    shown = "\t".join((leading(first), *map(printable, others)))
    return "\t".join(map(printable, indentation.split("\t"))) + shown + line[len(text) :]
