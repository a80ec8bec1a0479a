"""Colour, lines that fit, and the progress bar: only where a person is looking."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from quizlib.report.screen import Screen

_DELAY_SECONDS = 1.0
_BAR_WIDTH = 30
_USUAL = 80  # cells of a terminal that does not say how wide it is


def wants_color(stream: IO[str]) -> bool:
    """Whether to colour what is written to `stream`: a terminal, and neither NO_COLOR nor TERM=dumb."""
    if os.environ.get("NO_COLOR"):
        return False
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def screen(stream: TextIO) -> Screen:
    """Return how wide `stream` is, if it is a terminal, whether it has colours, and its encoding."""
    from quizlib.report.screen import Screen

    return Screen(_columns(stream) if stream.isatty() else None, wants_color(stream), stream.encoding)


def _columns(stream: IO[str]) -> int:
    """Return how wide a terminal is: that of this stream, since another one may be a pipe."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked):
        return int(asked)
    with contextlib.suppress(OSError, ValueError):
        return os.get_terminal_size(stream.fileno()).columns or _USUAL
    return _USUAL


class ProgressBar:
    """A bar on standard error that appears when the work takes longer than a second."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._visible = sys.stderr.isatty()
        self._drawn = False

    def __call__(self, over: int, total: int) -> None:
        """Draw how much is over, if it is time to."""
        if not self._visible or time.monotonic() - self._start < _DELAY_SECONDS:
            return
        print(f"\r{_bar(over, total)}", end="", file=sys.stderr, flush=True)
        self._drawn = True

    def clear(self) -> None:
        """Take the bar away."""
        if self._drawn:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._drawn = False


def _bar(over: int, total: int) -> str:
    """Return the bar as far as one line has room for it: a line that breaks could not be drawn over."""
    counts = f"{over}/{total}"
    room = _columns(sys.stderr) - 1
    width = min(_BAR_WIDTH, room - len(f"running programs [] {counts}"))
    if width < 1:
        return counts[:room]
    filled = width * over // max(total, 1)
    return f"running programs [{'#' * filled}{'-' * (width - filled)}] {counts}"


@contextlib.contextmanager
def progress_bar() -> Iterator[ProgressBar]:
    """Give a progress bar, and take it away at the end."""
    bar = ProgressBar()
    try:
        yield bar
    finally:
        bar.clear()
