"""Expressions in the texts of a question with parameters: what they come to, and how they fail."""

from __future__ import annotations

import pytest

from quizlib.authoring.decimals import Number, TemplateFault, Value
from quizlib.authoring.template import template

_VALUES: dict[str, Value] = {
    "a": Number.of("0.80", typed=True),
    "n": Number.of("3", typed=True),
    "k": Number.of("007", typed=True),
    "w": "cat",
}


def _filled(text: str) -> str:
    return template(text, _VALUES).filled(_VALUES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ a }} and {{n}}", "0.80 and 3"),
        ("{{ k }} {{ k + 1 }}", "007 8"),
        ("{{ a * n }}", "2.4"),
        ("{{ 0.1 + 0.2 }}", "0.3"),
        ("{{ 0.5 + 0.5 }}", "1"),
        ("{{ 0.8 * 0.7 ** 3 }}", "0.2744"),
        ("{{ 1 / 3 }}", "0.333333333333333"),
        ("{{ 2 / 3 }}", "0.666666666666667"),
        ("{{ n / 2 }} {{ 6 / n }}", "1.5 2"),
        ("{{ -7 // 2 }} {{ -7 % 3 }} {{ 7 // -2 }} {{ 7 % -3 }}", "-4 2 -4 -2"),
        ("{{ 7.5 // 2 }} {{ 7.5 % 2 }}", "3 1.5"),
        ("{{ 2 ** 10 }} {{ 2 ** -1 }} {{ 2 ** 0.5 }}", "1024 0.5 1.4142135623731"),
        (
            "{{ 2 ** 3 ** 2 }} {{ -2 ** 2 }} {{ (-2) ** 2 }} {{ 2 ** -2 }} {{ 2 * -n }} {{ 2 - -n }}",
            "512 -4 4 0.25 -6 5",
        ),
        ("{{ -n }} {{ +n }} {{-n}} {{ --n }}", "-3 3 -3 3"),
        ("{{ 1 - 2 - 3 }} {{ 8 / 4 / 2 }} {{ 1 + 2 * 3 }} {{ (1 + 2) * 3 }}", "-4 1 7 9"),
        ("{{ 0 * -1 }}", "0"),
        ("{{ 10 ** 20 }} {{ 10 ** 25 }} {{ 10 ** -9 }}", "100000000000000000000 1e+25 1e-9"),
        ("{{ a | round(1) }} {{ 2.5 | round }} {{ 0.125 | round(2) }}", "0.8 2 0.12"),
        ("{{ a | fixed(3) }} {{ n | fixed(2) }} {{ 2.5 | fixed(0) }}", "0.800 3.00 2"),
        ("{{ (-2.7) | int }} {{ (-2.7) | abs }}", "-2 2.7"),
        ("{{ w | upper }} {{ 'Dog' | lower }}", "CAT dog"),
        ("{{ w ~ 's' ~ n }}", "cats3"),
        ("{{ n > 2 }} {{ n == 3.0 }} {{ w == 'dog' }} {{ 1 < n <= 3 }}", "True True False True"),
        ("{{ 'many' if n > 1 else 'one' }}", "many"),
        ("{{ 1 if n > 1 or 1 / 0 > 1 else 2 }}", "1"),
        ("{{ not (n > 2 and w == 'cat') }}", "False"),
        ('{{ "{{" }} {{ "}}" }}', "{{ }}"),
        ("{a} } { }} %} {# #} {%d %}", "{a} } { }} %} {# #} {%d %}"),
        ("x^{{{ n }}} {{{n}}", "x^{3} {3"),
        ("a\r\nb {{ n }}\r\n\n", "a\r\nb 3\r\n\n"),
        ("{{ n\n}}", "3"),
        ("{{ 0x10 }} {{ 1_000 }}", "16 1000"),
    ],
)
def test_what_is_filled_in(text: str, expected: str) -> None:
    assert _filled(text) == expected


