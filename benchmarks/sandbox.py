"""The cost of isolation, as ratios: `python benchmarks/sandbox.py [PROGRAMS]`.

Medians of interleaved runs of one small program, and the time of many distinct ones on all cores, each beside bare
processes of the same interpreter.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from quizlib.languages import python
from quizlib.model import Program
from quizlib.proof.runs import VARIATIONS, Runner, job
from quizlib.sandbox import Sandbox
from quizlib.sandbox.levels import examine
from quizlib.sandbox.process import ProcessSandbox

SOURCE = "loss = 0.8\nfor epoch in range(3):\n    loss *= 0.7\nprint(round(loss, 2), {number})\n"
ROUNDS = 60


def main(programs: int) -> None:
    """Print the two tables."""
    with contextlib.ExitStack() as stack:
        sandboxes: dict[str, Sandbox] = {"plain process under limits": ProcessSandbox()}
        for name in ("strict-ns", "strict-ro"):
            examined, sandbox = examine(name)
            if sandbox is None:
                print(f"{name} cannot be had: {examined.layer}: {examined.reason}")
            else:
                stack.callback(sandbox.close)
                sandboxes[name] = sandbox
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        one_program(sandboxes, folder)
        many_programs(sandboxes, folder, programs)


def one_program(sandboxes: dict[str, Sandbox], folder: Path) -> None:
    """Compare the time of one program, run over and over."""
    path = folder / "program.py"
    path.write_text(SOURCE.format(number=0), encoding="utf-8")
    ways: dict[str, Callable[[], object]] = {
        "bare python -I -S": lambda: bare("-I", "-S", str(path)),
        "bare python -I": lambda: bare("-I", str(path)),
    }
    for name, sandbox in sandboxes.items():
        ways[name] = lambda sandbox=sandbox: run(sandbox, warm=True)
        if sandbox.warm:
            ways[f"{name}, cold"] = lambda sandbox=sandbox: run(sandbox, warm=False)
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            times[name].append(time.perf_counter() - start)
    base = statistics.median(times["bare python -I -S"])
    print(f"\n{'one program, median':<34} {'ms':>7} {'ratio':>6}")
    for name, measured in times.items():
        median = statistics.median(measured)
        print(f"{name:<34} {median * 1000:7.1f} {median / base:6.2f}")


def many_programs(sandboxes: dict[str, Sandbox], folder: Path, count: int) -> None:
    """Compare the time of many distinct programs, each once, with one worker and with one on each core."""
    programs = [Program("python", SOURCE.format(number=number)) for number in range(count)]
    paths = []
    for number, program in enumerate(programs):
        paths.append(folder / f"{number}.py")
        paths[-1].write_text(program.source, encoding="utf-8")
    print(f"\n{f'{count:,} programs':<34} {'s':>7} {'ratio':>6} {'a second':>9}")
    base = 0.0
    for workers in dict.fromkeys((1, os.cpu_count() or 1)):
        start = time.perf_counter()
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(lambda path: bare("-I", str(path)), paths))
        base = report(f"bare python -I, {workers} at once", time.perf_counter() - start, base, count)
        for name, sandbox in sandboxes.items():
            start = time.perf_counter()
            Runner(sandbox, jobs=workers, variations=VARIATIONS[:1]).run_all(programs)
            report(f"{name}, {workers} at once", time.perf_counter() - start, base, count)


def report(name: str, seconds: float, base: float, count: int) -> float:
    """Print a row, and return what the others are compared with."""
    base = base or seconds
    print(f"{name:<34} {seconds:7.2f} {seconds / base:6.2f} {count / seconds:9.0f}")
    return base


def bare(*arguments: str) -> None:
    """Run a process of the interpreter and read what it prints."""
    subprocess.run((sys.executable, *arguments), capture_output=True, check=True)


def run(sandbox: Sandbox, *, warm: bool) -> None:
    """Run the program in a sandbox."""
    runtime = python.runtime(None)
    assert runtime is not None
    asked = job(python, runtime, Program("python", SOURCE.format(number=0)), VARIATIONS[0])
    result = sandbox.run(dataclasses.replace(asked, warm=warm))
    assert result.stdout == "0.27 0\n", result


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
