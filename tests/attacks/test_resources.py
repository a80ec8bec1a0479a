"""Time, memory, disk: what a program can use up is its own share, and its own share has an end."""

from __future__ import annotations

import pytest

from quizlib.sandbox import RunResult, Status
from tests.attacks.boxes import Box
from tests.attacks.conftest import Attack

_MEMORY = 120_000_000
_ENDS = (Status.MEMORY, Status.TIMEOUT, Status.PROCESS_LIMIT, Status.RUNTIME_ERROR, Status.REFUSED)


def test_a_program_cannot_run_on(attack: Attack) -> None:
    assert attack("while True: pass", wall_seconds=0.4).status is Status.TIMEOUT


def test_a_program_cannot_sleep_on(attack: Attack) -> None:
    assert attack("import time; time.sleep(600)", wall_seconds=0.4).status is Status.TIMEOUT


def test_a_time_that_is_over_before_the_program_begins(attack: Attack) -> None:
    assert attack("print('begun')", wall_seconds=1e-6).status is Status.TIMEOUT
    assert attack("print('begun')").stdout == "begun\n"


def test_a_program_cannot_run_on_in_the_handler_of_a_signal(attack: Attack) -> None:
    source = """
        import signal
        def again(*_):
            signal.setitimer(signal.ITIMER_REAL, 0.001)
            while True: pass
        for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(number, again)
        os.kill(os.getpid(), signal.SIGTERM)
    """
    assert attack(source, wall_seconds=0.4).status is Status.TIMEOUT


def test_a_program_cannot_outlive_its_processor_time_by_ignoring_the_signal(attack: Attack) -> None:
    source = """
        import signal
        signal.signal(signal.SIGXCPU, signal.SIG_IGN)
        while True: pass
    """
    result = attack(source, cpu_seconds=1, wall_seconds=30.0)
    assert result.status is not Status.OK
    assert result.exit_code is None


def test_a_program_cannot_use_more_processor_time_by_threads(attack: Attack) -> None:
    source = """
        import hashlib, threading
        def work():
            while True: hashlib.sha256(block)
        block = bytes(1_000_000)
        for _ in range(8): threading.Thread(target=work).start()
    """
    result = attack(source, cpu_seconds=1, wall_seconds=30.0)
    assert result.status is not Status.OK
    assert result.exit_code is None


@pytest.mark.usefixtures("bounded")
def test_a_program_cannot_take_more_memory_than_its_limit(contained: Attack) -> None:
    contained('attempt("memory", lambda: bytearray(400_000_000))', memory_bytes=_MEMORY)


@pytest.mark.usefixtures("bounded")
def test_a_program_cannot_take_memory_by_maps_of_the_kernel(contained: Attack) -> None:
    contained(
        """
        import mmap
        kept = []
        def take():
            for _ in range(20):
                kept.append(mmap.mmap(-1, 20_000_000, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))
        attempt("maps", take)
        """,
        memory_bytes=_MEMORY,
    )


_SHARED = """
import mmap
PAGE, SIZE = 4096, 50_000_000
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]

def take(descriptor, flags):
    # What is shared stays in memory as long as one page of it is mapped: all others are counted to nobody.
    for _ in range(6):
        start = libc.mmap(None, SIZE, 3, mmap.MAP_SHARED | flags, descriptor, 0)
        if start in (None, ctypes.c_void_p(-1).value):
            raise OSError(ctypes.get_errno(), "mmap")
        ctypes.memset(start, 1, SIZE)
        assert libc.munmap(start + PAGE, SIZE - PAGE) == 0
"""


@pytest.mark.usefixtures("bounded")
def test_a_program_cannot_hide_shared_memory_that_it_has_unmapped(contained: Attack) -> None:
    contained(_SHARED + 'attempt("shared", lambda: take(-1, mmap.MAP_ANONYMOUS))', memory_bytes=_MEMORY)


@pytest.mark.usefixtures("bounded")
def test_a_program_cannot_hide_shared_memory_made_of_a_device(contained: Attack) -> None:
    source = 'attempt("zero", lambda: take(os.open("/dev/zero", os.O_RDONLY), 0))'
    contained(_SHARED.replace("None, SIZE, 3", "None, SIZE, 1").replace(
        "ctypes.memset(start, 1, SIZE)", "[ctypes.string_at(start + at, 1) for at in range(0, SIZE, PAGE)]"
    ) + source, memory_bytes=_MEMORY)  # fmt: skip


