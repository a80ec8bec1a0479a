"""A rule of a plugin that fails is a finding; the others go on. Two rules of one name are refused."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quizlib.configuration import Overrides
from quizlib.plugins import PluginError
from quizlib.report.pages import page_of
from quizlib.validation import Report, Settings, validate
from tests.unit.helpers import bank_text, codes, only
from tests.unit.plugin_packages import forget, install

Make = Callable[..., None]

HEAD = """from quizlib.diagnostics import Finding, Kind, Severity
KIND = Kind({code!r}, {rule!r}, Severity.WARNING)
def check(bank, files):
    for item in bank.items:
        yield item, Finding(item.place, "a pun")
"""
PUNS = HEAD.format(code="ACME101", rule="too-many-puns")
ALIKE = '- {id: a, type: single_choice, stem: x, options: [{text: "2", correct: true}, "2", "5"]}'
_numbers = itertools.count()


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Install a package of rules."""
    (tmp_path / "a.yaml").write_text(bank_text(ALIKE), "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delenv("QUIZ_DEBUG", raising=False)
    yield lambda **modules: install(tmp_path, f"failing_rules_{next(_numbers)}", "quizlib.rules", **modules)
    monkeypatch.undo()
    forget()


def validated(folder: Path, select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> Report:
    return validate([str(folder)], Settings(run=False, overrides=Overrides(select, ignore)))


def test_a_rule_of_a_plugin_is_run_selected_ignored_and_suppressed_like_any_other(make: Make, tmp_path: Path) -> None:
    make(too_many_puns=PUNS)
    assert codes(validated(tmp_path).diagnostics) == ["ACME101", "QZ103"]
    assert codes(validated(tmp_path, select=("ACME",)).diagnostics) == ["ACME101"]
    assert codes(validated(tmp_path, ignore=("too-many-puns",)).diagnostics) == ["QZ103"]
    (tmp_path / "a.yaml").write_text(bank_text(f"# quiz: ignore[ACME101, QZ103]\n{ALIKE}"), "utf-8")
    assert validated(tmp_path).diagnostics == ()


@pytest.mark.parametrize(
    ("failure", "message"),
    [
        ("    raise ValueError('no pun')\n", "the rule `too-many-puns` failed: ValueError: no pun"),
        ("    yield 3\n", "the rule `too-many-puns` failed: TypeError: cannot unpack non-iterable int object"),
        ("    yield None, 'text'\n", "the rule `too-many-puns` failed: AttributeError: 'str' object has no attribute 'place'"),
        ("    class E(Exception):\n        def __str__(self): raise KeyError\n    raise E\n", "the rule `too-many-puns` failed: E"),
        ("    assert False\n", "the rule `too-many-puns` failed: AssertionError"),
    ],
)  # fmt: skip
def test_a_rule_that_raises_is_a_finding_and_the_others_go_on(
    failure: str, message: str, make: Make, tmp_path: Path
) -> None:
    make(too_many_puns=PUNS + failure)
    first, pun, alike = validated(tmp_path).diagnostics
    assert (first.code, first.rule, first.message) == ("QZ031", "failing-rule", message)
    assert (first.span.line, first.help) == (0, "report it to its authors; `--ignore too-many-puns` leaves it out")
    assert [pun.code, alike.code] == ["ACME101", "QZ103"]
    assert codes(validated(tmp_path, ignore=("too-many-puns",)).diagnostics) == ["QZ103"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("import no_such_module_at_all", "cannot be imported: No module named 'no_such_module_at_all'"),
        ("1 / 0", "the rule `too-many-puns` cannot be loaded: ZeroDivisionError: division by zero"),
        ("x = = 1", "the rule `too-many-puns` cannot be loaded: SyntaxError: invalid syntax"),
        ("KIND = 3", "the rule `too-many-puns` cannot be loaded: it has no KIND or no check"),
    ],
)
def test_a_rule_that_cannot_be_loaded_is_said_once(source: str, message: str, make: Make, tmp_path: Path) -> None:
    make(too_many_puns=source)
    (tmp_path / "b.yaml").write_text(bank_text(ALIKE).replace("id: sample", "id: b"), "utf-8")
    report = validated(tmp_path)
    assert codes(report.diagnostics) == ["QZ031", "QZ103", "QZ103"]
    assert message in report.diagnostics[0].message


def test_the_exception_is_let_through_for_those_who_look_for_it(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(too_many_puns=PUNS + "    raise ValueError('no pun')\n")
    monkeypatch.setenv("QUIZ_DEBUG", "1")
    with pytest.raises(ValueError, match="no pun"):
        validated(tmp_path)


@pytest.mark.parametrize(
    ("module", "source", "message"),
    [
        ("no_key", PUNS, "two plugins of quizlib.rules are named 'no_key'"),
        ("puns", HEAD.format(code="QZ101", rule="puns"), "two rules are known as 'QZ101'"),
        ("puns", HEAD.format(code="ACME1", rule="no-key"), "two rules are known as 'no-key'"),
    ],
)
def test_two_rules_of_one_name_are_refused_and_both_are_named(
    module: str, source: str, message: str, make: Make, tmp_path: Path
) -> None:
    make(**{module: source})
    with pytest.raises(PluginError, match=message) as caught:
        validated(tmp_path)
    assert "quizlib.rules.no_key" in str(caught.value)
    assert f".{module}" in str(caught.value)
    for arguments in (["validate", "a.yaml"], ["explain", "--list"], ["validate", "a.yaml", "--select", "ALL"]):
        run = subprocess.run(
            [sys.executable, "-m", "quizlib", *arguments],
            cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (run.returncode, run.stdout) == (2, "")
        assert run.stderr.startswith(f"quiz: {message}")
        assert len(run.stderr.splitlines()) == 1


def test_a_code_that_is_not_a_rule_s_is_refused_as_well(make: Make, tmp_path: Path) -> None:
    make(puns=HEAD.format(code="QZ401", rule="puns"))
    with pytest.raises(PluginError, match="two rules are known as 'QZ401'"):
        validated(tmp_path)


def test_a_failing_rule_cannot_be_ignored_itself(make: Make, tmp_path: Path) -> None:
    make(too_many_puns="1 / 0")
    assert only(validated(tmp_path, select=("QZ6",), ignore=("ALL",)).diagnostics).code == "QZ031"


@pytest.mark.parametrize("status", ["0", "3", ""])
@pytest.mark.parametrize("where", ["while it is loaded", "while it is run", "in its package"])
def test_a_rule_never_ends_the_command(where: str, status: str, make: Make, tmp_path: Path) -> None:
    leave = f"raise SystemExit({status})\n"
    make(too_many_puns={"while it is loaded": leave + PUNS, "while it is run": f"{PUNS}    {leave}"}.get(where, PUNS))
    if where == "in its package":
        (package,) = (path for path in tmp_path.glob("failing_rules_*") if not path.suffix)
        (package / "__init__.py").write_text(leave)
    report = validated(tmp_path)
    assert [found.code for found in report.diagnostics if found.code != "ACME101"] == ["QZ031", "QZ103"]
    assert "SystemExit" in report.diagnostics[0].message


def test_an_entry_point_that_is_no_package_stops_nothing(make: Make, tmp_path: Path) -> None:
    make(too_many_puns=PUNS)
    (information,) = tmp_path.glob("failing_rules_*.dist-info")
    package = information.name.removesuffix("-1.0.dist-info")
    (tmp_path / package / "_sub").mkdir()
    (tmp_path / package / "_sub" / "__init__.py").write_text("raise SystemExit(0)")
    lines = (f"{package}.too_many_puns", f"{package}.nowhere", f"{package}._sub.rules", package)
    points = "\n".join(f"p{number} = {line}" for number, line in enumerate(lines))
    (information / "entry_points.txt").write_text(f"[quizlib.rules]\n{points}\n")
    forget()
    report = validated(tmp_path)
    assert sorted(found.message for found in report.diagnostics if found.code == "QZ031") == [
        f"the entry point {package}.too_many_puns is a module, and a package is expected whose modules are plugins",
        f"the plugin package {package}._sub.rules cannot be imported: SystemExit",
        f"the plugin package {package}.nowhere is not installed",
    ]
    assert codes(report.diagnostics) == ["QZ031", "QZ031", "QZ031", "ACME101", "QZ103"]


def test_a_rule_without_a_page_is_told_as_such(make: Make, tmp_path: Path) -> None:
    make(too_many_puns=HEAD.format(code="XX101", rule="too-many-puns"))
    pun = next(found for found in validated(tmp_path).diagnostics if found.code == "XX101")
    page = page_of(pun)
    assert (page.title, page.family) == ("Too many puns.", "rules of plugins")
    assert page.reason == page.text == page.markdown == "Too many puns. XX101 belongs to the family “rules of plugins”."
    run = subprocess.run(
        [sys.executable, "-m", "quizlib", "explain", "XX101"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.stdout == ("too-many-puns (XX101), warning\n\nThe authors of this rule have written no page for it.\n")
