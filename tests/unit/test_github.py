"""Workflow commands say one thing each, and the summary of a job fits where it goes."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from quizlib.diagnostics import Severity, Span
from quizlib.report import github, gitlab, job_summary
from quizlib.validation import Settings, validate
from tests.conftest import ROOT
from tests.unit import reports
from tests.unit.helpers import bank_text


def test_a_finding_is_one_command_at_its_place() -> None:
    assert github.command(reports.diagnostic(), reports.ROOT) == (
        "::error file=banks/a.yaml,line=3,endLine=3,col=5,endColumn=9,title=QZ401 wrong-key"
        "::banks/a.yaml:3:5: it is wrong%0Ahelp: mend it"
    )


def test_a_finding_over_several_lines_names_no_column_of_its_end() -> None:
    found = reports.diagnostic(span=Span("a.yaml", 3, 5, 4, 2), severity=Severity.WARNING, help=None)
    assert github.command(found, reports.ROOT) == (
        "::warning file=a.yaml,line=3,endLine=4,col=5,title=QZ401 wrong-key::a.yaml:3:5: it is wrong"
    )


def test_a_finding_about_a_whole_file_names_no_line() -> None:
    found = reports.diagnostic(span=Span("a.yaml"), help=None)
    assert github.command(found, reports.ROOT) == "::error file=a.yaml,title=QZ401 wrong-key::a.yaml: it is wrong"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_what_would_end_a_property_or_a_line_is_escaped() -> None:
    found = reports.diagnostic("100 % a\r\n::error::b", Span("x,line=1::y%.yaml"), help=None)
    assert github.command(found, reports.ROOT) == (
        "::error file=x%2Cline=1%3A%3Ay%25.yaml,title=QZ401 wrong-key::x,line=1::y%25.yaml: 100 %25 a⏎::error::b"
    )


def test_errors_come_first_and_the_summary_last() -> None:
    warning = reports.diagnostic("w", Span("a.yaml", 1, 1, 1, 2), severity=Severity.WARNING)
    lines = list(github.render(reports.report(warning, reports.diagnostic("e")), reports.ROOT))
    assert [line[:9] for line in lines[:2]] == ["::error f", "::warning"]
    assert lines[2:] == [
        "0 questions in 0 files: 1 error, 1 warning",
        "key coverage: 0 of 0 keys proved, 0 of 0 distractors disproved (0.2 s)",
    ]


def test_the_summary_of_a_job_holds_each_bank_and_each_finding() -> None:
    paths = [ROOT / "banks" / "fine-tuning.yaml", ROOT / "banks" / "broken" / "qz102-several-keys.yaml"]
    report = validate(list(map(str, paths)), Settings(run=False))
    text = job_summary.render(report, ROOT)
    assert text.startswith("## :x: Question banks\n\n9 questions in 2 files: 1 error, 0 warnings\n")
    assert "<td><code>banks/fine-tuning.yaml</code></td><td>0</td><td>0</td><td>0 of 8 (0 %)</td>" in text
    assert "<td><code>banks/broken/qz102-several-keys.yaml:11:16</code></td><td>QZ102 several-keys</td>" in text
    assert "NOT VERIFIED" in text


def test_a_summary_without_findings_has_no_table_of_them(tmp_path: Path) -> None:
    text = job_summary.render(reports.report_on(tmp_path, bank_text("- {id: a, type: essay, stem: x}")), tmp_path)
    assert text.startswith("## :white_check_mark: Question banks")
    assert text.count("<table>") == 1


@pytest.mark.parametrize("room", [0, 50, 300, 3_000, 20_000, 100_000])
def test_a_summary_never_takes_more_than_there_is_room_for(room: int, tmp_path: Path) -> None:
    questions = [f"- {{id: q{number}, type: nope, stem: ümläut}}" for number in range(1000)]
    report = reports.report_on(tmp_path, bank_text(*questions))
    text = job_summary.render(report, tmp_path, room=room)
    assert len(text.encode()) <= room
    if room >= 3_000:
        left_out = re.search(r"^and ([\d,]+) more findings$", text, re.MULTILINE)
        assert left_out
        assert text.count("<tr><td>error</td>") + int(left_out[1].replace(",", "")) == report.errors == 1000


def test_code_quality_is_what_gitlab_reads(tmp_path: Path) -> None:
    report = reports.report_on(tmp_path, bank_text("- {id: a, type: nope, stem: x}", "- {id: a, type: nope, stem: x}"))
    issues = json.loads(gitlab.render(report, tmp_path))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == len(report.diagnostics) > 2
    assert issues[0] == {
        "description": report.diagnostics[0].message + "; " + (report.diagnostics[0].help or ""),
        "check_name": "QZ015 unknown-question-type",
        "fingerprint": issues[0]["fingerprint"],
        "severity": "critical",
        "location": {"path": "a.yaml", "lines": {"begin": 5, "end": 5}},
    }


def test_code_quality_of_a_whole_file_and_of_a_warning() -> None:
    found = reports.diagnostic(span=Span("./b/../a.yaml"), severity=Severity.WARNING, help=None)
    (issue,) = json.loads(gitlab.render(reports.report(found), reports.ROOT))
    assert issue["location"] == {"path": "a.yaml", "lines": {"begin": 1, "end": 1}}
    assert (issue["severity"], issue["description"]) == ("minor", "it is wrong")
