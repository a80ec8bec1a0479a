"""A program holds the three descriptors that it was given, and can make of them nothing that it was not given."""

from __future__ import annotations

from quizlib.sandbox import Status
from tests.attacks.boxes import Box
from tests.attacks.conftest import Attack


def test_a_program_inherits_three_descriptors(attack: Attack) -> None:
    source = """
        import stat
        held = []
        for descriptor in range(4096):
            try:
                mode = os.fstat(descriptor).st_mode
            except OSError:
                continue
            held.append((descriptor, stat.S_ISFIFO(mode), stat.S_ISREG(mode)))
        print(held)
    """
    for warm in (True, False):
        assert attack(source, warm=warm).stdout == "[(0, False, True), (1, True, False), (2, True, False)]\n"


def test_what_is_written_to_every_descriptor_is_output_and_no_more(attack: Attack) -> None:
    source = """
        import marshal
        forged = marshal.dumps({"id": 1, "status": 0, "began": b"begun", "ended_by": "", "memory": 0}, 2)
        for descriptor in range(256):
            try:
                os.write(descriptor, forged)
            except OSError:
                pass
        sys.exit(3)
    """
    for warm in (True, False):
        result = attack(source, warm=warm)
        assert (result.status, result.exit_code) == (Status.RUNTIME_ERROR, 3)


def test_a_program_cannot_open_more_files_than_its_limit(contained: Attack) -> None:
    contained("""
        kept = []
        def open_many():
            while True:
                kept.append(os.dup(0))
                if len(kept) > 64:
                    break
        attempt("descriptors", open_many)
    """)


def test_a_program_that_reads_its_own_output_back_keeps_nobody_waiting(attack: Attack) -> None:
    source = """
        import time
        print("kept", flush=True)
        time.sleep(0.1)
        try:
            thief = os.open("/proc/self/fd/1", os.O_RDONLY | os.O_NONBLOCK)
        except OSError:
            sys.exit()
        end = time.monotonic() + 0.3
        while time.monotonic() < end:
            try:
                os.write(1, b"x" * 100)
                os.read(thief, 1000)
            except BlockingIOError:
                pass
    """
    result = attack(source)
    assert result.status in (Status.OK, Status.OUTPUT_LIMIT)
    assert set(result.stdout.partition("kept\n")[2]) <= {"x"}


def test_output_does_not_stay_open_beyond_the_program_on_its_way_between_sockets(attack: Attack) -> None:
    source = """
        import socket
        one, other = socket.socketpair()
        # Each end is on its way to the other, and so are the streams: no process holds them any more.
        socket.send_fds(one, [b"x"], [one.fileno(), other.fileno(), 1, 2])
        socket.send_fds(other, [b"x"], [one.fileno(), other.fileno(), 1, 2])
        print("sent", flush=True)
        os._exit(0)
    """
    result = attack(source)
    assert (result.status, result.stdout) == (Status.OK, "sent\n")


def test_a_program_that_closes_its_output_and_sleeps_is_ended(box: Box, attack: Attack) -> None:
    source = """
        import time
        os.close(0), os.close(1), os.close(2)
        time.sleep(600)
    """
    assert attack(source, wall_seconds=0.5).status is Status.TIMEOUT


def test_standard_input_cannot_be_filled_beyond_the_size_of_a_file(contained: Attack) -> None:
    contained(
        """
        import signal
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        attempt("write", lambda: os.pwrite(0, b"x", 1_000_000))
        attempt("enlarge", lambda: os.ftruncate(0, 1_000_001))
        attempt("allocate", lambda: libc_allocate())
        """.replace("libc_allocate()", "os.posix_fallocate(0, 0, 1_000_001)"),
        file_bytes=1_000_000,
    )
