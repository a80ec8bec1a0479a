"""What `ProcessSandbox` promises, looked at from outside the programs that it runs."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path

import pytest

from quizlib.sandbox import Job, Limits, RunResult, Status
from quizlib.sandbox.process import ProcessSandbox

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="looks at processes as POSIX has them")
_GIVE_UP_SECONDS = 20.0


def _run(
    source: str, *arguments: str, stdin: str = "", sandbox: ProcessSandbox | None = None, **limits: object
) -> RunResult:
    job = Job(
        (sys.executable, "-I", "-B", "program.py"),
        {"program.py": source},
        arguments,
        stdin=stdin,
        environment={"PYTHONHASHSEED": "0"},
        limits=Limits(**{"wall_seconds": 10.0, **limits}),  # type: ignore[arg-type]
    )
    return (sandbox or ProcessSandbox()).run(job)


def _is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def _wait_until_gone(pid: int) -> bool:
    """Whether a process goes away; it was killed already, and only the kernel has still to take note."""
    deadline = time.monotonic() + _GIVE_UP_SECONDS
    while _is_running(pid):
        if time.monotonic() > deadline:
            return False
        os.sched_yield()
    return True


def test_what_is_printed_is_returned() -> None:
    result = _run("import sys; print('é🐍'); print('e', file=sys.stderr)")
    assert (result.status, result.stdout, result.stderr, result.exit_code) == (Status.OK, "é🐍\n", "e\n", 0)


def test_nothing_may_be_printed() -> None:
    result = _run("")
    assert (result.status, result.stdout, result.exit_code) == (Status.OK, "", 0)


def test_an_exit_status_is_returned() -> None:
    result = _run("raise SystemExit(3)")
    assert (result.status, result.exit_code) == (Status.RUNTIME_ERROR, 3)


def test_an_exception_is_a_runtime_error_with_its_traceback() -> None:
    result = _run("{}['x']")
    assert (result.status, result.exit_code) == (Status.RUNTIME_ERROR, 1)
    assert result.stderr.endswith("KeyError: 'x'\n")


def test_standard_input_is_given_and_then_ends() -> None:
    assert _run("import sys; print(repr(sys.stdin.read()))", stdin="a\nb").stdout == "'a\\nb'\n"
    assert _run("import sys; print(repr(sys.stdin.read()))").stdout == "''\n"


def test_the_environment_holds_nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    found = json.loads(_run("import json, os; print(json.dumps(dict(os.environ)))").stdout)
    assert "hunter2" not in str(found)
    assert set(found) <= {"PYTHONHASHSEED", "TMPDIR", "HOME", "PWD", "OLDPWD", "SHLVL", "_", "LC_CTYPE"}


def test_the_folder_holds_the_program_alone_and_is_gone_afterwards() -> None:
    found = json.loads(_run("import json, os; print(json.dumps([os.getcwd(), os.listdir()]))").stdout)
    assert found[1] == ["program.py"]
    assert not Path(found[0]).exists()


def test_what_a_program_writes_beside_it_is_gone_afterwards() -> None:
    folder = _run("import os; os.makedirs('a/b'); open('a/b/c', 'w').close(); print(os.getcwd())").stdout.strip()
    assert not Path(folder).exists()


def test_files_stand_beside_the_program() -> None:
    show = "print(open('sub/data.txt', encoding='utf-8').read())"
    result = ProcessSandbox().run(Job((sys.executable, "-I", "-c", show), {"sub/data.txt": "é"}))
    assert result.stdout == "é\n"


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_output_is_cut_at_its_cap_and_the_program_ended(stream: str) -> None:
    result = _run(f"import sys\nwhile True: sys.{stream}.write('x' * 4096)", output_bytes=10_000)
    assert result.status is Status.OUTPUT_LIMIT
    assert len(getattr(result, stream)) == 10_000


def test_output_up_to_the_cap_is_no_fault() -> None:
    assert _run("print('x' * 9_999)", output_bytes=10_000).status is Status.OK
    assert _run("print('x' * 10_000)", output_bytes=10_000).status is Status.OUTPUT_LIMIT


def test_bytes_that_are_no_text_are_replaced() -> None:
    assert _run(r"import sys; sys.stdout.buffer.write(b'a\xffb')").stdout == "a\ufffdb"


_GRANDCHILD = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-I", "-c", "import time; time.sleep(600)"])
open(sys.argv[1], "w").write(str(child.pid))
"""


def test_a_timeout_ends_the_program_and_its_children(tmp_path: Path) -> None:
    marker = tmp_path / "pid"
    result = _run(_GRANDCHILD + "child.wait()", str(marker), wall_seconds=2.0)
    assert (result.status, result.exit_code) == (Status.TIMEOUT, None)
    assert _wait_until_gone(int(marker.read_text()))


