"""The text report stands in order on any screen: narrow, without colours, in an old encoding; a pipe is none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.diagnostics import Applicability, Severity, Span, printable
from quizlib.layout import cells
from quizlib.report import text
from quizlib.report.excerpt import excerpt
from quizlib.report.screen import RED, Screen
from quizlib.source import Document
from quizlib.validation import Settings, validate
from tests.conftest import ROOT
from tests.unit import reports
from tests.unit.helpers import bank_text

_PLACE = re.compile(r"(  see: )?.*\.yaml(:\d+:\d+)?:?( error\[\w+\])?$")


@pytest.mark.parametrize("width", [20, 33, 40, 80, 200])
def test_every_line_fits_but_those_that_editors_follow(width: int) -> None:
    report = validate([str(ROOT / "banks" / "broken")], Settings(run=False))
    lines = list(text.render(report, screen=Screen(width)))
    assert [line for line in lines if cells(line) > width and not _PLACE.match(line)] == []
    wide = " ".join("\n".join(text.render(report)).split())
    for found in report.diagnostics:
        assert any(line.startswith(f"{found.span.path}:{found.span.line}:{found.span.column}:") for line in lines)
        assert found.message.replace("\n", "⏎")[:20] in wide


def test_nothing_is_broken_where_it_is_no_terminal() -> None:
    path = ROOT / "banks" / "broken" / "qz103-duplicate-options.yaml"
    lines = list(text.render(validate([str(path)], Settings(run=False))))
    assert lines[0] == f"{path}:12:9: error[QZ103] this option reads like another one (duplicate-options)"


def test_findings_in_several_files_stand_under_the_names_of_these(tmp_path: Path) -> None:
    wrong = "- {id: %s, type: essay, stem: x, points: no}"
    (tmp_path / "b.yaml").write_text(bank_text(wrong % "a", wrong % "b").replace("id: sample", "id: b"), "utf-8")
    (tmp_path / "c.yaml").write_text(bank_text("- {id: a, type: essay, stem: x}"), "utf-8")
    one = validate([str(tmp_path)], Settings(run=False))
    assert next(text.render(one)).startswith(f"{tmp_path}/b.yaml:5:")
    (tmp_path / "a.yaml").write_text(bank_text(wrong % "a").replace("id: sample", "id: a"), "utf-8")
    lines = list(text.render(validate([str(tmp_path)], Settings(run=False))))
    assert lines[0] == f"{tmp_path}/a.yaml: 1 error, 0 warnings"
    assert lines[lines.index("") + 1] == f"{tmp_path}/b.yaml: 2 errors, 0 warnings"
    assert lines.count("") == 2


def test_the_number_of_fixes_is_told() -> None:
    safe, unsafe, shown = (reports.fix("a.yaml", each) for each in Applicability)
    of = reports.diagnostic
    every = reports.report(of(fix=safe), of(fix=safe), of(fix=unsafe), of(fix=shown), of())
    assert "2 fixable with --fix, 1 more fixable with --unsafe-fixes" in text.summary(every)
    assert "1 fixable with --unsafe-fixes" in text.summary(reports.report(of(fix=unsafe)))
    assert not any("fixable" in line for line in text.summary(reports.report(of(fix=shown), of())))


def test_an_encoding_that_lacks_characters_moves_no_caret(tmp_path: Path) -> None:
    report = reports.report_on(tmp_path, bank_text("- {id: a, type: essay, stem: é日本…, points: wrong}"))
    lines = list(text.render(report, screen=Screen(encoding="ascii")))
    assert all(line.isascii() for line in lines)
    assert lines[1][lines[2].index("^") :].startswith("wrong")
    assert "\\xe9\\u65e5" in lines[1]


def test_a_cut_line_in_ascii_is_led_by_stops(tmp_path: Path) -> None:
    report = reports.report_on(tmp_path, bank_text(f"- {{id: a, type: essay, stem: {'x' * 500}, points: wrong}}"))
    lines = list(text.render(report, screen=Screen(encoding="ascii")))
    assert "| ...x" in lines[1]
    assert lines[1][lines[2].index("^") :].startswith("wrong")


@given(
    line=st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), min_size=1, max_size=300),
    width=st.none() | st.integers(20, 200),
    encoding=st.sampled_from(["utf-8", "ascii", "latin-1", "cp1252"]),
    data=st.data(),
)
def test_carets_stand_under_what_they_mark(line: str, width: int | None, encoding: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line) - 1))
    end = data.draw(st.integers(start + 1, len(line)))
    span = Span("a", 1, start + 1, 1, end + 1)
    shown, carets = excerpt(Document("a", line, None), span, Screen(width, encoding=encoding), RED)
    gutter = 4 if width is not None and width < 40 else 8
    assert re.fullmatch(r" *\| *\^+", carets)
    assert max(cells(shown), cells(carets)) <= (width or 128)
    assert shown.encode(encoding)
    marked = "".join(Screen(encoding=encoding).shown(one) for one in printable(line[start:end]))
    if "##" not in line and marked.isascii() and shown.isascii() and marked.strip() == marked:
        found = shown[carets.index("^") : len(carets)]
        assert marked.startswith(found)
        assert found
        assert carets.index("^") >= gutter


def test_colours_cost_no_room() -> None:
    report = reports.report(reports.diagnostic("it is wrong " * 9, severity=Severity.WARNING))
    plain = list(text.render(report, screen=Screen(30)))
    painted = list(text.render(report, screen=Screen(30, color=True)))
    assert [re.sub(r"\x1b\[\d+m", "", line) for line in painted] == plain
    assert any("\x1b[33m" in line for line in painted)
