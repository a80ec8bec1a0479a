"""What every backend promises."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping
from typing import Protocol


class Status(enum.StrEnum):
    """How a run ended. Limits are outcomes, not exceptions.

    OK: exit status 0. RUNTIME_ERROR: another status, or a signal. COMPILE_ERROR: a command that prepares the
    program failed, and it was not started. TIMEOUT, MEMORY, OUTPUT_LIMIT, PROCESS_LIMIT: a limit was met.
    REFUSED: the program was not run, or ended, since the backend cannot contain what it does. INTERNAL: the
    backend failed.
    """

    OK = "ok"
    RUNTIME_ERROR = "runtime_error"
    COMPILE_ERROR = "compile_error"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    OUTPUT_LIMIT = "output_limit"
    PROCESS_LIMIT = "process_limit"
    REFUSED = "refused"
    INTERNAL = "internal"


class MemoryLimit(enum.StrEnum):
    """What the limit on memory counts: all address space, or, for runtimes that reserve much, private data."""

    ADDRESS_SPACE = "address_space"
    DATA = "data"


@dataclasses.dataclass(frozen=True, slots=True)
class Limits:
    """What a program may use.

    `wall_seconds` and `cpu_seconds` in seconds; `preparation_seconds` of wall time for each command that
    prepares it; `memory_bytes` of each process, and of all its processes together where it may start any;
    `output_bytes` of each stream; `file_bytes` of each file; `open_files` and `threads` counted;
    `processes` that it may start beside its own.
    """

    wall_seconds: float = 5.0
    cpu_seconds: int = 5
    preparation_seconds: float = 10.0
    memory_bytes: int = 512_000_000
    memory: MemoryLimit = MemoryLimit.ADDRESS_SPACE
    output_bytes: int = 1_000_000
    file_bytes: int = 8_000_000
    open_files: int = 64
    threads: int = 64
    processes: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Job:
    """A program to be run, in a new folder that holds `files` and nothing of ours.

    `command` is followed by `arguments`; its first word is the absolute path of the runtime. `preparation`
    are commands to be run in the folder before, such as a compiler; they may start processes. `environment`
    is all that the program gets of one. `reads` are folders, besides the system's, that it must be able to
    read. `warm` says that `command` is a CPython interpreter, its flags, and the name of one of the files:
    a backend may then run that file in a copy of an interpreter that has already started.
    """

    command: tuple[str, ...]
    files: Mapping[str, str]
    arguments: tuple[str, ...] = ()
    preparation: tuple[tuple[str, ...], ...] = ()
    stdin: str = ""
    environment: Mapping[str, str] = dataclasses.field(default_factory=dict)
    reads: tuple[str, ...] = ()
    warm: bool = False
    limits: Limits = Limits()


@dataclasses.dataclass(frozen=True, slots=True)
class RunResult:
    """How a program ended and what it wrote, cut at the limit. `seconds` is the wall time.

    `memory_bytes` is the most that one of its processes held, None where that is not known. `exit_code` is
    None when a signal or a limit ended it. `detail` says more, where there is more to say.
    """

    status: Status
    stdout: str = ""
    stderr: str = ""
    exit_code: int | None = None
    seconds: float = 0.0
    detail: str = ""
    memory_bytes: int | None = None


class Sandbox(Protocol):
    """A way of running programs. Safe to call from several threads."""

    @property
    def isolation(self) -> str:
        """The name of the level of isolation, as reports show it."""
        ...

    @property
    def warm(self) -> bool:
        """Whether programs may run in copies of an interpreter that has started."""
        ...

    def run(self, job: Job) -> RunResult:
        """Run a program. Never raises for what the program does."""
        ...

    def cancel(self) -> None:
        """Kill what runs, and start nothing more."""
        ...

    def close(self) -> None:
        """End what waits for further programs."""
        ...