@pytest.mark.parametrize(
    ("text", "message", "excerpt"),
    [
        ("a {{ b }} c", "there is no parameter `b`", "{{ b }}"),
        ("{{ range }}", "there is no parameter `range`", "{{ range }}"),
        ("{{ n", "the expression that begins with `{{` has no end", "{{"),
        ("{{ n }", "the expression that begins with `{{` has no end", "{{"),
        ("{{ 'n }}", "the expression that begins with `{{` has no end", "{{"),
        ("{{ }}", "there is no expression here", "{{ }}"),
        ("{{ n n }}", "`n n` cannot be read", "{{ n n }}"),
        ("{{ n, w }}", "`n, w` holds what is not allowed", "{{ n, w }}"),
        ("{{ w.upper }}", "`w.upper` holds what is not allowed", "{{ w.upper }}"),
        ("{{ w.__class__ }}", "`w.__class__` holds what is not allowed", "{{ w.__class__ }}"),
        ("{{ w[0] }}", "`w[0]` holds what is not allowed", "{{ w[0] }}"),
        ("{{ w() }}", "`w()` holds what is not allowed", "{{ w() }}"),
        ("{{ [n] }}", "`[n]` holds what is not allowed", "{{ [n] }}"),
        ("{{ n is odd }}", "`n is odd` holds what is not allowed", "{{ n is odd }}"),
        ("{{ n in w }}", "`n in w` holds what is not allowed", "{{ n in w }}"),
        ("{% for n in w %}", "`{% for` stands here, and blocks are not filled in", None),
        ("{%- if n %}", "`{%- if` stands here, and blocks are not filled in", None),
        ("{{ n if n > 1 }}", "`n if n > 1` has an `if` without an `else`", "{{ n if n > 1 }}"),
        ("{{ 1 if n else 2 }}", "`3` is neither true nor false", "{{ 1 if n else 2 }}"),
        ("{{ w | center }}", "there is no filter `center`", "{{ w | center }}"),
        ("{{ n | round(1, 2) }}", "the filter `round` takes one argument", "{{ n | round(1, 2) }}"),
        ("{{ n | fixed }}", "the filter `fixed` takes one argument", "{{ n | fixed }}"),
        ("{{ w | upper(1) }}", "the filter `upper` takes no argument", "{{ w | upper(1) }}"),
        ("{{ n | round(places=1) }}", "the filter `round` cannot be used in this way", "{{ n | round(places=1) }}"),
        ("{{ n | round(0.5) }}", "a number is rounded to 0 to 15 decimals, and not to 0.5", "{{ n | round(0.5) }}"),
        ("{{ n | fixed(99) }}", "a number is rounded to 0 to 15 decimals, and not to 99", "{{ n | fixed(99) }}"),
        ("{{ w + 1 }}", "`cat` is not a number", "{{ w + 1 }}"),
        ("{{ w * 1000000000 }}", "`cat` is not a number", "{{ w * 1000000000 }}"),
        ("{{ 1 / 0 }}", "`1 / 0` divides by zero", "{{ 1 / 0 }}"),
        ("{{ 1 % 0 }}", "`1 % 0` divides by zero", "{{ 1 % 0 }}"),
        ("{{ 0 ** -1 }}", "`0 ** -1` divides by zero", "{{ 0 ** -1 }}"),
        ("{{ (-1) ** 0.5 }}", "`-1 ** 0.5` has no value", "{{ (-1) ** 0.5 }}"),
        ("{{ 9 ** 9 ** 9 }}", "a power may be 1000 at most, and one is 387420489", "{{ 9 ** 9 ** 9 }}"),
        ("{{ 9 ** 999 }}", "a number becomes too large, or too small", "{{ 9 ** 999 }}"),
        ("{{ 1e99 }}", "a number becomes too large, or too small", "{{ 1e99 }}"),
        ("{{ n < w }}", "`3` and `cat` cannot be compared: one is a number", "{{ n < w }}"),
        ("{{ none }}", "`none` is no value that could be shown", "{{ none }}"),
        ("{{ '\\ud800' }}", "a text holds half of a character", "{{ '\\ud800' }}"),
    ],
)
def test_what_cannot_be_filled_in(text: str, message: str, excerpt: str | None) -> None:
    with pytest.raises(TemplateFault) as caught:
        _filled(text)
    assert (caught.value.message, caught.value.excerpt) == (message, excerpt)


@pytest.mark.parametrize(
    "text",
    [
        "{{ " + "(" * 200 + "n" + ")" * 200 + " }}",
        "{{ " + "n + " * 1000 + "n }}",
        "{{ " + "-" * 490 + "n }}",
        "{{ " + "not " * 120 + "(n > 1) }}",
        "{{ " + "9" * 490 + " }}",
        "{{ " + "w ~ " * 120 + "w }}",
        "{{ 'x" + "\\" * 201 + "' }}",
        "{{ " + "'" * 401 + " }}",
        "{{" * 5_000,
        "{" * 100_000,
        "{{ '" * 5_000,
        "{{ n }}" * 20_000,
        "{{ n" + " | abs" * 80 + " }}",
    ],
)
def test_what_is_large_ends_in_a_text_or_a_fault(text: str) -> None:
    try:
        assert len(_filled(text)) <= 100_000
    except TemplateFault as fault:
        assert fault.message
