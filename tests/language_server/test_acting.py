"""What an editor can offer to do about a finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizlib.diagnostics import Applicability, Diagnostic, Edit, Fix, Severity, Span
from quizlib.editing import apply
from quizlib.language_server.acting import Action, actions, first_fixes, fix_all
from quizlib.source import Document
from quizlib.validation import Settings, validate
from tests.unit.helpers import bank_text, only

_TEXT = "format: 1\ntitle: |\n  first\n  second\nid: a\n"


def _found(line: int, fix: Fix | None = None, code: str = "QZ210", severity: Severity = Severity.WARNING) -> Diagnostic:
    return Diagnostic(code, "some-rule", severity, "message", Span("a.yaml", line, 1, line, 3), fix=fix)


def _fix(line: int, applicability: Applicability, end: int = 3) -> Fix:
    return Fix(f"mend {line}", (Edit(Span("a.yaml", line, 1, line, end), "x"),), applicability)


def _document() -> Document:
    return Document("a.yaml", _TEXT, {"format": "1", "title": "first\nsecond\n", "id": "a"})


def test_a_fix_is_offered_and_a_safe_one_is_preferred() -> None:
    safe, unsafe, shown = (_found(5, _fix(5, kind), code="QZ401") for kind in Applicability)
    offered = list(actions([safe, unsafe, shown], _document()))
    assert [(action.title, action.is_preferred) for action in offered] == [("mend 5", True), ("mend 5", False)]


def test_a_remark_is_offered_where_it_would_be_heard() -> None:
    (remark,) = actions([_found(5)], _document())
    assert remark.edits == (Edit(Span("a.yaml", 5, 1, 5, 1), "# quiz: ignore[some-rule]\n"),)
    assert list(actions([_found(4)], _document())) == []  # in the middle of a text
    assert list(actions([_found(0)], _document())) == []  # of the whole file
    assert list(actions([_found(5, code="QZ401", severity=Severity.ERROR)], _document())) == []  # never quiet


def test_the_remark_that_is_offered_keeps_the_finding_quiet(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    text = bank_text(
        "- id: a\n  type: single_choice\n  stem: What?\n  options: [{text: seven, correct: true}, {text: two}]\n"
        "  hints:\n    - It is seven.\n"
    )
    path.write_text(text, "utf-8")
    report = validate([str(path)], Settings(run=False))
    found = only([each for each in report.diagnostics if each.rule == "hint-contains-answer"])
    (document,) = report.banks[0].documents.values()
    (edit,) = next(action for action in actions([found], document) if action.title.startswith("ignore")).edits
    lines = text.splitlines(keepends=True)
    path.write_text("".join([*lines[: edit.span.line - 1], edit.text, *lines[edit.span.line - 1 :]]), "utf-8")
    assert "hint-contains-answer" not in {each.rule for each in validate([str(path)], Settings(run=False)).diagnostics}


def test_all_safe_fixes_that_do_not_touch_are_one_action() -> None:
    overlapping = _fix(1, Applicability.SAFE, end=5)
    found = [_found(1, _fix(1, Applicability.SAFE)), _found(1, overlapping), _found(5, _fix(5, Applicability.SAFE)),
             _found(3, _fix(3, Applicability.UNSAFE)), _found(3)]  # fmt: skip
    action = first_fixes(found)
    assert action is not None
    assert [edit.span.line for edit in action.edits] == [1, 5]
    assert action.of == (found[0], found[2])
    assert first_fixes(found[3:]) is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("before", "after"),
    [("a: 1\nb: 2\nc: 3", "x: 0\na: 1\nb: 2\nc: 4"), ("a: 1\nb: 2\n", "a: 1\n"), ("a\na\n", "a\na\na\n"), ("a", "a\n")],
)
def test_an_action_makes_of_the_text_what_all_rounds_made_of_it(before: str, after: str, end: str) -> None:
    document, text = Document("a.yaml", before.replace("\n", end), {}), after.replace("\n", end)
    action = fix_all(Action("", (), ()), document, text)
    assert apply(document.text, action.edits) == text
