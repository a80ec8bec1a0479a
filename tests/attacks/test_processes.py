"""Processes and signals: a program reaches none but its own, and none of its own outlives it."""

from __future__ import annotations

import json
import os
import secrets
import time
from pathlib import Path

import pytest

from quizlib.sandbox import Status
from tests.attacks.boxes import Box
from tests.attacks.conftest import TOOLS, Aims, Attack

_GONE_SECONDS = 20.0


def test_a_program_cannot_start_a_process(contained: Attack) -> None:
    contained("""
        def start():
            if os.fork() == 0:
                os._exit(0)
        attempt("fork", start)
    """)


def test_a_program_cannot_start_a_process_by_a_library(contained: Attack) -> None:
    contained("""
        import subprocess
        attempt("subprocess", lambda: subprocess.run(["/bin/true"]))
    """)


def test_a_program_cannot_start_a_process_by_spawning(contained: Attack) -> None:
    contained('attempt("spawn", lambda: os.posix_spawn("/bin/true", ["true"], {}))')


def test_a_program_cannot_start_a_process_in_the_place_of_its_parent(contained: Attack) -> None:
    contained("""
        CLONE = {"x86_64": 56, "aarch64": 220}[os.uname().machine]
        def start():
            if numbered(CLONE, 0x8000 | 17, 0, 0, 0, 0) == 0:
                os._exit(0)
        attempt("clone", start)
    """)


_BOMB = """
import time
started = 0
try:
    for _ in range(300):
        if os.fork() == 0:
            time.sleep(600)
        started += 1
except OSError as error:
    print("refused", flush=True)
time.sleep(600 if started > LIMIT else 0)
"""


@pytest.mark.usefixtures("bounded")
def test_a_program_cannot_start_more_processes_than_it_may(ns: Box, attack: Attack) -> None:
    result = attack(_BOMB.replace("LIMIT", "4"), processes=4, memory_bytes=3_000_000_000)
    assert result.status is Status.PROCESS_LIMIT


@pytest.mark.usefixtures("bounded")
def test_a_program_that_may_start_processes_can(ns: Box, attack: Attack) -> None:
    source = """
        import subprocess
        for _ in range(12):
            print(subprocess.run([sys.executable, "-S", "-c", "print(1)"], capture_output=True, text=True).stdout)
    """
    assert attack(source, processes=4).stdout.split() == ["1"] * 12


@pytest.mark.usefixtures("bounded")
def test_processes_that_start_others_without_end_are_ended(ns: Box, attack: Attack) -> None:
    source = """
        os.close(1), os.close(2)
        while True:
            try:
                os.fork()
                os.setsid()
            except OSError:
                pass
    """
    ends = (Status.PROCESS_LIMIT, Status.TIMEOUT, Status.MEMORY)  # whichever is met first
    assert attack(source, processes=8, wall_seconds=0.7).status in ends


_DAEMON = """
import signal, time
def name(text):
    libc.prctl(15, text.encode(), 0, 0, 0)
if os.fork() == 0:
    os.setsid()
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    if os.fork() == 0:
        name(sys.argv[2])
        END
    os._exit(0)
time.sleep(0.1)
print("started")
"""


@pytest.mark.parametrize(
    "end", ["time.sleep(600)", "os.kill(os.getpid(), 19)", "os.close(1), os.fork(), time.sleep(600)"]
)
def test_a_daemon_does_not_outlive_its_program(ns: Box, attack: Attack, aims: Aims, end: str) -> None:
    name = "qz" + secrets.token_hex(6)
    source = "from tools import *\n" + _DAEMON.replace("END", end)
    job = ns.job(source, json.dumps(aims.of(ns)), name, files={"tools.py": TOOLS}, limits={"processes": 4})
    result = ns.run(job)
    assert (result.status, result.stdout) == (Status.OK, "started\n")
    assert _running(name) == []
    ns.assert_untouched()


@pytest.mark.parametrize("how", ["cancel", "kill"])
def test_a_program_does_not_outlive_what_runs_it(box: Box, aims: Aims, how: str) -> None:
    name = "qz" + secrets.token_hex(6)
    source = """
from tools import *
import signal, time
for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, signal.SIG_IGN)
libc.prctl(1, 0, 0, 0, 0)  # what would end it with the process that runs it
libc.prctl(15, sys.argv[2].encode(), 0, 0, 0)
time.sleep(600)
"""
    job = box.job(source, json.dumps(aims.of(box)), name, files={"tools.py": TOOLS}, limits={"wall_seconds": 60.0})
    answer = box.interrupted(job, name, how)
    assert answer["seen"]
    assert answer["status"] != Status.OK
    deadline = time.monotonic() + _GONE_SECONDS  # it is killed; only the kernel has still to take note
    while _running(name) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert _running(name) == []
    box.assert_untouched()


