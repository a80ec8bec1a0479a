"""Following programs line by line: what counts as a line that has run, on every Python that is installed here."""

from __future__ import annotations

import subprocess
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizlib.languages import python
from quizlib.model import Program
from quizlib.plugins import Variation
from quizlib.proof.runs import job
from quizlib.proof.traces import Trace, read_trace, traced
from quizlib.sandbox import RunResult, Sandbox, Status
from quizlib.sandbox.levels import examine
from quizlib.sandbox.process import ProcessSandbox

_RUNTIMES = [name for name in ("python3.11", "python3.12", "python3.13", "python3.14") if python.runtime(name)]
_SANDBOX = ProcessSandbox()


def _run(program: Program, runtime: str = "python") -> RunResult:
    found = python.runtime(runtime)
    assert found is not None
    return _SANDBOX.run(job(python, found, program, Variation(0, "UTC0", "C.UTF-8")))


def _followed(source: str, *probes: tuple[int, int, tuple[str, ...]], runtime: str = "python") -> Trace:
    program = Program("python", textwrap.dedent(source))
    return read_trace(program, _run(traced(program, probes), runtime))


_LOOP = """\
total = 0
for n in [1, 2, 3]:
    total += n
print(total)
"""
_SEVERAL_LINES = """\
x = max(
    1,
    2,
)
if (x == 2
        and x):
    x = 5
"""
_WHILE_TRUE = """\
n = 0
while True:
    n += 1
    if n == 3:
        break
"""
_SINGLE_STATEMENT_LOOP = """\
def count():
    global n
    n += 1
    assert n < 3
n = 0
try:
    while True:
        count()
except AssertionError:
    n = 10
"""
_RECURSION = """\
def factorial(n):
    if n == 0:
        return 1
    result = n * factorial(n - 1)
    return result
value = factorial(3)
"""
_GENERATOR = """\
def numbers():
    for i in range(3):
        got = yield i
        last = got
made = numbers()
next(made)
made.send("a")
made.send("b")
"""
_WITH = """\
import contextlib
for i in range(2):
    with contextlib.suppress(KeyError):
        x = i
        {}[1]
"""
_FINALLY = """\
def f(n):
    try:
        return n
    finally:
        done = n
f(1)
f(2)
"""
_COMPREHENSIONS = """\
xs = [n * n for n in range(4)]
ys = [
    n
    for n in xs
    if n
]
zs = sorted(xs, key=lambda n: -n)
"""
_CLASS = """\
@property
def p(self): return 1

class Point:
    "A point."
    x = 1
    def __init__(self, y):
        self.y = y
point = Point(7)
"""
_MATCH = """\
for value in (1, "a"):
    match value:
        case int():
            kind = "int"
        case str():
            kind = "str"
"""
_ONE_LINERS = """\
a = 1; b = 2
for i in range(3): a += i
while a < 10: a += 1
"""
_COROUTINE = """\
import asyncio
async def main():
    x = await asyncio.sleep(0, 5)
    return x
y = asyncio.run(main())
"""
_ELIF = """\
for n in range(3):
    if n == 0:
        word = "none"
    elif n == 1:
        word = "one"
    else:
        word = "many"
"""
_CASES = [
    (_LOOP, 3, 1, "total", "1"),
    (_LOOP, 3, 3, "total", "6"),
    (_LOOP, 2, 1, "n", "1"),
    (_LOOP, 2, 4, "n", "3"),  # the time at which the loop finds nothing more
    (_LOOP, 4, 1, "total", "6"),
    (_SEVERAL_LINES, 1, 1, "x", "2"),
    (_SEVERAL_LINES, 3, 1, "x", "2"),
    (_SEVERAL_LINES, 6, 1, "x", "2"),
    (_SEVERAL_LINES, 7, 1, "x", "5"),
    (_WHILE_TRUE, 3, 2, "n", "2"),
    (_SINGLE_STATEMENT_LOOP, 8, 2, "n", "2"),
    (_SINGLE_STATEMENT_LOOP, 8, 3, "n", "3"),  # a line that raises has run as well
    (_SINGLE_STATEMENT_LOOP, 9, 1, "n", "3"),
    (_RECURSION, 4, 1, "result", "6"),  # times count from the begin: the first to begin is the last to end
    (_RECURSION, 4, 3, "result", "1"),
    (_RECURSION, 6, 1, "value", "6"),
    (_GENERATOR, 3, 1, "got", "'a'"),
    (_GENERATOR, 3, 2, "got", "'b'"),
    (_GENERATOR, 4, 2, "last", "'b'"),
    (_WITH, 3, 1, "i", "0"),
    (_WITH, 3, 2, "i", "1"),
    (_WITH, 5, 2, "x", "1"),
    (_FINALLY, 3, 2, "n", "2"),
    (_FINALLY, 5, 2, "done", "2"),
    (_COMPREHENSIONS, 1, 1, "xs", "[0, 1, 4, 9]"),
    (_COMPREHENSIONS, 2, 1, "ys", "[1, 4, 9]"),
    (_COMPREHENSIONS, 7, 1, "zs", "[9, 4, 1, 0]"),
    (_CLASS, 6, 1, "x", "1"),
    (_CLASS, 8, 1, "self.y", "7"),
    (_CLASS, 9, 1, "point.y", "7"),
    (_MATCH, 4, 1, "kind", "'int'"),
    (_MATCH, 6, 1, "kind", "'str'"),
    (_ONE_LINERS, 1, 1, "b", "2"),
    (_ONE_LINERS, 2, 1, "a", "4"),
    (_ONE_LINERS, 3, 1, "a", "10"),
    (_COROUTINE, 3, 1, "x", "5"),
    (_COROUTINE, 5, 1, "y", "5"),
    (_ELIF, 4, 2, "word", "'one'"),
    (_ELIF, 7, 1, "word", "'many'"),
]


