"""Every code has a page; its examples are executed: Bad has the code, Good has not."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner

from quizlib.cli.explain import command
from quizlib.diagnostics import Diagnostic, Kind, Severity
from quizlib.explanations import Page, pages
from quizlib.layout import cells
from quizlib.validation import validate
from tests.kinds import kinds
from tests.unit.helpers import codes

OTHERS = [page for page in pages() if not page.is_rule]
SHOWN = [page for page in OTHERS if "\nBad:\n" in page.text]


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    found = {(page.kind.code, page.kind.rule, page.kind.severity, page.kind.persona) for page in pages()}
    assert found == {(kind.code, kind.rule, kind.severity, kind.persona) for kind in kinds()}
    assert len(pages()) == len(found)


@pytest.mark.parametrize("page", OTHERS, ids=lambda page: page.kind.rule)
def test_a_page_says_what_why_and_how(page: Page) -> None:
    first, *rest = page.text.split("\n\n")
    assert re.match(r"[A-Z].*\.$", first, re.DOTALL)
    assert rest[0].startswith("Why it matters: ")
    assert rest[-1].startswith("How to put it right: ")
    assert ("\nBad:\n" in page.text) is ("\nGood:\n" in page.text)
    assert all(len(line) <= 120 for line in page.text.splitlines())


def test_most_faults_of_questions_are_shown() -> None:
    assert len(SHOWN) >= 20


@pytest.mark.parametrize("page", SHOWN, ids=lambda page: page.kind.rule)
def test_bad_has_the_code_and_nothing_worse_and_good_has_no_error(page: Page, tmp_path: Path) -> None:
    assert set(codes(_errors(_found(page, "Bad", tmp_path), page))) == {page.kind.code}
    assert codes(_errors(_found(page, "Good", tmp_path), page)) == []


def _errors(found: tuple[Diagnostic, ...], page: Page) -> list[Diagnostic]:
    return [one for one in found if one.severity is Severity.ERROR or one.code == page.kind.code]


def _found(page: Page, section: str, folder: Path) -> tuple[Diagnostic, ...]:
    example = re.search(rf"^{section}:\n\n((?: {{4}}.*\n|\n)+)", page.text, re.MULTILINE)
    assert example
    questions = textwrap.indent(textwrap.dedent(example[1]), "  ")
    path = folder / "example.yaml"
    path.write_text(f"format: 1\nid: example\ntitle: An example\nquestions:\n{questions}", "utf-8")
    return validate([str(path)]).diagnostics


@pytest.mark.parametrize("name", ["QZ2", "qz2", "QZ21"])
def test_a_family_is_listed(name: str) -> None:
    lines = CliRunner().invoke(command, [name], standalone_mode=False).output.splitlines()
    assert len(lines) > 3
    assert all(line.startswith(name.upper()) for line in lines)


def _shown(name: str) -> list[str]:
    return CliRunner().invoke(command, [name], standalone_mode=False).output.splitlines()


@pytest.mark.parametrize("width", [20, 33, 80])
@pytest.mark.parametrize("name", ["QZ401", "QZ104", "QZ031"])
def test_prose_fits_the_terminal_and_examples_stay(name: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    page = next(page for page in pages() if page.kind.code == name)
    monkeypatch.setenv("COLUMNS", str(width))
    shown = _shown(name)
    assert [line for line in shown if cells(line) > width and not line.startswith("    ")] == []
    assert [line for line in shown if line.startswith("    ")] == [
        line for line in page.text.splitlines() if line.startswith("    ")
    ]
    assert "".join("".join(shown).split()).endswith("".join(page.text.split()))
    assert shown.count("") >= page.text.count("\n\n")


def test_prose_is_80_wide_in_a_pipe() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"} | {"PYTHONUTF8": "1"}
    called = [sys.executable, "-m", "quizlib", "explain", "QZ104"]
    shown = subprocess.run(called, capture_output=True, encoding="utf-8", env=environment, check=True).stdout
    assert 70 < max(len(line) for line in shown.splitlines() if not line.startswith("    ")) <= 80


def test_the_page_of_a_plugin_keeps_its_lists_and_gives_no_orders(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "A fault.\n\n- first, which is a long one that goes on\n- second\n\n```\na  program\n```\n\n\x1b[31mred ::error::x"
    page = Page(Kind("XX101", "ours"), text, True)
    monkeypatch.setattr("quizlib.explanations.pages", lambda: [page])
    monkeypatch.setenv("COLUMNS", "30")
    shown = _shown("ours")
    assert shown == [
        "ours (XX101), error", "", "A fault.", "", "- first, which is a long one", "  that goes on", "- second", "",
        "    a  program", "", "\\x1b[31mred ::error::x",
    ]  # fmt: skip
