"""Results kept from earlier runs, by all that decides them, so that what has not changed is not run again.

The key is a digest of the whole job (program, input, files, arguments, environment, limits, commands), of the
runtime and its version and file, of what is installed beside it, of the isolation asked for, and of the version of
quizlib. A result that hangs on the machine or the moment, such as a limit that was met, is never kept.

It lies in the user's own cache folder, which programs cannot see, and never beside a bank: a bank must not bring
the proof of its own key. Whatever is wrong with it (damaged, locked, no space) costs time and nothing else.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import hashlib
import json
import os
import sqlite3
import stat
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from quizlib import __version__
from quizlib.home import home
from quizlib.plugins import Runtime
from quizlib.proof.installed import installed
from quizlib.sandbox import Job, RunResult, Status

MAX_BYTES = 64_000_000
_MAX_OUTPUT = 64_000
_FORMAT = 1
_KEPT = (Status.OK, Status.RUNTIME_ERROR, Status.COMPILE_ERROR)
_PLACES = {"win32": ("LOCALAPPDATA", "AppData/Local"), "darwin": ("", "Library/Caches")}
_AT_ONCE = 500
_LOCK_SECONDS = 2.0
_TABLE = "CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, value TEXT, digest TEXT, added REAL) WITHOUT ROWID"
# What says nothing against the file: another process, the disk, permissions, a folder in its place.
_PASSING = (
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_CANTOPEN,
)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Kept:
    """A result, the moments at which the program really ran, and the level at which it was contained."""

    result: RunResult
    began: float
    ended: float
    isolation: str


class Cache:
    """Results in a database, for the isolation that is asked for. Several processes may use it at once.

    No method raises for what is wrong with it.
    """

    def __init__(self, path: Path, isolation: str, *, max_bytes: int = MAX_BYTES) -> None:
        self._path = path
        self._isolation = isolation
        self._max_bytes = max_bytes

    def key(self, job: Job, runtime: Runtime) -> str:
        """Return the digest of everything that decides how a job ends."""
        data = dataclasses.asdict(job)
        data["files"] = sorted(data["files"].items())
        data["environment"] = sorted(data["environment"].items())
        file = _file(runtime.executable)
        beside = installed(job.reads)
        parts = (_FORMAT, *_ourselves(), self._isolation, data, dataclasses.astuple(runtime), file, beside)
        return hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode("ascii")).hexdigest()

    def get(self, keys: Iterable[str]) -> dict[str, Kept]:
        """Return what is kept under keys; what is damaged counts as not there."""
        wanted = list(dict.fromkeys(keys))
        found: dict[str, Kept] = {}

        def look_up(database: sqlite3.Connection) -> None:
            for start in range(0, len(wanted), _AT_ONCE):
                some = wanted[start : start + _AT_ONCE]
                places = ",".join("?" * len(some))
                query = f"SELECT key, value, digest FROM results WHERE key IN ({places})"
                for key, value, digest in database.execute(query, some):
                    with contextlib.suppress(ValueError, TypeError, KeyError, AttributeError):
                        if digest == _digest(key, value):
                            found[key] = _read(value)

        self._use(look_up)
        return found

    def put(self, results: Mapping[str, Kept]) -> None:
        """Keep those results that would be the same another time, and forget the oldest when there are too many."""
        worth = {key: _written(kept) for key, kept in results.items() if _is_worth_keeping(kept.result)}
        now = time.time()

        def keep(database: sqlite3.Connection) -> None:
            rows = [(key, value, _digest(key, value), now) for key, value in worth.items()]
            database.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)", rows)
            self._make_room(database)

        if worth:
            self._use(keep)

    def _make_room(self, database: sqlite3.Connection) -> None:
        held = "SELECT coalesce(sum(length(value)), 0), count(*) FROM results"
        size, count = database.execute(held).fetchone()
        if size > self._max_bytes:
            oldest = "SELECT key FROM results ORDER BY added LIMIT ?"
            database.execute(f"DELETE FROM results WHERE key IN ({oldest})", (max(1, count // 2),))

    def _use(self, action: Callable[[sqlite3.Connection], None]) -> None:
        """Do something in one transaction, or do without."""
        try:
            self._make_folder()
            with contextlib.closing(sqlite3.connect(self._path, timeout=_LOCK_SECONDS)) as database, database:
                database.execute(_TABLE)
                action(database)
        except OSError:
            return  # the folder cannot be made, or is not ours
        except sqlite3.Error as error:
            if not _may_pass(error):
                with contextlib.suppress(OSError):
                    self._path.unlink()  # it is no database of ours any more: the next use makes a new one

    def _make_folder(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not _is_own(self._path.parent):
            raise PermissionError("another user could write it")


def default_path() -> Path | None:
    """Return where results are kept: in `QUIZ_CACHE_DIR`, or the user's own cache folder; None where there is none."""
    name = f"results-{_FORMAT}.sqlite"
    if named := os.environ.get("QUIZ_CACHE_DIR"):
        return Path(named, name)
    variable, below = _PLACES.get(sys.platform, ("XDG_CACHE_HOME", ".cache"))
    if folder := os.environ.get(variable):
        return Path(folder, "quizlib", name)
    own = home()
    return own / below / "quizlib" / name if own else None


@functools.cache
def _ourselves() -> tuple[str, int]:
    """Return our version, and the moment at which what runs programs was last changed, of a working copy say."""
    package = Path(__file__).parents[1]
    sources = [path for part in ("languages", "proof", "sandbox") for path in (package / part).rglob("*.py")]
    return __version__, max((path.stat().st_mtime_ns for path in sources), default=0)


def _file(path: str) -> tuple[str, int, int]:
    """Return what tells a file from another one that takes its place."""
    try:
        status = os.stat(path)
    except OSError:
        return "", 0, 0
    return os.path.realpath(path), status.st_size, status.st_mtime_ns


def _is_worth_keeping(result: RunResult) -> bool:
    return result.status in _KEPT and len(result.stdout) + len(result.stderr) <= _MAX_OUTPUT


def _may_pass(error: sqlite3.Error) -> bool:
    """Whether the same file may serve another time; not so when it is damaged, or its table is another one."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in _PASSING  # the low byte is the kind of error


def _is_own(folder: Path) -> bool:
    """Whether the folder is the user's, and nobody else can write into it, where that can be told.

    The user's own group counts as the user: where it is a group of one, folders are made writable by it.
    """
    if sys.platform == "win32":
        return True
    status = folder.stat()
    by_others = status.st_mode & stat.S_IWOTH or (status.st_mode & stat.S_IWGRP and status.st_gid != os.getegid())
    return status.st_uid == os.geteuid() and not by_others


def _digest(key: str, value: str) -> str:
    return hashlib.sha256(f"{key}\0{value}".encode("utf-8", "surrogatepass")).hexdigest()


def _written(kept: Kept) -> str:
    return json.dumps(dataclasses.asdict(kept), ensure_ascii=True)


def _read(value: str) -> Kept:
    data: dict[str, Any] = json.loads(value)
    result = data.pop("result")
    return Kept(RunResult(**{**result, "status": Status(result["status"])}), **data)
