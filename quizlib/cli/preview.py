"""`quiz preview`."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizlib.cli import EXIT_FINDINGS, _options

if TYPE_CHECKING:
    from quizlib.preview.server import Server
    from quizlib.validation import Settings


@click.command("preview")
@click.argument("path", metavar="BANK", type=click.Path(exists=True))
@click.option(
    "--port", type=click.IntRange(1, 65535), help="Port to serve on; the first free one from 8765 when absent."
)
@click.option("--no-open", is_flag=True, help="Open no browser, and print the address only.")
@_options.validation
def command(path: str, port: int | None, no_open: bool, settings: Settings) -> int:
    """Show the page of a bank in a browser, and what is wrong with it, while it is being written.

    BANK is a bank's file, or the folder of one bank. It is validated, and the page loaded anew, whenever a file in its
    folder is saved. The page is served to this machine only, at an address that nobody can guess. Ctrl-C ends it.

    Exit status: 0 ended by Ctrl-C, 1 the port is taken, 2 wrong usage, 70 a bug in quiz.
    """
    from quizlib.diagnostics import printable
    from quizlib.forms import SeveralBanksError, check_one_bank
    from quizlib.preview.server import PortTakenError, Server
    from quizlib.preview.state import State

    try:
        if Path(path).is_dir():
            check_one_bank(path, settings.exclude)
    except SeveralBanksError as error:
        raise click.BadParameter(printable(str(error)), param_hint="BANK") from None
    try:
        server = Server(State(), port)
    except PortTakenError:
        which = f"the port {port} is taken" if port else "no port is free"
        click.echo(f"quiz: {which}; name another one with --port", err=True)
        return EXIT_FINDINGS
    click.echo(f"{printable(path)} is shown at {server.address}")
    click.echo("Ctrl-C ends it.")
    sys.stdout.flush()
    if not no_open and _has_display():
        import webbrowser

        threading.Thread(target=webbrowser.open, args=(server.address,), daemon=True).start()
    _serve(server, path, settings)
    return 0


def _serve(server: Server, path: str, settings: Settings) -> None:
    """Serve, and watch, until Ctrl-C."""
    from quizlib.preview.building import views
    from quizlib.preview.watching import TICK_SECONDS, snapshot, watch

    named = Path(path)
    folder = named if named.is_dir() else _folder(named)
    over = threading.Event()

    def build() -> None:
        for view in views(path, settings, server.state.view):
            server.state.publish(view)

    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        watch(lambda: snapshot(folder, named), lambda: over.wait(TICK_SECONDS), build)
    except KeyboardInterrupt:
        click.echo()
    finally:
        server.state.close()
        server.shutdown()
        server.server_close()


def _folder(file: Path) -> Path:
    """Return the folder of the bank that a file belongs to."""
    from quizlib.discovery import find

    (files,), _ = find([str(file)])
    return files.root


def _has_display() -> bool:
    """Whether a browser opens in a window, and not in this terminal."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
