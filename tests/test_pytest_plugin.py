"""`pytest --quiz`: one test per question, our own words, and nothing at all without it."""

from __future__ import annotations

import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conftest import ROOT

pytest_plugins = ["pytester"]

BANKS = ROOT / "banks"
QUESTION = "  - {id: %s, type: true_false, stem: Is it so?, answer: true}\n"
HEADER = "format: 1\nid: %s\ntitle: T\nquestions:\n"
PROGRAM = "  - {id: %s, type: code_output, stem: What?, answer: '%s', code: {source: print(1 + 1)}}\n"
WARNS = "  - {id: %s, type: code_output, stem: What?, answer: '1', code: {language: cobol, source: x}}\n"


@pytest.fixture
def banks(pytester: pytest.Pytester) -> Path:
    """A folder with a good and a bad bank."""
    folder = pytester.path / "banks"
    folder.mkdir()
    for name in ("fine-tuning.yaml", "broken/qz401-wrong-key.yaml"):
        shutil.copy(BANKS / name, folder)
    return folder


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return pytester.runpytest_subprocess("-p", "no:randomly", *arguments)


def test_a_question_is_a_test_that_fails_in_our_words(pytester: pytest.Pytester, banks: Path) -> None:
    result = run(pytester, "--quiz", "banks", "-v")
    result.assert_outcomes(passed=10, failed=1)
    result.stdout.fnmatch_lines([
        "banks/fine-tuning.yaml::(bank) PASSED*",
        "banks/fine-tuning.yaml::lora-share PASSED*",
        "banks/qz401-wrong-key.yaml::loss FAILED*",
        "*banks/qz401-wrong-key.yaml:18:16: error?QZ401? the option marked correct says `0.41`, but the program prints*",
        "*help: mark option 1, `0.27`, as correct",
        "quiz: key coverage: 3 of 9 keys proved (33 %), 4 of 20 distractors disproved (20 %)",
        "FAILED banks/qz401-wrong-key.yaml::loss*",
    ])  # fmt: skip
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*pytest_items*")


def test_in_several_processes_it_is_the_same(pytester: pytest.Pytester, banks: Path) -> None:
    result = run(pytester, "--quiz", "banks", "-n", "2")
    result.assert_outcomes(passed=10, failed=1)
    result.stdout.fnmatch_lines([
        "*help: mark option 1, `0.27`, as correct",
        "quiz: key coverage: 3 of 9 keys proved (33 %), 4 of 20 distractors disproved (20 %)",
    ])  # fmt: skip


def test_some_are_chosen_by_k_by_name_and_by_lf(pytester: pytest.Pytester, banks: Path) -> None:
    run(pytester, "--quiz", "banks", "-k", "lora-share or loss-after").assert_outcomes(passed=2, deselected=9)
    run(pytester, "--quiz", "banks", "banks/fine-tuning.yaml::lora-share").assert_outcomes(passed=1)
    run(pytester, "--quiz", "banks").assert_outcomes(passed=10, failed=1)
    run(pytester, "--quiz", "banks", "--lf").assert_outcomes(failed=1)


def test_other_tests_run_as_well_and_without_quiz_alone(pytester: pytest.Pytester, banks: Path) -> None:
    pytester.makepyfile("def test_one(): pass")
    run(pytester, "--quiz", "banks").assert_outcomes(passed=11, failed=1)
    run(pytester, "--quiz", "banks", "test_other_tests_run_as_well_and_without_quiz_alone.py").assert_outcomes(
        passed=11, failed=1
    )
    run(pytester).assert_outcomes(passed=1)


def test_the_setting_collects_unless_something_else_is_named(pytester: pytest.Pytester, banks: Path) -> None:
    pytester.makeini("[pytest]\nquiz_paths = banks\n")
    module = pytester.makepyfile("def test_one(): pass")
    run(pytester).assert_outcomes(passed=11, failed=1)
    run(pytester, module.name).assert_outcomes(passed=1)
    run(pytester, "banks/fine-tuning.yaml::lora-share").assert_outcomes(passed=1)


