"""A plain child process under limits: the backend that works everywhere, and contains the least.

The program runs in a session of its own, in a folder of its own, with no environment but the one it is
given, with input from a file and output into pipes that are read up to a cap. A shell sets the limits
before the program starts, so that no code of ours runs between fork and exec. When the program ends, or
meets a limit, its whole process group is killed.

What this does not do: it hides neither files nor network nor the user's other processes. It is for banks
whose authors are trusted.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from quizlib.sandbox.files import encoded, lay_out
from quizlib.sandbox.outcome import outcome, text
from quizlib.sandbox.protocol import Job, Limits, MemoryLimit, RunResult, Status

_POLL_SECONDS = 0.05
_UNASKED_PROCESSES = 64  # this backend cannot keep a program from starting processes, only count them
_PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h

# `ulimit` as POSIX has it, in the units that dash, bash and busybox share. A limit that the platform does
# not know (address space on macOS) is passed over; what the others cannot hold, the wall time does.
_LIMITING_SHELL = """
set_limit() { ulimit "$@" 2>/dev/null || { ulimit -S "$@" 2>/dev/null; } || :; }
ulimit -c 0 2>/dev/null || :
ulimit -H -t "$(($1 + 1))" 2>/dev/null || :
ulimit -S -t "$1" 2>/dev/null || :
set_limit "$2" "$3"; set_limit -f "$4"; set_limit -n "$5"
shift 5
"$@"
exit $?
"""


class ProcessSandbox:
    """Runs programs as plain children of this process."""

    def __init__(self, isolation: str = "none") -> None:
        self._isolation = isolation
        _adopt_orphans()
        self._lock = threading.Lock()
        self._running: set[int] = set()
        self._cancelled = False

    @property
    def isolation(self) -> str:
        """The name of the level of isolation."""
        return self._isolation

    @property
    def warm(self) -> bool:
        """Whether programs may run in copies of an interpreter that has started."""
        return False

    def run(self, job: Job) -> RunResult:
        """Run a program; see `Sandbox.run`."""
        try:
            with _temporary_folder() as folder:
                work = Path(folder, "work")
                work.mkdir()
                lay_out(work, {name: encoded(content) for name, content in job.files.items()})
                given = Path(folder, "stdin")
                for command in job.preparation:
                    given.write_bytes(b"")
                    prepared = self._supervised(command, work, given, job.environment, _preparing(job.limits))
                    if prepared.status is not Status.OK:
                        return _not_prepared(prepared)
                given.write_bytes(encoded(job.stdin))
                return self._supervised((*job.command, *job.arguments), work, given, job.environment, job.limits)
        except (OSError, ValueError) as error:  # ValueError: a NUL in an argument
            reason = getattr(error, "strerror", None) or error
            return RunResult(Status.INTERNAL, detail=f"the program could not be started: {reason}")

    def cancel(self) -> None:
        """Kill what runs, and start nothing more."""
        with self._lock:
            self._cancelled = True
            for pid in self._running:
                _kill_group(pid)

    def close(self) -> None:
        """Nothing waits."""

    def _supervised(
        self, command: Sequence[str], work: Path, given: Path, environment: Mapping[str, str], limits: Limits
    ) -> RunResult:
        start = time.monotonic()
        with given.open("rb") as stdin, self._lock:
            if self._cancelled:
                return RunResult(Status.REFUSED, detail="the run was cancelled")
            process = subprocess.Popen(
                _limited(command, limits),
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=work,
                env={**environment, **_places(work)},
                close_fds=True,
                **_own_group(),  # type: ignore[call-overload]
            )
            self._running.add(process.pid)
        try:
            watch = _Watch(process, start + limits.wall_seconds, limits)
            limit_met = watch.until_end()
        finally:
            _kill_group(process.pid)
            process.wait()
            _reap_group(process.pid)
            with self._lock:
                self._running.discard(process.pid)
            watch.drain_and_close()
        seconds = time.monotonic() - start
        if watch.is_over():
            limit_met = limit_met or Status.OUTPUT_LIMIT
        return outcome(process.returncode, limit_met, watch.stdout, watch.stderr, seconds, limits, shell=True)


@contextlib.contextmanager
def _temporary_folder() -> Iterator[str]:
    """Give a new folder, and remove it however deep a program has nested folders in it."""
    folder = tempfile.mkdtemp(prefix="quiz-")
    try:
        yield folder
    finally:
        try:
            shutil.rmtree(folder)
        except (OSError, RecursionError):
            if sys.platform == "win32":
                shutil.rmtree(folder, ignore_errors=True)
            else:
                subprocess.run(["chmod", "-R", "u+rwx", folder], check=False, stderr=subprocess.DEVNULL)
                subprocess.run(["rm", "-rf", folder], check=False, stderr=subprocess.DEVNULL)


class _Watch:
    """Reads a child's streams up to a cap, and keeps an eye on time and on the number of processes."""

    def __init__(self, process: subprocess.Popen[bytes], deadline: float, limits: Limits) -> None:
        assert process.stdout is not None
        assert process.stderr is not None
        self._process = process
        self._deadline = deadline
        self._limits = limits
        self._streams: dict[IO[bytes], bytearray] = {process.stdout: bytearray(), process.stderr: bytearray()}

    @property
    def stdout(self) -> str:
        return self._text(0)

    @property
    def stderr(self) -> str:
        return self._text(1)

    def _text(self, index: int) -> str:
        collected = list(self._streams.values())[index]
        return text(bytes(collected), self._limits)

    def until_end(self) -> Status | None:
        """Wait until the program has ended, or return the limit that it met."""
        if sys.platform == "win32":
            return self._until_end_by_threads()
        with selectors.DefaultSelector() as selector:
            for stream in self._streams:
                os.set_blocking(stream.fileno(), False)
                selector.register(stream, selectors.EVENT_READ)
            next_count = time.monotonic() + _POLL_SECONDS
            while self._process.poll() is None:
                now = time.monotonic()
                if now >= self._deadline:
                    return Status.TIMEOUT
                if now >= next_count:
                    next_count = now + _POLL_SECONDS
                    if _group_size(self._process.pid) > (self._limits.processes or _UNASKED_PROCESSES):
                        return Status.PROCESS_LIMIT
                if selector.get_map():
                    ready = selector.select(min(_POLL_SECONDS, max(0.0, self._deadline - now)))
                    for key, _ in ready:
                        if not self._read(key.fileobj):  # type: ignore[arg-type]
                            selector.unregister(key.fileobj)
                    if self.is_over():
                        return Status.OUTPUT_LIMIT
                else:
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        self._process.wait(min(_POLL_SECONDS, max(0.001, self._deadline - now)))
        return None

    def drain_and_close(self) -> None:
        """Read what is left in the pipes, without waiting for who may still hold them."""
        for stream in self._streams:
            if sys.platform != "win32":
                os.set_blocking(stream.fileno(), False)
                while not self.is_over() and self._read(stream):
                    pass
            stream.close()

    def _read(self, stream: IO[bytes]) -> bool:
        """Read once; False at the end of the stream, or when there is nothing to read now."""
        try:
            chunk = os.read(stream.fileno(), 65536)
        except BlockingIOError:
            return False
        if len(self._streams[stream]) <= self._limits.output_bytes:
            self._streams[stream] += chunk
        return bool(chunk)

    def is_over(self) -> bool:
        return any(len(collected) > self._limits.output_bytes for collected in self._streams.values())

    def _until_end_by_threads(self) -> Status | None:
        """The same where pipes cannot be selected."""

        def collect(stream: IO[bytes]) -> None:
            while not self.is_over() and self._read(stream):
                pass

        threads = [threading.Thread(target=collect, args=(stream,), daemon=True) for stream in self._streams]
        for thread in threads:
            thread.start()
        while self._process.poll() is None:
            if time.monotonic() >= self._deadline:
                return Status.TIMEOUT
            if self.is_over():
                return Status.OUTPUT_LIMIT
            time.sleep(_POLL_SECONDS / 5)
        for thread in threads:
            thread.join(1)
        return None