@pytest.mark.usefixtures("bounded")
def test_programs_of_several_processes_share_one_limit_of_memory(ns: Box, attack: Attack) -> None:
    source = """
        import time
        for _ in range(3):
            if os.fork() == 0:
                kept = b"x" * 70_000_000
                time.sleep(600)
        time.sleep(600)
    """
    assert attack(source, processes=4, memory_bytes=_MEMORY).status is Status.MEMORY


@pytest.mark.usefixtures("bounded")
def test_what_prepares_a_program_shares_one_limit_of_memory(ns: Box, attack: Attack) -> None:
    preparing = """
import os, time
for _ in range(3):
    if os.fork() == 0:
        kept = b"x" * 70_000_000
        time.sleep(600)
time.sleep(600)
"""
    command = (ns.runtime, "-S", "-B", "prepare.py")
    files = {"prepare.py": preparing}
    result = attack("print(1)", files=files, preparation=(command,), memory_bytes=_MEMORY, preparation_seconds=3.0)
    assert (result.status, result.stdout) == (Status.MEMORY, "")


@pytest.mark.usefixtures("bounded")
def test_a_program_cannot_start_more_threads_than_its_limit(box: Box, attack: Attack) -> None:
    source = """
        import _thread, time
        _thread.stack_size(32768)
        lock = _thread.allocate_lock()
        lock.acquire()
        started = 0
        try:
            while started < 300:
                _thread.start_new_thread(lock.acquire, ())
                started += 1
            time.sleep(1)
            print("BREACHED", started, flush=True)
        except RuntimeError:
            print("contained", started, flush=True)
        os._exit(0)
    """
    result = attack(source, threads=32)
    assert "BREACHED" not in result.stdout
    assert "contained" in result.stdout or result.status is Status.PROCESS_LIMIT


def test_a_program_may_start_as_many_threads_as_its_limit(attack: Attack) -> None:
    source = """
        import threading
        threading.stack_size(262_144)
        gate = threading.Barrier(31)
        for _ in range(30): threading.Thread(target=gate.wait).start()
        gate.wait()
        print("all met")
    """
    assert attack(source, threads=32).stdout == "all met\n"


_FILL = """
import errno
def fill(folder):
    total = 0
    for number in range(100):
        with open(f"{folder}/{number}", "wb", buffering=0) as file:
            for _ in range(7):
                total += file.write(bytes(1_000_000))
    raise AssertionError(total)
"""


@pytest.mark.parametrize("folder", ["/box", "/dev/shm", "/tmp"])
def test_a_program_cannot_fill_the_disk(contained: Attack, folder: str) -> None:
    contained(_FILL + f'attempt("fill", lambda: fill("{folder}"))')


@pytest.mark.parametrize("folder", ["/box", "/dev/shm"])
def test_a_program_cannot_use_up_the_inodes(contained: Attack, folder: str) -> None:
    contained(f"""
        def make():
            for number in range(5000):
                os.mkfifo(f"{folder}/{{number}}") if number % 2 else os.mkdir(f"{folder}/{{number}}")
        attempt("inodes", make)
    """)


def test_a_program_cannot_write_a_larger_file_than_its_limit(contained: Attack) -> None:
    contained(
        """
        import signal
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        attempt("file", lambda: open("/box/large", "wb", buffering=0).write(bytes(100)) == 100 and
                os.posix_fallocate(os.open("/box/large", os.O_RDWR), 0, 2_000_000))
        """,
        file_bytes=1_000_000,
    )


def test_a_folder_of_any_depth_is_gone_afterwards(attack: Attack, box: Box) -> None:
    source = """
        for _ in range(900):
            os.mkdir("d")
            os.chdir("d")
        print("deep")
    """
    result = attack(source)
    assert _is_refused(result) if box.kind.level == "strict-ro" else result.stdout == "deep\n"


def _is_refused(result: RunResult) -> bool:
    return result.status is Status.REFUSED and result.stdout == ""