@pytest.mark.parametrize("runtime", _RUNTIMES)
@pytest.mark.parametrize("source", dict.fromkeys(source for source, *_ in _CASES))
def test_what_is_so_after_a_line(source: str, runtime: str) -> None:
    cases = [case for case in _CASES if case[0] == source]
    probes = [(line, time, (expression,)) for _, line, time, expression, _ in cases]
    trace = _followed(source, *probes, runtime=runtime)
    found = {(moment.line, moment.time): moment.values for moment in trace.moments}
    assert [(line, time, found[line, time][expression].text) for _, line, time, expression, _ in cases] == [
        (line, time, value) for _, line, time, _, value in cases
    ]


@pytest.mark.parametrize("runtime", _RUNTIMES)
@pytest.mark.parametrize(
    ("source", "line", "times"),
    [
        (_LOOP, 3, 3),
        (_LOOP, 2, 4),
        (_SEVERAL_LINES, 1, 1),
        (_SEVERAL_LINES, 5, 1),
        (_WHILE_TRUE, 3, 3),
        (_SINGLE_STATEMENT_LOOP, 8, 3),
        (_RECURSION, 4, 3),
        (_GENERATOR, 3, 3),
        (_WITH, 3, 2),
        (_FINALLY, 3, 2),
        (_COMPREHENSIONS, 1, 1),
        (_COMPREHENSIONS, 2, 1),
        (_COMPREHENSIONS, 7, 1),
        (_ONE_LINERS, 2, 1),
        (_CLASS, 8, 1),
        (_MATCH, 6, 1),
        ("x = 1\n\n# remark\ny = 2\n", 3, None),
        ("x = 1\nif not x:\n    y = 2\n", 3, 0),
    ],
)
def test_how_often_a_line_has_run(source: str, line: int, times: int | None, runtime: str) -> None:
    trace = _followed(source, (line, 99, ()), runtime=runtime)
    assert trace.reached == {line: times}
    assert trace.complete


def test_an_expression_that_fails_says_why() -> None:
    (moment,) = _followed("x = [1]", (1, 1, ("x[3]", "y"))).moments
    assert moment.values["x[3]"].error == "IndexError: list index out of range"
    assert moment.values["y"].error == "NameError: name 'y' is not defined"


@pytest.mark.parametrize("expression", ["'x' * 501", "list(range(1001))", "10 ** 5000"])
def test_a_value_that_is_too_long_is_not_written(expression: str) -> None:
    (moment,) = _followed(f"x = {expression}", (1, 1, ("x",))).moments
    assert moment.values["x"].error


def test_following_ends_behind_a_million_lines() -> None:
    trace = _followed("n = 0\nwhile n < 600_000:\n    n += 1\nx = 1\n", (4, 1, ("x",)))
    assert not trace.complete
    assert trace.moments == ()


def test_a_program_that_goes_on_for_ever_is_ended_when_all_is_known() -> None:
    trace = _followed("n = 0\nwhile True:\n    n += 1\n", (3, 2, ("n",)))
    assert [moment.values["n"].text for moment in trace.moments] == ["2"]
    assert trace.complete


