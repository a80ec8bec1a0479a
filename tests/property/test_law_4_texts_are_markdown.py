"""Law 4: texts are Markdown; raw HTML in them is inert, unless the bank says otherwise, and then it is clean."""

from __future__ import annotations

import html as standard_html

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizlib.content import Renderer, image_paths
from tests.property import html

# All that Markdown itself makes.
_TAGS = {"p", "em", "strong", "del", "code", "pre", "a", "img", "ul", "ol", "li", "blockquote", "hr", "br", "span",
         "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
_ATTRIBUTES = {"href", "src", "alt", "title", "class", "align", "start", "data-math-style"}
_BLOCKS = {"ul", "ol", "li", "hr", "blockquote", "pre", "table", "h1", "h2", "h3", "h4", "h5", "h6"}
_DANGEROUS_TAGS = {
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "svg",
    "math",
    "base",
    "meta",
    "link",
}

_ATTACKS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<iframe src=//x></iframe>",
    "<b onclick='alert(1)'>b</b>", '<a href="javascript:alert(1)">x</a>', "<style>*{display:none}</style>", "<!-- x -->",
    "<![CDATA[x]]>", "<?php x ?>", "<!DOCTYPE html>", "<form action=//x><input></form>", "</p><script>1</script>",
    "<base href=//x>", "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "<details ontoggle=x open>",
    "<scr<script>ipt>alert(1)</script>", "<IMG SRC=JaVaScRiPt:alert(1)>", "<a href='data:text/html,<script>1</script>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<textarea><script>1</script></textarea>",
]  # fmt: skip
_MARKDOWN = ["*", "**", "`", "```\n", "\n", "\n\n", "[x](", ")", "![", "](", "javascript:alert(1)", "<", ">", '"', "'",
             "$", "$$", "|", "\n|-|\n", "- ", "1. ", "# ", "> ", "    ", "\\", "&lt;", "&#60;", "x", "a b", "~~", "<http:",
             "[a]: ", "data:text/html,x", " onerror=alert(1) ", "=", "\n---\n", "\u2028", "\x00"]  # fmt: skip
soup = st.lists(st.sampled_from(_MARKDOWN + _ATTACKS), min_size=1, max_size=12).map("".join)


@given(soup)
def test_raw_html_makes_no_element(text: str) -> None:
    renderer = Renderer()
    for rendered in (renderer.block(text), renderer.inline(text)):
        assert html.tags(rendered) <= _TAGS
        assert html.attributes(rendered) <= _ATTRIBUTES
        assert not [address for address in html.addresses(rendered) if _is_script(address)]


@given(soup)
def test_sanitized_html_holds_no_script(text: str) -> None:
    renderer = Renderer(sanitize_html=True)
    for rendered in (renderer.block(text), renderer.inline(text)):
        assert not html.tags(rendered) & _DANGEROUS_TAGS
        assert not [name for name in html.attributes(rendered) if name.startswith("on") or name == "style"]
        assert not [address for address in html.addresses(rendered) if _is_script(address)]


@given(soup)
def test_what_a_target_makes_of_maths_and_code_opens_no_door(text: str) -> None:
    """The adapters get text, and what they escape stays escaped."""
    renderer = Renderer(
        maths=lambda tex, display: f"<span>{standard_html.escape(tex)}</span>",
        code_block=lambda language, source: f"<pre>{standard_html.escape(source)}</pre>",
        code_span=lambda escaped: f"<code>{escaped}</code>",
        image=lambda path: path,
    )
    rendered = renderer.block(text)
    assert html.tags(rendered) <= _TAGS
    assert html.attributes(rendered) <= _ATTRIBUTES


def _is_script(address: str) -> bool:
    return address.strip().lower().startswith(("javascript:", "vbscript:", "data:text"))


@pytest.mark.parametrize("attack", _ATTACKS)
def test_raw_html_is_shown_as_it_was_typed(attack: str) -> None:
    for rendered in (Renderer().block(attack), Renderer().inline(attack)):
        assert html.text(rendered).strip() == attack


def test_harmless_html_is_kept_where_the_bank_asks_for_it() -> None:
    assert Renderer(sanitize_html=True).inline("H<sub>2</sub>O <b>x</b>") == "H<sub>2</sub>O <b>x</b>"


_STARTS = ["- ", "* ", "+ ", "-", "+", "*", "1. ", "1.", "2)", "007. ", "123456789. ", "# ", "###### ", "#", "> ", ">",
           "---", "***", "___", "- - -", "* * *", "```", "```python", "~~~", "~~~ x", "===", "[a]: ", "[a\\]b]: ", "[a]:",
           "| a | b |", "    ", "\t", "1.\t", "-\t", ": ", "<div>", "[^1]: ", "[x]: y 'z'", "\\- ", "- [ ] ", "+ +"]  # fmt: skip
_single_lines = st.tuples(
    st.lists(st.sampled_from(_STARTS), min_size=1, max_size=2).map("".join),
    st.sampled_from(["", "x", "an option", "0.5", "/url", "---", "- x", "é"]),
).map("".join)


@given(_single_lines)
def test_a_text_of_one_line_is_no_block(text: str) -> None:
    for rendered in (Renderer().block(text), Renderer().inline(text)):
        assert not html.tags(rendered) & _BLOCKS


@example("[a\\]b]: x")  # the definition of a link whose name holds an escaped bracket
@given(_single_lines)
def test_a_text_of_one_line_never_vanishes(text: str) -> None:
    assert bool(html.text(Renderer().inline(text)).strip()) == bool(text.strip())


@pytest.mark.parametrize("start", [start for start in _STARTS if "\\" not in start and start.strip()])
def test_what_would_start_a_block_is_shown_as_it_was_typed(start: str) -> None:
    """Marks that could stand for emphasis in pairs are left out: they have no partner here."""
    assert (
        html.text(Renderer().inline(f"{start}x" if start[-1] in " \t" else start))
        == (f"{start}x" if start[-1] in " \t" else start).strip()
    )


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("- a\n- b", "ul"),
        ("1. a\n2. b", "ol"),
        ("# a\n\nb", "h1"),
        ("| a |\n|---|\n| b |", "table"),
        ("```\nx\n```", "pre"),
    ],
)
def test_blocks_are_kept_in_texts_of_several_lines(text: str, tag: str) -> None:
    assert tag in html.tags(Renderer().block(text))


@pytest.mark.parametrize(
    ("text", "tex", "display"), [("$a<b$", "a<b", False), ("$$\\frac{1}{2}$$", "\\frac{1}{2}", True)]
)
def test_dollars_hold_maths(text: str, tex: str, display: bool) -> None:
    found: list[tuple[str, bool]] = []
    Renderer(maths=lambda *given: found.append(given) or "").inline(text)  # type: ignore[func-returns-value]
    assert found == [(tex, display)]


def test_images_are_those_by_relative_path() -> None:
    text = "![a](b.png) ![c](d%20e.png) ![f](https://x.org/y.png) ![g](//x.org/h.png) `![i](j.png)`"
    assert list(image_paths(text)) == ["b.png", "d e.png"]
