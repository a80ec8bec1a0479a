"""Distinct programs run once each, and an interruption leaves nothing running."""

from __future__ import annotations

import dataclasses
import threading

import pytest

from quizlib.languages import python
from quizlib.model import Program
from quizlib.proof.runs import MORE_SEEDS, VARIATIONS, Runner
from quizlib.sandbox import RunResult, Status
from quizlib.sandbox.levels import IsolationUnavailable
from tests.unit.helpers import CannedSandbox

_OK = RunResult(Status.OK, exit_code=0)


def test_each_distinct_program_runs_once() -> None:
    sandbox = CannedSandbox({"a": _OK, "b": _OK})
    programs = [Program("python", source) for source in "abaabb"]
    results = Runner(sandbox, jobs=2, variations=VARIATIONS[:1]).run_all(programs)
    assert sorted(sandbox.asked) == ["a", "b"]
    assert set(results) == set(programs)


@pytest.mark.parametrize("other", [{"stdin": "x"}, {"arguments": ("x",)}, {"files": (("x", "y"),)}, {"timeout": 1.0}])
def test_all_that_decides_the_output_makes_a_program_distinct(other: dict[str, object]) -> None:
    sandbox = CannedSandbox({"a": _OK})
    changed = Program("python", "a", **other)  # type: ignore[arg-type]
    Runner(sandbox, jobs=1, variations=VARIATIONS[:1]).run_all([Program("python", "a"), changed])
    assert sandbox.asked == ["a", "a"]


def test_a_program_in_a_language_that_is_not_there_is_left_out() -> None:
    sandbox = CannedSandbox({})
    assert Runner(sandbox).run_all([Program("cobol", "a")]) == {Program("cobol", "a"): ()}
    assert sandbox.asked == []


def test_a_file_beside_the_program_keeps_its_name() -> None:
    sandbox = CannedSandbox({"main": _OK})
    runner = Runner(sandbox, jobs=1, variations=VARIATIONS[:1])
    runner.run_all([Program("python", "main", files=(("program.py", "other"), ("Program.PY", "x")))])
    assert sandbox.asked == ["main"]


def test_progress_counts_up_to_all() -> None:
    counts: list[tuple[int, int]] = []
    runner = Runner(
        CannedSandbox({"a": _OK, "b": _OK}), jobs=1, progress=lambda over, total: counts.append((over, total))
    )
    runner.run_all([Program("python", "a"), Program("python", "b")])
    assert counts[0] == (0, 4)
    assert counts[-1] == (4, 4)
    assert counts == sorted(counts)


def test_a_fault_in_a_run_cancels_the_others_and_is_raised() -> None:
    sandbox = CannedSandbox({})
    with pytest.raises(KeyError):
        Runner(sandbox, jobs=1).run_all([Program("python", "not canned")])
    assert sandbox.cancelled


def test_a_program_runs_under_every_variation_in_order() -> None:
    (executions,) = Runner(CannedSandbox({"a": _OK})).run_all([Program("python", "a")]).values()
    assert tuple(execution.variation for execution in executions) == VARIATIONS
    assert len({field for variation in VARIATIONS for field in dataclasses.astuple(variation)}) == 6


@pytest.mark.parametrize(
    "source",
    [
        "print({'a', 'b'})",
        "set('ab')",
        "hash('a')",
        "{c for c in 'ab'}",
        "frozenset()",
        "{1: 2}.keys() & x",
        "{'a',\n'b'}",
        "print({\n    'a',\n    'b',\n})",
        "print({'a:1', 'b:2'})",
        'print({"it\'s: 1", """a\n: b"""})',
        "# don't\nprint({'a:1', 'b'})",
        "print({*'ab'})",
        "print({'x': 1}.items() - {'y': 1}.items())",
        "print(a | b.items())",
        "print(f'{ {1, 2} }')",
    ],
)
def test_what_may_depend_on_hashes_runs_under_more_seeds(source: str) -> None:
    sandbox = CannedSandbox({source: _OK})
    (executions,) = Runner(sandbox).run_all([Program("python", source)]).values()
    seeds = [execution.variation.hash_seed for execution in executions]
    assert seeds == list(range(len(VARIATIONS) + len(MORE_SEEDS)))


@pytest.mark.parametrize(
    "source",
    [
        "{'a': 1, 'b': 2}",
        "'{}, {}'.format(1, 2)",
        "f'{x:,}'",
        "settings(1)",
        "[{}, {}]",
        "{\n    'a': 1,\n    'b': [2, 3],\n}",
        "{**a, **b}",
        "{**a,\n 'b': 1}",
        "print('the set, {a, b}')",
        "x = 1  # a set",
        "{(1, 2): 'a, b'}",
        "{n: n for n in x}",
        "'''{a, b}'''",
        'print("it\'s {a, b}")',
        "{'a': 1}.items()",
    ],
)
def test_what_does_not_depend_on_hashes_runs_twice(source: str) -> None:
    (executions,) = Runner(CannedSandbox({source: _OK})).run_all([Program("python", source)]).values()
    assert len(executions) == len(VARIATIONS)


@pytest.mark.parametrize(("name", "times"), [("colours.py", len(VARIATIONS) + len(MORE_SEEDS)), ("colours.txt", 2)])
def test_sets_in_the_files_of_a_program_count(name: str, times: int) -> None:
    program = Program("python", "import colours", files=((name, "print({'red', 'blue'})"),))
    (executions,) = Runner(CannedSandbox({program.source: _OK})).run_all([program]).values()
    assert len(executions) == times


def test_a_language_without_a_hash_seed_is_not_run_more_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(python, "environment", lambda variation: {"TZ": variation.time_zone})
    (executions,) = Runner(CannedSandbox({"set": _OK})).run_all([Program("python", "set")]).values()
    assert len(executions) == len(VARIATIONS)


def test_a_runtime_that_is_not_installed_is_left_out() -> None:
    program = Program("python", "a", runtimes=("python3.99", "python"))
    runner = Runner(CannedSandbox({"a": _OK}), variations=VARIATIONS[:1])
    assert runner.runtimes(program)["python3.99"] is None
    (execution,) = runner.run_all([program])[program]
    assert execution.runtime == runner.runtimes(program)["python"]


def test_a_machine_out_of_processes_runs_nothing_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def start(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", start)
    sandbox = CannedSandbox({"a": _OK})
    with pytest.raises(IsolationUnavailable, match="threads: can't start new thread"):
        Runner(sandbox, jobs=1).run_all([Program("python", "a")])
    assert sandbox.cancelled