_FAITHFUL = [
    "import sys\nprint(sys.argv, __name__, sys.stdin.read())",
    "import os\nprint(sorted(name for name, value in os.environ.items() if value == os.getcwd()))",
    "import os, sys\nprint(os.path.basename(__file__), sorted(os.listdir('.')), sys.path[0] == os.getcwd())",
    "print(1)\nraise KeyError('x')",
    "import sys\nsys.exit(3)",
    "import sys\nsys.exit('gone')",
    "import atexit\natexit.register(print, 'end')\nprint(1, end='')",
    "def f(n):\n    return f(n + 1)\nf(0)",
    "import threading\nt = threading.Thread(target=print, args=('t',))\nt.start()\nt.join()",
    "x = 1\nprint(globals()['x'], sorted(n for n in globals() if not n.startswith('__')))",
    "import __main__\nx = 2\nprint(__main__.x)",
    "import pickle\nclass A: pass\nprint(type(pickle.loads(pickle.dumps(A()))).__name__)",
    "print('a'\n",
    "import data\nprint(data.X)",
    "print(hash('a') == hash('a'), __doc__, __spec__, __builtins__)",
]


@pytest.mark.parametrize("source", _FAITHFUL)
def test_a_program_that_is_followed_behaves_as_ever(source: str) -> None:
    program = Program("python", source, "input", ("a", "b"), (("data.py", "X = 1"),))
    plain, followed = _run(program), _run(traced(program, [(1, 99, ())]))
    assert (followed.status, followed.stdout, followed.exit_code) == (plain.status, plain.stdout, plain.exit_code)
    assert python.ending(followed.stderr) == python.ending(plain.stderr)


def test_files_that_are_named_like_ours_are_left_alone() -> None:
    files = (("program.py", "X = 1"), ("trace.json", "{}"))
    program = Program("python", "import program\nprint(program.X, open('trace.json').read())", files=files)
    result = _run(traced(program, [(1, 99, ())]))
    assert (result.status, result.stdout) == (Status.OK, "1 {}\n")


def _state(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in (folder, *folder.rglob("*"))
    }


def test_following_changes_no_file(tmp_path: Path) -> None:
    """Where a program may only read, every change would be the end of it."""
    found = python.runtime(None)
    assert found is not None
    following = traced(Program("python", "x = 1", files=(("data/a.txt", "1"),)), [(1, 1, ("x",))])
    asked = job(python, found, following, Variation(0, "UTC0", "C.UTF-8"))
    for name, content in asked.files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    before = _state(tmp_path)
    ran = subprocess.run([*asked.command, *asked.arguments], cwd=tmp_path, capture_output=True, check=True)
    assert b"quiz-trace-" in ran.stderr
    assert _state(tmp_path) == before


@pytest.fixture(params=["strict-ns", "strict-ro"])
def strict(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    examined, sandbox = examine(request.param)
    if sandbox is None:
        pytest.skip(f"{request.param} is not to be had here: {examined.reason}")
    yield sandbox
    sandbox.close()


def test_a_program_is_followed_at_every_strict_level(strict: Sandbox) -> None:
    found = python.runtime(None)
    assert found is not None
    program = Program("python", "x = int(open('data.txt').read())\nprint(x)", files=(("data.txt", "7"),))
    asked = job(python, found, traced(program, [(2, 1, ("x",)), (1, 99, ())]), Variation(0, "UTC0", "C.UTF-8"))
    result = strict.run(asked)
    if result.status is Status.INTERNAL or "Permission" in result.stderr:
        pytest.skip(f"the interpreter cannot be read there: {result.detail}")
    assert (result.status, result.stdout) == (Status.OK, "7\n")
    assert [moment.values["x"].text for moment in read_trace(program, result).moments] == ["7"]


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos._exit(0)",
        "import os\nos.closerange(0, 256)",
        "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
        "syntax error",
    ],
)
def test_a_trace_that_breaks_off_says_so(source: str) -> None:
    trace = _followed(source, (99, 1, ()))
    assert trace.reached is None or trace.reached == {99: None}


def test_a_program_that_ends_its_own_trace_leaves_what_was_written_before() -> None:
    trace = _followed("x = 1\nimport sys\nsys.settrace(None)\ny = 2", (1, 1, ("x",)), (4, 1, ("y",)))
    assert [(moment.line, moment.values["x"].text) for moment in trace.moments] == [(1, "1")]