def test_collecting_runs_no_program(pytester: pytest.Pytester) -> None:
    pytester.path.joinpath("bank.yaml").write_text(HEADER % "b" + PROGRAM % ("two", "2"), "utf-8")
    pytester.makeconftest("""
        from quizlib.proof import runs
        def refused(*arguments, **more):
            raise AssertionError("a program would be run")
        runs.Runner.run_all = refused
    """)
    result = run(pytester, "--quiz", ".", "--collect-only", "-q")
    assert result.ret == 0
    result.stdout.fnmatch_lines(["bank.yaml::(bank)", "bank.yaml::two", "2 tests collected*"])
    run(pytester, "--quiz", ".").assert_outcomes(passed=1, failed=1)


def test_only_the_programs_of_chosen_questions_run(pytester: pytest.Pytester) -> None:
    questions = PROGRAM % ("two", "2") + (PROGRAM % ("three", "3")).replace("1 + 1", "1 + 2")
    pytester.path.joinpath("bank.yaml").write_text(HEADER % "b" + questions, "utf-8")
    pytester.makeconftest("""
        from quizlib.proof import runs
        original = runs.Runner.run_all
        def seen(self, programs):
            programs = list(programs)
            assert {program.source for program in programs} == {"print(1 + 2)"}, programs
            return original(self, programs)
        runs.Runner.run_all = seen
    """)
    run(pytester, "--quiz", ".", "-k", "three").assert_outcomes(passed=1, deselected=2)


def test_warnings_are_warnings_unless_strict(pytester: pytest.Pytester) -> None:
    pytester.path.joinpath("bank.yaml").write_text(HEADER % "b" + WARNS % "cobol", "utf-8")
    result = run(pytester, "--quiz", ".")
    result.assert_outcomes(passed=2, warnings=1)
    result.stdout.fnmatch_lines(["*QuizWarning: bank.yaml:*warning?QZ409?*"])
    for arguments in (["--quiz-strict"], ["-W", "error"]):
        result = run(pytester, "--quiz", ".", *arguments)
        result.assert_outcomes(passed=1, failed=1)
        result.stdout.fnmatch_lines(["bank.yaml:*warning?QZ409?*"])
        result.stdout.no_fnmatch_line("*Traceback*")


def test_what_belongs_to_no_question_is_a_test_of_the_bank(pytester: pytest.Pytester) -> None:
    for name, header in {"a": "", "b": "", "c": "colour: red\n"}.items():
        text = header + HEADER % ("other" if header else "same") + QUESTION % "one"
        pytester.path.joinpath(f"{name}.yaml").write_text(text, "utf-8")
    result = run(pytester, "--quiz", ".")
    result.assert_outcomes(passed=4, failed=2)
    result.stdout.fnmatch_lines(["b.yaml:2:5: error?QZ503?*", "c.yaml:1:1: error?QZ011?*", "FAILED b.yaml::(bank)*"])


def test_a_file_that_cannot_be_read_is_a_failing_test_with_its_place(pytester: pytest.Pytester) -> None:
    pytester.path.joinpath("torn.yaml").write_bytes(b"format: 1\nquestions: \xff\n")
    pytester.path.joinpath("empty.yaml").write_bytes(b"")
    pytester.path.joinpath("syntax.yaml").write_bytes(b"format: 1\nquestions: [\n")
    pytester.path.joinpath("notes.yaml").write_bytes(b"a: b\n")
    result = run(pytester, "--quiz", ".")
    result.assert_outcomes(failed=3)
    result.stdout.fnmatch_lines(["torn.yaml:2:12: error?QZ002?*"])


