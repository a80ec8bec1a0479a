"""From outcomes to findings: each kind with its words and its place. No program is run here."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizlib import plugins
from quizlib.bank import LoadedBank
from quizlib.diagnostics import Diagnostic, Severity
from quizlib.languages import python, sql
from quizlib.plugins import Runtime
from quizlib.proof.coverage import Coverage
from quizlib.proof.engine import prove
from quizlib.proof.runs import Runner
from quizlib.sandbox import RunResult, Status
from tests.unit.helpers import CannedSandbox, at, bank_text, codes, load_text, only

_TRACEBACK = "Traceback (most recent call last):\n  File \"program.py\", line 1, in <module>\nKeyError: 'x'\n"
_PRINTS_1 = RunResult(Status.OK, "1\n", exit_code=0)
_RAISES = RunResult(Status.RUNTIME_ERROR, "", _TRACEBACK, 1)

_CHOICE = """
- id: out
  type: code_output
  stem: What does it print?
  code: {source: program}
  options:
    - {text: "1", correct: true}
    - "2"
    - "3"
"""
_TYPED = '- {id: out, type: code_output, stem: What?, code: {source: program}, answer: "1"}'
_MISTAKE = """
- id: out
  type: code_output
  stem: What does it print?
  code: {source: program}
  options: [{text: "1", correct: true}, "2"]
  common_mistakes:
    - text: Slipping
      yields: "2"
      replace: {program: changed}
