"""What the kernel is asked for, by the names of what it does. Any refusal is a `Broken` layer.

Sources: Linux man pages mount_setattr(2), open_tree(2), move_mount(2), pivot_root(2), landlock(7), seccomp(2),
capabilities(7), prctl(2), setrlimit(2). The system calls since 2019 have the same number on every machine.
"""

from __future__ import annotations

import ctypes
import os
import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBERS = {
    "x86_64": {"pivot_root": 155, "capset": 126, "prlimit64": 302, "unshare": 272},
    "aarch64": {"pivot_root": 41, "capset": 91, "prlimit64": 261, "unshare": 97},
}[os.uname().machine]
_OPEN_TREE, _MOVE_MOUNT, _PIDFD_OPEN, _CLOSE_RANGE, _MOUNT_SETATTR = 428, 429, 434, 436, 442
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446

NEW_MOUNTS, NEW_USER = 0x00020000, 0x10000000
NEW_ALL = 0x7E020000  # mounts, cgroup, host name, IPC, user, processes, network

_MS_NOSUID, _MS_NODEV, _MS_RECURSIVE, _MS_PRIVATE, _MNT_DETACH = 2, 4, 16384, 1 << 18, 2
_READ_ONLY, _NOSUID, _NODEV = 1, 2, 4
_HERE, _AT_EMPTY_PATH, _AT_RECURSIVE = -100, 0x1000, 0x8000
_OPEN_TREE_CLONE, _MOVE_FROM_DESCRIPTOR = 1 | os.O_CLOEXEC, 4
_PDEATHSIG, _DUMPABLE, _SECCOMP, _NO_NEW_PRIVILEGES, _FILTER = 1, 4, 22, 38, 2
_CAPABILITIES_VERSION = 0x20080522

# Rights of Landlock, and what of them there is to do with a file that is no folder.
_EXECUTE, _READ_FILE, _READ_FOLDER, _REFER, _TRUNCATE = 1, 1 << 2, 1 << 3, 1 << 13, 1 << 14
_OF_FIRST_VERSION, _OF_FILES = (1 << 13) - 1, 1 | 1 << 1 | 1 << 2 | 1 << 14
_BOTH_OF_TCP, _BOTH_SCOPES = 3, 3

_RESOURCES = {
    "cpu": 0, "file": 1, "data": 2, "stack": 3, "core": 4, "processes": 6, "files": 7, "locked": 8, "memory": 9,
    "queues": 12, "priority": 13, "realtime": 14,
}  # fmt: skip

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


class Broken(Exception):
    """A layer cannot be set up: its name, and why."""

    def __str__(self) -> str:
        return ": ".join(map(str, self.args))


def _call(layer: str, number: int, *arguments: object) -> int:
    """Make a system call; integers fill a whole register."""
    filled = (ctypes.c_long(value) if isinstance(value, int) else value for value in (number, *arguments))
    return _checked(layer, _libc.syscall(*filled))


def _checked(layer: str, result: int) -> int:
    if result < 0:
        raise Broken(layer, os.strerror(ctypes.get_errno()))
    return result


def leave(namespaces: int) -> None:
    """Enter new namespaces."""
    _call("namespaces", _NUMBERS["unshare"], namespaces)


def die_with_parent() -> None:
    """Be killed when the process that made this one ends."""
    _checked("process attributes", _libc.prctl(_PDEATHSIG, 9, 0, 0, 0))


def be_dumpable(whether: bool) -> None:
    """Let processes of the same user look into this one, or not."""
    _checked("process attributes", _libc.prctl(_DUMPABLE, int(whether), 0, 0, 0))


def watch_process(pid: int) -> int:
    """Return a descriptor that is ready to be read when the process has ended."""
    return _call("process descriptors", _PIDFD_OPEN, pid, 0)


def close_from(descriptor: int) -> None:
    """Close every descriptor from this one on."""
    _call("descriptors", _CLOSE_RANGE, descriptor, 0xFFFFFFFF, 0)


def make_mounts_private() -> None:
    """Keep what is mounted from now on within this namespace."""
    _mount(None, "/", None, _MS_RECURSIVE | _MS_PRIVATE, None)


def mount_memory(folder: str, size: int, inodes: int, mode: str) -> None:
    """Mount a new file system in memory; `size` in bytes."""
    _mount(b"quiz", folder, b"tmpfs", _MS_NOSUID | _MS_NODEV, f"size={size},nr_inodes={inodes},mode={mode}".encode())


