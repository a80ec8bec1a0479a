"""No program can say of itself that it ran well, nor find out what is expected of it."""

from __future__ import annotations

import pytest

from quizlib.sandbox import Status
from tests.attacks.boxes import Box
from tests.attacks.conftest import Attack


@pytest.mark.parametrize("code", [1, 3, 97, 128, 255])
@pytest.mark.parametrize("warm", [True, False])
def test_an_exit_status_is_what_the_kernel_says(attack: Attack, code: int, warm: bool) -> None:
    result = attack(f"os._exit({code})", warm=warm)
    assert (result.status, result.exit_code) == (Status.RUNTIME_ERROR, code)


def test_printing_what_the_server_says_changes_nothing(attack: Attack) -> None:
    source = r"""
        import marshal
        for word in (b"begun", b"unprepared", b"broken: x", b"contained", b"BREACHED"):
            os.write(1, word + b"\n")
        os.write(2, marshal.dumps({"id": 1, "status": 0, "began": b"begun", "ended_by": "", "memory": 0}, 2))
        os._exit(7)
    """
    result = attack(source)
    assert (result.status, result.exit_code) == (Status.RUNTIME_ERROR, 7)


def test_a_program_that_ends_early_has_printed_what_it_has_printed(attack: Attack) -> None:
    result = attack("print('right', flush=True); os._exit(0); print('wrong')")
    assert (result.status, result.stdout) == (Status.OK, "right\n")


def test_a_program_that_sends_itself_the_signal_of_a_forbidden_call_has_not_run_well(attack: Attack) -> None:
    result = attack("print('right', flush=True); os.kill(os.getpid(), 31)")
    assert result.status in (Status.RUNTIME_ERROR, Status.REFUSED)


def test_a_late_thread_prints_into_its_own_run_or_nowhere(box: Box, attack: Attack) -> None:
    source = """
        import _thread, time
        def late():
            while True:
                os.write(1, b"late\\n")
                time.sleep(0.001)
        _thread.start_new_thread(late, ())
        time.sleep(0.02)
    """
    attack(source)  # what runs next prints `42` and nothing else: see `attacked`
    for _ in range(3):
        assert box.run(box.job("print(6 * 7)")).stdout == "42\n"


def test_nothing_of_the_guest_is_left_in_the_interpreter(attack: Attack) -> None:
    source = """
        import gc, types
        gc.unfreeze()
        left = [name for name in sys.modules if "quizlib" in name]
        print(left, [path for path in sys.path if "guest" in path], "QUIZLIB_GUEST" in os.environ)
    """
    assert attack(source).stdout == "[] [] False\n"


_PATCH = """
import gc, types
gc.unfreeze()
patched = 0
for thing in gc.get_objects():
    if isinstance(thing, types.ModuleType) and thing.__name__.startswith("_quizlib"):
        for name, value in list(vars(thing).items()):
            if callable(value) or name.isupper():
                setattr(thing, name, lambda *_, **__: None)
                patched += 1
import marshal, os, select
os.wait4 = os._exit = os.fork = os.write = marshal.dumps = marshal.loads = lambda *_: (0, 0)
"""


def test_patching_the_guest_reaches_no_other_program(box: Box, attack: Attack) -> None:
    attack(_PATCH)
    result = box.run(box.job("import os, marshal; print(marshal.loads(marshal.dumps(5)), os.getpid() > 0)"))
    assert result.stdout == "5 True\n"


def test_calling_the_guest_reaches_no_other_program(box: Box, attack: Attack) -> None:
    """Each function of the guest is called, with what it may want: it acts with the rights of the program alone."""
    source = """
        import gc, types
        gc.unfreeze()
        named = ("leave", "make_mounts_private", "be_dumpable", "drop_capabilities", "die_with_parent", "serve", "seal",
                 "clear", "kill", "enter", "_loop", "refuse_new_privileges", "make_root_of_working_folder")
        kept = [thing for thing in gc.get_objects() if isinstance(thing, types.FunctionType) and thing.__name__ in named]
        for function in kept:
            for arguments in ((), (1,), (0x10020000,), (None, {}), (AIM["victim"],)):
                try:
                    function(*arguments)
                except BaseException:
                    pass
    """
    result = attack(source, wall_seconds=2.0)
    assert result.status is not Status.INTERNAL


def test_a_program_gets_nothing_but_its_code_and_its_arguments(attack: Attack, box: Box) -> None:
    source = "print(sorted(os.listdir(os.path.dirname(os.path.abspath(__file__)))), len(sys.argv), sys.stdin.read())"
    assert attack(source, stdin="in").stdout == "['program.py', 'tools.py'] 2 in\n"


def test_a_runtime_that_is_not_one_runs_nothing(box: Box) -> None:
    job = box.job("print(1)")
    for command in (("/no/such/python", "program.py"), ("/bin/true", "program.py")):
        result = box.run(type(job)(command, job.files, reads=job.reads, warm=True))
        assert result.stdout == ""
    box.assert_untouched()
