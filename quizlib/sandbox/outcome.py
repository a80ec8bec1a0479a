"""From how a process ended to how a run ended: the same for every backend."""

from __future__ import annotations

import signal

from quizlib.sandbox.protocol import Limits, RunResult, Status

_CLOCK_SECONDS = 0.5  # the kernel counts the limit in whole ticks, and looks at it now and then
_SIGXCPU = getattr(signal, "SIGXCPU", -1)
_SIGSYS = getattr(signal, "SIGSYS", -1)


def text(written: bytes, limits: Limits) -> str:
    """Return what a program wrote, up to the limit. Bytes that are not UTF-8 are replaced."""
    return written[: limits.output_bytes].decode("utf-8", "replace")


def outcome(
    code: int,
    limit_met: Status | None,
    stdout: str,
    stderr: str,
    seconds: float,
    limits: Limits,
    *,
    shell: bool = False,
    cpu_seconds: float | None = None,
) -> RunResult:
    """Judge an end. `code` is an exit status, or a signal as a negative number.

    `shell` says that the status comes by way of a shell, which makes 128 + n of the signal n. `cpu_seconds` is what
    was used of them; where that is not known, it can be no more than the wall time.
    """
    if limit_met is not None:
        return RunResult(limit_met, stdout, stderr, None, seconds)
    ended_by = -code if code < 0 else code - 128 if shell and 128 < code < 160 else 0
    # The program may also have chosen such a status, or have sent itself the signal.
    used = seconds if cpu_seconds is None else cpu_seconds + _CLOCK_SECONDS
    if ended_by == _SIGXCPU and used >= limits.cpu_seconds:
        return RunResult(Status.TIMEOUT, stdout, stderr, None, seconds, "the CPU time was used up")
    if code == 1 and stderr.endswith("\nMemoryError\n"):
        return RunResult(Status.MEMORY, stdout, stderr, code, seconds)
    detail = f"signal {ended_by} ended it" if ended_by else ""
    if code < 0:
        return RunResult(Status.RUNTIME_ERROR, stdout, stderr, None, seconds, detail)
    return RunResult(Status.OK if code == 0 else Status.RUNTIME_ERROR, stdout, stderr, code, seconds, detail)


def forbidden(code: int) -> bool:
    """Whether the kernel ended the program for a system call that its view cannot serve."""
    return code == -_SIGSYS
