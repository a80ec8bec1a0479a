"""Stands beside each attacking program: what it aims at, the kernel without libc's help, and a word on each try."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import sys
from collections.abc import Callable
from typing import Any

AIM: dict[str, Any] = json.loads(sys.argv[1])

# asm/unistd_64.h and asm-generic/unistd.h; what is the same everywhere stands in both.
_SAME = {
    "pidfd_send_signal": 424, "io_uring_setup": 425, "open_tree": 428, "fsopen": 430, "clone3": 435, "openat2": 437,
    "pidfd_getfd": 438, "process_madvise": 440, "landlock_create_ruleset": 444, "memfd_secret": 447,
}  # fmt: skip
_NUMBERS = {
    "x86_64": {
        "shmget": 29, "socket": 41, "msgget": 68, "semget": 64, "ptrace": 101, "personality": 135, "mlock": 149,
        "pivot_root": 155, "chroot": 161, "mount": 165, "umount2": 166, "swapon": 167, "reboot": 169,
        "sethostname": 170, "init_module": 175, "delete_module": 176, "tkill": 200, "sched_setaffinity": 203,
        "remap_file_pages": 216, "mq_open": 240, "kexec_load": 246, "add_key": 248, "request_key": 249,
        "keyctl": 250, "ioprio_set": 251, "inotify_init1": 294, "unshare": 272, "vmsplice": 278,
        "rt_tgsigqueueinfo": 297, "perf_event_open": 298, "fanotify_init": 300, "prlimit64": 302,
        "name_to_handle_at": 303, "open_by_handle_at": 304, "syncfs": 306, "setns": 308, "process_vm_readv": 310,
        "process_vm_writev": 311, "kcmp": 312, "finit_module": 313, "seccomp": 317, "memfd_create": 319, "bpf": 321,
        "execveat": 322, "userfaultfd": 323, "setpriority": 141, "sched_setscheduler": 144, "settimeofday": 164,
        "clock_settime": 227, "acct": 163, "syslog": 103, "quotactl": 179, "rt_sigqueueinfo": 129, "modify_ldt": 154,
        "iopl": 172, "vhangup": 153, "lookup_dcookie": 212, "setxattr": 188, "prctl": 157, "move_pages": 279,
        "migrate_pages": 256, "fcntl": 72,
    },
    "aarch64": {
        "shmget": 194, "socket": 198, "msgget": 186, "semget": 190, "ptrace": 117, "personality": 92, "mlock": 228,
        "pivot_root": 41, "chroot": 51, "mount": 40, "umount2": 39, "swapon": 224, "reboot": 142,
        "sethostname": 161, "init_module": 105, "delete_module": 106, "tkill": 130, "sched_setaffinity": 122,
        "remap_file_pages": 234, "mq_open": 180, "kexec_load": 104, "add_key": 217, "request_key": 218,
        "keyctl": 219, "ioprio_set": 30, "inotify_init1": 26, "unshare": 97, "vmsplice": 75,
        "rt_tgsigqueueinfo": 240, "perf_event_open": 241, "fanotify_init": 262, "prlimit64": 261,
        "name_to_handle_at": 264, "open_by_handle_at": 265, "syncfs": 267, "setns": 268, "process_vm_readv": 270,
        "process_vm_writev": 271, "kcmp": 272, "finit_module": 273, "seccomp": 277, "memfd_create": 279, "bpf": 280,
        "execveat": 281, "userfaultfd": 282, "setpriority": 140, "sched_setscheduler": 119, "settimeofday": 170,
        "clock_settime": 112, "acct": 89, "syslog": 116, "quotactl": 60, "rt_sigqueueinfo": 138, "vhangup": 58,
        "lookup_dcookie": 18, "setxattr": 5, "prctl": 167, "move_pages": 239, "migrate_pages": 238, "fcntl": 25,
    },
}[os.uname().machine]  # fmt: skip

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def attempt(name: str, attack: Callable[[], object]) -> None:
    """Try an attack, and say how it ended. An error other than the kernel's is a fault of the attack: it is raised."""
    print(name, end=" ", flush=True)
    try:
        attack()
    except MemoryError:
        print("contained ENOMEM", flush=True)
    except OSError as error:
        print("contained", errno.errorcode.get(error.errno or 0, str(error)), flush=True)
    else:
        print("BREACHED", flush=True)


def call(name: str, *arguments: object) -> int:
    """Make a system call. Raises OSError. A call that this machine lacks does not exist, as with ENOSYS."""
    number = {**_SAME, **_NUMBERS}.get(name)
    if number is None:
        raise OSError(errno.ENOSYS, "not on this machine")
    return numbered(number, *arguments)


def numbered(number: int, *arguments: object) -> int:
    """Make the system call of a number. Raises OSError."""
    filled = (ctypes.c_long(value) if isinstance(value, int) else value for value in (number, *arguments))
    result: int = libc.syscall(*filled)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
