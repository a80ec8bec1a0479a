"""Every rule's docstring is a page of the manual and a test: Bad is reported on its line, Good is clean."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from quizlib import plugins
from quizlib.bank import LoadedBank
from quizlib.configuration import Overrides
from quizlib.diagnostics import Diagnostic
from quizlib.fixing import fixed
from quizlib.plugins import Rule
from quizlib.validation import Settings, rules, validate

HEADER = "format: 1\nid: example\ntitle: An example\n"
MARK = " # <-"
NAMES = plugins.names("quizlib.rules")
REPAIRED = {"duplicate-options"}  # rules that lose no repair unnoticed


def test_codes_and_names_are_unique_and_well_formed() -> None:
    kinds = [rule.KIND for rule in rules()]
    assert len({kind.code for kind in kinds}) == len({kind.rule for kind in kinds}) == len(kinds)
    assert all(re.fullmatch(r"QZ[1-6]\d\d", kind.code) for kind in kinds)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", kind.rule) for kind in kinds)


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_is_named_like_its_file(name: str) -> None:
    assert _rule(name).KIND.rule == name.replace("_", "-")


@pytest.mark.parametrize("name", NAMES)
def test_its_page_says_why_it_matters_then_its_source_then_what_is_bad_and_good(name: str) -> None:
    page = plugins.load("quizlib.rules", name).__doc__ or ""
    sections = re.findall(r"^(Why it matters: |Source: |Bad:$|Good:$)(?=\S|\n)", page, re.MULTILINE)
    assert sections == ["Why it matters: ", "Source: ", "Bad:", "Good:"]
    assert re.search(r"\n\nSource: (?:\S.*\n)*\S.*[.)]\n\nBad:\n", page)


@pytest.mark.parametrize("name", NAMES)
def test_bad_is_reported_on_the_marked_line_and_only_there(name: str, tmp_path: Path) -> None:
    bad = _example(name, "Bad")
    marked = [number for number, line in enumerate(bad.splitlines(), start=1) if line.endswith(MARK)]
    found = _found(name, bad.replace(MARK, ""), tmp_path)
    assert [diagnostic.span.line for diagnostic in found] == marked
    assert {diagnostic.rule for diagnostic in found} == {_rule(name).KIND.rule}


@pytest.mark.parametrize("name", NAMES)
def test_good_is_clean(name: str, tmp_path: Path) -> None:
    assert _found(name, _example(name, "Good"), tmp_path) == ()


@pytest.mark.parametrize("name", NAMES)
def test_what_repairs_bad_makes_the_rule_quiet(name: str, tmp_path: Path) -> None:
    bad = _example(name, "Bad").replace(MARK, "")
    found = _found(name, bad, tmp_path)
    if all(diagnostic.fix is None for diagnostic in found):
        assert _rule(name).KIND.rule not in REPAIRED
        return
    path = str(tmp_path / "bank-under-test.yaml")
    asked = Settings(overrides=Overrides(select=(_rule(name).KIND.rule,), persona="pedantic"))
    fixes = fixed(validate([path], asked), [path], asked, unsafe=True)
    assert fixes.report.diagnostics == ()
    (rewrite,) = fixes.rewrites
    assert rewrite.before == bad
    assert len(fixes.applied) == len(found)


def _rule(name: str) -> Rule:
    return plugins.load("quizlib.rules", name)


def _example(name: str, section: str) -> str:
    page = plugins.load("quizlib.rules", name).__doc__ or ""
    found = re.search(rf"^{section}:\n\n((?: {{4}}.*\n|\n)+)", page, re.MULTILINE)
    assert found, f"{name} has no section {section}"
    example = textwrap.dedent(found[1])
    if not example.startswith("- "):  # an example of the bank's own fields
        return HEADER + example
    return f"{HEADER}questions:\n{textwrap.indent(example, '  ')}"


def _found(name: str, bank: str, folder: Path) -> tuple[Diagnostic, ...]:
    """What everybody is told of a bank, and what the rule adds for those who ask for it."""
    path = folder / "bank-under-test.yaml"
    path.write_text(bank, "utf-8")
    report = validate([str(path)])
    rule = _rule(name)
    asked = _told(rule, report.banks[0]) if rule.KIND.persona != "default" else []
    return tuple(sorted([*report.diagnostics, *asked], key=lambda diagnostic: diagnostic.order))


def _told(rule: Rule, loaded: LoadedBank) -> list[Diagnostic]:
    assert loaded.bank is not None
    return [loaded.diagnostic(rule.KIND, finding) for _, finding in rule.check(loaded.bank, loaded.folder)]
