"""The report as JUnit XML, the form in which CI services take tests: a test suite for each bank, a case a question.

A question with an error fails; its warnings are what it printed. What is found outside the questions is a case of its
own where it fails, so that a bank without such faults has as many cases as questions.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from pathlib import Path

from quizlib.diagnostics import Diagnostic, Severity, printable
from quizlib.proof.coverage import Coverage, by_bank
from quizlib.report.cases import Case, Suite, suites
from quizlib.report.coverage import line as coverage_line
from quizlib.report.places import shown
from quizlib.validation import Report

XML = ElementTree.Element


def render(report: Report, root: Path, *, strict: bool = False) -> str:
    """Return the report as one XML document, in ASCII; `root` is that of the repository.

    When `strict`, warnings are failures, too.
    """
    top = XML("testsuites", name="quiz validate")
    for suite in suites(report):
        top.append(_suite(suite, report, root, strict))
    for count in ("tests", "failures", "errors", "skipped"):
        top.set(count, str(sum(int(each.get(count, "0")) for each in top)))
    top.set("time", f"{report.seconds:.3f}")
    ElementTree.indent(top)
    document: bytes = ElementTree.tostring(top, "us-ascii", xml_declaration=True)
    return document.decode("ascii")


def _suite(suite: Suite, report: Report, root: Path, strict: bool) -> XML:
    name = printable(shown(suite.name, root))
    cases = [_case(case, root, strict) for case in suite.cases]
    if any(_fails(found, strict) for found in suite.found):
        cases.append(_case(Case("(bank)", suite.name, 1, suite.found), root, strict))
    failures = sum(case.find("failure") is not None for case in cases)
    counts = {"tests": len(cases), "failures": failures, "errors": 0, "skipped": 0}
    seconds = sum(case.seconds for case in suite.cases)
    element = XML("testsuite", {"name": name, **{key: str(value) for key, value in counts.items()}})
    element.set("time", f"{seconds:.3f}")
    properties = ElementTree.SubElement(element, "properties")
    coverage = coverage_line(by_bank(report.covered).get(suite.name, Coverage()))
    for key, value in (("verified", str(report.proved).lower()), ("key coverage", coverage)):
        ElementTree.SubElement(properties, "property", name=key, value=value)
    element.extend(cases)
    if suite.found and not any(_fails(found, strict) for found in suite.found):
        ElementTree.SubElement(element, "system-out").text = _told(suite.found, root)
    return element


def _case(case: Case, root: Path, strict: bool) -> XML:
    path = shown(case.path, root)
    element = XML("testcase", name=printable(case.name), classname=_class_name(path), file=printable(path))
    element.set("line", str(case.line))
    element.set("time", f"{case.seconds:.3f}")
    failing = [found for found in case.found if _fails(found, strict)]
    others = [found for found in case.found if not _fails(found, strict)]
    if failing:
        failure = ElementTree.SubElement(element, "failure", message=_headline(failing))
        failure.set("type", failing[0].rule)
        failure.text = _told(failing, root)
    if others:
        ElementTree.SubElement(element, "system-out").text = _told(others, root)
    return element


def _fails(diagnostic: Diagnostic, strict: bool) -> bool:
    return strict or diagnostic.severity is Severity.ERROR


def _class_name(path: str) -> str:
    """Return a path as services show the class of a test: its folders between stops, without the file's ending."""
    return printable(path.removesuffix(".yaml").removesuffix(".yml").strip("/").replace("/", "."))


def _headline(failing: Sequence[Diagnostic]) -> str:
    more = f" (and {len(failing) - 1:,} more)" if len(failing) > 1 else ""
    return printable(failing[0].message) + more


def _told(found: Sequence[Diagnostic], root: Path) -> str:
    """Return findings as lines, each of which begins with its place or with `help`."""
    return "\n" + "".join(_lines(diagnostic, root) for diagnostic in found)


def _lines(diagnostic: Diagnostic, root: Path) -> str:
    span = diagnostic.span
    where = printable(shown(span.path, root)) + (f":{span.line}:{span.column}" if span.line else "")
    kind = f"{diagnostic.severity}[{diagnostic.code}]"
    help = f"  help: {printable(diagnostic.help)}\n" if diagnostic.help else ""
    return f"{kind} {where}: {printable(diagnostic.message)} ({diagnostic.rule})\n{help}"
