"""What a program sees of the machine: with namespaces almost nothing, without them what it may read of it."""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]
import os
import struct

import _quizlib_kernel as kernel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

SCRATCH = "/box"
_USER = 1000
_NEW_ROOT = "/usr"  # there on every machine, open to every user, and copied from before it is covered
_DEVICES = ("/dev/null", "/dev/urandom")  # not /dev/zero: shared maps of it are memory that no limit counts
_INODES = 1024
_LINKS_OF_NO_THREADS = 2


class FilesError(Exception):
    """The program's files cannot be laid out: there are too many, or two want the same place."""


class Namespaces:
    """A root folder, processes, a network, users of its own; for each program a scratch folder in memory."""

    def __init__(self, plan: dict[str, Any], map_users: Callable[[int], str]) -> None:
        self._plan = plan
        self._map_users = map_users

    def seal(self) -> None:
        """Leave the machine, as an unprivileged user, and become the first process of a new namespace."""
        if os.geteuid() == 0:
            os.setgroups([])  # or its programs would read what is readable by them; forbidden once inside
        kernel.leave(kernel.NEW_ALL)
        if problem := self._map_users(_USER):
            raise kernel.Broken("users of its own", problem)
        self._seal_root()
        pid = os.fork()
        if pid:
            os.waitpid(pid, 0)
            os._exit(0)
        kernel.die_with_parent()
        kernel.be_dumpable(False)
        os.setsid()
        _signal.signal(_signal.SIGINT, _signal.SIG_IGN)  # process 1 is immune to what it has no handler for

    def _seal_root(self) -> None:
        """Make a root folder of copies of what is to be read, taken while private folders can be entered."""
        self._proc = os.open("/proc", os.O_PATH | os.O_DIRECTORY)
        links = {path: os.readlink(path) for path in self._plan["links"]}
        copies = [(path, os.path.isdir(path), kernel.copy_tree(path)) for path in (*self._plan["reads"], *_DEVICES)]
        os.setresgid(_USER, _USER, _USER)
        os.setresuid(_USER, _USER, _USER)
        kernel.make_mounts_private()
        kernel.mount_memory(_NEW_ROOT, 1_000_000, 4096, "755")
        os.chdir(_NEW_ROOT)
        for folder in (SCRATCH, "/dev/shm", "/etc"):
            os.makedirs("." + folder)
        for name, text in self._plan["etc"].items():
            _write_new(f"./etc/{name}", text.encode())
        for path, is_folder, tree in copies:
            _attach(path, is_folder, tree)
        for path, target in {**links, "/tmp": SCRATCH}.items():
            if not os.path.lexists("." + path):
                os.symlink(target, "." + path)
        kernel.make_root_of_working_folder()

    def enter(self, job: dict[str, Any]) -> None:
        """Give the program a user namespace, and a new scratch folder that holds its files."""
        kernel.leave(kernel.NEW_USER | kernel.NEW_MOUNTS)
        kernel.be_dumpable(True)  # else the maps of its own namespace are not its own to write
        for name in ("uid_map", "gid_map"):
            descriptor = os.open("self/" + name, os.O_WRONLY, dir_fd=self._proc)
            os.write(descriptor, f"{_USER} {_USER} 1".encode())
            os.close(descriptor)
        for folder in (SCRATCH, "/dev/shm"):
            kernel.mount_memory(folder, job["scratch_bytes"], _INODES, "700")
        os.chdir(SCRATCH)
        try:
            for name, content in job["files"].items():
                _write_new(name, content)
        except (OSError, ValueError) as error:
            raise FilesError(str(error)) from None

    def admit_paths(self) -> None:
        """Allow reading, and changes in the scratch folder alone."""
        kernel.admit_paths(["/"], [SCRATCH, "/dev/shm", "/dev/null"])

    def has_too_many_threads(self, pid: int, most: int) -> bool:
        """Never: the kernel counts them in each namespace."""
        return False

    def kill(self, pid: int) -> None:
        """Kill everything in the namespace but the server."""
        try:
            os.kill(-1, 9)
        except ProcessLookupError:
            pass

    def clear(self) -> None:
        """Kill everything in the namespace but the caller, and wait until none of its children is left."""
        self.kill(0)
        try:
            while True:
                os.waitpid(-1, 0)
        except ChildProcessError:
            pass


class ReadOnly:
    """The machine's own view, of which a program may read what it needs, and change nothing."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self._plan = plan

    def seal(self) -> None:
        """Become an unprivileged user, if this is a privileged one."""
        if os.geteuid() == 0:
            user = self._plan["user"]
            try:
                os.setgroups([])
                os.setresgid(user, user, user)
                os.setresuid(user, user, user)
            except OSError as error:
                raise kernel.Broken("unprivileged user", error.strerror) from None
        kernel.be_dumpable(False)
        self._server = os.getpid()

    def enter(self, job: dict[str, Any]) -> None:
        """Go into the folder that was made for the program, tie its life to ours, and tell its filter who it is."""
        kernel.die_with_parent()
        if os.getppid() != self._server:
            os._exit(97)
        os.chdir(self._plan["folder"])
        placeholder, own = (struct.pack("=I", pid) for pid in (self._plan["own_pid"], os.getpid()))
        job["filter"] = job["filter"].replace(placeholder, own)

    def admit_paths(self) -> None:
        """Allow reading, and no change at all."""
        kernel.admit_paths([*self._plan["reads"], *self._plan["links"], self._plan["folder"], *_DEVICES], [])

    def has_too_many_threads(self, pid: int, most: int) -> bool:
        """Count what the kernel counts only for all processes of a user together, where it shows them to us."""
        try:
            return os.stat(f"/proc/{pid}/task").st_nlink - _LINKS_OF_NO_THREADS > most
        except OSError:
            return False

    def kill(self, pid: int) -> None:
        """Kill the program: there is no process beside it."""
        os.kill(pid, 9)

    def clear(self) -> None:
        """Nothing is left: a program cannot start a process."""


def _attach(path: str, is_folder: bool, tree: int) -> None:
    """Attach a copy at its path, as seen from the working folder."""
    target = "." + path
    if is_folder:
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        _write_new(target, b"")
    kernel.attach_tree(tree, target)
    os.close(tree)


def _write_new(name: str, content: bytes) -> None:
    if folder := os.path.dirname(name):
        os.makedirs(folder, mode=0o700, exist_ok=True)
    descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
    with open(descriptor, "wb") as file:
        file.write(content)
