"""A kept result saves a run, and whatever is wrong with what is kept costs only time."""

from __future__ import annotations

import contextlib
import dataclasses
import multiprocessing
import os
import sqlite3
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.languages import python
from quizlib.model import Program
from quizlib.plugins import Runtime
from quizlib.proof import cache as cache_module
from quizlib.proof import installed as installed_module
from quizlib.proof.cache import Cache, Kept, default_path
from quizlib.proof.installed import installed
from quizlib.proof.runs import VARIATIONS, Runner, job
from quizlib.sandbox import Job, Limits, RunResult, Status
from tests.unit.helpers import CannedSandbox

_OK = RunResult(Status.OK, "1\n", exit_code=0, seconds=0.25, memory_bytes=9_000_000)
_KEPT = Kept(_OK, 100.0, 100.5, "strict-ns")
_RUNTIME = Runtime("python3.11", "3.11.7", sys.executable)
_JOB = Job((sys.executable, "program.py"), {"program.py": "print(1)"})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "results.sqlite"


def _runner(sandbox: CannedSandbox, path: Path, isolation: str = "strict") -> Runner:
    return Runner(sandbox, jobs=1, cache=Cache(path, isolation))


def test_what_is_kept_comes_back_whole(path: Path) -> None:
    Cache(path, "strict").put({"key": _KEPT})
    assert Cache(path, "strict").get(["key", "other", "key"]) == {"key": _KEPT}


def test_an_unchanged_program_is_not_run_again(path: Path) -> None:
    program = Program("python", "a")
    first = _runner(CannedSandbox({"a": _OK}), path).run_all([program])
    again = CannedSandbox({})
    assert _runner(again, path).run_all([program]) == first
    assert again.asked == []


@pytest.mark.parametrize(
    "other",
    [
        {"source": "b"}, {"stdin": "x"}, {"arguments": ("x",)}, {"files": (("x", "y"),)}, {"timeout": 1.0},
        {"processes": 2},
    ],
)  # fmt: skip
def test_whatever_decides_a_result_is_part_of_its_key(other: dict[str, object], path: Path) -> None:
    program = Program("python", "a")
    _runner(CannedSandbox({"a": _OK}), path).run_all([program])
    sandbox = CannedSandbox({"a": _OK, "b": _OK})
    _runner(sandbox, path).run_all([dataclasses.replace(program, **other)])  # type: ignore[arg-type]
    assert len(sandbox.asked) == len(VARIATIONS)


def test_every_field_of_a_job_and_a_runtime_is_part_of_the_key(path: Path) -> None:
    cache = Cache(path, "strict")
    jobs = [
        _JOB,
        dataclasses.replace(_JOB, command=("other",)),
        dataclasses.replace(_JOB, files={}),
        dataclasses.replace(_JOB, arguments=("x",)),
        dataclasses.replace(_JOB, preparation=(("cc",),)),
        dataclasses.replace(_JOB, stdin="x"),
        dataclasses.replace(_JOB, environment={"TZ": "x"}),
        dataclasses.replace(_JOB, reads=("/x",)),
        dataclasses.replace(_JOB, warm=True),
        *(
            dataclasses.replace(_JOB, limits=dataclasses.replace(Limits(), **{field.name: 1}))  # type: ignore[arg-type]
            for field in dataclasses.fields(Limits)
        ),
    ]
    runtimes = [
        dataclasses.replace(_RUNTIME, name="x"),
        dataclasses.replace(_RUNTIME, version="x"),
        dataclasses.replace(_RUNTIME, executable="/bin/sh"),
    ]
    keys = [cache.key(job, _RUNTIME) for job in jobs] + [cache.key(_JOB, runtime) for runtime in runtimes]
    assert len(dataclasses.fields(Job)) == 9, "a new field needs a case here"
    assert len(set(keys)) == len(keys)
    assert Cache(path, "none").key(_JOB, _RUNTIME) not in keys


def _key_with(prefix: Path) -> str:
    """Return the key as another process would make it."""
    installed.cache_clear()
    return Cache(Path("unused"), "strict").key(dataclasses.replace(_JOB, reads=(str(prefix),)), _RUNTIME)


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A runtime's folder of packages, with a module and a package in it."""
    folder = tmp_path / "lib" / "python3.11" / "site-packages"
    (folder / "package").mkdir(parents=True)
    (folder / "module.py").write_text("answer = 1", encoding="ascii")
    return folder


def test_a_module_that_changes_is_noticed(packages: Path, tmp_path: Path) -> None:
    before = _key_with(tmp_path)
    assert _key_with(tmp_path) == before
    (packages / "module.py").write_text("answer = 42", encoding="ascii")
    assert _key_with(tmp_path) != before


