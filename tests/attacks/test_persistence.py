"""The next program of the same worker sees nothing of the one before."""

from __future__ import annotations

import pytest

from quizlib.sandbox import Status
from tests.attacks.boxes import Box
from tests.attacks.conftest import Attack

_LOOK = """
import gc, os, sys
def walk(folder):
    return sorted(os.path.join(where, name) for where, folders, files in os.walk(folder) for name in folders + files)
print(walk("/dev/shm") if sys.argv[1:] == ["ns"] else [], walk(os.getcwd()) == [os.path.abspath("program.py")])
print(getattr(os, "kept", None), hasattr(sys, "kept"), "kept" in os.environ, os.umask(0o22) & 0o777, os.getpriority(0, 0))
"""
_CLEAN = "[] True\nNone False False 18 0\n"


def _look(box: Box) -> str:
    result = box.run(box.job(_LOOK, box.kind.level.removeprefix("strict-")))
    assert result.status is Status.OK, result
    return result.stdout


def test_files_are_gone(ns: Box, attack: Attack) -> None:
    attack("""
        for folder in ("/box", "/dev/shm", "/tmp"):
            for name in ("sitecustomize.py", "usercustomize.py", "re.py", "random.py", "_quizlib_server.py"):
                open(f"{folder}/{name}", "w").write("print('left behind')")
        os.makedirs("/dev/shm/a/b/c")
        os.symlink("/etc", "/box/link")
    """)
    assert _look(ns) == _CLEAN


def test_a_program_that_replaces_its_file_by_a_link_changes_nothing(ns: Box, attack: Attack) -> None:
    attack("""
        for name in ("program.py", "tools.py"):
            os.unlink(name)
            os.symlink(AIM["marker"], name)
        os.chmod(".", 0)
    """)
    assert _look(ns) == _CLEAN


def test_compiled_files_are_not_left_beside_modules(ns: Box, attack: Attack) -> None:
    attack("""
        os.mkdir("/box/__pycache__")
        import py_compile
        open("json.py", "w").write("print('left behind')")
        py_compile.compile("json.py")
    """)
    assert _look(ns) == _CLEAN


def test_what_a_program_does_to_its_interpreter_is_its_own(box: Box, attack: Attack) -> None:
    attack("""
        import builtins, gc, signal
        os.kept = sys.kept = 1
        os.environ["kept"] = "1"
        os.umask(0)
        os.nice(5)
        builtins.print = lambda *_, **__: None
        sys.path.insert(0, "/dev/shm")
        sys.modules["json"] = None
        gc.unfreeze()
        signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))
    """)
    assert _look(box) == _CLEAN


def test_limits_that_a_program_lowers_are_its_own(box: Box, attack: Attack) -> None:
    attack("""
        import resource
        for kind in (resource.RLIMIT_CPU, resource.RLIMIT_NOFILE, resource.RLIMIT_AS, resource.RLIMIT_FSIZE):
            resource.setrlimit(kind, (1, 1))
        os._exit(0)
    """)
    assert _look(box) == _CLEAN


def test_a_library_in_the_temporary_folder_is_not_loaded_by_the_next(ns: Box, attack: Attack) -> None:
    attack("""
        for place in (os.environ["HOME"], os.environ["TMPDIR"]):
            os.makedirs(f"{place}/.local/lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages", exist_ok=True)
            open(f"{place}/.pythonrc.py", "w").write("print('left behind')")
    """)
    assert _look(ns) == _CLEAN


@pytest.mark.parametrize(
    "end", ["sys.exit(1)", "os._exit(0)", "os.abort()", "1 / 0", "os.kill(os.getpid(), 9)", "os.close(1)"]
)
def test_a_worker_serves_on_whatever_the_end_was(box: Box, attack: Attack, end: str) -> None:
    for _ in range(3):
        attack(end)
    assert _look(box) == _CLEAN
