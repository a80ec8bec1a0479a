"""The JUnit report has a case for each question, and a failure where one has an error."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from lxml import etree  # type: ignore[import-untyped]

from quizlib.diagnostics import Severity, Span
from quizlib.parts import Shard
from quizlib.report import junit
from quizlib.validation import Report, Settings, validate
from tests.conftest import ROOT
from tests.unit import reports
from tests.unit.helpers import bank_text

# What services that read JUnit XML agree on.
DTD = etree.DTD(
    io.StringIO("""
<!ELEMENT testsuites (testsuite*)>
<!ATTLIST testsuites name CDATA #REQUIRED tests CDATA #REQUIRED failures CDATA #REQUIRED errors CDATA #REQUIRED
          skipped CDATA #REQUIRED time CDATA #REQUIRED>
<!ELEMENT testsuite (properties, testcase*, system-out?)>
<!ATTLIST testsuite name CDATA #REQUIRED tests CDATA #REQUIRED failures CDATA #REQUIRED errors CDATA #REQUIRED
          skipped CDATA #REQUIRED time CDATA #REQUIRED>
<!ELEMENT properties (property+)>
<!ELEMENT property EMPTY>
<!ATTLIST property name CDATA #REQUIRED value CDATA #REQUIRED>
<!ELEMENT testcase (failure?, system-out?)>
<!ATTLIST testcase name CDATA #REQUIRED classname CDATA #REQUIRED file CDATA #REQUIRED line CDATA #REQUIRED
          time CDATA #REQUIRED>
<!ELEMENT failure (#PCDATA)>
<!ATTLIST failure message CDATA #REQUIRED type CDATA #REQUIRED>
<!ELEMENT system-out (#PCDATA)>
""")
)


def parsed(report: Report, root: Path, *, strict: bool = False) -> etree._Element:
    """Return the document, of which it is known that its numbers are true."""
    top = etree.fromstring(junit.render(report, root, strict=strict).encode("ascii"))
    assert DTD.validate(top), DTD.error_log
    for suite in top:
        assert int(suite.get("tests", "")) == len(suite.findall("testcase"))
        assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
    for count in ("tests", "failures"):
        assert int(top.get(count, "")) == sum(int(suite.get(count, "")) for suite in top)
    return top


def _cases(top: etree._Element) -> dict[str, bool]:
    """Return the names of the cases, with whether they passed."""
    return {case.get("name", ""): case.find("failure") is None for case in top.iter("testcase")}


def test_every_question_that_is_sound_passes(tmp_path: Path) -> None:
    questions = [f"- {{id: q{number}, type: true_false, stem: x, answer: true}}" for number in range(47)]
    top = parsed(reports.report_on(tmp_path, bank_text(*questions)), tmp_path)
    assert (top.get("tests"), top.get("failures")) == ("47", "0")
    assert list(_cases(top)) == [f"q{number}" for number in range(47)]
    last = list(top.iter("testcase"))[-1]
    assert dict(last.attrib) == {
        "name": "q46", "classname": "a", "file": "a.yaml", "line": "51", "time": "0.000",
    }  # fmt: skip


def test_a_question_that_was_refused_fails_with_its_messages(tmp_path: Path) -> None:
    top = parsed(
        reports.report_on(
            tmp_path,
            bank_text(
                "- {id: a, type: true_false, stem: x, answer: true}",
                "- {id: b, type: true_false, stem: x, answer: maybe, points: no}",
                "- {type: nope, stem: x}",
                "- {id: c, type: essay, stem: x}",
                "- just a text",
            ),
        ),
        tmp_path,
    )
    assert _cases(top) == {"a": True, "b": False, "question 3": False, "c": True, "question 5": False}
    failure = top.find(".//testcase[@name='b']/failure")
    assert failure is not None
    assert failure.get("message", "").endswith(" (and 1 more)")
    assert failure.get("type") == "bad-value"
    assert (failure.text or "").count("error[QZ014] a.yaml:6:") == 2


def test_a_warning_is_what_a_question_prints_and_a_failure_when_strict(tmp_path: Path) -> None:
    warned = reports.diagnostic(span=Span(f"{tmp_path}/a.yaml", 5, 12, 5, 15), severity=Severity.WARNING)
    report = reports.report(warned, banks=reports.report_on(tmp_path, bank_text("- {id: a, type: essay, stem: x}")))
    top = parsed(report, tmp_path)
    assert _cases(top) == {"a": True}
    told = "\nwarning[QZ401] a.yaml:5:12: it is wrong (wrong-key)\n  help: mend it\n"
    assert top.findtext(".//testcase/system-out") == told
    assert _cases(parsed(report, tmp_path, strict=True)) == {"a": False}


def test_what_is_wrong_with_the_bank_itself_is_a_case_of_its_own(tmp_path: Path) -> None:
    text = bank_text("- {id: a, type: essay, stem: x}")
    for whole in (text.replace("title:", "tilte:"), f"{text}tilte: x\n"):
        assert _cases(parsed(reports.report_on(tmp_path, whole), tmp_path)) == {"a": True, "(bank)": False}
    empty = parsed(reports.report_on(tmp_path, "format: 1\nid: a\ntitle: A\nquestions: []\n"), tmp_path)
    assert _cases(empty) == {}
    assert "QZ504" in empty.findtext("testsuite/system-out", "")


@pytest.mark.parametrize("text", ["", "a: [", "[]", "format: 1\nquestions: x\n", "\x00"])
def test_a_file_that_cannot_be_read_fails(text: str, tmp_path: Path) -> None:
    assert _cases(parsed(reports.report_on(tmp_path, text), tmp_path)) == {"(bank)": False}


def test_a_path_that_leads_to_no_bank_fails(tmp_path: Path) -> None:
    top = parsed(validate([str(tmp_path / "lost.yaml")]), tmp_path)
    assert [suite.get("name") for suite in top] == ["lost.yaml"]
    assert _cases(top) == {"(bank)": False}


def test_two_questions_of_one_id_and_on_one_line_are_told_apart(tmp_path: Path) -> None:
    one = "{id: a, type: essay, stem: x}"
    report = reports.report_on(tmp_path, f"format: 1\nid: s\ntitle: S\nquestions: [{one}, {one}]\n")
    (suite,) = parsed(report, tmp_path)
    assert [case.find("failure") is None for case in suite.iter("testcase")] == [True, False]


def test_variants_are_one_question(tmp_path: Path) -> None:
    question = """
    - id: sum
      type: numeric
      parameters: {n: [1, 2, 0]}
      stem: What is 6 / {{ n }}?
      answer: "{{ 6 / n }}"
    """
    report = reports.report_on(tmp_path, bank_text(question, "- {id: b, type: essay, stem: x}"))
    assert report.errors
    assert _cases(parsed(report, tmp_path)) == {"sum": False, "b": True}


def test_a_folder_of_files_is_one_suite(tmp_path: Path) -> None:
    (tmp_path / "bank.yaml").write_text(bank_text("- {id: a, type: essay, stem: x}"), "utf-8")
    (tmp_path / "part.yaml").write_text("questions:\n  - {id: b, type: nope, stem: x}\n", "utf-8")
    (suite,) = parsed(validate([str(tmp_path)], Settings(run=False)), tmp_path)
    assert [(case.get("file"), case.get("line")) for case in suite.iter("testcase")] == [
        ("bank.yaml", "5"), ("part.yaml", "2"),
    ]  # fmt: skip
    assert _cases(suite) == {"a": True, "b": False}


def test_the_time_of_a_question_is_that_of_its_programs(tmp_path: Path) -> None:
    question = "- {id: a, type: code_output, stem: x, code: {source: print(1)}, answer: 1}"
    report = reports.report_on(tmp_path, bank_text(question), run=True)
    taken = sum(execution.result.seconds for ran in report.runs for execution in ran.executions)
    (case,) = parsed(report, tmp_path).iter("testcase")
    assert case.get("time") == f"{taken:.3f}"


def test_every_broken_bank_fails_or_warns() -> None:
    report = validate([str(ROOT / "banks" / "broken")], Settings(run=False))
    top = parsed(report, ROOT)
    told = "".join(top.itertext())
    assert all(f"[{found.code}]" in told for found in report.diagnostics)
    assert len(list(top.iter("testcase"))) >= report.questions


@pytest.mark.parametrize("count", [2, 3])
def test_a_part_has_the_cases_of_its_own_questions_only(count: int, tmp_path: Path) -> None:
    wrong = [f"- {{id: w{n}, type: true_false, stem: x, answer: true, computed: x}}" for n in range(2)]
    sound = [f"- {{id: q{n}, type: true_false, stem: x, answer: true}}" for n in range(5)]
    path = tmp_path / "bank.yaml"
    path.write_text(bank_text(*wrong, *sound), encoding="utf-8")
    whole = _cases(parsed(validate([str(path)], Settings(run=False)), tmp_path))
    found = [
        _cases(parsed(validate([str(path)], Settings(run=False, shard=Shard(number, count))), tmp_path))
        for number in range(1, count + 1)
    ]
    assert sorted(name for cases in found for name in cases) == sorted(whole)
    assert {name: passed for cases in found for name, passed in cases.items()} == whole
    assert len(whole) == 7