def test_questions_without_an_id_or_with_a_strange_one_have_a_number(pytester: pytest.Pytester) -> None:
    strange = "a::b", "x\\n::error::y", "one", "(bank)"
    questions = QUESTION % "one" + "".join(QUESTION % f'"{name}"' for name in strange) + "  - 5\n"
    pytester.path.joinpath("bank.yaml").write_text(HEADER % "b" + questions, "utf-8")
    result = run(pytester, "--quiz", ".", "-v")
    result.assert_outcomes(passed=2, failed=5)
    result.stdout.fnmatch_lines([f"bank.yaml::question {number} FAILED*" for number in (2, 3, 4, 5, 6)])
    result.stdout.no_re_match_line("^::error")


def test_a_folder_that_is_one_bank_and_a_test_that_works_elsewhere(pytester: pytest.Pytester) -> None:
    folder = pytester.mkdir("bank")
    folder.joinpath("bank.yaml").write_text(HEADER % "b" + QUESTION % "one", "utf-8")
    folder.joinpath("part.yaml").write_text("questions:\n" + PROGRAM % ("two", "2") + QUESTION % "one", "utf-8")
    pytester.makepyfile(test_a="import os\ndef test_it(tmp_path): os.chdir(tmp_path)")
    result = run(pytester, "--quiz", "bank", "test_a.py", "bank")
    result.assert_outcomes(passed=5, failed=1)
    result.stdout.fnmatch_lines(["FAILED bank/part.yaml::one*"])


@pytest.mark.parametrize("path", ["nowhere", "empty"])
def test_a_path_without_a_bank_is_wrong_usage(path: str, pytester: pytest.Pytester) -> None:
    pytester.mkdir("empty")
    result = run(pytester, "--quiz", path)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: --quiz: *{path}*"])


@pytest.mark.parametrize("paths", [("--quiz", ""), ("--quiz=", "--quiz=banks")])
def test_an_empty_path_is_wrong_usage(paths: tuple[str, str], pytester: pytest.Pytester, banks: Path) -> None:
    result = run(pytester, *paths)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: --quiz: the path is empty"])


def test_suppressions_are_honoured_and_an_unused_one_is_told_where_it_stands(pytester: pytest.Pytester) -> None:
    steps = "  - id: %s\n    type: true_false\n    stem: x\n    answer: true\n    solution: {check: 1 + 1 = %s}"
    remark = "  # quiz: ignore[wrong-equation] on purpose\n"
    text = HEADER % "b" + steps % ("quiet", 3) + remark + steps % ("unused", 2) + remark
    pytester.path.joinpath("bank.yaml").write_text(text, "utf-8")
    result = run(pytester, "--quiz", ".", "--quiz-strict")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["bank.yaml:*warning?QZ020?*", "FAILED bank.yaml::unused*"])


def test_junit_of_pytest_has_a_case_per_question(pytester: pytest.Pytester, banks: Path) -> None:
    run(pytester, "--quiz", "banks", "--junit-xml", "report.xml")
    root = ElementTree.parse(pytester.path / "report.xml").getroot()
    assert root.findall(".//property") == []
    cases = root.findall(".//testcase")
    assert len(cases) == 11
    (failure,) = [case for case in cases if case.find("failure") is not None]
    assert failure.get("name") == "loss"


def test_without_quiz_nothing_heavy_is_imported(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        import sys
        def test_it():
            ours = {name for name in sys.modules if name.startswith("quizlib")}
            assert ours == {"quizlib", "quizlib.pytest_plugin"}
    """)
    run(pytester).assert_outcomes(passed=1)


def test_isolation_none_is_not_offered(pytester: pytest.Pytester, banks: Path) -> None:
    assert run(pytester, "--quiz", "banks", "--quiz-isolation", "none").ret == pytest.ExitCode.USAGE_ERROR
    run(pytester, "--quiz", "banks", "--quiz-isolation", "best-effort", "-k", "lora").assert_outcomes(
        passed=1, deselected=10
    )
