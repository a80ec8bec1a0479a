"""The system calls that a contained program may make, as a program for the kernel's seccomp filter.

An allow-list. What is not on it fails as if it were forbidden (EPERM), or, where it is newer than the list, as
if the kernel did not know it (ENOSYS), so that libraries fall back to what is older. Some calls are looked at
more closely, since they may only reach the program itself.

A program that turns to the network, or starts a process where it may start none, is ended by SIGSYS, and so is one
that changes files in a view that can only be read: it would behave otherwise than elsewhere, and must not be judged
by that.

Sources: Linux Documentation/userspace-api/seccomp_filter.rst, include/uapi/linux/{bpf_common,filter,seccomp,
audit,sched,prctl}.h.
"""

from __future__ import annotations

import dataclasses
import errno
import itertools
import struct
from collections.abc import Iterable, Iterator

from quizlib.sandbox._numbers import AARCH64, X86_64

_LOAD, _EQUAL, _GREATER, _GREATER_OR_EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x25, 0x35, 0x45, 0x06
_AND = 0x54
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER_AT, _ARCHITECTURE_AT, _ARGUMENTS_AT = 0, 4, 16

# Machine, as `platform.machine()` names it: the kernel's name for it, its table, and where calls end that
# belong to another calling convention (x32).
_MACHINES = {"x86_64": (0xC000003E, X86_64, 0x40000000), "aarch64": (0xC00000B7, AARCH64, 0x40000000)}
_NEWER_THAN_THE_LIST = 424

OWN_PID = 0x71A70B0D  # stands in the filter for the program's own number, known only when it starts

_ALLOWED = """
    read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek close close_range dup dup2 dup3
    pipe pipe2 fsync fdatasync sync_file_range fadvise64 readahead sendfile splice tee copy_file_range flock
    ftruncate fallocate

    poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd
    eventfd2 timerfd_create timerfd_settime timerfd_gettime signalfd signalfd4 futex futex_waitv get_robust_list
    set_robust_list restart_syscall pause nanosleep clock_nanosleep wait4 waitid

    access faccessat faccessat2 stat fstat lstat newfstatat statx statfs fstatfs getdents getdents64 getcwd readlink
    readlinkat chdir fchdir umask

    munmap mremap mprotect madvise brk mincore msync membarrier munlock munlockall pkey_alloc pkey_free
    pkey_mprotect

    rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend sigaltstack alarm getitimer
    setitimer timer_create timer_settime timer_gettime timer_getoverrun timer_delete

    getpid gettid getppid getpgid getpgrp getsid getuid geteuid getgid getegid getresuid getresgid getgroups setsid
    setpgid uname sysinfo times getrusage getrlimit setrlimit getcpu sched_yield sched_getaffinity sched_getparam
    sched_getscheduler sched_get_priority_max sched_get_priority_min sched_rr_get_interval getpriority capget time
    gettimeofday clock_gettime clock_getres getrandom set_tid_address arch_prctl rseq get_mempolicy

    execve exit exit_group

    sendto recvfrom sendmsg recvmsg sendmmsg recvmmsg shutdown getsockname getpeername getsockopt setsockopt
"""
_CHANGING_FILES = """
    mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 link linkat symlink symlinkat truncate mknod mknodat
    creat
"""
_CHANGING_ATTRIBUTES = """
    chmod fchmod fchmodat fchmodat2 utime utimes utimensat futimesat chown fchown lchown fchownat
"""

_OPEN_TO_CHANGE = 0o3 | 0o100 | 0o1000 | 0o20000000  # O_ACCMODE, O_CREAT, O_TRUNC, O_TMPFILE
_THREAD = 0x00010000  # CLONE_THREAD
_NEW_NAMESPACES = 0x7E020000  # CLONE_NEW*
_TERMINAL_OR_FLAGS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)  # TCGETS TIOCGWINSZ FIONREAD FIONBIO FIO(N)CLEX
_OF_ITS_OWN = (1, 2, 3, 4, 15, 16, 23, 29, 30, 38, 39, 0x53564D41)  # PR_*: death signal, dumpable, name, slack, vma
# F_DUPFD (and for exec), F_GETFD SETFD GETFL SETFL, locks of a process and of an open file, F_GETPIPE_SZ, F_GET_SEALS.
# Not F_SETOWN and F_SETSIG: with them the kernel sends any signal to any process of the same user.
_OF_A_DESCRIPTOR = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032, 1034)
_PARENTS_DEATH = 1  # PR_SET_PDEATHSIG
_SHARED_BY_NOBODY = 0x21  # MAP_SHARED and MAP_ANONYMOUS
_UNIX, _STREAM = 1, 1


@dataclasses.dataclass(frozen=True, slots=True)
class Policy:
    """What kind of programs a filter is for: those that see files that they may only read, or may start processes."""

    read_only: bool
    processes: bool


def machines() -> list[str]:
    """Return the machines for which there is a table."""
    return list(_MACHINES)