def _limited(command: Sequence[str], limits: Limits) -> list[str]:
    if sys.platform == "win32":
        return list(command)
    memory = ("-v" if limits.memory is MemoryLimit.ADDRESS_SPACE else "-d", limits.memory_bytes // 1024)
    numbers = (limits.cpu_seconds, *memory, limits.file_bytes // 512, limits.open_files)
    return ["/bin/sh", "-c", _LIMITING_SHELL, "sh", *map(str, numbers), *command]


def _preparing(limits: Limits) -> Limits:
    """Return the limits of a command that prepares a program."""
    seconds = limits.preparation_seconds
    return dataclasses.replace(limits, wall_seconds=seconds, cpu_seconds=int(seconds) + 1, processes=_UNASKED_PROCESSES)


def _not_prepared(result: RunResult) -> RunResult:
    status = Status.COMPILE_ERROR if result.status is Status.RUNTIME_ERROR else result.status
    return dataclasses.replace(result, status=status, stdout="", exit_code=None)


def _places(work: Path) -> dict[str, str]:
    """Return the variables without which programs would look for their places elsewhere."""
    if sys.platform == "win32":
        return {"SYSTEMROOT": os.environ.get("SYSTEMROOT", ""), "TEMP": str(work), "TMP": str(work)}
    return {"TMPDIR": str(work), "HOME": str(work)}


def _own_group() -> dict[str, object]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def _kill_group(pid: int) -> None:
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(pid)], capture_output=True, check=False)
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _adopt_orphans() -> None:
    """Become the parent of what programs leave behind, where the kernel can do that, so as to reap it."""
    if sys.platform == "linux":
        import ctypes  # only when programs are run

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _reap_group(group: int) -> None:
    """Wait for the killed processes of a group that have become our children."""
    if sys.platform != "win32":
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-group, 0)[0]:
                pass


def _group_size(group: int) -> int:
    """Count the processes of a group where the kernel shows them; 0 elsewhere."""
    count = 0
    try:
        entries = os.listdir("/proc")
    except OSError:
        return 0
    for entry in entries:
        if entry.isdigit():
            with contextlib.suppress(OSError, ValueError, IndexError):
                with open(f"/proc/{entry}/stat", encoding="ascii", errors="replace") as file:
                    fields = file.read().rpartition(")")[2].split()
                count += int(fields[2]) == group
    return count
