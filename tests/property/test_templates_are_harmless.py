"""Whatever stands in a template ends in a text or in a fault at its place: no exception, no hang, nothing that is run."""

from __future__ import annotations

import builtins
from decimal import Decimal
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from quizlib.authoring.decimals import Number, TemplateFault, Value
from quizlib.authoring.template import template
from tests.property import strategies

template("{{ 1 }}", {}).filled({})  # imports the parser, which runs modules: from here on nothing may be run

_VALUES: dict[str, Value] = {"a": Number.of("0.8", typed=True), "n": Number.of("3", typed=True), "w": "cat"}
_TOKENS = ["{{", "}}", "{%", "%}", "{#", "#}", "{", "}", "(", ")", "[", "]", "'", '"', "\\", "|", ".", ",", ":", "~", "+",
           "-", "*", "**", "/", "//", "%", "<", "==", "!=", ">=", " ", "\n", "a", "n", "w", "x", "1", "0", "0.5", "1e99",
           "9" * 40, "if", "else", "not", "and", "or", "in", "is", "none", "true", "range", "loop", "self", "__class__",
           "round", "fixed", "upper", "lower", "abs", "int", "format", "attr", "join", "replace", "import", "set", "for",
           "\ud800", "\0", "é", "🐍", "\x85"]  # fmt: skip
_soup = st.lists(st.sampled_from(_TOKENS), max_size=25).map("".join)
_numbers = st.decimals(min_value=-(10**6), max_value=10**6, places=3, allow_nan=False, allow_infinity=False)


@st.composite
def _expressions(draw: st.DrawFn, depth: int = 4) -> str:
    """Return an expression that can be read, and often grows."""
    if depth == 0:
        return draw(st.sampled_from(["a", "n", "w", "999", "0.001", "1e60", "'x'", "true"]))
    inner = _expressions(depth - 1)
    form = draw(st.sampled_from(["({} {} {})", "{}", "({} if {} > {} else {})", "({})|{}", "-{}", "not {}"]))
    match form:
        case "({} {} {})":
            sign = draw(st.sampled_from(["+", "-", "*", "/", "//", "%", "**", "~", "<", "==", "and", "or"]))
            return f"({draw(inner)} {sign} {draw(inner)})"
        case "({})|{}":
            filter = draw(st.sampled_from(["round", "round(2)", "fixed(15)", "int", "abs", "upper", "lower"]))
            return f"({draw(inner)})|{filter}"
        case _:
            return form.format(*(draw(inner) for _ in range(form.count("{}"))))


def _assert_harmless(text: str) -> None:
    forbidden = mock.Mock(side_effect=AssertionError("something was run"))
    with mock.patch.object(builtins, "exec", forbidden), mock.patch.object(builtins, "eval", forbidden):
        try:
            filled = template(text, _VALUES).filled(_VALUES)
        except TemplateFault as fault:
            assert fault.message
            assert fault.excerpt is None or fault.excerpt in text
        else:
            assert len(filled) <= 100_000


@given(_soup)
def test_any_soup(text: str) -> None:
    _assert_harmless(text)


@given(_soup)
def test_any_soup_in_braces(text: str) -> None:
    _assert_harmless(f"x {{{{ {text} }}}} y")


@given(_expressions())
def test_any_expression(text: str) -> None:
    _assert_harmless(f"{{{{ {text} }}}}")


@given(strategies.several_lines.filter(lambda text: "{{" not in text and "{%" not in text))
def test_a_text_without_expressions_stays_as_typed(text: str) -> None:
    assert template(text, _VALUES).filled(_VALUES) == text


@given(strategies.one_line.filter(lambda text: "{" not in text and "}" not in text), strategies.plain)
def test_what_stands_around_an_expression_stays_as_typed(before: str, after: str) -> None:
    after = after.replace("{{", "").replace("{%", "").lstrip("}")
    assert template(f"{before}{{{{ w }}}}{after}", _VALUES).filled(_VALUES) == f"{before}cat{after}"


@given(_numbers, _numbers)
def test_sums_and_products_are_exact(one: Decimal, other: Decimal) -> None:
    values: dict[str, Value] = {"p": Number.of(str(one)), "q": Number.of(str(other))}
    total = Decimal(template("{{ p + q }}", values).filled(values))
    assert total == one + other
    difference = Decimal(template("{{ p * q }}", values).filled(values)) - one * other
    assert abs(difference) <= abs(one * other) / 10**14


@given(st.integers(-(10**6), 10**6), st.integers(-1000, 1000).filter(bool))
def test_whole_numbers_are_divided_as_in_python(one: int, other: int) -> None:
    values: dict[str, Value] = {"p": Number.of(str(one)), "q": Number.of(str(other))}
    assert template("{{ p // q }} {{ p % q }}", values).filled(values) == f"{one // other} {one % other}"