def test_a_module_of_the_same_size_that_changes_is_noticed(packages: Path, tmp_path: Path) -> None:
    before = _key_with(tmp_path)
    (packages / "module.py").write_text("answer = 2", encoding="ascii")
    os.utime(packages / "module.py", ns=(1, 1))
    assert _key_with(tmp_path) != before


def test_a_package_that_comes_or_goes_is_noticed(packages: Path, tmp_path: Path) -> None:
    before = _key_with(tmp_path)
    (packages / "numpy-2.0.dist-info").mkdir()
    with_it = _key_with(tmp_path)
    (packages / "package").rmdir()
    assert len({before, with_it, _key_with(tmp_path)}) == 3


def test_what_python_compiles_is_not_noticed(packages: Path, tmp_path: Path) -> None:
    before = _key_with(tmp_path)
    (packages / "__pycache__").mkdir()
    assert _key_with(tmp_path) == before


def test_a_link_in_the_packages_that_leads_nowhere_does_no_harm(packages: Path, tmp_path: Path) -> None:
    before = _key_with(tmp_path)
    (packages / "gone").symlink_to(tmp_path / "nowhere")
    assert _key_with(tmp_path) != before


def test_a_library_of_the_system_that_changes_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    linked = tmp_path / "ld.so.cache"
    monkeypatch.setattr(installed_module, "LINKER_CACHE", linked)
    without = _key_with(tmp_path)
    linked.write_bytes(b"one")
    before = _key_with(tmp_path)
    linked.write_bytes(b"other")
    assert len({without, before, _key_with(tmp_path)}) == 3


def test_another_version_of_ours_keeps_its_own(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Cache(path, "strict").key(_JOB, _RUNTIME)
    monkeypatch.setattr(cache_module, "_ourselves", lambda: ("another", 0))
    assert Cache(path, "strict").key(_JOB, _RUNTIME) != before


@pytest.mark.parametrize(
    "status",
    [Status.TIMEOUT, Status.MEMORY, Status.OUTPUT_LIMIT, Status.PROCESS_LIMIT, Status.REFUSED, Status.INTERNAL],
)
def test_what_hangs_on_the_machine_or_the_moment_is_not_kept(status: Status, path: Path) -> None:
    Cache(path, "strict").put({"key": dataclasses.replace(_KEPT, result=RunResult(status))})
    assert Cache(path, "strict").get(["key"]) == {}


def test_a_long_output_is_not_kept(path: Path) -> None:
    Cache(path, "strict").put({"key": dataclasses.replace(_KEPT, result=RunResult(Status.OK, "x" * 100_000))})
    assert Cache(path, "strict").get(["key"]) == {}


def test_it_stays_within_its_size(path: Path) -> None:
    cache = Cache(path, "strict", max_bytes=20_000)
    long = dataclasses.replace(_KEPT, result=RunResult(Status.OK, "x" * 1000))
    for number in range(100):
        cache.put({str(number): long})
    kept = cache.get(map(str, range(100)))
    assert 5 <= len(kept) <= 20
    assert "99" in kept, "what was kept last is there"


@given(st.binary(max_size=2000))
def test_a_damaged_file_is_only_slow(damage: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "cache", "results.sqlite")
        Cache(path, "strict").put({"key": _KEPT})
        content = path.read_bytes()
        path.write_bytes(damage + content[len(damage) :])
        cache = Cache(path, "strict")
        assert cache.get(["key"]) in ({}, {"key": _KEPT})
        cache.put({"key": _KEPT})
        cache.put({"key": _KEPT})
        assert cache.get(["key"]) in ({}, {"key": _KEPT})


@pytest.mark.parametrize("value", ["", "{", "[]", "null", '{"result": {}}', '{"result": {"status": "won"}}'])
def test_a_damaged_entry_counts_as_not_there(value: str, path: Path) -> None:
    cache = Cache(path, "strict")
    cache.put({"key": _KEPT})
    for digest in ("wrong", cache_module._digest("key", value)):
        with sqlite3.connect(path) as database:
            database.execute("UPDATE results SET value = ?, digest = ?", (value, digest))
        database.close()
        assert cache.get(["key"]) == {}


@pytest.mark.parametrize(
    "table",
    [
        "CREATE TABLE results (key TEXT, value TEXT)",
        "CREATE TABLE results (key TEXT, value TEXT, digest TEXT, added REAL, more TEXT)",
        "CREATE TABLE results (key TEXT, value TEXT, digest TEXT, added REAL, CHECK (key = 'no'))",
        "CREATE VIEW results AS SELECT 1 AS key, 2 AS value, 3 AS digest",
    ],
)
@pytest.mark.parametrize("writes_first", [True, False])
def test_a_database_with_another_table_is_made_anew(table: str, writes_first: bool, path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    with sqlite3.connect(path) as database:
        database.execute(table)
    database.close()
    cache = Cache(path, "strict")
    for _ in range(2):
        if not writes_first:
            cache.get(["key"])
        cache.put({"key": _KEPT})
    assert cache.get(["key"]) == {"key": _KEPT}


def test_a_text_that_is_none_is_made_anew(path: Path) -> None:
    cache = Cache(path, "strict")
    cache.put({"key": _KEPT})
    with sqlite3.connect(path) as database:
        database.execute("UPDATE results SET value = CAST(x'ff' AS TEXT)")
    database.close()
    assert cache.get(["key"]) == {}
    cache.put({"key": _KEPT})
    assert cache.get(["key"]) == {"key": _KEPT}


def test_a_folder_in_the_place_of_the_file_is_left_alone(path: Path) -> None:
    path.mkdir(parents=True)
    (path / "mine").touch()
    cache = Cache(path, "strict")
    cache.put({"key": _KEPT})
    assert cache.get(["key"]) == {}
    assert (path / "mine").exists()


def test_a_file_that_another_process_holds_is_left_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "_LOCK_SECONDS", 0)
    cache = Cache(path, "strict")
    cache.put({"key": _KEPT})
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        cache.put({"other": _KEPT})
        assert cache.get(["key"]) == {}
    assert cache.get(["key", "other"]) == {"key": _KEPT}


def test_an_entry_moved_under_another_key_counts_as_not_there(path: Path) -> None:
    cache = Cache(path, "strict")
    cache.put({"right": _KEPT})
    with sqlite3.connect(path) as database:
        database.execute("UPDATE results SET key = 'wrong'")
    database.close()
    assert cache.get(["right", "wrong"]) == {}


def test_without_a_folder_or_with_a_locked_file_everything_is_run(path: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="ascii")
    blocked = Cache(tmp_path / "file" / "results.sqlite", "strict")
    blocked.put({"key": _KEPT})
    assert blocked.get(["key"]) == {}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is full")
def test_a_full_disk_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "full.sqlite").symlink_to("/dev/full")
    cache = Cache(tmp_path / "full.sqlite", "strict")
    cache.put({"key": _KEPT})
    assert cache.get(["key"]) == {}


