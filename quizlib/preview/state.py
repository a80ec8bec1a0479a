"""What the browser is shown: one frozen value at a time, that many requests may wait for."""

from __future__ import annotations

import dataclasses
import hashlib
import threading
from typing import Any


@dataclasses.dataclass(frozen=True, slots=True)
class View:
    """The page of the bank, the last one that could be made, and what is said of the files as they are now.

    `data` are plain; `is_checking`: the programs are still running, and what they show will follow.
    """

    page: bytes | None = None
    data: dict[str, Any] = dataclasses.field(default_factory=dict)
    is_checking: bool = True

    @property
    def digest(self) -> str | None:
        """What tells one page from another; None where there is none."""
        return hashlib.sha256(self.page).hexdigest() if self.page is not None else None


class State:
    """The view, and its version, which counts up. All threads may use it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._view = View()
        self._version = 0
        self._closed = False

    def publish(self, view: View) -> None:
        """Show another view."""
        with self._changed:
            self._view = view
            self._version += 1
            self._changed.notify_all()

    def newer_than(self, version: int, seconds: float) -> tuple[int, View]:
        """Return the view and its version; wait for at most so many seconds for one that is newer than `version`."""
        with self._changed:
            self._changed.wait_for(lambda: self._version > version or self._closed, seconds)
            return self._version, self._view

    @property
    def view(self) -> View:
        """The view as it is now."""
        with self._changed:
            return self._view

    def close(self) -> None:
        """Let nobody wait any longer."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
