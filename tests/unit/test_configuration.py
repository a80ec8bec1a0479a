"""The configuration of a bank: which file counts, what its keys do, and what is said of one that is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from quizlib.configuration import Overrides
from quizlib.diagnostics import Diagnostic
from quizlib.validation import Report, Settings, validate
from quizlib.verdict import has_failing_findings, shortfalls
from tests.unit.helpers import at, bank_text, codes, only

ALIKE = """
- id: alike
  type: single_choice
  stem: Which one is even?
  options:
    - {text: "2", correct: true}
    - {text: "2"}
    - "5"
"""
EMPTY = "format: 1\nid: {id}\ntitle: Empty\nquestions: []\n"


def write(folder: Path, **files: str) -> None:
    """Write files; `__` in a name stands for a slash, and `_` for a dot."""
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def validated(*paths: Path, run: bool = False, **overrides: object) -> Report:
    return validate(list(map(str, paths)), Settings(run=run, overrides=Overrides(**overrides)))  # type: ignore[arg-type]


def faults(folder: Path, text: str, name: str = "quizlib.toml") -> tuple[Diagnostic, ...]:
    (folder / name).write_text(text, "utf-8", newline="")
    write(folder, a_yaml=bank_text("- {id: a, type: essay, stem: x}"))
    return validated(folder / "a.yaml").diagnostics


@pytest.mark.parametrize("text", ['ignore = ["QZ103"]', 'select = ["QZ3"]', 'per-file-ignores = {"*.yaml" = ["QZ1"]}'])
def test_a_rule_is_switched_off(text: str, tmp_path: Path) -> None:
    write(tmp_path, a_yaml=bank_text(ALIKE))
    assert codes(validated(tmp_path).diagnostics) == ["QZ103"]
    write(tmp_path, quizlib_toml=text)
    assert codes(validated(tmp_path).diagnostics) == []
    assert codes(validated(tmp_path, search=False).diagnostics) == ["QZ103"]


def test_the_nearest_configuration_above_a_bank_counts_and_nothing_of_those_further_up(tmp_path: Path) -> None:
    write(tmp_path, quizlib_toml='ignore = ["QZ103"]', a_yaml=bank_text(ALIKE))
    write(tmp_path, one__two__b_yaml=bank_text(ALIKE).replace("id: sample", "id: b"))
    write(tmp_path, other__c_yaml=bank_text(ALIKE).replace("id: sample", "id: c"), other__quizlib_toml="")
    assert [found.span.path for found in validated(tmp_path).diagnostics] == [str(tmp_path / "other" / "c.yaml")]


def test_of_two_files_in_a_folder_our_own_counts(tmp_path: Path) -> None:
    write(tmp_path, a_yaml=bank_text(ALIKE), pyproject_toml='[tool.quizlib]\nignore = ["QZ103"]')
    assert codes(validated(tmp_path).diagnostics) == []
    write(tmp_path, quizlib_toml="")
    assert codes(validated(tmp_path).diagnostics) == ["QZ103"]


@pytest.mark.parametrize(
    "text",
    ["[tool.quizlib]\nignore = ['QZ103']", "[tool]\nquizlib.ignore = ['QZ103']", "tool.quizlib.ignore = ['QZ103']",
     "tool = {quizlib = {ignore = ['QZ103']}}", "[ tool . 'quizlib' ]\nignore = ['QZ103']",
     '["tool"."quizlib"]\nignore = ["QZ103"]'],
)  # fmt: skip
def test_pyproject_may_be_written_in_any_way(text: str, tmp_path: Path) -> None:
    write(tmp_path, a_yaml=bank_text(ALIKE), pyproject_toml=text)
    assert codes(validated(tmp_path).diagnostics) == []


@pytest.mark.parametrize(
    "text", ["[tool.ruff]\nselect = []", "nothing like TOML = = about quizlib", "[tool.quizlibrary]\nx = 1", ""]
)
def test_a_pyproject_of_others_is_passed_over_on_the_way_up(text: str, tmp_path: Path) -> None:
    write(tmp_path, quizlib_toml='ignore = ["QZ103"]', below__pyproject_toml=text, below__a_yaml=bank_text(ALIKE))
    assert codes(validated(tmp_path / "below").diagnostics) == []


def test_a_bank_of_several_files_has_the_configuration_of_its_folder(tmp_path: Path) -> None:
    write(tmp_path, bank_yaml=EMPTY.format(id="a"), quizlib_toml="select = ['QZ1']")
    write(tmp_path, part__more_yaml="questions:\n" + bank_text(ALIKE).partition("questions:\n")[2])
    write(tmp_path, part__quizlib_toml="ignore = ['ALL']")
    assert codes(validated(tmp_path).diagnostics) == ["QZ103"]


def test_patterns_are_relative_to_the_configuration_wherever_one_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, quizlib_toml='exclude = ["drafts/", "*.old.yaml"]\n[per-file-ignores]\n"new" = ["QZ103"]')
    for name in ("good.yaml", "drafts/a.yaml", "b.old.yaml", "new/deep/c.yaml", "other/drafts/d.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(bank_text(ALIKE).replace("id: sample", f"id: {name[0]}"), "utf-8")
    for folder, path in ((tmp_path, "."), (tmp_path / "new", ".."), (tmp_path.parent, tmp_path.name)):
        monkeypatch.chdir(folder)
        report = validate([path], Settings(run=False))
        assert sorted(Path(bank.name).name for bank in report.banks) == ["c.yaml", "good.yaml"]
        assert [Path(found.span.path).name for found in report.diagnostics] == ["good.yaml"]


def test_a_file_that_is_named_is_never_left_out(tmp_path: Path) -> None:
    write(tmp_path, a_yaml=bank_text(ALIKE), quizlib_toml='exclude = ["*"]')
    assert codes(validated(tmp_path / "a.yaml").diagnostics) == ["QZ103"]
    assert codes(validated(tmp_path).diagnostics) == ["QZ021"]


def test_a_part_of_a_bank_may_be_left_out(tmp_path: Path) -> None:
    write(tmp_path, bank_yaml=bank_text("- {id: a, type: essay, stem: x}"), quizlib_toml='exclude = ["draft.yaml"]')
    write(tmp_path, draft_yaml="questions:\n  - nonsense\n")
    assert validated(tmp_path).diagnostics == ()


def test_the_command_line_wins(tmp_path: Path) -> None:
    write(tmp_path, a_yaml=bank_text(ALIKE), quizlib_toml='ignore = ["QZ103"]\nselect = ["QZ3"]')
    assert codes(validated(tmp_path, select=("QZ1",)).diagnostics) == ["QZ103"]
    write(tmp_path, quizlib_toml='ignore = ["no-questions"]', b_yaml=EMPTY.format(id="b"))
    assert codes(validated(tmp_path, ignore=("QZ103",)).diagnostics) == []
    assert codes(validated(tmp_path, ignore=("QZ5",), search=False).diagnostics) == ["QZ103"]


def test_a_file_that_is_named_as_configuration_counts_for_all_banks(tmp_path: Path) -> None:
    write(tmp_path, a_yaml=bank_text(ALIKE), quizlib_toml="", mine__c_toml='ignore = ["QZ103"]')
    assert codes(validated(tmp_path, file=str(tmp_path / "mine" / "c.toml")).diagnostics) == []
    assert sorted(codes(validated(tmp_path, file=str(tmp_path / "no.toml")).diagnostics)) == ["QZ030", "QZ103"]


def test_what_guards_the_key_is_said_whatever_is_selected(tmp_path: Path) -> None:
    question = "- {id: a, type: single_choice, stem: x, options: [a, b]}"
    write(tmp_path, a_yaml=bank_text(question, question), quizlib_toml='ignore = ["ALL"]\nselect = ["QZ6"]')
    assert set(codes(validated(tmp_path).diagnostics)) == {"QZ101", "QZ501"}


def test_a_warning_is_switched_off_and_an_error_of_the_same_code_is_not(tmp_path: Path) -> None:
    write(tmp_path, a_yaml=EMPTY.format(id="a"), quizlib_toml='ignore = ["QZ504"]', b_yaml="a: b\n")
    assert codes(validated(tmp_path).diagnostics) == ["QZ019"]
    write(tmp_path, quizlib_toml='ignore = ["no-questions", "not-a-bank"]')
    assert validated(tmp_path).diagnostics == ()


@pytest.mark.parametrize("text", ['ignore = ["QZ103"]', 'select = ["QZ2"]', '[per-file-ignores]\n"*" = ["QZ103"]'])
def test_a_remark_about_a_rule_that_was_not_run_is_not_unused(text: str, tmp_path: Path) -> None:
    marked = bank_text(ALIKE).replace('"2"}\n', '"2"} # quiz: ignore[duplicate-options] on purpose\n')
    write(tmp_path, a_yaml=marked, quizlib_toml=text)
    assert validated(tmp_path).diagnostics == ()
    write(tmp_path, a_yaml=marked.replace("duplicate-options", "duplicate-optoins"))
    assert codes(validated(tmp_path).diagnostics) == (["QZ020"] if "select" not in text else [])


def test_a_remark_about_a_proof_is_not_unused_where_nothing_is_run(tmp_path: Path) -> None:
    question = "id: a\ntype: essay\nstem: x\nsolution:\n  check: 1 + 1 = 3 # quiz: ignore[wrong-equation] a joke"
    write(tmp_path, a_yaml=bank_text("- " + question.replace("\n", "\n  ")))
    assert validated(tmp_path, run=False).diagnostics == ()
    assert validated(tmp_path, run=True).diagnostics == ()


@pytest.mark.parametrize(
    ("text", "expected"), [("", False), ("strict = true", True), ('fail-on = "warning"', True), ("strict=false", False)]
)
def test_warnings_fail_where_the_bank_s_configuration_says_so(text: str, expected: bool, tmp_path: Path) -> None:
    write(tmp_path, one__a_yaml=EMPTY.format(id="a"), one__quizlib_toml=text)
    write(tmp_path, two__b_yaml=bank_text("- {id: a, type: essay, stem: x}"), two__quizlib_toml="strict = true")
    report = validated(tmp_path)
    assert codes(report.diagnostics) == ["QZ504"]
    assert has_failing_findings(report) is expected
    assert has_failing_findings(report, "warning")
    assert not has_failing_findings(report, "error")


def test_coverage_is_demanded_of_the_banks_of_a_configuration(tmp_path: Path) -> None:
    proved = '- {id: a, type: code_output, stem: x, code: {source: print(1)}, answer: "1"}'
    words = "- {id: b, type: true_false, stem: x, answer: true}"
    write(tmp_path, one__a_yaml=bank_text(proved, words), one__quizlib_toml="min-coverage = 50")
    write(tmp_path, two__b_yaml=bank_text(words).replace("id: sample", "id: b"))
    assert shortfalls(validated(tmp_path, run=True)) == []
    write(tmp_path, one__quizlib_toml="min-coverage = 51")
    (short,) = shortfalls(validated(tmp_path, run=True))
    assert (short.coverage.keys_proved, short.coverage.keys_total, short.demanded) == (1, 2, 51)
    assert short.where.endswith("one/quizlib.toml")
    assert shortfalls(validated(tmp_path, run=True), 30) == []
    assert [one.coverage.keys_total for one in shortfalls(validated(tmp_path, run=True), 40)] == [3]
    assert shortfalls(validated(tmp_path, run=False)) == []


@pytest.mark.parametrize(
    ("text", "marked", "message", "help"),
    [
        ("selct = []", "selct", "the key `selct` is not known here", "did you mean `select`?"),
        ("min_coverage = 3", "min_coverage", "the key `min_coverage` is not known here", "did you mean `min-coverage`?"),
        ('x = """\nselct = 1\n"""', "x", "the key `x` is not known here",
         "there are: baseline, exclude, fail-on, ignore, min-coverage, per-file-ignores, persona, select, strict"),
        ('select = ["QZ1", "QZ899"]', '"QZ899"', "there is no rule, code or family `QZ899`",
         "`quiz explain --list` names them all"),
        ('ignore = [\n  "no-keys",\n]', '"no-keys"', "there is no rule, code or family `no-keys`", "did you mean `no-key`?"),
        ("ignore = ['wrong-key']", "'wrong-key'", "`wrong-key` cannot be ignored",
         "only lint rules and warnings can be, and none that guards the key"),
        ('[per-file-ignores]\n"a b/*" = ["QZ401"]', '"QZ401"', "`QZ401` cannot be ignored",
         "only lint rules and warnings can be, and none that guards the key"),
        ('per-file-ignores = {"a" = "QZ1"}', '"a"', "`a` is the text `QZ1`, and a list of texts is expected",
         'write `a = ["QZ1"]`'),
        ("per-file-ignores = []", "per-file-ignores", "`per-file-ignores` is a list, and a table of patterns and lists is expected",
         None),
        ("select = 3", "select", "`select` is the number 3, and a list of texts is expected", None),
        ('select = "QZ1"', "select", "`select` is the text `QZ1`, and a list of texts is expected", 'write `select = ["QZ1"]`'),
        ("exclude = [true]", "exclude", "an element of `exclude` is true, and a text that is not empty is expected", None),
        ('persona = "pedant"', "persona", '`persona` is the text `pedant`, and "default" or "pedantic" is expected',
         "did you mean `pedantic`?"),
        ("strict = 1", "strict", "`strict` is the number 1, and true or false is expected", None),
        ("min-coverage = true", "min-coverage", "`min-coverage` is true, and a number from 0 to 100 is expected", None),
        ("min-coverage = nan", "min-coverage", "`min-coverage` is the number nan, and a number from 0 to 100 is expected", None),
        ("min-coverage = 100.5", "min-coverage", "`min-coverage` is the number 100.5, and a number from 0 to 100 is expected", None),
        ("baseline = 1979-05-27", "baseline", "`baseline` is a date or a time, and the path of a file is expected", None),
        ("fail-on = {}", "fail-on", '`fail-on` is a table, and "error" or "warning" is expected', None),
        ("strict = tru", "t", "the file is not TOML: invalid value", None),
        ("strict = true\nstrict = true", "", "the file is not TOML: cannot overwrite a value", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["quizlib.toml", "pyproject.toml"])
def test_a_fault_is_reported_at_its_place(
    text: str, marked: str, message: str, help: str | None, name: str, tmp_path: Path
) -> None:
    if name == "pyproject.toml":
        header = "[project]\nname = 'x'\nselct = 1\n\n[tool.quizlib]\n"
        text = header + text.replace("[per-file-ignores]", "[tool.quizlib.per-file-ignores]")
    found = only(faults(tmp_path, text, name))
    assert (found.code, found.message, found.help) == ("QZ030", message, help)
    assert at(found, text + "\n") == marked
    assert found.span.line >= (6 if name == "pyproject.toml" else 1)


def test_the_keys_that_are_sound_count_all_the_same(tmp_path: Path) -> None:
    write(tmp_path, a_yaml=bank_text(ALIKE), quizlib_toml='ignore = ["QZ103"]\nstrict = 3\nselct = []\n')
    assert codes(validated(tmp_path).diagnostics) == ["QZ030", "QZ030"]


def test_a_configuration_is_complained_of_once(tmp_path: Path) -> None:
    write(tmp_path, quizlib_toml="x = 1")
    for name in "abc":
        write(tmp_path, **{f"{name}__{name}_yaml": bank_text(ALIKE).replace("id: sample", f"id: {name}")})
    assert codes(validated(tmp_path).diagnostics).count("QZ030") == 1


def test_bytes_that_are_no_text_are_shown_at_their_place(tmp_path: Path) -> None:
    write(tmp_path, a_yaml=bank_text("- {id: a, type: essay, stem: x}"))
    (tmp_path / "quizlib.toml").write_bytes(b"strict = true\n# \xc3\xa9 \xff\n")
    found = only(validated(tmp_path).diagnostics)
    assert (found.message, found.span.line, found.span.column) == ("the byte 0xff is not UTF-8", 2, 5)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("x = " + "[" * 100_000, "nested too deeply"),
        ("#" * 1_000_001, "the configuration cannot be read: it has 1 MB"),
        ("x = " + "9" * 10_000, "the file is not TOML"),
    ],
)
def test_a_file_made_to_hurt_is_refused(content: str, message: str, tmp_path: Path) -> None:
    assert message in only(faults(tmp_path, content)).message


def test_what_is_no_file_is_said_to_be_none(tmp_path: Path) -> None:
    write(tmp_path, a_yaml=bank_text("- {id: a, type: essay, stem: x}"))
    (tmp_path / "quizlib.toml").mkdir()
    assert only(validated(tmp_path).diagnostics).message == "the configuration cannot be read: it is a folder"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_are_followed_and_those_to_nowhere_and_round_are_reported(tmp_path: Path) -> None:
    write(tmp_path, banks__a_yaml=bank_text(ALIKE), shared_toml='ignore = ["QZ103"]')
    link = tmp_path / "banks" / "quizlib.toml"
    link.symlink_to(tmp_path / "shared.toml")
    assert validated(tmp_path / "banks").diagnostics == ()
    for target in ("no-such-file", "quizlib.toml"):
        link.unlink()
        link.symlink_to(target)
        assert sorted(codes(validated(tmp_path / "banks").diagnostics)) == ["QZ030", "QZ103"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path, a_yaml=bank_text("- {id: a, type: essay, stem: x}"))
    os.mkfifo(tmp_path / "quizlib.toml")
    assert "not a regular file" in only(validated(tmp_path).diagnostics).message


def test_each_folder_is_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        write(tmp_path, **{f"a__b__n{number}_yaml": bank_text(ALIKE).replace("id: sample", f"id: n{number}")})
    asked: list[str] = []
    real = os.path.lexists

    def lexists(path: str | Path) -> bool:
        asked.append(str(path))
        return real(path)

    monkeypatch.setattr(os.path, "lexists", lexists)
    validated(tmp_path)
    sought = [path for path in asked if path.endswith(".toml")]
    assert sought
    assert len(sought) == len(set(sought))


@pytest.mark.parametrize(
    "arguments",
    [["fmt", "--diff"], ["list", "--format", "json"], ["show", "out"], ["run"], ["trace"]],
)
def test_what_is_excluded_is_excluded_for_every_command(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "drafts").mkdir()
    question = (
        "{id: out, type: code_output, stem: x, code: {source: 'print(1)'}, options: [{text: '1', correct: true}, '2']}"
    )
    (tmp_path / "drafts" / "odd.yaml").write_text(
        bank_text(f"-   {question}").replace("id: sample", "id: odd"), "utf-8"
    )
    (tmp_path / "a.yaml").write_text(bank_text("- {id: in, type: essay, stem: x}"), "utf-8")
    (tmp_path / "quizlib.toml").write_text('exclude = ["drafts"]', "utf-8")

    def said() -> str:
        command = [
            sys.executable,
            "-m",
            "quizlib",
            *arguments,
            *({"show": [], "trace": [".", "out"]}.get(arguments[0], ["."])),
        ]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
        assert run.returncode in (0, 1, 2)
        assert "Traceback" not in run.stderr
        return run.stdout

    excluded = said()
    assert "out" not in excluded
    (tmp_path / "quizlib.toml").unlink()
    assert said() != excluded


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ("[tool.quizlib]\nstrict = true", "the heading `[tool.quizlib]` is for a pyproject.toml", "leave the heading out"),
        ('strict = true\nfail-on = "error"', "`fail-on` contradicts `strict`", 'leave one out; `strict = true` is `fail-on = "warning"`'),
        ('per-file-ignores = {"drafts/*" = "QZ103"}', "`drafts/*` is the text `QZ103`, and a list of texts is expected", "write `'drafts/*' = [\"QZ103\"]`"),
        ('per-file-ignores = {"it\'s/*" = "QZ103"}', "`it's/*` is the text `QZ103`, and a list of texts is expected", 'write `"it\'s/*" = ["QZ103"]`'),
    ],
)  # fmt: skip
def test_the_help_leads_to_a_configuration_that_is_sound(text: str, message: str, help: str, tmp_path: Path) -> None:
    write(tmp_path, quizlib_toml=text, a_yaml=bank_text("- {id: one, type: essay, stem: x}"))
    found = only(validated(tmp_path).diagnostics)
    assert (found.code, found.message, found.help) == ("QZ030", message, help)


def test_strict_stays_where_it_says_the_same_as_fail_on(tmp_path: Path) -> None:
    write(
        tmp_path,
        quizlib_toml='strict = true\nfail-on = "warning"',
        a_yaml=bank_text("- {id: one, type: essay, stem: x}"),
    )
    assert validated(tmp_path).diagnostics == ()
    write(tmp_path, quizlib_toml='strict = false\nfail-on = "error"')
    assert validated(tmp_path).diagnostics == ()
