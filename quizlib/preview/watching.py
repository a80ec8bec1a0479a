"""When the files of a bank have been saved: seen by looking at them, and believed once they have come to rest."""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

TICK_SECONDS = 0.2
_MOST_TICKS = 5  # that are waited for rest: who saves all the time sees something, too
_MOST_FILES = 2000

Snapshot = frozenset[tuple[str, int, int, int]]
Value = TypeVar("Value")


def snapshot(folder: Path, named: Path) -> Snapshot:
    """Return what tells one state of the files below a folder from another; hidden folders are passed over.

    Of a folder with very many files those that lie nearest are looked at. `named` is looked at in any case, wherever it
    may lead. Never raises: what cannot be read is not there.
    """
    found: set[tuple[str, int, int, int]] = set()
    waiting = deque([str(folder)])
    while waiting and len(found) < _MOST_FILES:
        try:
            entries = sorted(os.scandir(waiting.popleft()), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries[:_MOST_FILES]:
            if entry.name.startswith("."):
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    found.add(_state(entry.path))
            except OSError:
                continue
    with contextlib.suppress(OSError):
        found.add(_state(str(named)))
    return frozenset(found)


def _state(path: str) -> tuple[str, int, int, int]:
    status = os.stat(path)
    return path, status.st_mtime_ns, status.st_size, status.st_ino


def at_rest(look: Callable[[], Value], wait: Callable[[], bool], now: Value) -> Value:
    """Look until two looks are alike, or often enough; return the last one. `wait` says whether it is all over."""
    for _ in range(_MOST_TICKS):
        if wait():
            break
        before, now = now, look()
        if before == now:
            break
    return now


def watch(look: Callable[[], Value], wait: Callable[[], bool], work: Callable[[], None]) -> None:
    """Do the work at once, and again after each change, one at a time, until `wait` says that it is all over.

    What changes while the work is being done is seen after it: the state looked at is the one from before.
    """
    seen = look()
    work()
    while not wait():
        now = look()
        if now != seen:
            seen = at_rest(look, wait, now)
            work()
