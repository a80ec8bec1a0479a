"""Where the progress of a learner is kept between two runs: the user's own folder of states.

A file is a result (`quizlib.results`) with what a session needs beyond it. It has the name of what was asked: the bank,
its path, the mode, the choice of questions and the learner, so that each of these goes on by itself. What is wrong
with a file is said in a word, and never stops a learner.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from quizlib import results
from quizlib.bank import read_regular_file
from quizlib.delivery.checking import DocumentError, Fault, Node, parsed
from quizlib.home import home
from quizlib.reasons import reason_of
from quizlib.taking.session import Kept, Session

_FORMAT = 1
_PLACES = {"win32": ("LOCALAPPDATA", "AppData/Local"), "darwin": ("", "Library/Application Support")}
_MOST_SECONDS = 1e9


class KeptError(Exception):
    """What was kept cannot be read, or nothing can be kept."""


class Store:
    """The file for one practice or test; `key` says which. `folder` is None where nothing can be kept."""

    def __init__(self, folder: Path | None, key: Sequence[object]) -> None:
        name = hashlib.sha256(json.dumps([_FORMAT, *key], ensure_ascii=True).encode("ascii")).hexdigest()
        self._path = folder / f"{name[:32]}.json" if folder else None

    def read(self) -> Kept | None:
        """Return what was kept, None where nothing was. Raises KeptError."""
        if self._path is None:
            return None
        try:
            return _kept(read_regular_file(self._path))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise KeptError(reason_of(error)) from error
        except (DocumentError, ValueError) as error:
            raise KeptError("it is damaged") from error

    def write(self, session: Session) -> None:
        """Keep a session, whole or not at all. Raises KeptError."""
        if self._path is None:
            raise KeptError("there is no folder for it")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _replace(self._path, _written(session))
        except OSError as error:
            raise KeptError(reason_of(error)) from error

    def clear(self) -> None:
        """Forget what was kept."""
        if self._path is not None:
            with contextlib.suppress(OSError):
                self._path.unlink()


def default_folder() -> Path | None:
    """Return where progress is kept: `QUIZ_STATE_DIR`, or in the user's own folder of states; None without one."""
    if named := os.environ.get("QUIZ_STATE_DIR"):
        return Path(named)
    variable, below = _PLACES.get(sys.platform, ("XDG_STATE_HOME", ".local/state"))
    if folder := os.environ.get(variable):
        return Path(folder, "quizlib", "taking")
    own = home()
    return own / below / "quizlib" / "taking" if own else None


def _written(session: Session) -> bytes:
    data = json.loads(results.write(session.result(None)))
    return (json.dumps(data | {"elapsed": round(session.elapsed, 1)}, indent=2) + "\n").encode("ascii")


def _kept(content: bytes) -> Kept:
    """Raises DocumentError."""
    result = results.read(content)
    faults: list[Fault] = []
    elapsed = Node(parsed(content), faults).number("elapsed", least=0, most=_MOST_SECONDS)
    if faults or result.seed is None or result.started is None:
        raise DocumentError(faults)
    return Kept(result.seed, result.started, elapsed, result.responses)


def _replace(path: Path, content: bytes) -> None:
    """Write a file beside its place, readable by its owner only, and rename it."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with open(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