def _running(name: str) -> list[str]:
    """Return the processes of a name that no program outside the tests bears."""
    found = []
    for path in Path("/proc").glob("[0-9]*/comm"):
        try:
            if path.read_text(encoding="utf-8", errors="replace").strip() == name:
                state = path.with_name("stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
                found += [path.parent.name] if state.split()[0] not in "ZX" else []
        except OSError:
            continue
    return found


def test_a_program_cannot_signal_another_process(contained: Attack) -> None:
    contained("""
        for number in (0, 9, 15, 19):
            attempt(f"victim.{number}", lambda: os.kill(AIM["victim"], number))
            attempt(f"host.{number}", lambda: os.kill(AIM["host"], number))
    """)


@pytest.mark.parametrize("number", [2, 9, 15, 19, 34])
def test_a_program_cannot_end_what_runs_it(attack: Attack, number: int) -> None:
    source = f"""
        for pid in (os.getppid(), 1, -1, 0, -os.getppid(), -AIM["victim"]):
            try:
                os.kill(pid, {number})
            except OSError:
                pass
    """
    # It may hit itself. What runs it is alive, since it runs the next program: see `attacked`.
    assert attack(source, wall_seconds=0.5).status is not Status.INTERNAL


@pytest.mark.parametrize("number", [4, 6, 8, 9, 11, 31])
def test_a_program_that_ends_itself_by_a_signal_has_not_run_well(attack: Attack, number: int) -> None:
    result = attack(f"print(1, flush=True); os.kill(os.getpid(), {number})")
    assert result.status in (Status.RUNTIME_ERROR, Status.REFUSED)
    assert result.exit_code is None


@pytest.mark.parametrize("whom", ["os.getpid()", "0", "-1"])
def test_a_program_that_stops_itself_is_ended(box: Box, attack: Attack, whom: str) -> None:
    source = f"""
        import signal, time
        try:
            os.kill({whom}, signal.SIGSTOP)
        except OSError:
            pass
        time.sleep(600)
    """
    assert attack(source, wall_seconds=0.4).status is Status.TIMEOUT


def test_a_program_whose_first_thread_has_ended_is_ended(attack: Attack) -> None:
    source = """
        import threading, time
        threading.Thread(target=time.sleep, args=(600,)).start()
        EXIT = {"x86_64": 60, "aarch64": 93}[os.uname().machine]
        numbered(EXIT, 0)
    """
    assert attack(source, wall_seconds=0.5).status is Status.TIMEOUT


@pytest.mark.usefixtures("bounded")
def test_orphans_that_nobody_waits_for_are_gone_afterwards(ns: Box, attack: Attack) -> None:
    source = """
        import time
        for _ in range(20):
            if os.fork() == 0:
                if os.fork() == 0:
                    os._exit(0)
                os._exit(0)
        time.sleep(0.1)
        print("made")
    """
    assert attack(source, processes=60).stdout == "made\n"


def test_a_crash_leaves_no_core(attack: Attack, box: Box) -> None:
    before = sorted(os.listdir("/")) + sorted(os.listdir(aims_folder := "/tmp"))
    result = attack("print(os.sysconf('SC_PAGE_SIZE'), flush=True); ctypes.string_at(0)")
    assert (result.status, result.exit_code) == (Status.RUNTIME_ERROR, None)
    assert "signal 11" in result.detail
    new = set(os.listdir("/") + os.listdir(aims_folder)) - set(before)
    assert not [name for name in new if name.startswith("core")]


def test_a_stack_that_overflows_is_a_crash_and_no_more(attack: Attack) -> None:
    source = """
        sys.setrecursionlimit(10**9)
        def down(_): return sorted([0], key=down)
        down(0)
    """
    assert attack(source).status in (Status.RUNTIME_ERROR, Status.MEMORY)


def test_a_program_that_executes_another_is_still_contained(contained: Attack) -> None:
    contained("""
        import subprocess
        code = (
            "from tools import *\\n"
            "attempt('secret', lambda: open(AIM['secret']).read())\\n"
            "attempt('signal', lambda: os.kill(AIM['victim'], 0))\\n"
            "attempt('socket', lambda: call('socket', 2, 1, 0))\\n"
        )
        print("exec contained", flush=True)
        os.execv(sys.executable, [sys.executable, "-B", "-c", code, sys.argv[1]])
    """)