def test_a_child_does_not_outlive_a_program_that_ends_well(tmp_path: Path) -> None:
    marker = tmp_path / "pid"
    result = _run(_GRANDCHILD + "print('done')", str(marker))
    assert (result.status, result.stdout) == (Status.OK, "done\n")
    assert _wait_until_gone(int(marker.read_text()))


def test_a_timeout_keeps_what_was_printed() -> None:
    result = _run("import time; print('before', flush=True); time.sleep(600)", wall_seconds=1.0)
    assert (result.status, result.stdout) == (Status.TIMEOUT, "before\n")


def test_closed_streams_do_not_hide_a_program_that_runs_on() -> None:
    result = _run("import os, time; os.close(1); os.close(2); time.sleep(600)", wall_seconds=1.0)
    assert result.status is Status.TIMEOUT


def test_processor_time_is_bounded() -> None:
    assert _run("while True: pass", cpu_seconds=1).status is Status.TIMEOUT


def test_memory_is_bounded() -> None:
    result = _run("x = bytearray(10**9)", memory_bytes=300_000_000)
    assert (result.status, result.stdout) == (Status.MEMORY, "")


def test_the_size_of_a_file_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "large"
    result = _run("open(__import__('sys').argv[1], 'wb').write(bytes(10**6))", str(path), file_bytes=51_200)
    assert result.status is Status.RUNTIME_ERROR
    assert path.stat().st_size <= 51_200


def test_open_files_are_bounded() -> None:
    assert _run("kept = [open('program.py') for _ in range(100)]", open_files=32).status is Status.RUNTIME_ERROR


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="counts processes where the kernel shows them")
def test_the_number_of_processes_is_bounded(tmp_path: Path) -> None:
    source = """
import os, sys, time
pids = []
for _ in range(100):
    pid = os.fork()
    if pid == 0:
        time.sleep(20)
        os._exit(0)
    pids.append(pid)
    with open(sys.argv[1], "a") as file:
        print(pid, file=file)
time.sleep(20)
"""
    marker = tmp_path / "pids"
    assert _run(source, str(marker), processes=8, open_files=256).status is Status.PROCESS_LIMIT
    assert all(_wait_until_gone(int(pid)) for pid in marker.read_text().split())


def test_a_program_that_kills_its_parent_is_a_runtime_error() -> None:
    result = _run("import os, signal; os.kill(os.getppid(), signal.SIGKILL)")
    assert result.status is Status.RUNTIME_ERROR


def test_a_program_that_kills_itself_is_a_runtime_error_that_names_the_signal() -> None:
    result = _run("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    assert result.status is Status.RUNTIME_ERROR
    assert "signal 11" in result.detail


def test_a_program_that_kills_its_group_does_not_reach_us() -> None:
    assert _run("import os, signal; os.killpg(0, signal.SIGKILL)").status is Status.RUNTIME_ERROR


def test_a_command_that_is_not_there_is_no_success() -> None:
    result = ProcessSandbox().run(Job(("/no/such/command",), {}))
    assert result.status is not Status.OK


_COPYING = "import shutil; shutil.copy('program.py', 'copy.py')"


def test_a_program_is_prepared_in_its_folder() -> None:
    prepare = (sys.executable, "-I", "-c", _COPYING)
    job = Job((sys.executable, "-I", "copy.py"), {"program.py": "print('copied')"}, preparation=(prepare,))
    assert ProcessSandbox().run(job).stdout == "copied\n"


def test_a_program_that_cannot_be_prepared_is_not_run() -> None:
    prepare = (sys.executable, "-I", "-c", "import sys; print('half'); sys.exit('no such type')")
    result = ProcessSandbox().run(Job((sys.executable, "-c", "print(1)"), {}, preparation=(prepare,)))
    assert (result.status, result.stdout, result.exit_code) == (Status.COMPILE_ERROR, "", None)
    assert result.stderr == "no such type\n"


def test_cancelling_ends_what_runs_and_refuses_the_rest(tmp_path: Path) -> None:
    sandbox = ProcessSandbox()
    marker = tmp_path / "pid"
    os.mkfifo(marker)
    results: list[RunResult] = []
    source = "import os, sys, time\nopen(sys.argv[1], 'w').write(str(os.getpid()))\ntime.sleep(600)"
    thread = threading.Thread(
        target=lambda: results.append(_run(source, str(marker), sandbox=sandbox, wall_seconds=60.0))
    )
    thread.start()
    pid = int(marker.read_text())  # waits until the program writes it
    sandbox.cancel()
    thread.join(_GIVE_UP_SECONDS)
    assert not thread.is_alive()
    assert results[0].status is not Status.OK
    assert _wait_until_gone(pid)
    assert _run("print(1)", sandbox=sandbox).status is Status.REFUSED
