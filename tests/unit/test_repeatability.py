"""What would be different tomorrow is found and named; what an author wrote down is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from quizlib.languages import python
from quizlib.model import Ending, Output, Program, Whitespace
from quizlib.proof.outcomes import Outcome, outcomes
from quizlib.proof.repeatability import unrepeatable
from quizlib.proof.runs import VARIATIONS, Execution, Runner
from quizlib.sandbox import RunResult, Status
from quizlib.sandbox.process import ProcessSandbox

_RUNTIME = python.runtime(None)
_NOON = datetime(2031, 5, 7, 12, 0, 0, tzinfo=UTC)  # in the zone that is 14 hours ahead it is the next day


def _ran(*printed: str, source: str = "p", whitespace: Whitespace = Whitespace.TRAILING) -> tuple[str, str] | None:
    """Return what is said of a program that printed these texts, at noon."""
    results = [RunResult(Status.OK, text, exit_code=0) for text in printed]
    return unrepeatable(Program("python", source), Output("x", whitespace), _outcomes(results))


def _outcomes(results: Sequence[RunResult]) -> tuple[Outcome, ...]:
    assert _RUNTIME is not None
    began = _NOON.timestamp()
    executions = [
        Execution(_RUNTIME, variation, result, began, began + 0.5)
        for variation, result in zip(VARIATIONS, results, strict=True)
    ]
    return outcomes(executions, python)


@pytest.mark.parametrize(
    ("one", "other", "source", "cause"),
    [
        ("{'a', 'b'}\n", "{'b', 'a'}\n", "print({'a', 'b'})", "the order of a set"),
        ("red green", "green red", "print(*{...})", "the order of a set"),
        ("<A object at 0x7f3a1c0>", "<A object at 0x7f3a2d0>", "print(A())", "a memory address"),
        ("/tmp/quiz-a1/work", "/tmp/quiz-b2/work", "print(os.getcwd())", "the folder in which it runs"),
        ("0x7ffd3a1c0d2e", "0x7ffd3a1c0d3e", "print(hex(id(x)))", "a memory address"),
        ("4 2 3", "2 3 4", "import random", "a random number"),
        ("0.25", "0.75", "Math.random()", "a random number"),
        ("2031-05-07 12:00:00.1", "2031-05-08 02:00:00.2", "datetime.now()", "the time or the date"),
        ("Wednesday", "Thursday", "date.today().strftime('%A')", "the time or the date"),
        ("0.00012", "9.1e-05", "time.perf_counter()", "the time or the date"),
        ("1234", "987", "print(hash('a'))", "the hash seed, the time zone or the locale"),
    ],
)
def test_runs_that_differ_are_named_with_their_cause(one: str, other: str, source: str, cause: str) -> None:
    found = _ran(one, other, source=source)
    assert found is not None
    message, help = found
    assert message.endswith(f"probably because of {cause}")
    assert f"`{one.strip()}` in one run and `{other.strip()}` in another" in message
    assert help


def test_of_many_lines_the_first_that_differs_is_shown() -> None:
    found = _ran("a\n" * 50 + "b c\nd\n", "a\n" * 50 + "c b\nd\n")
    assert found is not None
    assert found[0].startswith("prints `b c` in line 51 in one run and `c b` in another")


def test_of_long_lines_the_part_that_differs_is_shown() -> None:
    found = _ran("x" * 500 + "ab" + "y" * 500, "x" * 500 + "ba" + "y" * 500)
    assert found is not None
    assert "xab" in found[0]
    assert "xba" in found[0]
    assert len(found[0]) < 300


def test_an_output_that_is_longer_in_one_run_is_named() -> None:
    found = _ran("a\n", "a\nb\n")
    assert found is not None
    assert found[0].startswith("prints nothing in line 2 in one run and `b` in another")


@pytest.mark.parametrize(
    ("one", "other", "whitespace"),
    [("a \n", "a\n\n", Whitespace.TRAILING), ("a  b", "a\nb", Whitespace.ANY), ("a\n", "a", Whitespace.EXACT)],
)
def test_white_space_that_does_not_count_may_differ(one: str, other: str, whitespace: Whitespace) -> None:
    assert _ran(one, other, whitespace=whitespace) is None


def test_white_space_that_counts_may_not_differ() -> None:
    assert _ran("a \n", "a\n", whitespace=Whitespace.EXACT) is not None


def _raises(message: str, stdout: str = "") -> RunResult:
    stderr = f'Traceback (most recent call last):\n  File "program.py", line 1, in <module>\n{message}\n'
    return RunResult(Status.RUNTIME_ERROR, stdout, stderr, 1)


def test_an_exception_may_differ_in_what_nobody_is_asked() -> None:
    found = _outcomes([_raises("KeyError: 'a'", "b a"), _raises("KeyError: 'b'", "a b")])
    program = Program("python", "p")
    assert unrepeatable(program, Ending(exception="KeyError"), found) is None
    assert unrepeatable(program, Output("x"), found) is None
    asked = unrepeatable(program, Ending(exception="KeyError: 'a'"), found)
    assert asked is not None
    assert asked[0].startswith("ends with `KeyError: 'a'`, after printing `b a` in one run, and ends with")


@pytest.mark.parametrize("stated", [Output("1"), Ending(exception="KeyError"), Ending(exit_status=1)])
def test_a_program_that_fails_only_now_and_then_is_named(stated: Output | Ending) -> None:
    found = _outcomes([RunResult(Status.OK, "1\n", exit_code=0), _raises("KeyError: 'a'")])
    unsteady = unrepeatable(Program("python", "p"), stated, found)
    assert unsteady is not None
    assert unsteady[0].startswith("prints `1` in one run, and ends with `KeyError: 'a'` in another")


_PRESENT = [
    "2031-05-07", "2031-05-08", "on 2031-05-07.", "7.5.2031", "07/05/2031", "5/7/2031", "05/07/31", "20310507",
    "May 7, 2031", "07 May 2031", "Wed May  7 2031", "datetime.date(2031, 5, 7)", "12:00:00", "at 02:00:00", "02:00:00 am",
    str(int(_NOON.timestamp())), f"{_NOON.timestamp():.3f}", str(int(_NOON.timestamp() * 1000)),
]  # fmt: skip


@pytest.mark.parametrize("printed", _PRESENT)
def test_the_present_in_an_output_is_named_even_when_runs_agree(printed: str) -> None:
    found = _ran(printed, printed, source="print(time.now())")
    assert found is not None
    assert found[0].endswith("and the time or the date is another one in every run")


@pytest.mark.parametrize(
    "printed",
    [
        "<A object at 0x7f3a1c0d>",
        "<function f at 0x7f3a1c0d2e30>",
        "<code object f at 0x7f3a1c0d2e30, file 'x', line 1>",
        "<bound method A.f of <__main__.A object at 0x7f3a1c0d2e30>>",
    ],
)
def test_an_address_in_an_output_is_named_even_when_runs_agree(printed: str) -> None:
    found = _ran(printed, printed)
    assert found is not None
    assert found[0].startswith("prints `0x7f")
    assert found[0].endswith("and a memory address is another one in every run")


@pytest.mark.parametrize("printed", _PRESENT)
def test_a_constant_of_the_program_is_not_the_present(printed: str) -> None:
    assert _ran(printed, printed, source=f"import time\nprint({printed!r})") is None


@pytest.mark.parametrize("printed", _PRESENT)
def test_a_program_that_reads_no_clock_prints_no_present(printed: str) -> None:
    assert _ran(printed, printed, source="print(x)") is None


@pytest.mark.parametrize(
    ("printed", "source"),
    [
        ("<A object at 0x7f3a1c0d>", "print('<A object at 0x7f3a1c0d>')"),
        ("0xdeadbeef", "print(hex(3735928559))"),
        ("0xff", "print(hex(255))"),
        ("look at 0x2a", "print(f'look at {42:#x}')"),
        ("0x7f5488f8e000", "print(hex(140000000000000))"),
        ("0x7f0001234567", "print(hex(0x7f0000000000 + 0x1234567))"),
        ("at 0x1e8480", "print('at %#x' % 2000000)"),
        ("1 < 2 at 0x1e8480", "print('1 < 2 at %#x' % 2000000)"),
        ("2031-05-07", "from datetime import date\nprint(date(2031, 5, 6 + 1))"),
        ("12:00", "print(f'{time}:00')"),
        ("112:00:00", "print(time)"),
        ("9007199254740993", "print(2**53 + 1)  # a date"),
        ("3628800000", "print(time)"),
        ("2031", "print(now)"),
        ("May", "print(date)"),
    ],
)
def test_what_only_looks_like_it_is_left_alone(printed: str, source: str) -> None:
    assert _ran(printed, printed, source=source) is None


def test_the_moment_is_that_of_the_run_and_not_of_the_validation() -> None:
    """A result that is kept from yesterday holds yesterday's date."""
    assert _ran("2031-05-07", "2031-05-07", source="today") is not None


