"""A question with parameters that was tampered with ends in variants or in diagnostics, each within the file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.property import strategies

_BANK = b"""\
format: 1
id: a
title: A
questions:
  - id: q
    type: single_choice
    variants: 3
    seed: 1
    parameters:
      start: {choose: [0.8, 0.90, no]}
      epochs: {range: [2, 9], step: 0.5}
      final: {value: "epochs * 0.7 ** 2"}
    stem: "{{ start }} {{ final | round(2) }} {{ 'a' if epochs > 3 else 'b' }}"
    code: {source: "x = {{ epochs }}", files: {"{{ start }}.txt": "{{ start ~ 1 }}"}}
    options:
      - {text: "{{ start }}", correct: "{{ epochs > 0 }}"}
      - {text: "{{ final }} {{ start }}"}
"""
_TOKENS = [b"{{", b"}}", b"{", b"}", b"[", b"]", b"*", b"**", b"//", b"%", b"|", b"~", b"'", b'"', b"0", b"1e99", b"-",
           b"range", b"choose", b"value", b"step", b"null", b"\n", b" ", b":", b",", b"&a", b"*a", b"id", b"variants"]  # fmt: skip


@st.composite
def _tampered(draw: st.DrawFn) -> bytes:
    """Return the bank with some of its tokens replaced."""
    content = _BANK
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(_BANK.index(b"type"), len(content)))
        content = content[:place] + draw(st.sampled_from(_TOKENS)) + content[place + draw(st.integers(0, 4)) :]
    return content


@given(_tampered())
def test_a_question_that_was_tampered_with(content: bytes) -> None:
    loaded = strategies.loaded(content)
    assert loaded.diagnostics or loaded.bank is not None
    lines = content.decode().split("\n")
    for diagnostic in loaded.diagnostics:
        assert diagnostic.variant is None
        assert 0 < diagnostic.span.line <= len(lines)
    items = loaded.bank.items if loaded.bank else ()
    assert len({item.identifier for item in items}) == len(items) <= 100


@given(strategies.filled(strategies.one_line), strategies.filled(strategies.one_line))
def test_values_of_any_form_are_shown_as_typed(one: str, other: str) -> None:
    if one == other:
        return
    quoted = ", ".join(map(strategies.double_quoted, (one, other)))
    question = f'id: q, type: essay, parameters: {{a: {{choose: [{quoted}]}}}}, stem: "{{{{ a }}}}"'
    loaded = strategies.loaded(f"format: 1\nid: a\ntitle: A\nquestions:\n  - {{{question}}}\n")
    assert loaded.diagnostics == ()
    assert loaded.bank is not None
    assert {item.stem for item in loaded.bank.items} == {one, other}
