"""What is no YAML is told at its place, in plain words."""

from __future__ import annotations

import pytest

from quizlib.source import read
from tests.unit.helpers import only


@pytest.mark.parametrize(
    ("text", "line", "column", "bracket"),
    [
        ("x: [", 1, 4, "["),
        ("x: [\n", 1, 4, "["),
        ("x: {", 1, 4, "{"),
        ("x: [a", 1, 4, "["),
        ("x: [a,  # more\n# to come\n", 1, 4, "["),
        ("x: {a: b", 1, 4, "{"),
        ("x: {a: ", 1, 4, "{"),
        ("x: [y: ", 1, 4, "["),  # a pair in a list needs no braces
        ("x: [{", 1, 5, "{"),
        ("x: [{a: b}\n", 1, 4, "["),
        ("é: 🙂\nx: [\n  {a: b},\n", 2, 4, "["),
        ("x: [\ny: 1\n", 1, 4, "["),
        ("x: {\n  a: b,\ny: 1\n", 1, 4, "{"),
    ],
)
def test_a_bracket_that_is_never_closed_is_told_where_it_is_opened(
    text: str, line: int, column: int, bracket: str
) -> None:
    document, found = read("a.yaml", text.encode())
    assert document is not None
    assert document.data is None
    told = only(found)
    assert (told.code, told.span.line, told.span.column) == ("QZ003", line, column)
    assert told.message == f"a `{bracket}` is opened and never closed"
    assert told.help == {"[": "close it with `]`", "{": "close it with `}`"}[bracket]


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("x: [a}\ny: b\n", 6, "a list in [ ] goes on without a comma or an end"),
        ("x: {a: b]\ny: b\n", 9, "a mapping in { } goes on without a comma or an end"),
        ("x: [,]\n", 5, "a value is expected here"),
        ("x: ]\n", 4, "a value is expected here"),
    ],
)
def test_what_else_is_wrong_with_brackets_is_told_where_it_is(text: str, column: int, message: str) -> None:
    _, found = read("a.yaml", text.encode())
    told = only(found)
    assert (told.span.line, told.span.column, told.message) == (1, column, message)
