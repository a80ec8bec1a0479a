"""What every backend promises."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping, Sequence
from typing import Protocol


class Status(enum.StrEnum):
    """How a run ended. Limits are outcomes, not exceptions.

    OK: exit status 0. RUNTIME_ERROR: another status, or a signal. TIMEOUT, MEMORY, OUTPUT_LIMIT,
    PROCESS_LIMIT: a limit was met. REFUSED: the program was not started, since the backend cannot
    contain it. INTERNAL: the backend failed.
    """

    OK = "ok"
    RUNTIME_ERROR = "runtime_error"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    OUTPUT_LIMIT = "output_limit"
    PROCESS_LIMIT = "process_limit"
    REFUSED = "refused"
    INTERNAL = "internal"


@dataclasses.dataclass(frozen=True, slots=True)
class Limits:
    """What a program may use.

    `wall_seconds` and `cpu_seconds` in seconds; `memory_bytes` of address space of each process;
    `output_bytes` of each stream; `file_bytes` of each file; `open_files` and `processes` counted.
    """

    wall_seconds: float = 5.0
    cpu_seconds: int = 5
    memory_bytes: int = 512_000_000
    output_bytes: int = 1_000_000
    file_bytes: int = 8_000_000
    open_files: int = 64
    processes: int = 64


@dataclasses.dataclass(frozen=True, slots=True)
class RunResult:
    """How a program ended and what it wrote, cut at the limit. `seconds` is the wall time.

    `exit_code` is None when a signal or a limit ended it. `detail` says more, where there is more to say.
    """

    status: Status
    stdout: str = ""
    stderr: str = ""
    exit_code: int | None = None
    seconds: float = 0.0
    detail: str = ""


class Sandbox(Protocol):
    """A way of running programs. Safe to call from several threads."""

    def run(
        self,
        command: Sequence[str],
        files: Mapping[str, str],
        *,
        stdin: str,
        environment: Mapping[str, str],
        limits: Limits,
    ) -> RunResult:
        """Run `command` in a new folder that holds `files`, and nothing of ours.

        `environment` is all that the program gets of one. Never raises for what the program does.
        """
        ...

    def cancel(self) -> None:
        """End all runs under way, and refuse further ones."""
        ...
