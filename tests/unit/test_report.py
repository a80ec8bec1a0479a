"""What a bank or a program wrote never becomes a command: to a terminal, to a CI runner, to a JSON reader."""

from __future__ import annotations

import dataclasses
import json
import re
import sys
import unicodedata
from pathlib import Path

import jsonschema
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizlib.diagnostics import leading, printable, shown_characters
from quizlib.report import json as json_report
from quizlib.report import text as text_report
from quizlib.schemas import schema
from quizlib.validation import Report, Settings, validate
from tests.property.strategies import double_quoted
from tests.unit.helpers import HEADER, bank_text

_HOSTILE = [
    "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x9b31m", "a\r::error::b", "a\n::error file=x::b", "::set-output name=x::y",
    "##[error]x", "a ##[add-mask]x", "##vso[task.setvariable variable=x]y", "##VSO[task.complete]", "##teamcity[x]",
    "\u202eevil", "\u2028::error::b", "\u2066x\u2069", "\x85::warning::x", "\x08\x08\x08", "\x00", "\ufeff",
    "\U000e0001", "a\x0b::error::b", "a\x0c::error::b", "\x1c::error::b",
]  # fmt: skip


def _report(folder: Path, text: str, *, run: bool = False) -> Report:
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    return validate([str(folder / "a.yaml")], Settings(run=run))


def _hostile_banks(hostile: str) -> list[str]:
    """Return banks in which a text reaches the report: through a key, a value, an id, a line that is shown."""
    quoted = double_quoted(hostile)
    return [
        bank_text(f"- {{id: a, type: essay, stem: x, {quoted}: y}}"),
        bank_text(f"- {{id: {quoted}, type: essay, stem: x}}"),
        bank_text(f"- {{id: a, type: {quoted}, stem: x}}"),
        bank_text(f"- {{id: a, type: essay, stem: x, difficulty: {quoted}, points: {quoted}}}"),
        bank_text(f"- {{id: a, type: numeric, stem: x, answer: {quoted}}}"),
        bank_text(f'- {{id: a, type: single_choice, stem: "x", options: [{quoted}, {quoted}]}}'),
        bank_text(f"- {{id: a, type: essay, stem: x, code: {{file: {quoted}}}}}"),
        bank_text(f"- {{id: a, type: code_output, stem: x, code: {{language: {quoted}, source: y}}, answer: z}}"),
        bank_text(f"- {{id: a, type: short_answer, stem: x, accepted: [y], pattern: {double_quoted('(' + hostile)}}}"),
        bank_text(f"- {{id: a, type: cloze, stem: x, gaps: {{{quoted}: {{answer: 1}}}}}}"),
        HEADER + f"questions: []\n{quoted}: 1\n{quoted}: 2\n",
        f"format: {quoted}\nid: a\n",
        HEADER + f"a: '{hostile}\n",
        HEADER + f"# {hostile}\na: *{hostile}\n",
    ]


def _assert_inert(lines: list[str]) -> None:
    for line in lines:
        assert all(character.isprintable() or unicodedata.category(character) == "Zs" for character in line), line
        assert not line.lstrip().startswith("::"), line
        assert not re.search(r"##\w*\[", line), line


@pytest.mark.parametrize("hostile", _HOSTILE, ids=ascii)
def test_what_a_bank_holds_is_shown_without_effect(hostile: str, tmp_path: Path) -> None:
    for text in _hostile_banks(hostile):
        report = _report(tmp_path, text, run=True)
        assert report.diagnostics
        _assert_inert(list(text_report.render(report)))
        assert json_report.render(report).isascii()
        assert not re.search(r"##\w*\[", json_report.render(report))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize("name", ["::error file=app.py,line=1::pwned", "  ::error::x", "##[error]x", "##vso[x]y"])
