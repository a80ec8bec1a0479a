"""A fault keeps its fingerprint while lines move, and shares it with no other."""

from __future__ import annotations

import dataclasses

from quizlib.diagnostics import Diagnostic, Severity, Span
from quizlib.fingerprints import fingerprints
from quizlib.source import Document


def _found(line: int, code: str = "QZ210", path: str = "a.yaml", question: str = "q") -> Diagnostic:
    return Diagnostic(code, "rule", Severity.WARNING, "message", Span(path, line, 3, line, 9), question=question)


def _of(text: str, *diagnostics: Diagnostic) -> list[str]:
    return fingerprints(diagnostics, {"a.yaml": Document("a.yaml", text, None)})


def test_a_line_that_moves_or_is_indented_keeps_it() -> None:
    assert _of("one\ntwo\n", _found(2)) == _of("new\none\n    two\n", _found(3))


def test_whatever_else_is_another_changes_it() -> None:
    others = [_found(1), _found(2, code="QZ211"), _found(2, path="b.yaml"), _found(2, question="r")]
    assert len(set(_of("one\ntwo\n", _found(2), *others))) == 5


def test_the_message_may_be_reworded() -> None:
    reworded = dataclasses.replace(_found(2), message="other", help="new")
    assert _of("one\ntwo\n", _found(2)) == _of("one\ntwo\n", reworded)


def test_two_that_are_alike_are_numbered() -> None:
    first, second = _of("one\ntwo\n", _found(2), _found(2))
    assert first != second
    assert first == _of("one\ntwo\n", _found(2))[0]


def test_a_file_without_a_text_or_a_line_has_one_too() -> None:
    assert len(set(_of("", _found(0), _found(0, path="lost.yaml"), _found(7)))) == 3
