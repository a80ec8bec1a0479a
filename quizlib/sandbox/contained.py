"""Programs contained by the kernel: strict-ns with namespaces, strict-ro without.

A *worker* is a process that has sealed itself off (`guest/_quizlib_server.py`) and makes a copy of itself for each
program. A worker whose interpreter is the one that a program asks for runs it *warm*, in a copy that has already
started; any other program is executed by its copy. Nothing but the program goes in: neither the bank nor what is
expected. What comes out is judged here: bytes from two pipes up to a cap, and the status that the kernel gave.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import marshal
import math
import os
import platform
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from quizlib.sandbox.files import encoded, lay_out
from quizlib.sandbox.outcome import forbidden, outcome, text
from quizlib.sandbox.protocol import Job, Limits, MemoryLimit, RunResult, Status
from quizlib.sandbox.seccomp import OWN_PID, Policy, filter_for

Level = Literal["ns", "ro"]

_GUEST = Path(__file__).with_name("guest")
_NOBODY = 65534  # as whom programs run when quizlib itself is run by root
_SCRATCH = "/box"
_SCRATCH_BYTES = 16_000_000
_START_SECONDS = 30.0
_LATE_SECONDS = 10.0
_LOOK_SECONDS = 0.02
_PREPARATION_PROCESSES = 32
_IDLE_WORKERS = 16
_NEEDS_NAMESPACES = "it changes files, starts processes or uses the network; the first two need strict-ns"
_NOT_ALLOWED = "it starts a process, which `processes` of its code must allow, or uses the network"

# What programs may read beside their runtime. Not the whole of /usr: sources are kept in some places of it.
_SYSTEM = ("bin", "sbin", "lib", "lib32", "lib64", "libx32", "libexec", "share", "include")
_ROOTS = ("", "/usr", "/usr/local")
_CONFIGURATION = ("/etc/ld.so.cache", "/etc/alternatives")
_USERS = {
    "passwd": "quiz:x:1000:1000:quiz:/box:/bin/sh\n",
    "group": "quiz:x:1000:\n",
}
_UNBOUNDED = (1 << 64) - 1

# What the copy of a server says when the program itself is at fault that it cannot begin.
_CANNOT_BE_LAID_OUT, _CANNOT_BE_EXECUTED = b"files: ", b"begunbroken: "


class Unavailable(Exception):
    """A layer cannot be had here. `layer` names it, `reason` is what the kernel said."""

    def __init__(self, layer: str, reason: str) -> None:
        super().__init__(f"{layer}: {reason}")
        self.layer = layer
        self.reason = reason


class Unanswered(Unavailable):
    """Nothing was heard of a layer, which says more of a busy machine than of the layer."""


class ContainedSandbox:
    """Runs programs in workers of one level. Safe to call from several threads.

    `hidden` are folders that no program may see: one that lies within what programs read is an error
    (`Unavailable`) when the first worker starts.
    """

    def __init__(self, level: Level, *, hidden: Sequence[Path] = ()) -> None:
        self._level = level
        self._hidden = tuple(hidden)
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._cold_only: set[tuple[str, ...]] = set()
        self._cancelled = False

    @property
    def isolation(self) -> str:
        """The name of the level, as reports show it."""
        return f"strict-{self._level}"

    @property
    def warm(self) -> bool:
        """Whether programs may run in copies of an interpreter that has started."""
        return True

    def run(self, job: Job) -> RunResult:
        """Run a program; see `Sandbox.run`."""
        if sum(map(len, job.files.values())) > _SCRATCH_BYTES:
            return RunResult(Status.REFUSED, detail=f"it has more than the {_SCRATCH_BYTES // 10**6} MB of its folder")
        if self._level == "ro" and job.preparation:
            return RunResult(Status.REFUSED, detail=_NEEDS_NAMESPACES)
        try:
            worker = self._worker(job)
        except Unavailable as unavailable:
            return RunResult(Status.INTERNAL, detail=f"the sandbox broke: {unavailable}")
        if worker is None:
            return RunResult(Status.REFUSED, detail="the run was cancelled")
        result = worker.run(job)
        with self._lock:
            self._busy.discard(worker)
            if worker.sound and not self._cancelled:
                self._idle.append(worker)
                worker = self._idle.pop(0) if len(self._idle) > _IDLE_WORKERS else None
        if worker is not None:
            worker.end()
        return result

    def start(self) -> None:
        """Start one worker, to see whether the level can be had. Raises Unavailable."""
        worker = _Worker(_Kind(None, (), ()), self._level, self._hidden)
        with self._lock:
            self._idle.append(worker)

    def cancel(self) -> None:
        """Kill what runs, and start nothing more."""
        with self._lock:
            self._cancelled = True
            workers = [*self._idle, *self._busy]
            self._idle.clear()
        for worker in workers:
            worker.end()

    def close(self) -> None:
        """End all workers. The sandbox can be used again, and will start new ones."""
        with self._lock:
            workers, self._idle = self._idle, []
        for worker in workers:
            worker.end()

    def leftovers(self) -> list[int]:
        """Return the processes that programs have left in workers that wait. There should be none."""
        with self._lock:
            return [pid for worker in self._idle for pid in worker.programs()]

    def _worker(self, job: Job) -> _Worker | None:
        kind = _kind(job)
        with self._lock:
            if self._cancelled:
                return None
            if kind.launcher in self._cold_only:
                kind = dataclasses.replace(kind, launcher=None, environment=())
            found = next((worker for worker in self._idle if worker.kind == kind), None)
            if found is not None:
                self._idle.remove(found)
                self._busy.add(found)
                return found
        try:
            worker = _Worker(kind, self._level, self._hidden)
        except Unavailable:
            if kind.launcher is None:
                raise
            # An interpreter that cannot become a server, for want of ctypes, say, is started for each program.
            self._cold_only.add(kind.launcher)
            return self._worker(job)
        with self._lock:
            if not self._cancelled:
                self._busy.add(worker)
                return worker
        worker.end()  # it was cancelled while it was starting
        return None


@dataclasses.dataclass(frozen=True, slots=True)
class _Kind:
    """What makes workers alike: the interpreter that waits in it, if any, its environment, what it can read."""

    launcher: tuple[str, ...] | None
    environment: tuple[tuple[str, str], ...]
    reads: tuple[str, ...]


def _kind(job: Job) -> _Kind:
    if job.warm:
        return _Kind(job.command, tuple(sorted(job.environment.items())), job.reads)
    return _Kind(None, (), job.reads)


class _Worker:
    """A sealed process, and the socket over which it is told what to run."""

    def __init__(self, kind: _Kind, level: Level, hidden: Sequence[Path]) -> None:
        self.kind = kind
        self.sound = False
        self._level = level
        self._jobs = 0
        reads, links = _readable(kind.reads, hidden)
        # In a view of its own each program gets a new folder; in one that cannot be changed, one does for all.
        self._folder = _SCRATCH if level == "ns" else tempfile.mkdtemp(prefix="quiz-")
        plan = {
            "level": level, "reads": reads, "links": links, "etc": _USERS,
            "user": _NOBODY, "own_pid": OWN_PID, "folder": self._folder,
        }  # fmt: skip
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._control = ours
        try:
            with theirs:
                self._process = self._started(theirs)
        except BaseException:
            self._forget()
            raise
        try:
            self._control.settimeout(_START_SECONDS)
            self._seal(plan)
        except BaseException as error:
            self.end()
            if isinstance(error, OSError | EOFError | ValueError):
                raise Unanswered("the server", f"it does not answer ({error or type(error).__name__})") from error
            raise
        self.sound = True

    def _started(self, theirs: socket.socket) -> subprocess.Popen[bytes]:
        *launcher, name = self.kind.launcher or (sys.executable, "-s", "-B", "-X", "utf8", "program.py")
        environment = {
            **_own_places(self._folder),
            **dict(self.kind.environment),
            "PYTHONPATH": str(_GUEST),
            "QUIZLIB_GUEST": str(theirs.fileno()),
        }
        stdin = _memory_file(b"")
        try:
            return subprocess.Popen(
                [*launcher, f"{self._folder}/{name}"],
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=environment,
                cwd="/",
                pass_fds=(theirs.fileno(),),
            )
        except OSError as error:
            raise Unavailable("the runtime", error.strerror or str(error)) from error
        finally:
            os.close(stdin)

    def _seal(self, plan: Mapping[str, Any]) -> None:
        self._send(plan)
        while True:
            answer = self._receive()
            if "map" in answer:
                inside, pid = answer["map"]
                self._send({"mapped": _map_users(pid, inside)})
            elif "broken" in answer:
                layer, reason = (*answer["broken"], "")[:2]
                raise Unavailable(layer, reason)
            else:
                return

    def run(self, job: Job) -> RunResult:
        """Run one program. Afterwards `sound` says whether the worker can be used again."""
        self._jobs += 1
        start = time.monotonic()
        try:
            with contextlib.closing(_Streams(job.limits)) as streams:
                report, limit_met = self._watched(job, streams)
                return self._judged(job, report, limit_met, streams, time.monotonic() - start)
        except (OSError, EOFError, ValueError) as error:
            self.sound = False
            return RunResult(Status.INTERNAL, detail=f"the sandbox broke: {error or 'no answer'}")

    def _watched(self, job: Job, streams: _Streams) -> tuple[dict[str, Any], Status | None]:
        payload = _memory_file(marshal.dumps(self._payload(job), 2))
        stdin = _memory_file(encoded(job.stdin))
        preparation = job.limits.preparation_seconds * len(job.preparation)
        try:
            order = {
                "order": "run", "id": self._jobs, "seconds": job.limits.wall_seconds,
                "preparation_seconds": preparation, "threads": job.limits.threads,
            }  # fmt: skip
            socket.send_fds(self._control, [marshal.dumps(order, 2)], [payload, stdin, *streams.written_to])
        finally:
            os.close(payload)
            os.close(stdin)
            streams.close_written_to()
        deadline = time.monotonic() + job.limits.wall_seconds + preparation + _LATE_SECONDS
        return self._until_end(job, streams, deadline)

    def _until_end(self, job: Job, streams: _Streams, deadline: float) -> tuple[dict[str, Any], Status | None]:
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        for stream in streams.read_from:
            poll.register(stream, select.POLLIN)
        limit_met: Status | None = None
        report: dict[str, Any] | None = None
        look_at = time.monotonic() + _LOOK_SECONDS
        while report is None:
            now = time.monotonic()
            if now > deadline:
                raise EOFError("it is late")
            several = bool(job.limits.processes or job.preparation)
            for descriptor, _ in poll.poll((_LOOK_SECONDS if several else deadline - now + 0.1) * 1000):
                if descriptor == self._control.fileno():
                    report = self._receive()
                elif not streams.read(descriptor):
                    poll.unregister(descriptor)
            if limit_met is None and report is None:
                if streams.is_over():
                    limit_met = Status.OUTPUT_LIMIT
                elif several and time.monotonic() > look_at:
                    look_at = time.monotonic() + _LOOK_SECONDS
                    limit_met = _met_by(self.programs(), job)
                if limit_met is not None:
                    self._send({"order": "end", "id": self._jobs})
        streams.drain()
        if streams.is_over():
            limit_met = limit_met or Status.OUTPUT_LIMIT
        return report, limit_met

    def _payload(self, job: Job) -> dict[str, Any]:
        """Return what the copy of the server needs in order to become the program."""
        files = {name: encoded(content) for name, content in job.files.items()}
        if self._level == "ro":
            _fill(Path(self._folder), files)
        warm = job.warm and self.kind.launcher is not None
        may_start = self._level == "ns" and bool(job.limits.processes)
        preparing = dataclasses.replace(
            job.limits,
            cpu_seconds=math.ceil(job.limits.preparation_seconds),
            file_bytes=_SCRATCH_BYTES,
            processes=_PREPARATION_PROCESSES,
        )
        places = _own_places(self._folder)
        return {
            "warm": warm,
            "name": job.command[-1],
            "command": [encoded(word) for word in (*job.command, *job.arguments)],
            "arguments": list(job.arguments),
            "environment": {} if warm else {**places, **job.environment},
            "files": files if self._level == "ns" else {},
            "scratch_bytes": _SCRATCH_BYTES,
            "preparation": [list(command) for command in job.preparation],
            "limits": _resources(job.limits, self._level),
            "filter": _filter(Policy(self._level == "ro", may_start)),
            "preparation_limits": _resources(preparing, self._level),
            "preparation_filter": _filter(Policy(read_only=False, processes=True)),
        }

    def _judged(
        self, job: Job, report: Mapping[str, Any], limit_met: Status | None, streams: _Streams, seconds: float
    ) -> RunResult:
        stdout, stderr = (text(bytes(collected), job.limits) for collected in streams.collected)
        began = report["began"]
        if report["id"] != self._jobs:
            self.sound = False
            return RunResult(Status.INTERNAL, detail="the sandbox broke: an answer about another program")
        code = os.waitstatus_to_exitcode(report["status"])
        if report["ended_by"] == "time":
            limit_met = limit_met or Status.TIMEOUT
        elif report["ended_by"] == "threads":
            limit_met = limit_met or Status.PROCESS_LIMIT
        memory = report["memory"] * 1024
        if began == b"unprepared" or (job.preparation and not began and limit_met):
            status = limit_met or Status.COMPILE_ERROR
            return RunResult(status, "", stderr, None, seconds, memory_bytes=memory)
        if began.startswith((_CANNOT_BE_LAID_OUT, _CANNOT_BE_EXECUTED)):
            why = began.removeprefix(_CANNOT_BE_LAID_OUT).removeprefix(_CANNOT_BE_EXECUTED).decode("utf-8", "replace")
            return RunResult(Status.REFUSED, detail=f"it cannot be started: {why}")
        if not began and limit_met is Status.TIMEOUT:  # a busy machine: the time was over before the program began
            return RunResult(limit_met, stdout, stderr, None, seconds, memory_bytes=memory)
        if began != b"begun":
            self.sound = False
            why = began.decode("utf-8", "replace") or "it did not begin"
            return RunResult(Status.INTERNAL, detail=f"the sandbox broke: {why}")
        if forbidden(code):
            why = _NEEDS_NAMESPACES if self._level == "ro" else _NOT_ALLOWED
            return RunResult(Status.REFUSED, stdout, stderr, None, seconds, why, memory)
        result = outcome(code, limit_met, stdout, stderr, seconds, job.limits, cpu_seconds=report["cpu"])
        return dataclasses.replace(result, memory_bytes=memory)

    def programs(self) -> list[int]:
        """Return the processes in the worker that are not its own, where it has namespaces."""
        own = 1 if self._level == "ns" else 0
        return descendants(self._process.pid)[own:]

    def end(self) -> None:
        """Kill the worker and all in it."""
        self.sound = False
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()
        self._forget()

    def _forget(self) -> None:
        self._control.close()
        if self._level == "ro":
            shutil.rmtree(self._folder, ignore_errors=True)

    def _send(self, message: Mapping[str, Any]) -> None:
        self._control.send(marshal.dumps(dict(message), 2))

    def _receive(self) -> dict[str, Any]:
        received = self._control.recv(1 << 20)
        if not received:
            raise EOFError("it is gone")
        answer: dict[str, Any] = marshal.loads(received)  # from our own server, whose copies hold no end of it
        return answer


class _Streams:
    """Two pipes, and what has come out of them, up to just over the limit."""

    def __init__(self, limits: Limits) -> None:
        self._limit = limits.output_bytes
        first = os.pipe()
        try:
            pairs = [first, os.pipe()]
        except OSError:
            os.close(first[0])
            os.close(first[1])
            raise
        for reading, _ in pairs:
            os.set_blocking(reading, False)
        self.collected = (bytearray(), bytearray())
        self.read_from = dict(zip((reading for reading, _ in pairs), self.collected, strict=True))
        self.written_to = [writing for _, writing in pairs]

    def read(self, descriptor: int) -> bool:
        """Read once, if there is something; False at the end, where the pipe is closed."""
        try:
            return self._read_once(descriptor)
        except BlockingIOError:  # the program has opened its own output by a magic link, and been faster
            return True

    def _read_once(self, descriptor: int) -> bool:
        chunk = os.read(descriptor, 65536)
        collected = self.read_from[descriptor]
        if len(collected) <= self._limit:
            collected += chunk
        if not chunk:
            del self.read_from[descriptor]
            os.close(descriptor)
        return bool(chunk)

    def drain(self) -> None:
        """Read what the program left, without waiting for who may still hold an end: there is no program any more."""
        for descriptor in list(self.read_from):
            with contextlib.suppress(BlockingIOError):
                while not self.is_over() and self._read_once(descriptor):
                    pass

    def is_over(self) -> bool:
        """Whether more was written than may be."""
        return any(len(collected) > self._limit for collected in self.collected)

    def close_written_to(self) -> None:
        """Leave the writing ends to the program alone."""
        while self.written_to:
            os.close(self.written_to.pop())

    def close(self) -> None:
        """Close what is still open."""
        self.close_written_to()
        while self.read_from:
            os.close(self.read_from.popitem()[0])


def _resources(limits: Limits, level: Level) -> dict[str, tuple[int, int]]:
    """Return the limits of one process, soft and hard, by the names that the guest knows."""
    both = {
        "core": 0,
        "locked": 0,
        "queues": 0,
        "priority": 0,
        "realtime": 0,
        "file": limits.file_bytes,
        "files": limits.open_files,
        "memory": limits.memory_bytes if limits.memory is MemoryLimit.ADDRESS_SPACE else _UNBOUNDED,
        "data": limits.memory_bytes,
    }
    if level == "ns" and _counts_by_namespace():
        both["processes"] = limits.threads + limits.processes
    resources = {name: (value, value) for name, value in both.items()}
    resources["cpu"] = (limits.cpu_seconds, limits.cpu_seconds + 1)
    return resources


def _counts_by_namespace() -> bool:
    """Whether the kernel counts a user's processes in each namespace, and not those of the whole machine."""
    major, minor = (int(part) for part in platform.release().split(".")[:2])
    return (major, minor) >= (5, 14)