"""


class _Proved:
    """A bank that was proved with results that were given."""

    def __init__(self, text: str, folder: Path, results: dict[str, RunResult]) -> None:
        self.text = text
        self.loaded: LoadedBank = load_text(text, folder)
        assert self.loaded.bank is not None
        assert self.loaded.diagnostics == ()
        proof = prove([self.loaded.bank], Runner(CannedSandbox(results), jobs=1))
        (findings,) = proof.findings
        self.coverage = proof.coverage
        self.diagnostics: list[Diagnostic] = [
            self.loaded.diagnostic(kind, finding, item.identifier if item else None) for kind, item, finding in findings
        ]

    @property
    def only(self) -> Diagnostic:
        return only(self.diagnostics)

    @property
    def pointed_to(self) -> str:
        return at(self.only, self.text)


def _proved(question: str, folder: Path, **results: RunResult) -> _Proved:
    return _Proved(bank_text(question), folder, results)


def test_a_key_that_is_printed_is_proved_and_the_others_disproved(tmp_path: Path) -> None:
    proved = _proved(_CHOICE, tmp_path, program=_PRINTS_1)
    assert proved.diagnostics == []
    assert proved.coverage == Coverage(1, 1, 2, 2)


def test_a_wrong_key_names_the_option_that_is_right(tmp_path: Path) -> None:
    proved = _proved(_CHOICE, tmp_path, program=RunResult(Status.OK, "2\n", exit_code=0))
    assert (proved.only.code, proved.only.rule, proved.only.question) == ("QZ401", "wrong-key", "out")
    assert proved.only.message == "the option marked correct says `1`, but the program prints `2`"
    assert proved.only.help == "mark option 2, `2`, as correct"
    assert proved.pointed_to == '"1"'
    assert proved.coverage == Coverage(0, 1, 1, 2)


def test_a_wrong_key_says_what_to_write_when_no_option_is_right(tmp_path: Path) -> None:
    proved = _proved(_CHOICE, tmp_path, program=RunResult(Status.OK, "4\n", exit_code=0))
    assert proved.only.help == "no option says that; write `4`, or change the program"


def test_a_wrong_typed_answer_says_what_to_write(tmp_path: Path) -> None:
    proved = _proved(_TYPED, tmp_path, program=RunResult(Status.OK, "4\n", exit_code=0))
    assert proved.only.code == "QZ401"
    assert proved.only.message == "the answer is stated as `1`, but the program prints `4`"
    assert proved.only.help == "write `4`, or change the program"
    assert proved.pointed_to == '"1"'


def test_a_program_that_prints_nothing_is_said_to(tmp_path: Path) -> None:
    proved = _proved(_TYPED, tmp_path, program=RunResult(Status.OK, "\n", exit_code=0))
    assert proved.only.message == "the answer is stated as `1`, but the program prints nothing"
    assert proved.only.help == "change the program"


def test_a_program_that_fails_is_reported_with_its_exception(tmp_path: Path) -> None:
    proved = _proved(_CHOICE, tmp_path, program=_RAISES)
    assert (proved.only.code, proved.only.rule) == ("QZ402", "program-fails")
    assert proved.only.message == "the option marked correct says `1`, but the program ends with `KeyError: 'x'`"
    assert proved.only.help == "no option says that; write `raises KeyError`, or change the program"
    assert proved.pointed_to == '"1"'


def test_a_program_that_fails_without_an_exception_is_reported_with_its_status(tmp_path: Path) -> None:
    proved = _proved(_TYPED, tmp_path, program=RunResult(Status.RUNTIME_ERROR, "1\n", "", 3))
    assert proved.only.code == "QZ402"
    assert proved.only.message == (
        "the answer is stated as `1`, but the program ends with exit status 3, after printing `1`"
    )


@pytest.mark.parametrize("stated", ["raises KeyError", "It raises a `KeyError`.", "KeyError", "KeyError: 'x'"])
def test_an_exception_may_be_the_key(stated: str, tmp_path: Path) -> None:
    proved = _proved(
        f"""
        - id: out
          type: code_output
          stem: How does it end?
          code: {{source: program, compare: exception}}
          options: [{{text: "{stated}", correct: true}}, ValueError]
        """,
        tmp_path,
        program=_RAISES,
    )
    assert proved.diagnostics == []
    assert proved.coverage == Coverage(1, 1, 1, 1)


def test_a_key_that_names_another_exception_is_wrong(tmp_path: Path) -> None:
    question = _TYPED.replace('"1"', "raises ValueError")
    proved = _proved(question, tmp_path, program=_RAISES)
    assert proved.only.code == "QZ401"
    assert proved.only.message == (
        "the answer is stated as `raises ValueError`, but the program ends with `KeyError: 'x'`"
    )
    assert proved.only.help == "write `raises KeyError`, or change the program"


def test_an_exit_status_may_be_the_key(tmp_path: Path) -> None:
    question = _TYPED.replace("source: program", "source: program, compare: exit_status").replace('"1"', '"3"')
    assert _proved(question, tmp_path, program=RunResult(Status.RUNTIME_ERROR, "", "", 3)).diagnostics == []
    wrong = _proved(question, tmp_path, program=RunResult(Status.RUNTIME_ERROR, "", "", 4))
    assert wrong.only.code == "QZ401"
    assert wrong.only.message == "the answer is stated as exit status 3, but the program ends with exit status 4"


def test_a_distractor_that_is_printed_as_well_is_right(tmp_path: Path) -> None:
    question = _CHOICE.replace('- "3"', '- "1 "')
    proved = _proved(question, tmp_path, program=_PRINTS_1)
    assert (proved.only.code, proved.only.rule) == ("QZ403", "distractor-is-right")
    assert proved.only.message == "this distractor is right: the program prints `1`"
    assert proved.only.help == "mark it as correct, or change it"
    assert proved.pointed_to == '"1 "'
    assert proved.coverage == Coverage(1, 1, 1, 2)


def test_a_mistake_that_yields_what_it_says_is_quiet(tmp_path: Path) -> None:
    changed = RunResult(Status.OK, "2\n", exit_code=0)
    assert _proved(_MISTAKE, tmp_path, program=_PRINTS_1, changed=changed).diagnostics == []


def test_a_mistake_that_yields_something_else_is_reported(tmp_path: Path) -> None:
    changed = RunResult(Status.OK, "5\n", exit_code=0)
    proved = _proved(_MISTAKE, tmp_path, program=_PRINTS_1, changed=changed)
    assert (proved.only.code, proved.only.rule) == ("QZ404", "wrong-mistake")
    assert proved.only.message == "the mistake is said to yield `2`, but the changed program prints `5`"
    assert proved.only.help == "write `yields: 5`, or change `replace`"
    assert proved.pointed_to == '"2"'
    assert [span.line for span in proved.only.related] == [proved.only.span.line - 1]


def test_a_mistake_that_makes_the_program_run_for_ever_is_reported(tmp_path: Path) -> None:
    proved = _proved(_MISTAKE, tmp_path, program=_PRINTS_1, changed=RunResult(Status.TIMEOUT))
    assert proved.only.code == "QZ404"
    assert proved.only.message == "the program changed by this mistake did not end within 5 s"


def test_a_wrong_equation_is_reported_with_its_value(tmp_path: Path) -> None:
    text = "First 2 + 2 = 4, then 0.8 * 0.7 = 0.57."
    proved = _proved(f'- {{id: a, type: essay, stem: x, solution: {{steps: [{{text: "{text}"}}]}}}}', tmp_path)
    assert (proved.only.code, proved.only.rule) == ("QZ405", "wrong-equation")
    assert proved.only.message == "`0.8 * 0.7 = 0.57` does not hold: the value is 0.56"
    assert proved.pointed_to == "0.8 * 0.7 = 0.57"


def test_a_wrong_equation_is_pointed_to_in_a_step_that_is_a_text_alone(tmp_path: Path) -> None:
    proved = _proved('- {id: a, type: essay, stem: x, solution: {steps: ["So 1 + 1 = 3."]}}', tmp_path)
    assert (proved.only.code, proved.pointed_to) == ("QZ405", "1 + 1 = 3")


@pytest.mark.parametrize("field", ["check", "final_answer"])
def test_equations_are_checked_in_every_part_of_the_solution(field: str, tmp_path: Path) -> None:
    proved = _proved(f'- {{id: a, type: essay, stem: x, solution: {{{field}: "1 + 1 = 3"}}}}', tmp_path)
    assert (proved.only.code, proved.pointed_to) == ("QZ405", "1 + 1 = 3")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.TIMEOUT, "the program did not end within 5 s"),
        (Status.MEMORY, "the program used more memory than it may"),
        (Status.OUTPUT_LIMIT, "the program printed more than 1 MB"),
        (Status.PROCESS_LIMIT, "the program started more processes than it may"),
    ],
)
def test_a_program_that_meets_a_limit_is_reported_once(status: Status, words: str, tmp_path: Path) -> None:
    proved = _proved(_CHOICE, tmp_path, program=RunResult(status, "1\n"))
    assert (proved.only.code, proved.only.rule) == ("QZ406", "program-stopped")
    assert proved.only.message == words
    assert proved.pointed_to == "code"
    assert proved.coverage == Coverage(0, 1, 0, 2)


def test_the_authors_own_time_limit_is_named(tmp_path: Path) -> None:
    question = _TYPED.replace("source: program", "source: program, timeout: 0.5")
    assert _proved(question, tmp_path, program=RunResult(Status.TIMEOUT)).only.message == (
        "the program did not end within 0.5 s"
    )


def test_a_language_that_is_not_there_is_a_warning_once_per_bank(tmp_path: Path) -> None:
    question = _TYPED.replace("source: program", "language: cobol, source: program")
    proved = _Proved(bank_text(question, question.replace("id: out", "id: other")), tmp_path, {})
    assert (proved.only.code, proved.only.severity) == ("QZ409", Severity.WARNING)
    assert proved.only.message == (
        "the language `cobol` is not known here, so that the keys of 2 questions are not proved"
    )
    assert proved.only.help == f"built in are {', '.join(plugins.names('quizlib.languages'))}; others come as plugins"
    assert proved.pointed_to == "cobol"
    assert proved.coverage == Coverage(0, 2, 0, 0)


def test_a_language_that_is_misspelt_is_recognised(tmp_path: Path) -> None:
    question = _TYPED.replace("source: program", "language: pyhton, source: program")
    proved = _proved(question, tmp_path)
    assert (proved.only.code, proved.only.help) == ("QZ409", "did you mean `python`?")


def test_a_language_that_is_not_installed_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(python, "runtime", lambda name: None)
    proved = _proved(_CHOICE, tmp_path)
    assert proved.only.code == "QZ409"
    assert proved.only.message == (
        "programs in `python` cannot be run here, so that the key of 1 question is not proved: it is not installed"
    )
    assert proved.only.help == python.INSTALL


@pytest.mark.parametrize("status", [Status.INTERNAL, Status.REFUSED])
def test_a_sandbox_that_fails_proves_nothing(status: Status, tmp_path: Path) -> None:
    proved = _proved(_CHOICE, tmp_path, program=RunResult(status, "1\n", detail="no room left"))
    assert (proved.only.code, proved.only.message, proved.pointed_to) == ("QZ410", "no room left", "code")
    assert proved.coverage == Coverage(0, 1, 0, 2)


_NUMERIC = (
    '- {{id: a, type: numeric, stem: x, answer: {answer}, tolerance: {tolerance}, solution: {{check: "{check}"}}}}'
)


def test_a_check_that_does_not_come_to_the_number_is_reported(tmp_path: Path) -> None:
    proved = _proved(_NUMERIC.format(answer=0.28, tolerance=0, check="0.8 * 0.7**3 = 0.2744"), tmp_path)
    assert (proved.only.code, proved.only.rule) == ("QZ411", "check-is-not-the-key")
    assert proved.only.message == "the check does not come to the answer, which is stated as `0.28`"
    assert proved.pointed_to == '"0.8 * 0.7**3 = 0.2744"'
    assert proved.coverage == Coverage(0, 1, 0, 0)


def test_a_check_that_comes_to_the_number_proves_it(tmp_path: Path) -> None:
    proved = _proved(_NUMERIC.format(answer=0.27, tolerance=0.005, check="0.8 * 0.7**3 = 0.2744"), tmp_path)
    assert (proved.diagnostics, proved.coverage) == ([], Coverage(1, 1, 0, 0))


def test_a_check_in_words_proves_nothing(tmp_path: Path) -> None:
    proved = _proved(_NUMERIC.format(answer=0.27, tolerance=0.005, check="Draw it."), tmp_path)
    assert (proved.diagnostics, proved.coverage) == ([], Coverage(0, 1, 0, 0))


def test_a_check_that_only_computes_is_held_against_the_number(tmp_path: Path) -> None:
    proved = _proved(_NUMERIC.format(answer=0.28, tolerance=0, check="0.8 * 0.7**3"), tmp_path)
    assert (codes(proved.diagnostics), proved.pointed_to) == (["QZ411"], '"0.8 * 0.7**3"')
    proved = _proved(_NUMERIC.format(answer=0.27, tolerance=0.005, check="0.8 * 0.7**3"), tmp_path)
    assert (proved.diagnostics, proved.coverage) == ([], Coverage(1, 1, 0, 0))


_GAP = "- {{id: a, type: cloze, stem: {stem}, gaps: {{b: {{answer: {answer}}}{more}}}, solution: {{check: 2 + 2 = 4}}}}"


def test_the_check_of_one_gap_that_is_a_number_comes_to_it_or_is_reported(tmp_path: Path) -> None:
    proved = _proved(_GAP.format(stem='"x [[b]]"', answer=5, more=""), tmp_path)
    assert (codes(proved.diagnostics), proved.pointed_to) == (["QZ411"], "2 + 2 = 4")
    proved = _proved(_GAP.format(stem='"x [[b]]"', answer=4, more=""), tmp_path)
    assert (proved.diagnostics, proved.coverage) == ([], Coverage(1, 1, 0, 0))


@pytest.mark.parametrize("other", [", c: {answer: 6}", ", c: {accepted: [x]}"])
def test_a_check_beside_several_gaps_is_about_any_of_them(other: str, tmp_path: Path) -> None:
    proved = _proved(_GAP.format(stem='"[[b]] [[c]]"', answer=5, more=other), tmp_path)
    assert (proved.diagnostics, proved.coverage) == ([], Coverage(0, 1, 0, 0))


def test_what_a_program_writes_is_quoted_on_one_line_without_controls(tmp_path: Path) -> None:
    hostile = "\x1b[31m::error::x\r\n\u202e::warning::y\n" + "z" * 500
    message = _proved(_TYPED, tmp_path, program=RunResult(Status.OK, hostile, exit_code=0)).only.message
    assert message.isprintable()
    assert len(message) < 300


def test_all_questions_are_reported_in_the_order_of_the_bank(tmp_path: Path) -> None:
    wrong = RunResult(Status.OK, "9\n", exit_code=0)
    text = bank_text(_TYPED, _TYPED.replace("id: out", "id: b").replace("source: program", "source: other"))
    proved = _Proved(text, tmp_path, {"program": wrong, "other": wrong})
    assert codes(proved.diagnostics) == ["QZ401", "QZ401"]
    assert [found.question for found in proved.diagnostics] == ["out", "b"]


_GCC = """program.c: In function ‘main’:
program.c:3:5: error: expected expression before ‘;’ token
    3 |     int x = ;