def filter_for(policy: Policy, machine: str) -> bytes:
    """Return the filter as an array of `struct sock_filter`.

    In a read-only policy `OWN_PID` must be replaced by the program's process id. Raises KeyError for a machine
    without a table.
    """
    architecture, numbers, foreign = _MACHINES[machine]
    program = [
        _op(_LOAD, _ARCHITECTURE_AT),
        _op(_EQUAL, architecture, 1, 0),
        _op(_RETURN, _KILL),
        _op(_LOAD, _NUMBER_AT),
        _op(_GREATER_OR_EQUAL, foreign, 0, 1),
        _op(_RETURN, _KILL),
    ]
    for name, block in _closer_looks(policy):
        if name in numbers:
            program += [_op(_EQUAL, numbers[name], 0, len(block)), *block]
    names = _ALLOWED if policy.read_only else _ALLOWED + _CHANGING_FILES + _CHANGING_ATTRIBUTES
    for first, last in _ranges(numbers[name] for name in names.split() if name in numbers):
        program += [_op(_GREATER_OR_EQUAL, first, 0, 2), _op(_GREATER, last, 1, 0), _op(_RETURN, _ALLOW)]
    program += [
        _op(_GREATER_OR_EQUAL, _NEWER_THAN_THE_LIST, 0, 1),
        _op(_RETURN, _ERRNO | errno.ENOSYS),
        _op(_RETURN, _ERRNO | errno.EPERM),
    ]
    return b"".join(program)


def _closer_looks(policy: Policy) -> Iterator[tuple[str, list[bytes]]]:
    """Yield the calls whose arguments decide, each with what decides."""
    denied = [_op(_RETURN, _ERRNO | errno.EPERM)]
    allowed = [_op(_RETURN, _ALLOW)]
    refused = [_op(_RETURN, _KILL)]
    if policy.processes:
        yield "clone", [_argument(0), *_if_any_bit(_NEW_NAMESPACES, denied), *allowed]
        yield from (("fork", allowed), ("vfork", allowed))
    else:
        no_namespace = _if_any_bit(_NEW_NAMESPACES, denied)
        yield "clone", [_argument(0), *no_namespace, *_if_any_bit(_THREAD, allowed), *refused]
        yield from (("fork", refused), ("vfork", refused))
    if policy.read_only:
        yield "open", [_argument(1), *_if_any_bit(_OPEN_TO_CHANGE, refused), *allowed]
        yield "openat", [_argument(2), *_if_any_bit(_OPEN_TO_CHANGE, refused), *allowed]
        yield from ((name, refused) for name in (_CHANGING_FILES + _CHANGING_ATTRIBUTES).split())
        yield from ((name, _if_argument(0, (OWN_PID,), allowed, denied)) for name in ("kill", "tgkill"))
    else:
        yield from ((name, allowed) for name in ("open", "openat", "kill", "tgkill"))
    # Libraries ask local services now and then, and do without; who turns to the network is about it.
    yield "socket", _if_argument(0, (_UNIX,), denied, refused)
    # A datagram socket could be sent from to any address.
    masked = [_argument(1), _op(_AND, 0xF), *_if_equal((_STREAM,), allowed), *denied]
    yield "socketpair", [_argument(0), *_unless_equal(_UNIX, denied), *masked]
    yield "ioctl", _if_argument(1, _TERMINAL_OR_FLAGS, allowed, denied)
    # Without namespaces that signal is what ends a program whose server is killed.
    own = [option for option in _OF_ITS_OWN if not (policy.read_only and option == _PARENTS_DEATH)]
    yield "prctl", _if_argument(0, own, allowed, denied)
    # Pages of a shared map that are unmapped stay for as long as any other is mapped, and no limit counts them.
    yield "mmap", [_argument(3), _op(_AND, _SHARED_BY_NOBODY), *_if_equal((_SHARED_BY_NOBODY,), denied), *allowed]
    yield "fcntl", _if_argument(1, _OF_A_DESCRIPTOR, allowed, denied)
    for name in ("prlimit64", "sched_setaffinity"):
        yield name, _if_argument(0, (0,), allowed, denied)
    yield "setpriority", [_argument(0), *_unless_equal(0, denied), *_if_argument(1, (0,), allowed, denied)]


def _if_argument(index: int, values: Iterable[int], then: list[bytes], otherwise: list[bytes]) -> list[bytes]:
    return [_argument(index), *_if_equal(values, then), *otherwise]


def _if_equal(values: Iterable[int], then: list[bytes]) -> list[bytes]:
    return [step for value in values for step in (_op(_EQUAL, value, 0, len(then)), *then)]


def _unless_equal(value: int, then: list[bytes]) -> list[bytes]:
    return [_op(_EQUAL, value, len(then), 0), *then]


def _if_any_bit(mask: int, then: list[bytes]) -> list[bytes]:
    return [_op(_ANY_BIT, mask, 0, len(then)), *then]


def _argument(index: int) -> bytes:
    """Load the lower half of an argument: all that the kernel looks at in those that are looked at here."""
    return _op(_LOAD, _ARGUMENTS_AT + 8 * index)


def _ranges(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    for _, group in itertools.groupby(enumerate(sorted(set(numbers))), lambda pair: pair[1] - pair[0]):
        members = [number for _, number in group]
        yield members[0], members[-1]


def _op(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)
