"""The rim of `quiz take`: the keyboard, the terminal, the clock and the file of what is kept."""

from __future__ import annotations

import contextlib
import datetime
import shutil
import sys
import time
from collections.abc import Iterable
from typing import IO

import click

from quizlib.diagnostics import printable
from quizlib.taking.dialogue import Dialogue
from quizlib.taking.screen import Screen
from quizlib.taking.session import Kept, Session
from quizlib.taking.storage import KeptError, Store
from quizlib.taking.summary import summary_lines


class Talk:
    """What a learner reads and types. Where no terminal is typed at, each line is shown as it was read."""

    def __init__(self, source: IO[str] | None, *, color: bool) -> None:
        self._source = source
        self.is_terminal = source is not None and source.isatty()
        self.color = color
        if source is not None and hasattr(source, "reconfigure"):
            source.reconfigure(errors="replace")
        if self.is_terminal:
            with contextlib.suppress(ImportError):  # where there is none, lines are edited by the terminal alone
                import readline  # noqa: F401 - `input` then edits lines with it

    def say(self, lines: Iterable[str]) -> None:
        """Write lines."""
        for line in lines:
            click.echo(line, color=self.color)

    def line(self, prompt: str) -> str:
        """Return what is typed, without the end of the line. Raises EOFError."""
        prompt = f"{prompt}> "
        if self.is_terminal:
            return input(prompt).encode("utf-8", "replace").decode("utf-8")
        line = self._source.readline() if self._source is not None else ""
        if not line:
            raise EOFError
        line = line.removesuffix("\n").removesuffix("\r")
        click.echo(f"{prompt}{printable(line)}".rstrip())
        return line

    def agrees(self, question: str) -> bool:
        """Ask for yes or no; Enter is yes."""
        while True:
            word = self.line(f"{question} [Y/n]").strip().lower()
            if word in ("", "y", "yes"):
                return True
            if word in ("n", "no"):
                return False
            if word in (":q", ":quit"):
                raise EOFError
            click.echo("Please type y for yes, n for no, or :quit.")


def now() -> str:
    """Return the time, as results hold it."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def kept(store: Store, talk: Talk, *, is_test: bool) -> Kept | None:
    """Return what was kept, if the learner wants to go on with it. Raises click.Abort where nothing more is typed.

    A test is begun once its questions have been read, practice once something was done.
    """
    try:
        found = store.read()
    except KeptError as error:
        click.echo(f"quiz: what was kept cannot be read, and is left aside: {error}", err=True)
        return None
    if found is None:
        return None
    answered = sum(response.response is not None for response in found.responses)
    is_begun = is_test and found.elapsed > 0
    if not is_begun and not answered and not any(one.hints or one.gave_up for one in found.responses):
        return None
    words = f"begun on {found.started[:10]}, answered: {answered}"
    if not talk.is_terminal:
        click.echo(f"quiz: going on with what was {words}", err=True)
        return found
    try:
        return found if talk.agrees(f"Go on with what was {words}?") else None
    except EOFError:
        raise click.Abort from None


def finished(session: Session, store: Store, talk: Talk) -> bool:
    """Talk until the end, and return True; or until the learner stops, whose answers are kept."""
    screen = Screen(shutil.get_terminal_size().columns, talk.color, session.plan.bank.sanitize_html)
    dialogue = Dialogue(session, screen, time.monotonic)
    failed: str | None = None
    try:
        talk.say(dialogue.opening())
        while not (dialogue.is_finished or dialogue.is_left):
            lines = dialogue.feed(talk.line(dialogue.prompt))
            failed = _keep(session, store, failed)
            talk.say(lines)
    except (KeyboardInterrupt, EOFError):
        click.echo()
        dialogue.pause()
        if session.plan.minutes is not None or session.is_begun:
            failed = _keep(session, store, failed)
    if dialogue.is_finished or (not session.is_test and not session.open_places):
        talk.say(summary_lines(session, screen))
        return True
    click.echo(f"quiz: interrupted; {_done(session, is_kept=failed is None)}", err=True)
    return False


def _done(session: Session, *, is_kept: bool) -> str:
    count = len(session.plan.items)
    done = count - len(session.open_places)
    if not done:
        return "nothing was answered"
    return f"{done} of {count} done, and {'kept: the same command goes on' if is_kept else 'not kept'}"


def _keep(session: Session, store: Store, failed: str | None) -> str | None:
    """Keep what was done, and return why that fails; it is said once."""
    try:
        store.write(session)
    except KeptError as error:
        if failed is None:
            print(f"quiz: progress cannot be kept: {error}", file=sys.stderr)
        return str(error)
    return None