@pytest.mark.skipif(sys.platform == "win32", reason="modes as POSIX has them")
def test_a_folder_that_others_can_write_is_not_trusted(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o777)
    cache = Cache(folder / "results.sqlite", "strict")
    cache.put({"key": _KEPT})
    assert not (folder / "results.sqlite").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="modes as POSIX has them")
@pytest.mark.parametrize("is_of_own_group", [True, False])
def test_a_folder_that_a_group_can_write_is_trusted_when_the_group_is_the_users_own(
    is_of_own_group: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o775)
    group = folder.stat().st_gid
    monkeypatch.setattr(os, "getegid", lambda: group if is_of_own_group else group + 1)
    cache = Cache(folder / "results.sqlite", "strict")
    cache.put({"key": _KEPT})
    assert cache.get(["key"]) == ({"key": _KEPT} if is_of_own_group else {})


def _put_many(path: Path, first: int) -> None:
    cache = Cache(path, "strict")
    for number in range(first, first + 20):
        cache.put({str(number): _KEPT})


def test_two_processes_share_it(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_put_many, args=(path, first)) for first in (0, 20, 40)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    kept = Cache(path, "strict").get(map(str, range(60)))
    assert set(kept.values()) == {_KEPT}
    assert len(kept) == 60


def _folder() -> Path:
    path = default_path()
    assert path is not None
    return path.parent


def test_a_user_without_a_folder_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QUIZ_CACHE_DIR", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(cache_module, "home", lambda: None)
    assert default_path() is None


def test_it_lies_in_the_users_own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QUIZ_CACHE_DIR", str(tmp_path / "named"))
    assert _folder() == tmp_path / "named"
    monkeypatch.delenv("QUIZ_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    if sys.platform == "linux":
        assert _folder() == tmp_path / "xdg" / "quizlib"
    assert not str(default_path()).startswith(os.getcwd() + os.sep)


def test_jobs_of_python_differ_by_variation(path: Path) -> None:
    keys = {
        Cache(path, "strict").key(job(python, _RUNTIME, Program("python", "a"), variation), _RUNTIME)
        for variation in VARIATIONS
    }
    assert len(keys) == 2
