"""Steps that speak of a point of the program: their faults, their findings, and drafts that hold."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner

from quizlib.cli.trace import command
from quizlib.diagnostics import Diagnostic
from quizlib.proof.coverage import Coverage
from quizlib.proof.steps import agrees
from quizlib.proof.traces import Shown
from quizlib.validation import Report, validate
from tests.unit.helpers import at, bank_text, codes, load_text, only

_PROGRAM = """\
loss = 0.8
for epoch in range(3):
    loss *= 0.7
print(round(loss, 2))
"""


def _question(steps: str, source: str = _PROGRAM, code: str = "", rest: str = "answer: x") -> str:
    program = textwrap.indent(source, " " * 6)
    return (
        f"- id: q\n  type: code_output\n  stem: What?\n  {rest}\n  code:\n    {code or 'timeout: 5'}\n"
        f"    source: |\n{program}  solution:\n    steps:\n{textwrap.indent(textwrap.dedent(steps), ' ' * 6)}\n"
    )


def _validated(text: str, folder: Path) -> Report:
    (folder / "sample.yaml").write_text(text, "utf-8")
    return validate([str(folder / "sample.yaml")])


def _found(steps: str, folder: Path, source: str = _PROGRAM) -> tuple[str, list[Diagnostic]]:
    text = bank_text(_question(steps, source, rest='options: [{text: 0.27, correct: true}, "1"]'))
    report = _validated(text, folder)
    return text, [found for found in report.diagnostics if found.code == "QZ416"]


def test_steps_that_hold_are_not_reported_and_prove_no_key(tmp_path: Path) -> None:
    steps = """
    - {text: a, at: {line: 3}, expect: {loss: 0.56, epoch: 0}}
    - {text: b, at: {line: 3, time: 2}, expect: {loss: 0.392}}
    - {text: c, at: {line: 4}}
    """
    report = _validated(bank_text(_question(steps, rest="answer: 0.27")), tmp_path)
    assert report.diagnostics == ()
    assert report.coverage == Coverage(1, 1, 0, 0)


def test_a_wrong_value_is_named_with_what_it_really_is(tmp_path: Path) -> None:
    text, found = _found("- {text: a, at: {line: 3, time: 2}, expect: {loss: 0.39, epoch: 0}}", tmp_path)
    wrong = only(found)
    assert wrong.rule == "wrong-step"
    assert wrong.message == "the step states that `epoch` is `0`, but after line 3 has run 2 times it is `1`"
    assert wrong.help == "write `1`, or correct `at`"
    assert at(wrong, text) == "0"


@pytest.mark.parametrize(
    ("step", "pointed_to", "message"),
    [
        ("at: {line: 3, time: 4}", "4", "the program runs line 3 only 3 times, and the step speaks of time 4"),
        ("at: {line: 1, time: 2}", "2", "the program runs line 1 only once, and the step speaks of time 2"),
        ("at: {line: 5}", "5", "line 5 of the program holds nothing that is run"),
        ("at: {line: 7}", "7", "the program never runs line 7"),
    ],
)
def test_a_point_that_is_not_reached_says_how_often_it_is(
    tmp_path: Path, step: str, pointed_to: str, message: str
) -> None:
    source = "x = 0\nfor n in range(3):\n    x += 1\nif not x:\n\n    # never\n    x = 0\nprint(x)\n"
    text, found = _found(f"- {{text: a, {step}}}", tmp_path, source)
    assert only(found).message == message
    assert at(only(found), text) == pointed_to


def test_a_name_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    _, found = _found("- {text: a, at: {line: 1}, expect: {epoch: 0}}", tmp_path)
    assert only(found).message == (
        "the step states that `epoch` is `0`, but after line 1 has run there is no such value:"
        " NameError: name 'epoch' is not defined"
    )


def test_a_program_that_cannot_be_followed_to_its_end_is_said_once(tmp_path: Path) -> None:
    steps = "- {text: a, at: {line: 4}}\n- {text: b, at: {line: 4}}\n"
    text = bank_text(_question(steps, source="while True:\n    pass\n\nx = 1\n", code="timeout: 0.3"))
    found = [each for each in _validated(text, tmp_path).diagnostics if each.code == "QZ416"]
    assert only(found).message == "the program, followed line by line, did not end within 0.3 s"


def test_a_program_that_ends_abruptly_is_told_from_one_that_does_not_come_there(tmp_path: Path) -> None:
    _, found = _found("- {text: a, at: {line: 3}}", tmp_path, "import os\nos._exit(0)\nx = 1\n")
    assert only(found).message == "the program ends before it can be told how often it runs line 3"


@pytest.mark.parametrize(
    ("stated", "text", "plain", "is_number", "expected"),
    [
        ("0.392", "0.39199999999999996", "0.39199999999999996", True, True),
        ("0.39", "0.392", "0.392", True, True),
        ("0.4", "0.392", "0.392", True, True),
        ("0.38", "0.392", "0.392", True, False),
        ("3", "3.0", "3.0", True, True),
        ("3", "3.2", "3.2", True, False),
        ("1e3", "1000", "1000", True, True),
        ("-2", "-2", "-2", True, True),
        ("0.5", "Decimal('0.50')", "0.50", True, True),
        ("nan", "nan", "nan", True, True),
        ("1", "True", "True", False, False),
        ("true", "True", "True", False, False),
        ("a", "'a'", "a", False, True),
        ("'a'", "'a'", "a", False, True),
        ("[1, 2]", "[1, 2]", "[1, 2]", False, True),
        ("[1,2]", "[1, 2]", "[1, 2]", False, False),
        ("7", "'07'", "07", False, False),
    ],
)
def test_when_a_value_is_the_one_that_is_stated(
    stated: str, text: str, plain: str, is_number: bool, expected: bool
) -> None:
    assert agrees(stated, Shown(text, plain, is_number)) is expected


@pytest.mark.parametrize(
    ("steps", "code", "message"),
    [
        ("- {text: a, expect: {x: 1}}", "QZ012", "the step does not say where its values hold"),
        ("- {text: a, at: {line: 5}}", "QZ014", "the program has 4 lines, and no line 5"),
        ("- {text: a, at: {line: 0}}", "QZ014", "`line` must be at least 1, and is 0"),
        ("- {text: a, at: {line: 1, time: 0}}", "QZ014", "`time` must be at least 1, and is 0"),
        ("- {text: a, at: {time: 1}}", "QZ012", "the key `line` is missing"),
        ("- {text: a, at: {line: 1}, expect: {x = 1: 1}}", "QZ014", "`x = 1` cannot be looked up in a program"),
        ("- {text: a, at: {line: 1}, expect: {f(): 1}}", "QZ014", "`f()` cannot be looked up in a program"),
        ("- {text: a, at: {line: 1}, expect: {x.__class__: 1}}", "QZ014",
         "`x.__class__` cannot be looked up in a program"),
        ("- {text: a, at: {line: 1}, expect: {'(lambda: 1)()': 1}}", "QZ014",
         "`(lambda: 1)()` cannot be looked up in a program"),
    ],
)  # fmt: skip
def test_faults_of_a_step(steps: str, code: str, message: str, tmp_path: Path) -> None:
    loaded = load_text(bank_text(_question(steps)), tmp_path)
    assert [(fault.code, fault.message) for fault in loaded.diagnostics] == [(code, message)]


def test_an_expression_of_any_length_is_refused_or_taken(tmp_path: Path) -> None:
    nested = "(" * 45 + "x" + ")" * 45
    taken = load_text(bank_text(_question(f"- {{text: a, at: {{line: 1}}, expect: {{'{nested}': 1}}}}")), tmp_path)
    assert taken.diagnostics == ()
    longer = "-" * 500 + "x"
    loaded = load_text(bank_text(_question(f"- {{text: a, at: {{line: 1}}, expect: {{'{longer}': 1}}}}")), tmp_path)
    assert codes(loaded.diagnostics) == ["QZ014"]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("code: {source: x, language: cobol}", "only programs in Python can be followed, and this one is in `cobol`"),
        ("points: 1", "the question has no program that could be followed"),
    ],
)
def test_what_cannot_be_followed(code: str, message: str, tmp_path: Path) -> None:
    question = f"{{id: q, type: essay, stem: x, {code}, solution: {{steps: [{{text: a, at: {{line: 1}}}}]}}}}"
    loaded = load_text(bank_text(f"- {question}"), tmp_path)
    assert only(loaded.diagnostics).message == message


_ROUND_TRIPS = [
    _PROGRAM,
    "s = 'a=b: # {x} `y` \"z\" \\u0085 \\ud800'\nt = '1 = 2'\nu = '1 + 1 = 3'\nprint(1)\n",
    "x = {'k': [1, 2]}\ny = {1}\nz = None\nw = True\nno = 1\nprint(x)\n",
    "def f(n):\n    if n == 0:\n        return 1\n    r = n * f(n - 1)\n    return r\nv = f(5)\nprint(v)\n",
    "big = 10 ** 40\ntiny = 1 / 3 ** 50\nneg = -1 / 3\ninf = float('inf')\nnan = inf - inf\nprint(1)\n",
    "class P:\n    def __init__(self): self.x = 1\np = P()\nq = p.x\nprint(q)\n",
    "class P:\n    def __repr__(self): raise ValueError\np = P()\nq = 1\nprint(q)\n",
    "class P:\n    def __repr__(self): return 'a\\x1b[31m\\nb'\np = P()\nq = 1\nprint(q)\n",
    "def g():\n    for i in range(3):\n        x = yield i\nfor v in g():\n    w = v\nprint(w)\n",
    "try:\n    x = 1\n    raise KeyError(x)\nexcept KeyError as error:\n    y = 2\nfinally:\n    z = 3\nprint(z)\n",
    "xs = list(range(2000))\ntext = 'é🐍' * 3\nb = b'\\x00'\nprint(text)\n",
    "ébène = 1\nprint(ébène)\n",
    "import sys\nsys.stdout.close()\nx = 1\n",
    "x = 1\nraise SystemExit(3)\n",
    "x = '##[error]a'\ny = ['##vso[task.complete]']\n",
]


@pytest.mark.parametrize("source", _ROUND_TRIPS)
def test_a_draft_that_is_pasted_holds(source: str, tmp_path: Path) -> None:
    _validated(bank_text(_question("- a", source)), tmp_path)
    drafted = CliRunner().invoke(command, [str(tmp_path / "sample.yaml"), "q"])
    assert (drafted.exit_code, drafted.stderr) == (0, "")
    assert drafted.stdout.startswith("- {title: ")
    assert drafted.stdout.replace("\n", "").isprintable()
    assert not re.search(r"##\w*\[", drafted.stdout), "an order to a CI service"
    report = _validated(bank_text(_question(drafted.stdout, source)), tmp_path)
    assert {found.code for found in report.diagnostics} <= {"QZ401", "QZ402"}  # of the key, which is none


def _trace(tmp_path: Path, source: str, *options: str) -> tuple[int, str]:
    text = bank_text(_question("- a", source))
    (tmp_path / "sample.yaml").write_text(text, "utf-8")
    result = CliRunner().invoke(command, [str(tmp_path / "sample.yaml"), "q", *options], standalone_mode=False)
    assert result.stderr == ""
    return result.return_value, result.stdout


def test_a_draft_says_when_it_was_cut(tmp_path: Path) -> None:
    assert _trace(tmp_path, _PROGRAM, "--steps", "7") == _trace(tmp_path, _PROGRAM)
    status, text = _trace(tmp_path, _PROGRAM, "--steps", "2")
    assert status == 0
    assert text.splitlines()[2:] == ["# cut after 2 steps; --steps asks for more"]


def test_a_program_that_changes_nothing_or_cannot_start_says_so(tmp_path: Path) -> None:
    assert _trace(tmp_path, "print(1)\n") == (0, "# no variable of this program ever changes\n")
    status, text = _trace(tmp_path, "x = = 1\n")
    assert status == 1
    assert text == "# the program ends with `SyntaxError: invalid syntax`\n"


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("{id: q, type: essay, stem: x}", "'q' has no program"),
        ("{id: q, type: essay, stem: x, code: {source: x, language: sql}}", "'q' has a program in sql, not Python"),
        ("{id: p, type: essay, stem: x}", "there is no sound question 'q' under PATH"),
        ("{id: q, type: essay, parameters: {a: {choose: [1]}}, stem: '{{ a }}', code: {source: x}}",
         "'q' has parameters; name one of its variants, such as 'q-1'"),
        ("{id: q, type: essay}", "there is no sound question 'q' under PATH; there are faults, which `quiz validate`"),
    ],
)  # fmt: skip
def test_what_cannot_be_drafted_is_wrong_usage(tmp_path: Path, question: str, message: str) -> None:
    (tmp_path / "sample.yaml").write_text(bank_text(f"- {question}"), "utf-8")
    result = CliRunner().invoke(command, [str(tmp_path / "sample.yaml"), "q"])
    assert result.exit_code == 2
    assert message in result.stderr
