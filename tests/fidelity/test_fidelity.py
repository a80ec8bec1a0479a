"""A program in a copy of a warm interpreter does what it does in an interpreter of its own.

Each program runs in the same sandbox twice: warm, and cold, where the interpreter is executed for it alone. What it
prints, how it ends, and its traceback must be the same to the byte, but for addresses. Known to differ, and said in
the manual: the number of modules that are loaded, since `sitecustomize` is one, and of objects that the collector
passes over.
"""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizlib.bank import load
from quizlib.discovery import find
from quizlib.languages import bash, python
from quizlib.model import Equals, Program
from quizlib.proof.runs import VARIATIONS, job
from quizlib.sandbox import RunResult, Sandbox
from quizlib.sandbox.levels import examine

_HERE = Path(__file__).parent
_BANKS = _HERE.parents[1] / "banks"


def _tricky() -> list[tuple[str, Program]]:
    texts = (_HERE / "programs.txt").read_text(encoding="utf-8").removeprefix("### ").split("\n### ")
    named = [text.partition("\n")[::2] for text in texts]
    assert len({name for name, _ in named}) == len(named)
    return [(name, Program("python", source + "\n", timeout=20)) for name, source in named]


def _of_banks() -> list[tuple[str, Program]]:
    found, _ = find([str(_BANKS)], [str(_BANKS / "broken")])
    banks = [loaded.bank for loaded in map(load, found) if loaded.bank is not None]
    programs = dict.fromkeys(
        claim.program
        for bank in banks
        for item in bank.items
        for claim in item.claims
        if not isinstance(claim, Equals) and claim.program.language == "python"
    )
    return [(f"bank-{number}", program) for number, program in enumerate(programs)]


_PROGRAMS = _tricky() + _of_banks()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    examined, sandbox = examine("strict-ns")
    if sandbox is None:
        pytest.skip(f"strict-ns cannot be had: {examined.layer}: {examined.reason}")
    yield sandbox
    sandbox.close()


def test_there_are_hundreds_of_programs() -> None:
    assert len(_PROGRAMS) >= 200


@pytest.mark.parametrize("program", [program for _, program in _PROGRAMS], ids=[name for name, _ in _PROGRAMS])
def test_warm_is_as_cold(program: Program, sandbox: Sandbox) -> None:
    assert _observed(_run(sandbox, program, warm=True)) == _observed(_run(sandbox, program, warm=False))


@pytest.mark.parametrize("arguments", [("a", "b c"), ("é",), ("",), ("--help",)])
def test_arguments_and_input_are_given_alike(arguments: tuple[str, ...], sandbox: Sandbox) -> None:
    source = "import sys\nprint(sys.argv, sys.orig_argv[-len(sys.argv):])\nfor line in sys.stdin: print(repr(line))\n"
    program = Program("python", source, stdin="one\ntwo\r\nthree é", arguments=arguments)
    warm, cold = (_run(sandbox, program, warm=warm) for warm in (True, False))
    assert _observed(warm) == _observed(cold)
    assert warm.stdout.splitlines()[0].startswith(f"['program.py', {arguments[0]!r}")


def test_files_beside_the_program_can_be_imported(sandbox: Sandbox) -> None:
    program = Program("python", "import helper\nprint(helper.X)\n", files=(("helper.py", "X = 'found'\n"),))
    warm, cold = (_run(sandbox, program, warm=warm) for warm in (True, False))
    assert _observed(warm) == _observed(cold)
    assert warm.stdout == "found\n"


@pytest.mark.parametrize("name", ["python3.10", "python3.11", "python3.12", "python3.13"])
def test_other_interpreters_are_warm_alike(name: str, sandbox: Sandbox) -> None:
    runtime = python.runtime(name)
    if runtime is None:
        pytest.skip(f"{name} is not installed")
    source = "import sys\nprint(sys.version_info[:2], sys.argv, __file__)\n{}['x']\n"
    program = Program("python", source)
    asked = job(python, runtime, program, VARIATIONS[0])
    warm, cold = (sandbox.run(dataclasses.replace(asked, warm=warm)) for warm in (True, False))
    assert _observed(warm) == _observed(cold)
    assert warm.stdout.startswith(f"(3, {name.removeprefix('python3.')})")


def test_what_this_interpreter_ignores_ends_other_programs(sandbox: Sandbox) -> None:
    runtime = bash.runtime(None)
    if runtime is None:
        pytest.skip("bash is not installed")
    program = Program("bash", "yes | head -n 1; echo ${PIPESTATUS[0]}; trap\n")
    result = sandbox.run(job(bash, runtime, program, VARIATIONS[0]))
    assert (result.stdout, result.stderr) == ("y\n141\n", "")


def _run(sandbox: Sandbox, program: Program, *, warm: bool) -> RunResult:
    runtime = python.runtime(None)
    assert runtime is not None
    return sandbox.run(dataclasses.replace(job(python, runtime, program, VARIATIONS[0]), warm=warm))


def _observed(result: RunResult) -> tuple[object, ...]:
    assert result.detail == "" or "signal" in result.detail or result.status == "timeout", result.detail
    return (
        result.status,
        result.exit_code,
        *(re.sub("0x[0-9a-f]+", "0x", text) for text in (result.stdout, result.stderr)),
    )


if sys.platform != "linux":
    pytest.skip("strict isolation needs Linux", allow_module_level=True)
