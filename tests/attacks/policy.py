"""The policy of the filter once more, in plain Python, and an interpreter of the programs that seccomp runs.

Both are written from the kernel's documentation and not from the product, so that one is the other's test.
"""

from __future__ import annotations

import errno
import functools
import struct
from collections.abc import Callable, Sequence

ALLOW, KILL = "allow", "kill"

_LOAD, _AND, _RETURN = 0x20, 0x54, 0x06
_JUMPS: dict[int, Callable[[int, int], bool]] = {
    0x15: lambda value, other: value == other,
    0x25: lambda value, other: value > other,
    0x35: lambda value, other: value >= other,
    0x45: lambda value, other: bool(value & other),
}


def run(program: bytes, architecture: int, number: int, arguments: Sequence[int]) -> str:
    """Run a filter over a system call; return `allow`, `kill`, or the name of an error.

    Raises ValueError for what the kernel would not load: another instruction, a jump beyond the end.
    """
    arguments = [*arguments, *[0] * (6 - len(arguments))]
    data = struct.pack("=IIQ6Q", number & 0xFFFFFFFF, architecture, 0, *(value & (1 << 64) - 1 for value in arguments))
    steps = _steps(program)
    held, at = 0, 0
    while at < len(steps):
        code, if_true, if_false, value = steps[at]
        at += 1
        if code == _LOAD:
            (held,) = struct.unpack_from("=I", data, value)
        elif code == _AND:
            held &= value
        elif code in _JUMPS:
            at += if_true if _JUMPS[code](held, value) else if_false
        elif code == _RETURN:
            return _named(value)
        else:
            raise ValueError(f"the instruction {code:#x}")
    raise ValueError("a jump beyond the end")


@functools.cache
def _steps(program: bytes) -> list[tuple[int, ...]]:
    return list(struct.iter_unpack("=HBBI", program))


def _named(action: int) -> str:
    if action == 0x7FFF0000:
        return ALLOW
    if action == 0x80000000:
        return KILL
    if action >> 16 == 0x0005:
        return errno.errorcode[action & 0xFFFF]
    raise ValueError(f"the action {action:#x}")


# Calls that reach beyond the program whatever their arguments are. None may ever be allowed.
NEVER = ["connect", "bind", "listen", "accept", "accept4", "ptrace", "process_vm_readv", "process_vm_writev", "mount", "umount2", "pivot_root", "chroot", "unshare", "setns", "open_by_handle_at", "name_to_handle_at", "add_key", "request_key", "keyctl", "bpf", "perf_event_open", "userfaultfd", "io_setup", "io_submit", "io_uring_setup", "io_uring_enter", "io_uring_register", "memfd_create", "memfd_secret", "shmget", "shmat", "shmctl", "shmdt", "msgget", "msgsnd", "msgrcv", "msgctl", "semget", "semop", "semctl", "semtimedop", "mq_open", "mq_unlink", "mq_timedsend", "mq_timedreceive", "mq_notify", "mq_getsetattr", "personality", "remap_file_pages", "vmsplice", "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot", "swapon", "swapoff", "sethostname", "setdomainname", "clock_settime", "clock_adjtime", "adjtimex", "settimeofday", "acct", "syslog", "quotactl", "quotactl_fd", "nfsservctl", "iopl", "ioperm", "modify_ldt", "vhangup", "seccomp", "kcmp", "migrate_pages", "move_pages", "mbind", "set_mempolicy", "ioprio_set", "inotify_init", "inotify_init1", "inotify_add_watch", "fanotify_init", "fanotify_mark", "setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr", "getxattr", "lgetxattr", "listxattr", "sched_setscheduler", "sched_setparam", "sched_setattr", "setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid", "setgroups", "setfsuid", "setfsgid", "capset", "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_open", "pidfd_getfd", "pidfd_send_signal", "process_madvise", "process_mrelease", "execveat", "clone3", "openat2", "open_tree", "move_mount", "mount_setattr", "fsopen", "fsmount", "fsconfig", "fspick", "mlock", "mlock2", "mlockall", "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", "lookup_dcookie", "uselib", "ustat", "sysfs", "_sysctl", "create_module", "get_kernel_syms", "query_module", "getpmsg", "putpmsg", "afs_syscall", "tuxcall", "security", "vserver", "statmount", "listmount", "lsm_set_self_attr", "lsm_get_self_attr", "map_shadow_stack"]  # fmt: skip

_CHANGES_FILES = ["mkdir", "mkdirat", "rmdir", "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "truncate", "mknod", "mknodat", "creat"]  # fmt: skip
_CHANGES_ATTRIBUTES = [
    "chmod",
    "fchmod",
    "fchmodat",
    "fchmodat2",
    "utime",
    "utimes",
    "utimensat",
    "futimesat",
    "chown",
    "fchown",
    "lchown",
    "fchownat",
]
_WRITES = {"open": 1, "openat": 2}


def decided(name: str, arguments: Sequence[int], *, read_only: bool, processes: bool, own: int) -> str | None:
    """Return what the policy says of a call; None where it says no more than that the call is harmless or unknown."""
    first, second = (int(value) & 0xFFFFFFFF for value in (*arguments, 0, 0)[:2])
    refused = KILL
    if name == "clone3":
        return "ENOSYS"  # libraries fall back to clone, whose flags can be seen
    if name in ("fork", "vfork"):
        return ALLOW if processes else refused
    if name == "clone":
        if first & 0x7E020000:
            return "EPERM"
        return ALLOW if processes or first & 0x00010000 else refused
    if name in _CHANGES_FILES or name in _CHANGES_ATTRIBUTES:
        return KILL if read_only else ALLOW
    if name == "socket":
        return "EPERM" if first == 1 else KILL
    if name in _WRITES:
        flags = (*arguments, 0, 0, 0)[_WRITES[name]]
        changes = flags & 3 or flags & 0o100 or flags & 0o1000 or flags & 0o20000000
        return KILL if read_only and changes else ALLOW
    if name in ("kill", "tgkill"):
        return ALLOW if not read_only or first == own else "EPERM"
    if name == "socketpair":
        return ALLOW if first == 1 and second & 0xF == 1 else "EPERM"
    if name == "ioctl":
        return ALLOW if second in (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451) else "EPERM"
    if name == "fcntl":
        return ALLOW if second in (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032, 1034) else "EPERM"
    if name == "prctl":
        harmless = {2, 3, 4, 15, 16, 23, 29, 30, 38, 39, 0x53564D41} | (set() if read_only else {1})
        return ALLOW if first in harmless else "EPERM"
    if name == "mmap":
        return "EPERM" if (*arguments, 0, 0, 0, 0)[3] & 0x21 == 0x21 else ALLOW
    if name in ("prlimit64", "sched_setaffinity"):
        return ALLOW if first == 0 else "EPERM"
    if name == "setpriority":
        return ALLOW if (first, second) == (0, 0) else "EPERM"
    return None