_FLAKY = {
    "print({'red', 'green', 'blue', 'yellow'})": "the order of a set",
    "print({'a', 'b'})": "the order of a set",
    "print({'x', 'y'})": "the order of a set",
    "print(set('no'))": "the order of a set",
    "class A: pass\nprint(A())": "a memory address",
    "print(print.__str__)": "a memory address",
    "import datetime\nprint(datetime.datetime.now())": "the time or the date",
    "import datetime\nprint(datetime.datetime.now(datetime.UTC).date())": "the time or the date",
    "import time\nprint(int(time.time()))": "the time or the date",
    "import random\nprint(random.random())": "a random number",
    "import uuid\nprint(uuid.uuid4())": "a random number",
    "print(__file__)": "the folder in which it runs",
    "print(hash('a'))": "the hash seed",
    "import os\nprint(os.environ['LC_ALL'])": "the hash seed",
}
_STEADY = [
    "import random\nrandom.seed(1)\nprint(random.random())",
    "print(sorted({'red', 'green', 'blue'}))",
    "print({3, 1, 2}, {'a': 1, 'b': 2})",
    "import datetime\nprint(datetime.date(2024, 1, 31) + datetime.timedelta(1))",
    "import time\nprint(time.strftime('%H:%M:%S', time.gmtime(3600)))",
    "class A:\n    def __repr__(self): return 'A'\nprint(A())",
    "print(hex(id(None)) == hex(id(None)), hash(1))",
]


def _really_ran(source: str) -> tuple[str, str] | None:
    program = Program("python", source)
    executions = Runner(ProcessSandbox(), jobs=2).run_all([program])[program]
    assert {execution.result.status for execution in executions} == {Status.OK}
    return unrepeatable(program, Output("x"), outcomes(executions, python))


@pytest.mark.parametrize("source", _FLAKY)
def test_a_flaky_program_is_caught_by_running_it(source: str) -> None:
    found = _really_ran(source)
    assert found is not None
    assert _FLAKY[source] in found[0]


@pytest.mark.parametrize("source", _STEADY)
def test_a_steady_program_is_let_through(source: str) -> None:
    assert _really_ran(source) is None
