"""How much white space counts when an output is compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.model import Output, Whitespace

_TEXTS = st.text(st.sampled_from("ab \t\n\r"), max_size=12)


@pytest.mark.parametrize(
    ("expected", "printed", "modes"),
    [
        ("a", "a\n", "trailing any exact"),
        ("a\n", "a", "trailing any exact"),
        ("a", "a", "trailing any exact"),
        ("a\nb", "a\r\nb\r\n", "trailing any exact"),
        ("a", "a \n", "trailing any"),
        ("a\nb", "a\t\nb\n\n\n", "trailing any"),
        ("a b", "a  b\n", "any"),
        ("a b", "a\nb\n", "any"),
        ("a", " a\n", "any"),
        ("a", "\na\n", "any"),
        ("a", "a\n\n", "trailing any"),
        ("", "\n", "trailing any exact"),
        ("", " \n\n", "trailing any"),
        ("a", "A", ""),
        ("ab", "a b", ""),
        ("1", "1.0", ""),
        ("é", "e\u0301", ""),
    ],
)
def test_an_output_matches_in_these_modes_and_no_other(expected: str, printed: str, modes: str) -> None:
    assert {mode for mode in Whitespace if Output(expected, mode).matches(printed)} == set(modes.split())


@given(_TEXTS, st.sampled_from(Whitespace))
def test_every_output_matches_itself(text: str, mode: Whitespace) -> None:
    assert Output(text, mode).matches(text)


@given(_TEXTS, _TEXTS, st.sampled_from(Whitespace))
def test_comparing_does_not_depend_on_the_side(one: str, other: str, mode: Whitespace) -> None:
    assert Output(one, mode).matches(other) == Output(other, mode).matches(one)


@given(_TEXTS, _TEXTS)
def test_each_mode_is_stricter_than_the_one_before(one: str, other: str) -> None:
    if Output(one, Whitespace.TRAILING).matches(other):
        assert Output(one, Whitespace.ANY).matches(other)
    if one and other and Output(one.strip("\r\n"), Whitespace.EXACT).matches(other.strip("\r\n")):
        assert Output(one.strip("\r\n"), Whitespace.TRAILING).matches(other.strip("\r\n"))