@pytest.mark.parametrize("text", [bank_text("- {id: a, type: nope}"), "", bank_text("- {id: a, type: essay, stem: x}")])
def test_a_file_whose_name_is_a_command_is_shown_without_effect(
    name: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in (name, "other"):
        Path(folder).mkdir()
        choice = "- {id: %s, type: code_output, stem: x, code: {source: 'print(1)'}, answer: 1}"
        Path(folder, "a.yaml").write_text(bank_text(choice % "a").replace("id: sample", "id: b"), encoding="utf-8")
    Path(f"{name}.yaml").write_text(text, encoding="utf-8")
    report = validate(["."])
    lines = list(text_report.render(report))
    assert any("error" in line or "vso" in line or "other" in line for line in lines)
    _assert_inert(lines)
    paths = [found["path"] for found in json.loads(json_report.render(report))["diagnostics"]]
    assert paths == [found.span.path for found in report.diagnostics], "data are exact"


def test_an_order_that_is_marked_in_part_is_shown_without_effect(tmp_path: Path) -> None:
    report = _report(tmp_path, bank_text("- {id: a, type: essay, stem: x, points: no} ##[error]x"))
    lines = list(text_report.render(report))
    assert "##\\x5berror]x" in lines[1]
    cut = dataclasses.replace(report.diagnostics[0], span=report.diagnostics[0].span._replace(column=47, end_column=48))
    _assert_inert(list(text_report.diagnostics([cut], report.banks)))


def test_an_order_that_a_program_prints_stays_exact_data(tmp_path: Path) -> None:
    question = "- {id: a, type: code_output, stem: x, code: {source: 'print(\"##[error]x\")'}, answer: 1}"
    document = json_report.render(_report(tmp_path, bank_text(question), run=True), include_runs=True)
    assert "##[" not in document
    assert json.loads(document)["runs"][0]["stdout"] == "##[error]x\n"


@pytest.mark.parametrize("text", ["a[0] # [x]", "## [x](y)", "C# [x]", "a::b", "#[derive]", "## x", "a [::1]"])
def test_what_is_no_order_is_shown_as_it_is(text: str) -> None:
    assert leading(text) == printable(text) == text


@given(st.text())
def test_each_character_is_shown_in_its_place(text: str) -> None:
    assert len(shown_characters(text)) == len(text)
    assert "".join(shown_characters(text)) == printable(text)


def test_what_a_program_prints_is_shown_without_effect(tmp_path: Path) -> None:
    source = "import sys; sys.stdout.write(" + ascii("::error::1\n" + "\n".join(_HOSTILE)).replace("\\x00", "") + ")"
    question = f'- {{id: a, type: code_output, stem: x, code: {{source: {double_quoted(source)}}}, answer: "1"}}'
    report = _report(tmp_path, bank_text(question), run=True)
    assert [found.code for found in report.diagnostics] == ["QZ422", "QZ401"]  # a long line it is, too
    _assert_inert(list(text_report.render(report)))


def test_what_a_program_raises_is_shown_without_effect(tmp_path: Path) -> None:
    source = "raise ValueError('\\x1b[31m\\r::error::x\\u202e')"
    question = f'- {{id: a, type: code_output, stem: x, code: {{source: {double_quoted(source)}}}, answer: "1"}}'
    report = _report(tmp_path, bank_text(question), run=True)
    assert [found.code for found in report.diagnostics] == ["QZ402"]
    _assert_inert(list(text_report.render(report)))


@given(st.text())
def test_a_printable_text_holds_no_control(text: str) -> None:
    shown = printable(text)
    assert all(character.isprintable() or unicodedata.category(character) == "Zs" for character in shown)


@given(st.text(st.characters(categories=("L", "N", "P", "S"))))
def test_a_text_without_controls_is_printed_as_it_is(text: str) -> None:
    assume("##" not in text)
    assert printable(text) == text


def test_a_finding_points_to_its_line_with_carets_under_it(tmp_path: Path) -> None:
    report = _report(tmp_path, bank_text("- {id: a, type: essay, stem: 日本, points: x}"))
    lines = list(text_report.render(report))
    assert lines[0].startswith(f"{tmp_path}/a.yaml:5:44: error[QZ014] ")
    shown, carets = lines[1], lines[2]
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in shown)
    assert carets.index("^") == shown.index("points: ") + len("points: ") + wide
    assert carets.count("^") == 1


def test_a_very_long_line_is_shown_around_its_fault(tmp_path: Path) -> None:
    report = _report(tmp_path, bank_text(f"- {{id: a, type: essay, stem: {'x' * 5000}, points: wrong}}"))
    lines = list(text_report.render(report))
    assert "wrong" in lines[1]
    assert max(map(len, lines)) < 300
    assert lines[1][lines[2].index("^") :].startswith("wrong")


def test_colour_is_only_ours(tmp_path: Path) -> None:
    report = _report(tmp_path, bank_text("- {id: a, type: essay, stem: x, points: wrong}"))
    colored = "\n".join(text_report.render(report, color=True))
    plain = "\n".join(text_report.render(report))
    assert "\x1b" not in plain
    assert plain == re.sub(r"\x1b\[\d+m", "", colored) != colored


@pytest.mark.parametrize(
    "text",
    [
        bank_text("- {id: a, type: essay, stem: x}"),
        bank_text("- {id: a, type: essay, stem: x}", "- {id: a, type: nope}"),
        "format: 2\n",
        "",
        "a: [",
    ],
)
@pytest.mark.parametrize("run", [False, True])
def test_the_json_report_is_valid_against_its_schema(text: str, run: bool, tmp_path: Path) -> None:
    data = json.loads(json_report.render(_report(tmp_path, text, run=run)))
    jsonschema.Draft202012Validator.check_schema(schema("report"))
    jsonschema.Draft202012Validator(schema("report")).validate(data)
    assert data["verified"] is run


def test_the_json_report_of_no_file_is_valid_against_its_schema() -> None:
    data = json.loads(json_report.render(validate(["no/such/file"])))
    jsonschema.Draft202012Validator(schema("report")).validate(data)
    assert [(found["code"], found["line"]) for found in data["diagnostics"]] == [("QZ001", None)]


def test_diagnostics_stand_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yaml"):
        text = bank_text("- {id: a, type: essay, stem: x, zzqxv: 1}", "- {id: b, type: nope, stem: x}")
        (tmp_path / name).write_text(text.replace("id: sample", f"id: {name}"), encoding="utf-8")
    spans = [found.span for found in validate([str(tmp_path / "b.yaml"), str(tmp_path / "a.yaml")]).diagnostics]
    assert spans == sorted(spans)
    assert len(spans) == 4
