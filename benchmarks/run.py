"""Speed, as ratios: `python benchmarks/run.py`. Whole processes, the least CPU time of several runs.

Read the ratios, not the seconds: each is taken against something that ran beside it on the same machine.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import corpus

RUNS = 5
QUIZ = (sys.executable, "-m", "quizlib")
SCAN = """
import glob, sys, yaml
for path in glob.glob(sys.argv[1] + "/*.yaml"):
    with open(path, "rb") as file:
        for event in yaml.parse(file.read(), Loader=yaml.CSafeLoader):
            pass
"""
PROGRAM = "loss = 0.8\nfor epoch in range(3):\n    loss *= 0.7\nprint(round(loss, 2), {number})\n"


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        start_up(work)
        throughput(work)
        proof(work)


def start_up(work: Path) -> None:
    """Measure what an author waits for when there is next to nothing to do."""
    bare = seconds((sys.executable, "-c", "pass"))
    corpus.write(work / "five", 5)
    row("quiz --help", seconds((*QUIZ, "--help")), bare, "bare python")
    row("validate 5 questions", seconds((*QUIZ, "validate", str(work / "five"))), bare, "bare python")
    unproved = (*QUIZ, "validate", str(work / "five"), "--no-verify")
    row("the same without the equations", seconds(unproved), bare, "bare python")


def throughput(work: Path) -> None:
    """Measure reading, checking and writing, and that it grows with the number of questions."""
    times = {}
    for questions in (1_000, 10_000):
        banks = work / str(questions)
        corpus.write(banks, questions)
        times[questions] = seconds((*QUIZ, "validate", str(banks)), runs=3)
        scan = seconds((sys.executable, "-c", SCAN, str(banks)), runs=3)
        row(f"validate {questions:,} questions", times[questions], scan, "a scan by libyaml")
        for format in ("moodle_xml", "json", "html"):
            command = (*QUIZ, "export", str(banks), "--to", format, "--output", str(work / "out"))
            row(f"export {questions:,} to {format}", seconds(command, runs=1), scan, "a scan by libyaml")
    row("growth by 10 of the questions", times[10_000], times[1_000], "the time of 1,000")


def proof(work: Path) -> None:
    """Measure the cost of a proof beside that of a bare process."""
    programs = 100
    questions = "".join(
        f"  - {{id: q{number}, type: code_output, stem: x, answer: 0.27 {number}, code: {{file: p{number}.py}}}}\n"
        for number in range(programs)
    )
    bank = work / "proof"
    bank.mkdir()
    for number in range(programs):
        (bank / f"p{number}.py").write_text(PROGRAM.format(number=number), "utf-8")
    (bank / "proof.yaml").write_text(f"format: 1\nid: proof\ntitle: Proof\nquestions:\n{questions}", "utf-8")
    bare = seconds((sys.executable, "-I", str(bank / "p0.py")))
    proved = seconds((*QUIZ, "validate", str(bank)), runs=3)
    idle = seconds((*QUIZ, "validate", str(bank), "--no-verify"), runs=3)
    row("proof of one program", (proved - idle) / programs, bare, "bare python -I")


def seconds(command: Sequence[str], runs: int = RUNS) -> float:
    """Return the least CPU time of a command and its children, in seconds."""
    best = float("inf")
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}  # as installed
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


def row(what: str, taken: float, against: float, name: str) -> None:
    """Print one line of the table."""
    print(f"{what:<32} {taken:9.3f} s   {taken / against:7.1f} x {name}", flush=True)


if __name__ == "__main__":
    main()