def _readable(reads: Iterable[str], hidden: Sequence[Path]) -> tuple[list[str], list[str]]:
    """Return the paths to be read, none below another, and the links at the root that lead to them.

    Raises Unavailable when a hidden folder would be seen.
    """
    system = [f"{root}/{name}" for root in _ROOTS for name in _SYSTEM]
    links = [path for path in system if os.path.islink(path)]
    runtimes = [path for prefix in reads for path in _parts(prefix)]
    asked = [path for path in (*system, *_CONFIGURATION, *runtimes) if path not in links and os.path.exists(path)]
    paths: list[str] = []
    for path in sorted(set(asked)):
        if not any(Path(path).is_relative_to(other) for other in paths):
            paths.append(path)
    for folder in hidden:
        for path in paths:
            if folder.resolve().is_relative_to(Path(path).resolve()):
                raise Unavailable("the view", f"{folder} lies within {path}, which programs read")
    return paths, links


def _parts(prefix: str) -> list[str]:
    """Return what of a runtime's folder is the runtime, and not the settings that people keep there, passwords too."""
    parts = [f"{prefix}/{name}" for name in (*_SYSTEM, "pyvenv.cfg") if os.path.exists(f"{prefix}/{name}")]
    return parts if os.path.isdir(f"{prefix}/lib") or os.path.isdir(f"{prefix}/bin") else [prefix]