def _mount(source: bytes | None, folder: str, kind: bytes | None, flags: int, options: bytes | None) -> None:
    result = _libc.mount(source, folder.encode(), kind, ctypes.c_ulong(flags), options)
    _checked(f"mounting {folder}", result)


def copy_tree(path: str) -> int:
    """Return a descriptor of a copy of the mounts at `path` that belongs to no folder, to be read only."""
    layer = f"mounting {path}"
    tree = _call(layer, _OPEN_TREE, _HERE, os.fsencode(path), _OPEN_TREE_CLONE | _AT_RECURSIVE)
    attributes = _NOSUID if path.startswith("/dev/") else _READ_ONLY | _NOSUID | _NODEV
    _set_attributes(layer, tree, b"", attributes, _AT_EMPTY_PATH | _AT_RECURSIVE)
    return tree


def attach_tree(tree: int, target: str) -> None:
    """Attach such a copy at a path that is there."""
    _call(f"mounting {target}", _MOVE_MOUNT, tree, b"", _HERE, os.fsencode(target), _MOVE_FROM_DESCRIPTOR)


def make_root_of_working_folder() -> None:
    """Make the working folder, a mount, the root folder, which can only be read, and let go of the old one."""
    _call("root folder", _NUMBERS["pivot_root"], b".", b".")
    _checked("root folder", _libc.umount2(b".", _MNT_DETACH))
    os.chdir("/")
    _set_attributes("root folder", _HERE, b"/", _READ_ONLY | _NOSUID | _NODEV, 0)


def _set_attributes(layer: str, descriptor: int, path: bytes, attributes: int, flags: int) -> None:
    wanted = struct.pack("=QQQQ", attributes, 0, 0, 0)
    _call(layer, _MOUNT_SETATTR, descriptor, path, flags, wanted, len(wanted))


def limit(resources: dict[str, tuple[int, int]]) -> None:
    """Set limits, soft and hard, by name; one that is lower already stays."""
    for name, limits in resources.items():
        held = ctypes.create_string_buffer(16)
        _call("limits", _NUMBERS["prlimit64"], 0, _RESOURCES[name], None, held)
        _, most = struct.unpack("=QQ", held.raw)
        wanted = struct.pack("=QQ", *(min(value, most) for value in limits))
        _call("limits", _NUMBERS["prlimit64"], 0, _RESOURCES[name], wanted, None)


def refuse_new_privileges() -> None:
    """Gain nothing any more by executing a file."""
    _checked("no new privileges", _libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))


def drop_capabilities() -> None:
    """Have no capability left, in whatever namespace."""
    _call("capabilities", _NUMBERS["capset"], struct.pack("=II", _CAPABILITIES_VERSION, 0), bytes(24))


def filter_system_calls(instructions: bytes) -> None:
    """Load a seccomp filter."""
    held = ctypes.create_string_buffer(instructions, len(instructions))
    program = struct.pack("@HP", len(instructions) // 8, ctypes.addressof(held))
    _checked("seccomp", _libc.prctl(_SECCOMP, _FILTER, program, 0, 0))


def admit_paths(readable: Iterable[str], writable: Iterable[str]) -> None:
    """Let Landlock admit these paths and what is below them, and no other; nor TCP, nor others' signals."""
    version = _call("Landlock", _LANDLOCK_CREATE, None, 0, 1)
    every = _OF_FIRST_VERSION | (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    handled = [every, *([_BOTH_OF_TCP] if version >= 4 else []), *([_BOTH_SCOPES] if version >= 6 else [])]
    rules = _call("Landlock", _LANDLOCK_CREATE, struct.pack(f"={len(handled)}Q", *handled), 8 * len(handled), 0)
    for paths, rights in ((readable, _EXECUTE | _READ_FILE | _READ_FOLDER), (writable, every)):
        for path in paths:
            _admit(rules, path, rights)
    _call("Landlock", _LANDLOCK_RESTRICT, rules, 0)
    os.close(rules)


def _admit(rules: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    of_path = rights if os.path.isdir(path) else rights & _OF_FILES
    _call("Landlock", _LANDLOCK_ADD, rules, 1, struct.pack("=Qi", of_path, descriptor), 0)
    os.close(descriptor)
