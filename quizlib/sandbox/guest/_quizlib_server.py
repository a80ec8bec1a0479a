"""The inside of a contained run: what becomes of a process before a program is let loose in it.

This runs in the interpreters that authors name, from CPython 3.9 on, so it knows nothing of quizlib and imports
little: every module here costs each copy of the process page faults.

A *server* is started by `quizlib.sandbox.contained` and told over a socket what to be. It seals itself off, and then
makes a copy of itself for each program. With namespaces it is process 1 of its own; without, it is a process like
any other, and its programs are kept from all but reading.

Whatever goes wrong before the program begins ends the copy without the word `begun`, which is how the outside
knows that nothing was run. Nothing that a program does can say it later: the pipe is closed by then.
"""

from __future__ import annotations

import sys

_there_before = frozenset(sys.modules) - {"__future__", __name__}

import _signal  # type: ignore[import-not-found]
import _socket
import gc
import marshal
import os
import resource as _resource  # os.wait4 imports it, when it may be too late
import select
import struct
import time

import _quizlib_kernel as kernel
import _quizlib_views as views

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_BEGUN = b"begun"
_NOT_PREPARED = b"unprepared"
_STOPPING_SECONDS = 60.0
_LOOK_SECONDS = 0.05
_kept: list[object] = [_resource]


def serve() -> None:
    """Become a server: never returns in it, and returns in each copy that a program is to run in."""
    control = _socket.socket(fileno=int(os.environ.pop("QUIZLIB_GUEST")))
    _forget_how_it_started()
    os.setsid()
    plan = marshal.loads(control.recv(1 << 20))
    view = _sealed(plan, control)
    sys.path[:] = [path for path in sys.path if path not in plan["seen"] or os.path.exists(path)]
    gc.collect()
    gc.freeze()
    _tell(control, {"ready": True})
    _loop(view, control)


def _forget_how_it_started() -> None:
    here = os.path.dirname(os.path.abspath(__file__))
    os.environ.pop("PYTHONPATH", None)
    sys.path[:] = [path for path in sys.path if os.path.abspath(path) != here]
    for path in [path for path in sys.path_importer_cache if os.path.abspath(path) == here]:
        del sys.path_importer_cache[path]


def _sealed(plan: dict[str, Any], control: _socket.socket) -> views.Namespaces | views.ReadOnly:
    def map_users(inside: int) -> str:
        _tell(control, {"map": (inside, os.getpid())})
        answer: str = marshal.loads(control.recv(65536))["mapped"]
        return answer

    plan["seen"] = [path for path in sys.path if os.path.exists(path)]
    view = views.Namespaces(plan, map_users) if plan["level"] == "ns" else views.ReadOnly(plan)
    try:
        view.seal()
    except kernel.Broken as broken:
        _tell(control, {"broken": broken.args})
        os._exit(0)
    except OSError as error:
        _tell(control, {"broken": ("the server", str(error))})
        os._exit(0)
    return view


def _loop(view: views.Namespaces | views.ReadOnly, control: _socket.socket) -> None:
    while True:
        message, passed = _received(control)
        if not message:
            os._exit(0)
        order = marshal.loads(message)
        if order["order"] != "run":
            continue  # asks to end a program that has ended by itself
        begun, begins = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(begun)
            control.close()
            _become(view, passed, begins)
            return
        os.close(begins)
        for descriptor in passed:
            os.close(descriptor)
        _watch(view, control, order, pid, begun)


def _received(control: _socket.socket) -> tuple[bytes, list[int]]:
    """Return the next message and the descriptors that came with it; nothing when the other side is gone."""
    message, ancillary, _, _ = control.recvmsg(65536, 4096)
    passed: list[int] = []
    for level, kind, data in ancillary:
        if (level, kind) == (_socket.SOL_SOCKET, _socket.SCM_RIGHTS):
            passed += struct.unpack(f"{len(data) // 4}i", data)
    return message, passed


def _tell(control: _socket.socket, message: dict[str, Any]) -> None:
    control.send(marshal.dumps(message, 2))


# The server, while a program runs.


def _watch(
    view: views.Namespaces | views.ReadOnly, control: _socket.socket, order: dict[str, Any], pid: int, begun: int
) -> None:
    """Wait for the program's end, or bring it about; then end all that it left, and report."""
    ended_by = _until_end(view, control, order, pid, begun)
    _, status, usage = os.wait4(pid, 0)
    view.clear()
    os.set_blocking(begun, False)
    try:
        word = os.read(begun, 4096)
    except BlockingIOError:
        word = b""
    os.close(begun)
    report = {
        "id": order["id"],
        "status": status,
        "began": word,
        "ended_by": ended_by,
        "memory": usage.ru_maxrss,
        "cpu": usage.ru_utime + usage.ru_stime,
    }
    _tell(control, report)


