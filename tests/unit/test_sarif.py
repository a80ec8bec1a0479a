"""The SARIF log fits the official schema, and says what SARIF wants said in its own terms."""

from __future__ import annotations

import dataclasses
import functools
import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from quizlib import explanations
from quizlib.diagnostics import Applicability, Severity, Span
from quizlib.report import sarif
from quizlib.report.pages import FAMILIES, page_of
from quizlib.validation import Report, Settings, rules, validate
from tests.conftest import ROOT
from tests.unit import reports
from tests.unit.helpers import bank_text

# Beside the tests, or above them where these are a copy.
_SCHEMA = Path("node_modules", "@microsoft", "jest-sarif", "lib", "schemas", "sarif-2.1.0-rtm.5.json")


@functools.cache
def _validator() -> jsonschema.Draft4Validator:
    found = next((place / _SCHEMA for place in (ROOT, *ROOT.parents) if (place / _SCHEMA).is_file()), None)
    if found is None:
        message = "the schema of SARIF needs: python tests/npm.py ci"
        if os.environ.get("QUIZLIB_REQUIRE_SCRIPTS") == "1":
            pytest.fail(message)
        pytest.skip(message)
    return jsonschema.Draft4Validator(json.loads(found.read_text("utf-8-sig")))


def _run(report: Report, root: Path = reports.ROOT) -> dict[str, Any]:
    log = json.loads(sarif.render(report, root))
    _validator().validate(log)
    (run,) = log["runs"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    return dict(run)


def _result(report: Report, root: Path = reports.ROOT) -> dict[str, Any]:
    (result,) = _run(report, root)["results"]
    return dict(result)


def test_the_log_of_every_broken_bank_fits_the_official_schema() -> None:
    report = validate([str(ROOT / "banks" / "broken")], Settings(run=False))
    run = _run(report, ROOT)
    assert len(run["results"]) == len(report.diagnostics) > 30
    prints = [result["partialFingerprints"]["quizlibFingerprint/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {found.code for found in report.diagnostics}
    assert all(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith("banks/broken/")
               for result in run["results"])  # fmt: skip


def test_the_schema_refuses_what_is_no_log() -> None:
    log = json.loads(sarif.render(reports.report(reports.diagnostic()), reports.ROOT))
    del log["runs"][0]["results"][0]["message"]
    assert not _validator().is_valid(log)


def test_a_log_without_findings_says_that_all_went_well() -> None:
    run = _run(reports.report())
    assert run["results"] == run["tool"]["driver"]["rules"] == []
    assert run["invocations"] == [{"executionSuccessful": True}]


def test_a_region_ends_behind_its_last_character_counted_in_characters(tmp_path: Path) -> None:
    report = reports.report_on(tmp_path, bank_text("- {id: a, type: essay, stem: 𝒳日本, points: wrong}"))
    result = _result(report, tmp_path)
    assert _run(report, tmp_path)["columnKind"] == "unicodeCodePoints"
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "a.yaml", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 5, "startColumn": 45, "endLine": 5, "endColumn": 50},
    }
    assert result["locations"][0]["logicalLocations"] == [{"name": "a", "kind": "question"}]


def test_a_finding_about_a_whole_file_has_no_region() -> None:
    result = _result(reports.report(reports.diagnostic(span=Span("lost.yaml"), question=None)))
    assert result["locations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": "lost.yaml", "uriBaseId": "SRCROOT"}}}
    ]


@pytest.mark.parametrize(
    ("path", "uri"),
    [("a b/c#d?.yaml", "a%20b/c%23d%3F.yaml"), ("x:y.yaml", "x%3Ay.yaml"), ("100%.yaml", "100%25.yaml"),
     ("./sub/../ü.yaml", "%C3%BC.yaml")],
)  # fmt: skip
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_path_is_written_as_an_address(path: str, uri: str) -> None:
    assert sarif.location(path, reports.ROOT) == {"uri": uri, "uriBaseId": "SRCROOT"}


def test_a_file_outside_of_the_repository_has_a_whole_address(tmp_path: Path) -> None:
    found = sarif.location(str(tmp_path / "a b.yaml"), tmp_path / "repository")
    assert found == {"uri": (tmp_path / "a b.yaml").as_uri()}


