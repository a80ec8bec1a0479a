"""Equations in prose: what is true is never called wrong, what is false is, and nothing stops the checker."""

from __future__ import annotations

import string
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from quizlib.proof.arithmetic import computes, wrong_equations
from tests.property import strategies
from tests.property.strategies import Expression

_WHOLE = strategies.expressions("+ - * // % **")
_SIMPLE = strategies.expressions("+ - * / **")
_SIGNS = str.maketrans({"*": "×", "/": "÷", "-": "−"})


def _digits(value: Fraction, least: int) -> int:
    """Return how many digits to write: a value that is not whole needs one at least."""
    return least if value.denominator == 1 else max(1, least)


@given(_SIMPLE | _WHOLE, st.integers(0, 8), st.sampled_from(["", "So ", "The loss is ", "**"]))
def test_a_true_equation_is_never_wrong(expression: Expression, digits: int, before: str) -> None:
    stated = strategies.rounded(expression.value, _digits(expression.value, digits))
    text = f"{before}{expression.text} = {stated}"
    assert list(wrong_equations(text)) == []


@given(_SIMPLE | _WHOLE, st.integers(0, 6), st.integers(2, 9), st.sampled_from([-1, 1]))
def test_an_equation_whose_last_digit_is_changed_is_wrong(
    expression: Expression, digits: int, by: int, sign: int
) -> None:
    stated = strategies.rounded(expression.value, _digits(expression.value, digits))
    text = f"{expression.text} = {strategies.changed_in_last_digit(stated, by * sign)}"
    (wrong,) = wrong_equations(text)
    assert wrong.equation == text


@given(_WHOLE, st.sampled_from([-1, 1]))
def test_a_whole_number_behind_the_equals_sign_is_exact(expression: Expression, by: int) -> None:
    assume(expression.value.denominator == 1)
    assert list(wrong_equations(f"{expression.text} = {expression.value + by}"))


@given(_SIMPLE, _SIMPLE)
def test_every_link_of_a_chain_is_checked(one: Expression, other: Expression) -> None:
    assume(abs(one.value - other.value) > Fraction(1, 10))
    first = strategies.rounded(one.value, _digits(one.value, 0))
    wrong = [found.equation for found in wrong_equations(f"{one.text} = {first} = {other.text}")]
    assert wrong == [f"{first} = {other.text}"]


@given(_SIMPLE)
def test_signs_of_print_mean_the_same(expression: Expression) -> None:
    assume("**" not in expression.text)
    stated = strategies.rounded(expression.value, _digits(expression.value, 0))
    assert list(wrong_equations(f"{expression.text} = {stated}".translate(_SIGNS))) == []
    stated = strategies.changed_in_last_digit(stated, 7)
    assert list(wrong_equations(f"{expression.text} = {stated}".translate(_SIGNS)))


@given(_SIMPLE)
def test_about_equal_rounds_to_whole_numbers_as_well(expression: Expression) -> None:
    stated = round(expression.value)
    assert list(wrong_equations(f"{expression.text} ≈ {stated}")) == []
    assert list(wrong_equations(f"{expression.text} ≈ {stated + 2}"))


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="=≈"), max_size=80) | st.sampled_from(["1 + 1", "2 == 3"])
)
def test_a_text_without_an_equals_sign_claims_nothing(text: str) -> None:
    assert list(wrong_equations(text)) == []


_PIECES = ["0", "1", "9", "0.5", "1e9", "12,000", ".5", "1_0", " ", "+", "-", "*", "/", "//", "%", "**", "^", "(", ")", "=",
           " = ", "≈", "==", ",", "x", "sqrt(", "round(", "log(", "abs(", "min(", "int(", "len(", "pi", "×", "·", "÷", "−",
           "\\cdot", "`", "```\n", "\n", "\n\n", "- ", "[", "]", "{", "'", '"', "% of ", "of", "lambda", ":", "if", "and",
           "not", "1j", "0x1f", "True", "None", "...", ";", "$", "é", "٣", "²"]  # fmt: skip
_soup = st.lists(st.sampled_from(_PIECES), max_size=30).map("".join)


@given(_soup | st.text(max_size=100) | st.text(string.printable, max_size=100))
@example("10**400 / 3 = 5")
@example("1" + "0" * 350 + " * 1 = 5")
@example("0 ** -1 = 1, 1 / 0 = 1, 1 % 0 = 1, 1 // 0 = 1")
@example("sqrt(-1) = 1, log(0) = 1, exp(1000) = 1, round(1.5, 400) = 1, min() = 1, int(1e308) * 9 = 1")
@example("(-8) ** (1/3) = -2, 10**400 * 0.5 = 1, 2 ^ 0.5 = 1, 1e308 * 10 = 1, 0.5 * 1e308 * 10 = 1")
def test_any_text_can_be_checked(text: str) -> None:
    for wrong in wrong_equations(text):
        assert wrong.equation in text
    assert computes(text, Fraction(1), Fraction(0)) in (True, False, None)