def _until_end(
    view: views.Namespaces | views.ReadOnly, control: _socket.socket, order: dict[str, Any], pid: int, begun: int
) -> str:
    """Wait until the program has ended. Returns what ended it: `time`, `threads`, an `order`, or nothing of ours."""
    process = kernel.watch_process(pid)
    poll = select.poll()
    for descriptor in (process, control.fileno(), begun):
        poll.register(descriptor, select.POLLIN)
    deadline = time.monotonic() + (order["preparation_seconds"] or order["seconds"])
    ended_by = ""
    while True:
        left = deadline - time.monotonic()
        ready = dict(poll.poll(1000 * max(0.0, min(left, _LOOK_SECONDS)) + 1))
        if process in ready:
            os.close(process)
            return ended_by
        if begun in ready:
            poll.unregister(begun)
            if order["preparation_seconds"] and not ended_by:
                deadline = time.monotonic() + order["seconds"]
        if control.fileno() in ready:
            message, _ = _received(control)
            if not message:
                view.kill(pid)
                os._exit(0)
            asked = marshal.loads(message)
            why = "order" if asked["id"] == order["id"] else ""
        elif left <= 0:
            why = "time"
        else:
            why = "threads" if view.has_too_many_threads(pid, order["threads"]) else ""
        if why and (left <= 0 or not ended_by):
            ended_by = ended_by or why
            view.kill(pid)
            deadline = time.monotonic() + _STOPPING_SECONDS


# The copy that becomes a program.


def _become(view: views.Namespaces | views.ReadOnly, passed: list[int], begins: int) -> None:
    """Turn this copy of the server into the program: by returning, or by executing it."""
    said_on = [begins]
    try:
        job = _contained(view, passed, said_on)
        if job["warm"]:
            _lay_out_interpreter(job)
            os.write(said_on[0], _BEGUN)
            os.close(said_on[0])
            return
        os.write(said_on[0], _BEGUN)
        _stop_ignoring_signals()
        os.execve(job["command"][0], job["command"], job["environment"])
    except views.FilesError as error:
        os.write(said_on[0], f"files: {error}".encode("utf-8", "replace")[:1000])
        os._exit(97)
    except BaseException as error:
        os.write(said_on[0], f"broken: {error}".encode("utf-8", "replace")[:1000])
        os._exit(97)


def _contained(view: views.Namespaces | views.ReadOnly, passed: list[int], said_on: list[int]) -> dict[str, Any]:
    payload, *streams = passed
    job: dict[str, Any] = marshal.loads(os.pread(payload, os.lseek(payload, 0, os.SEEK_END), 0))
    os.close(payload)
    os.setsid()
    _signal.signal(_signal.SIGINT, _signal.default_int_handler)
    view.enter(job)
    for number, descriptor in enumerate(streams):
        os.dup2(descriptor, number)
    said_on[0] = os.dup2(said_on[0], 3, inheritable=False)
    kernel.close_from(4)
    for command in job["preparation"]:
        _prepare(view, command, job, said_on[0])
    _confine(view, job["limits"], job["filter"])
    return job


def _prepare(view: views.Namespaces | views.ReadOnly, command: list[str], job: dict[str, Any], said_on: int) -> None:
    """Run a command that prepares the program, under its own limits; end here if it fails."""
    pid = os.fork()
    if pid == 0:
        os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
        os.dup2(2, 1)  # what it says is about the program, and not of it
        _confine(view, job["preparation_limits"], job["preparation_filter"])
        _stop_ignoring_signals()
        os.execve(command[0], command, job["environment"])
    _, status = os.waitpid(pid, 0)
    view.clear()
    if status:
        os.write(said_on, _NOT_PREPARED)
        os._exit(1)


def _stop_ignoring_signals() -> None:
    """Let a program that is executed be ended by what this interpreter ignores, and passes on as ignored."""
    for number in (_signal.SIGPIPE, _signal.SIGXFSZ):
        _signal.signal(number, _signal.SIG_DFL)


def _confine(view: views.Namespaces | views.ReadOnly, limits: dict[str, tuple[int, int]], instructions: bytes) -> None:
    """Take away what is left: resources, privileges, files by Landlock, and last system calls by seccomp."""
    kernel.limit(limits)
    kernel.refuse_new_privileges()
    view.admit_paths()
    kernel.drop_capabilities()
    kernel.filter_system_calls(instructions)


def _lay_out_interpreter(job: dict[str, Any]) -> None:
    """Let the program find what it would find in an interpreter of its own."""
    sys.argv[:] = [job["name"], *job["arguments"]]
    if hasattr(sys, "orig_argv"):
        sys.orig_argv[-1:] = sys.argv
    _kept.extend(sys.modules.pop(name) for name in set(sys.modules) - _there_before)
    # What is frozen is not collected at the end, and `__main__` has to be, for its destructors to run.
    old = sys.modules["__main__"]
    new = type(old)("__main__")
    new.__dict__.clear()
    new.__dict__.update(old.__dict__)
    sys.modules["__main__"] = new
    _kept.append(old)
