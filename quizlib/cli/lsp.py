"""`quiz lsp`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from quizlib.cli import _options

if TYPE_CHECKING:
    from quizlib.validation import Settings


@click.command("lsp")
@_options.validation
def command(settings: Settings) -> None:
    """Serve an editor over standard input and output, by the Language Server Protocol.

    An editor starts this command by itself; how each is set up stands in the manual, under Editors. Banks are
    checked while they are typed, and their programs are run, as by `quiz validate`, when a file is opened or saved.

    Exit status: 0 the editor has ended the session, 2 wrong usage or pygls is not installed, 70 a bug in quiz.
    """
    try:
        from quizlib.language_server.server import make_server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise click.UsageError("the language server needs pygls: pip install 'pygls>=2'") from error
    server = make_server(settings)
    # What else would be written to standard output, by whatever mistake, is no message of the protocol.
    with os.fdopen(os.dup(1), "wb") as stdout:
        os.dup2(2, 1)
        try:
            server.start_io(sys.stdin.buffer, stdout)
        finally:
            server.end()