def _map_users(pid: int, inside: int) -> str:
    """Map one unprivileged user into a namespace; return why not, or nothing."""
    root = os.geteuid() == 0
    user, group = (_NOBODY, _NOBODY) if root else (os.geteuid(), os.getegid())
    try:
        Path(f"/proc/{pid}/setgroups").write_text("deny", encoding="ascii")
        Path(f"/proc/{pid}/gid_map").write_text(f"{inside} {group} 1", encoding="ascii")
        Path(f"/proc/{pid}/uid_map").write_text(f"{inside} {user} 1", encoding="ascii")
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files into a folder in the place of all others, to be read by anyone. No program can change the folder."""
    for old in folder.iterdir():
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    lay_out(folder, files)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


@functools.cache
def _filter(policy: Policy) -> bytes:
    return filter_for(policy, platform.machine())


def descendants(pid: int) -> list[int]:
    """Return the processes that descend from one, itself left out."""
    children: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with contextlib.suppress(OSError, ValueError, IndexError):
                fields = Path(f"/proc/{entry}/stat").read_bytes().rpartition(b")")[2].split()
                children.setdefault(int(fields[1]), []).append(int(entry))
    found: list[int] = []
    waiting = [pid]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def _met_by(pids: Iterable[int], job: Job) -> Status | None:
    """Return the limit that processes have met together: in memory, or in number."""
    held = [pages for pages in map(_pages, pids) if pages]  # a process that has ended, and is not yet gone, has none
    if sum(held) * os.sysconf("SC_PAGE_SIZE") > job.limits.memory_bytes:
        return Status.MEMORY
    # What holds for preparing it holds until the program runs, which is not seen from here.
    most = max(job.limits.processes, _PREPARATION_PROCESSES if job.preparation else 0)
    return Status.PROCESS_LIMIT if len(held) > 1 + most else None


def _pages(pid: int) -> int:
    """Return the pages of memory that a process holds."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{pid}/statm").read_bytes().split()[1])
    return 0


def _own_places(folder: str) -> dict[str, str]:
    return {"HOME": folder, "TMPDIR": folder}


def _memory_file(content: bytes) -> int:
    descriptor = os.memfd_create("quiz", os.MFD_CLOEXEC)
    with open(descriptor, "wb", closefd=False) as file:
        file.write(content)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor
