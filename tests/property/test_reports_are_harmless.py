"""Whatever stands in a bank, or in the name of its file, no report takes it for an order, for markup or for a link."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from pathlib import Path
from typing import Any

import comrak
import lxml.html  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from quizlib.bank import Folder, LoadedBank
from quizlib.diagnostics import Applicability, Diagnostic, Edit, Fix, Severity, Span, printable
from quizlib.proof.coverage import Coverage, Covered
from quizlib.report import github, job_summary, text
from quizlib.report.places import shown
from quizlib.report.rendering import FORMS, Form, Rendering, content, lines
from quizlib.report.screen import Screen
from quizlib.source import Document
from quizlib.validation import Report

ROOT = Path.cwd()
_ASKED = Rendering(ROOT, tables=True)

_PIECES = [
    "::error file=a.yaml,line=1::", "\n::warning::", "\r\n::set-output name=a::b", "##[error]x", "##vso[task.x]", "%0A",
    "%25", "%", ",line=1", ":", ",", "=", "\x1b[31m", "\x1b]0;t\x07", "\x9b", "\u202e", "\x00", "\ud800", "\udc80", "\ufffe", "\uffff",
    "</code>", "</td></tr></table>", "<script>x()</script>", "<img src=x onerror=x()>", "<!--", "-->", "]]>", "<![CDATA[",
    "&lt;", "&#10;", "&", "<", ">", '"', "'", "![x](http://e.example)", "[x](http://e.example)", "](", "{0}", "{{1}}",
    "@somebody", "#1", "http://e.example", "www.e.example", "a@e.example", "`", "```", "|", "\\", "\\|", "*b*", "_i_", "$x$",
    "\n\n", "\n# x", "\n- x", "\r", "\u2028", "\x85", "\t", "    ", "</system-out>", ":x:", "é", "日本", "a", "b",
]  # fmt: skip
hostile = st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), min_size=1, max_size=6).map("".join)


def _is_a_path(name: str) -> bool:
    """Whether the system could name a file so."""
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        return False
    return "\0" not in name


paths = hostile.filter(_is_a_path).map(lambda name: f"banks/{name}.yaml") | hostile.filter(_is_a_path)


@st.composite
def spans(draw: st.DrawFn, path: st.SearchStrategy[str] = paths) -> Span:
    line = draw(st.integers(0, 3))
    return (
        Span(draw(path), line, draw(st.integers(1, 9)), line + draw(st.integers(0, 1)), 9) if line else Span(draw(path))
    )


@st.composite
def diagnostics(draw: st.DrawFn, path: str) -> Diagnostic:
    edits = st.tuples(st.builds(Edit, st.just(Span(path, 1, 1, 1, 2)), hostile))
    return Diagnostic(
        draw(st.sampled_from(["QZ401", "QZ103"])),
        "wrong-key",
        draw(st.sampled_from(Severity)),
        draw(hostile),
        draw(spans(st.just(path))),
        draw(st.none() | hostile),
        draw(st.none() | hostile),
        tuple(draw(st.lists(spans(), max_size=2))),
        fix=draw(st.none() | st.builds(Fix, hostile, edits, st.sampled_from(Applicability))),
    )


@st.composite
def documents(draw: st.DrawFn, path: str) -> Document:
    """Return a file that could not be read, whose lines are hostile, or one whose questions have hostile names."""
    if draw(st.booleans()):
        return Document(path, draw(hostile), None)
    questions: Any = [{"id": draw(hostile)} for _ in range(draw(st.integers(0, 3)))]
    return Document(path, "questions:\n" + "".join("- {id: a}\n" for _ in questions), {"questions": questions})


@st.composite
def hostile_reports(draw: st.DrawFn) -> Report:
    banks, found, covered = [], [], []
    for path in draw(st.lists(paths, max_size=3, unique_by=lambda path: shown(path, ROOT))):
        banks.append(LoadedBank(path, None, (), {path: draw(documents(path))}, Folder(ROOT), 1, (path,)))
        found += draw(st.lists(diagnostics(path), max_size=3))
        covered.append(Covered(path, Coverage(1, 2, 0, 1), "easy", (draw(hostile),)))
    return Report(tuple(banks), tuple(sorted(found, key=lambda one: one.order)), tuple(covered), 0.1)


def _assert_inert(line: str) -> None:
    """No control character and no order to a service stands in a line of a log."""
    assert all(character.isprintable() or unicodedata.category(character) == "Zs" for character in line), line
    assert not re.search(r"##\w*\[", line), line
    assert not line.lstrip().startswith("::"), line


def _written(report: Report, form: Form) -> str:
    return content(lines(report, form, _ASKED)).decode("utf-8")


@given(hostile_reports())
def test_no_line_of_any_report_is_an_order_but_those_that_we_give(report: Report) -> None:
    for form in FORMS:
        for line in _written(report, form).split("\n"):
            _assert_inert(re.sub(r"^::(error|warning) ", "", line) if form == "github" else line)


@given(hostile_reports(), st.none() | st.integers(20, 100), st.sampled_from(["utf-8", "ascii", "cp1252"]))
def test_no_screen_is_given_an_order(report: Report, width: int | None, encoding: str) -> None:
    for line in lines(report, "text", _ASKED, Screen(width, encoding=encoding)):
        _assert_inert(line)
        assert line.encode(encoding).decode(encoding) == line


@given(hostile_reports())
def test_each_finding_is_one_annotation_at_its_own_place(report: Report) -> None:
    written = _written(report, "github").split("\n")
    commands = [_as_the_runner_reads_it(line) for line in written if line.startswith("::")]
    expected = sorted(report.diagnostics, key=lambda found: found.severity is not Severity.ERROR)
    assert len(commands) == len(expected)
    for (name, properties, message), found in zip(commands, expected, strict=True):
        assert name == found.severity
        assert properties["file"] == printable(shown(found.span.path, ROOT))
        assert properties["title"] == f"{found.code} {found.rule}"
        assert int(properties.get("line", 0)) == found.span.line
        assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        first, *help = message.split("\n")
        assert first.endswith(f": {printable(found.message)}")
        assert help == ([f"help: {printable(found.help)}"] if found.help else [])


def _as_the_runner_reads_it(line: str) -> tuple[str, dict[str, str], str]:
    """Read a workflow command: a name, properties up to the next `::`, and data, each with its escapes."""
    head, _, data = line.removeprefix("::").partition("::")
    name, _, properties = head.partition(" ")
    pairs = (each.split("=", 1) for each in properties.split(","))
    return name, {key: _fully(value) for key, value in pairs}, _fully(data)


def _fully(text: str) -> str:
    for escape, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, character)
    return text


@given(hostile_reports())
def test_a_summary_of_a_job_has_our_markup_and_no_other(report: Report) -> None:
    extension, options = comrak.ExtensionOptions(), comrak.RenderOptions()
    options.unsafe_ = True
    for name in ("autolink", "table", "strikethrough", "footnotes", "tasklist", "math_dollars"):
        setattr(extension, name, True)
    rendered = comrak.render_markdown(job_summary.render(report, ROOT), extension, render_options=options)
    page = lxml.html.fragment_fromstring(rendered, create_parent="div")
    assert {element.tag for element in page.iter()} <= {"div", "h2", "p", "table", "tbody", "tr", "th", "td", "code"}
    assert not any(element.attrib for element in page.iter())
    banks, *findings = page.findall(".//table")
    assert len(banks.findall(".//tr")) == 1 + len(report.banks)
    rows = [row for table in findings for row in table.findall(".//tr")[1:]]
    expected = sorted(report.diagnostics, key=lambda found: found.severity is not Severity.ERROR)
    assert [row.findall("td")[3].text_content() for row in rows] == [printable(found.message) for found in expected]
    for code in page.iter("code"):
        assert len(code) == 0


_ADDRESS = re.compile(r"(file:///)?[A-Za-z0-9/._~%-]+")


@given(hostile_reports())
def test_a_sarif_log_holds_neither_links_nor_arguments_and_only_addresses(report: Report) -> None:
    (run,) = json.loads(_written(report, "sarif"))["runs"]
    assert len(run["results"]) == len(report.diagnostics)
    for result in run["results"]:
        fixes = [fix["description"] for fix in result.get("fixes", ())]
        for message in (result["message"], *fixes):
            assert not re.search(r"(?<!\{)\{\d+\}", message["text"])
            assert "](" not in message["text"]
        places = [place["physicalLocation"] for place in (*result["locations"], *result.get("relatedLocations", ()))]
        for place in places:
            assert _ADDRESS.fullmatch(place["artifactLocation"]["uri"])


@given(hostile_reports())
def test_a_junit_report_has_our_elements_and_no_other(report: Report) -> None:
    top = etree.fromstring(_written(report, "junit").encode("utf-8"))
    tags = {"testsuites", "testsuite", "properties", "property", "testcase", "failure", "system-out"}
    assert {element.tag for element in top.iter()} <= tags
    assert [suite.get("name") for suite in top] == [printable(shown(bank.name, ROOT)) for bank in report.banks]
    told = "".join(top.itertext())
    for found in report.diagnostics:
        assert f": {printable(found.message)} ({found.rule})\n" in told


@given(hostile_reports())
def test_code_quality_is_data(report: Report) -> None:
    issues = json.loads(_written(report, "gitlab"))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == len(report.diagnostics)
    for issue, found in zip(issues, report.diagnostics, strict=True):
        assert issue["location"]["path"] == shown(found.span.path, ROOT)
        assert issue["description"].isprintable() or " " in issue["description"]
        _assert_inert("> " + issue["description"])


@given(hostile)
def test_no_text_ends_a_property(value: str) -> None:
    written = github._property(value)
    assert not set(written) & set(":,\r\n")
    assert _fully(written) == printable(value)


@given(hostile_reports())
def test_the_closing_lines_hold_nothing_of_a_bank(report: Report) -> None:
    first, *_, last = text.verdict(report)
    assert re.fullmatch(r"[\d,]+ questions? in [\d,]+ files?: (no faults|\d+ errors?, \d+ warnings?)", first)
    assert last.startswith("key coverage: ")