def test_a_fix_replaces_regions_of_files() -> None:
    found = reports.diagnostic(fix=reports.fix("banks/a.yaml"))
    (change,) = _result(reports.report(found))["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "banks/a.yaml"
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9},
            "insertedContent": {"text": "0.27"},
        },
        {
            "deletedRegion": {"startLine": 4, "startColumn": 1, "endLine": 4, "endColumn": 1},
            "insertedContent": {"text": "# new\n"},
        },
    ]


def test_a_fix_that_is_only_shown_is_not_offered() -> None:
    found = reports.diagnostic(fix=reports.fix("banks/a.yaml", Applicability.DISPLAY))
    assert "fixes" not in _result(reports.report(found))


def test_related_places_and_levels_are_told() -> None:
    found = reports.diagnostic(severity=Severity.WARNING, related=(Span("b.yaml", 1, 2, 1, 4),))
    result = _result(reports.report(found))
    assert result["level"] == "warning"
    assert result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "b.yaml"


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("see [here](http://e.example)", "see [here] (http://e.example)"),
        ("`{0}` of {12}", "`{{0}}` of {{12}}"),
        ("it prints `{'a': [1]}`", "it prints `{'a': [1]}`"),
        ("a\nb\x1b[31m", "a⏎b\\x1b[31m"),
    ],
)
def test_a_message_holds_neither_links_nor_arguments(message: str, text: str) -> None:
    found = _result(reports.report(reports.diagnostic(message, help=None)))
    assert found["message"] == {"text": text}


def test_fingerprints_survive_moved_lines_and_differ_between_files(tmp_path: Path) -> None:
    wrong = "- {id: a, type: essay, stem: x, points: wrong}"

    def prints(text: str, name: str = "a.yaml") -> object:
        results = _run(reports.report_on(tmp_path, text, name), tmp_path)["results"]
        return [result["partialFingerprints"] for result in results if result["ruleId"] == "QZ014"]

    before = prints(bank_text(wrong))
    assert prints(bank_text("- {id: b, type: essay, stem: x}", wrong)) == before
    assert prints(bank_text(wrong), "b.yaml") != before


def test_fingerprints_are_the_same_however_a_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "banks").mkdir()
    text = bank_text("- {id: a, type: essay, stem: x, points: wrong}")
    absolute = _result(reports.report_on(tmp_path / "banks", text), tmp_path)
    monkeypatch.chdir(tmp_path / "banks")
    relative = _result(validate(["a.yaml"], Settings(run=False)), tmp_path)
    assert absolute == relative


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.KIND.rule)
def test_the_page_of_a_rule_is_its_docstring(rule: Any) -> None:
    found = reports.diagnostic(code=rule.KIND.code, rule=rule.KIND.rule)
    page = page_of(found)
    assert page.text == rule.__doc__.strip()
    assert page.title.endswith(".")
    assert "Why it matters: " in page.reason
    assert len(page.reason) < 1024
    assert page.markdown.count("```yaml\n") == 2
    assert page.family in FAMILIES.values()
    (written,) = _run(reports.report(found))["tool"]["driver"]["rules"]
    assert written["help"] == {"text": page.text, "markdown": page.markdown}


def test_a_code_that_is_no_rule_has_its_page_too() -> None:
    page = page_of(reports.diagnostic())
    known = explanations.page("QZ401")
    assert known is not None
    assert (page.text, page.family) == (known.text, "execution and proof")


def test_a_code_without_a_page_is_explained_by_its_family() -> None:
    page = page_of(reports.diagnostic(code="QZ499", rule="wrong-moon"))
    assert page.text == "Wrong moon. QZ499 belongs to the family “execution and proof”."


def test_a_rule_of_another_code_lends_no_page() -> None:
    assert page_of(reports.diagnostic(code="QZ999", rule="no-key")).title == "No key."


def test_the_same_report_gives_the_same_log() -> None:
    report = reports.report(reports.diagnostic())
    assert sarif.render(report, reports.ROOT) == sarif.render(dataclasses.replace(report, seconds=9.0), reports.ROOT)