# Each of these must end at once. They run in a child that is given up on, so that none can stop the suite.
_COSTLY = [
    "9**9**9**9 = 1",
    "1000**1000**1000 = 1",
    "(((9**999)**999)**999)**999 = 1",
    "9**-999**999 = 1",
    "1e99999999 + 1 = 2",
    "1 + 1e-99999999 = 5",
    "round(5, -999999999) = 5",
    "round(0.5, 999999999) = 5",
    "2 ^ 99999999 = 1",
    "(" * 5000 + "1" + ")" * 5000 + " = 1",
    "1 + " * 5000 + "1 = 1",
    "1 = " * 3000,
    "-" * 5000 + "1 = 2",
    "**" * 5000 + "1 = 2",
    "9" * 5000 + " + 1 = 2",
    "```\n" * 2000 + "~~~\n" * 2000,
    "1," * 5000 + "= 1",
    "sqrt(" * 2000 + "= 1",
    "\\cdot" * 3000 + " = 1",
    "% of " * 3000 + " = 1",
    "1" + " " * 20000 + "= 2",
]
_CHECK = """
import sys
from fractions import Fraction
from quizlib.proof.arithmetic import computes, wrong_equations
text = sys.stdin.read()
list(wrong_equations(text)), computes(text, Fraction(1), Fraction(0))
"""


@pytest.mark.parametrize("text", _COSTLY, ids=[text[:30].strip().replace("\n", " ") for text in _COSTLY])
def test_no_text_keeps_the_checker_busy(text: str) -> None:
    subprocess.run([sys.executable, "-c", _CHECK], input=text, text=True, check=True, timeout=10, capture_output=True)


@pytest.mark.parametrize(
    "text",
    [
        "x = 3", "f(2) = 4", "a = b = c", "`x = 1 + 1`", "Set n = 5 and m = 6.", "1 = 1", "5 = 7", "k == 1 + 2", "a != 2",
        "x >= 1 + 1", "Q = 3 * y", "print(1 + 1) = 3", "key=1+2", "2 + x = 5",
    ],
)  # fmt: skip
def test_what_is_no_computation_claims_nothing(text: str) -> None:
    assert list(wrong_equations(text)) == []


@pytest.mark.parametrize(
    ("text", "equation", "value"),
    [
        ("0.8 * 0.7 = 0.57", "0.8 * 0.7 = 0.57", "0.56"),
        ("First 2 + 2 = 5, then more.", "2 + 2 = 5", "4"),
        ("2 ** 10 = 1000", "2 ** 10 = 1000", "1024"),
        ("20 % of 50 = 11", "20 % of 50 = 11", "10"),
        ("7 % 4 = 2", "7 % 4 = 2", "3"),
        ("1,000 + 1 = 1,002", "1,000 + 1 = 1,002", "1001"),
        ("10 / 4 = 2", "10 / 4 = 2", "2.5"),
        ("sqrt(16) = 5", "sqrt(16) = 5", "4"),
        ("2**53 + 1 = 9007199254740992", "2**53 + 1 = 9007199254740992", "9007199254740993"),
        ("10**15 + 1 = 10**15", "10**15 + 1 = 10**15", "1000000000000001"),
    ],
)
def test_a_false_equation_is_shown_with_its_value(text: str, equation: str, value: str) -> None:
    (wrong,) = wrong_equations(text)
    assert (wrong.equation, wrong.value) == (equation, value)


@pytest.mark.parametrize(
    "text",
    [
        "0.1 + 0.2 = 0.3", "0.1 + 0.2 = 0.30000000000000004", "1/3 = 0.33", "2/3 = 0.67", "50 % of 30 = 15", "2 ^ 3 = 8",
        "5 ^ 3 = 6", "1,000,000 / 4 = 250,000", "10 % 4 = 2", "25 / 100 = 25 %", "-3 - 4 = -7", "2 * 3 = 6.", "1e3 + 1 = 1001",
        "$2 \\cdot 3 = 6$", "- 2 + 2 = 4", "1/8 = 0.12", "1/8 = 0.13", "2,5 + 1", "(1 + 2) * 3 = 9", "7 // 2 = 3",
    ],
)  # fmt: skip
def test_a_true_equation_in_prose_is_accepted(text: str) -> None:
    assert list(wrong_equations(text)) == []


@pytest.mark.parametrize(
    ("text", "key", "tolerance", "expected"),
    [
        ("0.8 * 0.7**3 = 0.2744", "0.2744", "0", True),
        ("0.8 * 0.7**3 = 0.2744", "0.28", "0", False),
        ("0.8 * 0.7**3 = 0.2744", "0.27", "0.005", True),
        ("75 * 4 = 300", "75", "0", None),
        ("Draw a picture.", "75", "0", None),
        ("2 + 2", "5", "0", False),
        ("2 + 2", "4", "0", True),
        ("$0.8 \\cdot 0.7^{3}$", "0.27", "0.005", True),
        ("75 * 4", "75", "0", None),
        ("75", "80", "0", None),
        ("2 + two", "5", "0", None),
        ("2024-01-01", "5", "0", None),
        ("```\n2 + 2\n```", "5", "0", None),
    ],
)
def test_a_check_comes_to_the_key_or_not(text: str, key: str, tolerance: str, expected: bool | None) -> None:
    assert computes(text, Fraction(Decimal(key)), Fraction(Decimal(tolerance))) is expected
