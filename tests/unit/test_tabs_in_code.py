"""Tabs that indent a program are told from those that are part of what it prints."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from quizlib import plugins
from quizlib.diagnostics import Finding, SetText
from tests.unit.helpers import bank_text, load_text, sound

RULE = plugins.load("quizlib.rules", "tab_in_code")


def found_in(language: str, source: str, folder: Path) -> Sequence[Finding]:
    code = f"  code: {{language: {language}, source: {json.dumps(source)}}}\n"
    bank = load_text(bank_text(f"- id: code\n  type: essay\n  stem: What is it?\n{code}"), folder)
    return [finding for _, finding in RULE.check(sound(bank), bank.folder)]


def written(finding: Finding) -> list[str]:
    changes = finding.repair.changes if finding.repair else ()
    return [change.text for change in changes if isinstance(change, SetText)]


@pytest.mark.parametrize(
    ("language", "source", "mended"),
    [
        ("python", "if x:\n\ty = 'a\tb'\n", "if x:\n    y = 'a\tb'\n"),
        ("python", "if x:\n\ty = '''\n\ta\n'''\n", "if x:\n    y = '''\n\ta\n'''\n"),
        ("python", "if x:\n\ty = f'''{1}\n\ta{2}\n\tb'''\n", "if x:\n    y = f'''{1}\n\ta{2}\n\tb'''\n"),
        ("python", "if x:\n\tprint('a\\\n\tb')\n", "if x:\n    print('a\\\n\tb')\n"),
        ("python", "if x:\n\t# it's\n\ty = '''\n  a'''\n", "if x:\n    # it's\n    y = '''\n  a'''\n"),
        ("c", 'int f() {\n\tputs("a\\"b"); // it\'s\n}\n', 'int f() {\n    puts("a\\"b"); // it\'s\n}\n'),
        ("javascript", "if (x) {\n\ty('a');\n}\n", "if (x) {\n    y('a');\n}\n"),
        ("javascript", "if (x) {\n\ty = (a + b) / 2; // x\n}\n", "if (x) {\n    y = (a + b) / 2; // x\n}\n"),
        ("c", "int x = 6 /\n\t2, y = /* two */ 2;\n", "int x = 6 /\n    2, y = /* two */ 2;\n"),
        ("sql", "SELECT 'it''s'\n\tFROM t;\n", "SELECT 'it''s'\n    FROM t;\n"),
        ("bash", 'if x; then\n\techo "$y" # it\'s\nfi\n', 'if x; then\n    echo "$y" # it\'s\nfi\n'),
    ],
)
def test_tabs_that_indent_become_blanks(language: str, source: str, mended: str, tmp_path: Path) -> None:
    (finding,) = found_in(language, source, tmp_path)
    assert written(finding) == [mended]


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("python", "if x:\n\tif y:\n\t\tz\n        w\n"),  # tabs and blanks are mixed
        ("python", "if x:\n\tif y:\n\t     z = 1\n\t\tw\n"),  # tabs are wider than four blanks here
        ("pascal", "begin\n\tx := 1\nend.\n"),  # who knows how texts are written there
    ],
)
def test_what_may_mean_something_else_without_tabs_is_told_and_not_mended(
    language: str, source: str, tmp_path: Path
) -> None:
    (finding,) = found_in(language, source, tmp_path)
    assert finding.repair is None


def test_only_lines_that_are_indented_are_counted(tmp_path: Path) -> None:
    (finding,) = found_in("python", "if x:\n\ty = '''\n\ta\n\tb\n'''\n\tz = 1\n", tmp_path)
    assert finding.message == "2 lines of the code are indented by tabs"


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("python", 'x = """\n\ta\tb\n"""\n'),
        ("python", "x = 'a\tb'  # a\tb\n"),
        ("python", "x = 'a\\\n\tb'\n"),
        ("bash", "cat <<-END\n\ta\nEND\n"),
        ("bash", 'echo \'it"\' "\n\ta"\n'),
        ("bash", "echo 'a\\' 'b\n\tc'\n"),
        ("javascript", "x = `\n\ta`;\n"),
        ("javascript", "x = 'a\\\n\tb';\n"),
        ("c", 'puts("a\\\n\tb");\n'),
        ("cpp", 'puts(R"(a" b "c\n\tb)");\n'),
        ("javascript", 'const r = /"/, t = `"\n\tx"`, z = a.match(/"/);\n'),
        ("javascript", 'f(/"/); t = `"\n\tx"`, z = a.match(/"/);\n'),
        ("javascript", 'function f() { return /[/*"]/; }\nt = `"\n\tx"`; /* */\n'),
        ("javascript", 'const t =\n  /"/; u = `"\n\tx"`, z = a.match(/"/);\n'),
        ("javascript", '/"/.test(x); u = `"\n\tx"`, z = a.match(/"/);\n'),
        ("javascript", 'if (x) /"/.test(x); u = `"\n\tx"`, z = a.match(/"/);\n'),
        ("java", 'x = """\n\ta""";\n'),
        ("sql", "SELECT 'a\n\tb';\n"),
        ("ruby", "puts %q(\n\ta)\n"),
    ],
)
def test_tabs_that_may_be_part_of_a_text_are_left_alone(language: str, source: str, tmp_path: Path) -> None:
    assert found_in(language, source, tmp_path) == []


@pytest.mark.parametrize("piece", ["/*", '"\\', "'", "[", '\\"', '"""', "(", "f'{", "$", ")/", "=/ ", "= ", "#", "%"])
@pytest.mark.parametrize("language", ["python", "c", "bash", "sql", "x"])
def test_no_program_is_too_much_to_look_for_texts_in(piece: str, language: str, tmp_path: Path) -> None:
    found_in(language, f"{piece * (30_000 // len(piece))}\n\tx", tmp_path)
