"""The exception with which a Python program ends is read from what it wrote, whatever its kind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from quizlib.languages import python
from quizlib.validation import validate
from tests.unit.helpers import HEADER, codes

ENDINGS = {
    "{}['x']": "KeyError: 'x'",
    "raise ValueError": "ValueError",
    "raise ExceptionGroup('x', [ValueError(1), KeyError('a')])": "ExceptionGroup: x (2 sub-exceptions)",
    "def f():\n    class Odd(Exception): pass\n    raise Odd('y')\nf()": "f.<locals>.Odd: y",
    "import json\njson.loads('')": "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)",
    "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise RuntimeError('z') from e": "RuntimeError: z",
    "x = (": "SyntaxError: '(' was never closed",
    "raise MemoryError": "MemoryError",
}


@pytest.mark.parametrize("program", ENDINGS)
def test_the_ending_is_read(program: str, tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(program, "utf-8")
    run = subprocess.run([sys.executable, "program.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert python.ending(run.stderr) == ENDINGS[program]


@pytest.mark.parametrize(
    "program", ["import sys\nsys.exit('KeyError: x')", "import sys\nprint('ValueError', file=sys.stderr)"]
)
def test_what_only_looks_like_an_ending_is_none(program: str, tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(program, "utf-8")
    run = subprocess.run([sys.executable, "program.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert python.ending(run.stderr) is None


@pytest.mark.parametrize(
    ("source", "options", "found"),
    [
        ("raise MemoryError", "[{text: raises MemoryError, correct: true}, raises KeyError]", []),
        ("print('raises ValueError')", "[{text: raises ValueError, correct: true}, a]", ["QZ401"]),
        ("import sys; sys.exit(152)", "[{text: a, exit_status: 152, correct: true}, b]", []),
    ],
)
def test_an_option_states_the_ending(source: str, options: str, found: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        f"{HEADER}questions:\n  - id: a\n    type: code_output\n    stem: x\n"
        f'    code: {{source: "{source}"}}\n    options: {options}\n',
        "utf-8",
    )
    assert codes(validate([str(tmp_path / "a.yaml")]).diagnostics) == found


def test_with_compare_output_written_out_a_text_is_always_the_output(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        f"{HEADER}questions:\n  - id: a\n    type: code_output\n    stem: x\n    answer: raises ValueError\n"
        "    code: {source: \"print('raises ValueError')\", compare: output}\n",
        "utf-8",
    )
    report = validate([str(tmp_path / "a.yaml")])
    assert report.diagnostics == ()
    assert report.coverage.keys_proved == 1


def test_words_that_state_nothing_are_not_counted_as_disproved(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        f"{HEADER}questions:\n  - id: a\n    type: code_output\n    stem: x\n"
        '    code: {source: "{}[0]"}\n'
        "    options: [{text: raises KeyError, correct: true}, raises an exception, raises IndexError]\n",
        "utf-8",
    )
    coverage = validate([str(tmp_path / "a.yaml")]).coverage
    assert (coverage.distractors_disproved, coverage.distractors_total) == (1, 2)