program.c:4:1: error: another one
"""
_LINKER = """/usr/bin/ld: /tmp/cc2L1PAX.o: in function `main':
program.c:(.text+0x5): undefined reference to `foo'
collect2: error: ld returned 1 exit status
"""


@pytest.mark.parametrize(
    ("stderr", "said"),
    [
        (_GCC, "program.c:3:5: error: expected expression before ‘;’ token"),
        (_LINKER, "program.c:(.text+0x5): undefined reference to `foo'"),
        ("\ncc: out of luck\n", "cc: out of luck"),
        ("", "the compiler does not say why"),
        ("program.c:1:1: error: " + "x" * 400, "program.c:1:1: error: " + "x" * 178 + "…"),
    ],
)
def test_a_program_that_does_not_compile_is_reported_once_with_the_first_error(
    stderr: str, said: str, tmp_path: Path
) -> None:
    proved = _proved(_CHOICE, tmp_path, program=RunResult(Status.COMPILE_ERROR, "", stderr))
    assert (proved.only.code, proved.only.rule) == ("QZ402", "program-fails")
    assert proved.only.message == f"the program does not compile: {said}"
    assert proved.only.help == "correct the program"
    assert proved.pointed_to.startswith("code")
    assert proved.coverage == Coverage(0, 1, 0, 2)


def test_a_mistake_that_does_not_compile_is_reported(tmp_path: Path) -> None:
    proved = _proved(_MISTAKE, tmp_path, program=_PRINTS_1, changed=RunResult(Status.COMPILE_ERROR, "", _GCC))
    assert proved.only.code == "QZ404"
    assert proved.only.message == (
        "the mistake is said to yield `2`, but the changed program does not compile:"
        " program.c:3:5: error: expected expression before ‘;’ token"
    )
    assert proved.only.help == "change `replace`"


def test_a_program_that_fails_without_an_exception_is_reported_with_what_it_says(tmp_path: Path) -> None:
    stderr = "\nprogram.sh: line 3: foo: command not found\nmore\n"
    proved = _proved(_TYPED, tmp_path, program=RunResult(Status.RUNTIME_ERROR, "1\n", stderr, 127))
    assert proved.only.message == (
        "the answer is stated as `1`, but the program ends with exit status 127,"
        " saying `program.sh: line 3: foo: command not found`, after printing `1`"
    )


def test_what_a_program_says_shows_no_folder_of_this_run(tmp_path: Path) -> None:
    stderr = "/tmp/quiz-zzzuydyk/work/program.js:1\nthrow 'x'\n"
    proved = _proved(_TYPED, tmp_path, program=RunResult(Status.RUNTIME_ERROR, "", stderr, 1))
    assert proved.only.message.endswith("ends with exit status 1, saying `program.js:1`")


def test_nobody_is_told_to_write_the_status_that_a_signal_leaves(tmp_path: Path) -> None:
    killed = RunResult(Status.RUNTIME_ERROR, "", "", 139, detail="signal 11 ended it")
    assert _proved(_TYPED, tmp_path, program=killed).only.help == "change the program"


@pytest.mark.parametrize(
    ("language", "help"),
    [
        ("js", "did you mean `javascript`?"),
        ("Node", "did you mean `javascript`?"),
        ("Python", "did you mean `python`?"),
        ("pyton", "did you mean `python`?"),
        ("sqlite3", "did you mean `sql`?"),
        ("sh", "did you mean `bash`?"),
        ("C", "did you mean `c`?"),
        ("c++", "built in are bash, c, javascript, python, sql; others come as plugins"),
        ("cobol", "built in are bash, c, javascript, python, sql; others come as plugins"),
    ],
)
def test_a_language_that_is_not_known_names_the_one_that_is_meant(language: str, help: str, tmp_path: Path) -> None:
    proved = _proved(_TYPED.replace("source: program", f'source: program, language: "{language}"'), tmp_path)
    assert (proved.only.code, proved.only.help) == ("QZ409", help)
    assert proved.pointed_to == f'"{language}"'


def test_a_tool_that_is_no_command_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("NVM_DIR", str(tmp_path))
    proved = _proved(_TYPED.replace("source: program", "source: program, language: javascript"), tmp_path)
    assert proved.only.help == "install Node.js, so that `node` is a command"


def test_the_error_of_a_statement_may_be_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql, "runtime", lambda name: Runtime("sqlite3.40", "3.40.1", "/usr/bin/sqlite3"))
    question = """
    - id: out
      type: code_output
      stem: How does it end?
      code: {language: sql, source: program}
      options:
        - {text: It is refused., raises: UNIQUE constraint failed, correct: true}
        - {text: There is no table., raises: no such table}
    """
    stderr = "Runtime error near line 2: UNIQUE constraint failed: t.id (19)\n"
    results = {"program": RunResult(Status.RUNTIME_ERROR, "", stderr, 1)}
    assert _proved(question, tmp_path, **results).diagnostics == []
    wrong = _proved(question.replace("UNIQUE", "CHECK"), tmp_path, **results)
    assert wrong.only.help == "no option says that; write `raises: UNIQUE constraint failed`, or change the program"


def test_why_programs_could_not_be_run_is_said_once_for_a_question(tmp_path: Path) -> None:
    failed = RunResult(Status.INTERNAL, detail="no room left")
    proved = _proved(_MISTAKE, tmp_path, program=failed, changed=failed)
    assert (proved.only.code, proved.only.message) == ("QZ410", "no room left")


def test_each_reason_why_programs_could_not_be_run_is_said(tmp_path: Path) -> None:
    one, other = (RunResult(Status.INTERNAL, detail=detail) for detail in ("no room left", "no processes left"))
    proved = _proved(_MISTAKE, tmp_path, program=one, changed=other)
    assert [found.message for found in proved.diagnostics] == ["no room left", "no processes left"]
