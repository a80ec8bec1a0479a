"""Texts in Moodle XML: in CDATA, whole, and written so that Moodle's filters leave them alone."""

from __future__ import annotations

import html as standard_html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]

from quizlib.content import Renderer
from quizlib.model import Content, Listing
from quizlib_exporters import moodle_xml
from quizlib_exporters.moodle_xml.xml import cdata
from tests.exporters import moodle, samples
from tests.exporters.moodle import Element
from tests.property import html
from tests.property.strategies import filled, several_lines
from tests.unit.helpers import KEYED

_PIECE = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_CODE = re.compile(
    r'<span class="nolink"><code>(?P<span>.*)</code></span>|<pre><code>(?P<block>.*)</code></pre>', re.DOTALL
)
_CDATA_TEXTS = filled(
    st.lists(
        st.sampled_from(["]]>", "]]", "]", ">", "<![CDATA[", " ", "\n", "\t", "a", "é", "&amp;", "<b>"]), max_size=12
    ).map("".join)
)


def _exported(*items: object, **fields: object) -> bytes:
    return moodle.file_of(moodle_xml.export(samples.bank(*items, **fields), KEYED).files)  # type: ignore[arg-type]


def _question(name: str, text: str) -> Element:
    (found,) = moodle.questions(_exported(samples.hostile_item(name, text), lesson=None))
    return found


def _option(text: str, form: str) -> str:
    content = Content(text, form)  # type: ignore[arg-type]
    item = samples.item(samples.choice(content, Content("other")))
    return moodle.texts(moodle.questions(_exported(item))[0], "answer")[0]


def _everything(text: str) -> bytes:
    return _exported(*(samples.hostile_item(name, text) for name in samples.interactions(text)), text=text)


@given(_CDATA_TEXTS)
def test_cdata_holds_the_text_whole(text: str) -> None:
    assert etree.fromstring(f"<a>{cdata(text)}</a>").text == text


@given(_CDATA_TEXTS)
def test_no_piece_of_cdata_is_white_space_only(text: str) -> None:
    pieces = _PIECE.findall(cdata(text))
    assert pieces
    assert all(piece.strip() for piece in pieces)


@pytest.mark.parametrize("hostile", samples.HOSTILE)
def test_every_text_stands_in_cdata_and_no_piece_is_white_space_only(hostile: str) -> None:
    content = _everything(samples.HOSTILE[hostile]).decode()
    for start in re.findall(r"<text>(.{0,9})", _PIECE.sub("<![CDATA[", content), re.DOTALL):
        assert start.startswith(("<![CDATA[", "</text>", "true</", "false</")), start
    assert all(piece.strip() for piece in _PIECE.findall(content))


@pytest.mark.parametrize("hostile", samples.HOSTILE)
def test_what_learners_see_is_what_markdown_makes_of_the_text(hostile: str) -> None:
    """References that guard a text from Moodle's filters do not change what a browser shows."""
    text = samples.HOSTILE[hostile]
    question = _question("choice of markdown", text)
    plain = Renderer(maths=lambda tex, display: rf"\[{tex}\]" if display else rf"\({tex}\)")
    shown = html.text(plain.block(text))
    assert html.text(moodle.text(question, "questiontext")).startswith(shown)
    assert html.text(moodle.text(question, "hint")) == shown
    assert html.text(moodle.texts(question, "answer")[0]) == html.text(plain.inline(text))
    assert html.text(moodle.text(question, "correctfeedback")) == shown


@pytest.mark.parametrize("hostile", samples.HOSTILE)
@pytest.mark.parametrize("form", ["code", "plain"])
def test_code_and_plain_options_are_seen_as_they_were_typed(form: str, hostile: str) -> None:
    text = samples.HOSTILE[hostile]
    assert html.text(_option(text, form)) == text


@pytest.mark.parametrize("hostile", samples.HOSTILE)
def test_a_program_is_kept_byte_for_byte(hostile: str) -> None:
    source = f"a = 1\n\n\tb = {samples.HOSTILE[hostile]}  \nc"
    item = samples.item(samples.choice(Content("a"), Content("b")), code=Listing("python", source))
    stem = moodle.text(moodle.questions(_exported(item))[0], "questiontext")
    found = re.search(r'<pre><code class="language-python">(.*?)</code></pre>', stem, re.DOTALL)
    assert found
    assert standard_html.unescape(found[1]) == source


@pytest.mark.parametrize("hostile", samples.HOSTILE)
def test_nothing_of_a_bank_is_an_element_of_its_own(hostile: str) -> None:
    root = moodle.parsed(_everything(samples.HOSTILE[hostile]))
    for element in root.xpath("//*[@format='html']/text"):
        tags = html.tags(element.text or "")
        assert not tags & {"script", "img", "iframe", "quiz", "question"}
        assert not [name for name in html.attributes(element.text or "") if name.startswith("on")]


@settings(max_examples=100)
@given(filled(several_lines))
def test_options_that_are_code_keep_every_character(text: str) -> None:
    found = _CODE.fullmatch(_option(text, "code"))
    assert found
    assert standard_html.unescape(found["span"] or found["block"]) == text.rstrip("\n")


_FILTERED = st.lists(
    st.sampled_from([":", "-", ")", "(", "D", "n", "y", "f(n)", ";", "8", "\\(", "\\)", "\\[", "$$", "@@PLUGINFILE@@", "@", "`",
                     "B-", "^", " ", "o", "P", "}", "|", "V", ".", "x", "X", "/", "p", "I"]), min_size=1, max_size=10
).map("".join)  # fmt: skip

# The pictures of Moodle's emoticon filter, as its settings list them.
_EMOTICONS = [":-)", ":)", ":-D", ";-)", ":-/", "V-.", ":-P", ":-p", "B-)", "^-)", "8-)", "8-o", ":-o", ":o", ":-(", ":-((", "8-.",
              ":-I", ":-X", ":-x", ":o)", "8-|", "}-]", "(heart)", "(h)", "(martin)", "(egg)", "(y)", "(n)"]  # fmt: skip


def _outside_pre(rendered: str) -> str:
    return re.sub(r"<pre\b.*?</pre>|<span class=\"nolink\">.*?</span>", "\n", rendered, flags=re.DOTALL)


@settings(max_examples=200)
@given(_FILTERED, st.sampled_from(["markdown", "plain", "code"]))
def test_no_emoticon_is_left_where_moodle_makes_pictures(text: str, form: str) -> None:
    rendered = _outside_pre(_option(text, form))
    assert not [emoticon for emoticon in _EMOTICONS if emoticon in rendered]


@settings(max_examples=200)
@given(_FILTERED, st.sampled_from(["plain", "code"]))
def test_no_sign_of_maths_or_files_is_left_in_what_is_not_markdown(text: str, form: str) -> None:
    rendered = _option(text, form)
    assert not [sign for sign in (r"\(", r"\)", r"\[", r"\]", "$$", "@@PLUGINFILE@@") if sign in rendered]


@pytest.mark.parametrize("emoticon", _EMOTICONS)
def test_every_emoticon_is_seen_as_it_was_typed(emoticon: str) -> None:
    for form in ("markdown", "plain", "code"):
        rendered = _option(f"a {emoticon} b", form)
        assert html.text(rendered) == f"a {emoticon} b"
        assert emoticon not in _outside_pre(rendered)


@pytest.mark.parametrize(
    ("typed", "written"),
    [("$x<1$", r"\(x&lt;1\)"), ("$$x$$", r"\[x\]"), (r"$\frac{1}{2}$", r"\(\frac{1}{2}\)"), ("5 $", "5 $")],
)
def test_maths_is_written_in_moodles_brackets(typed: str, written: str) -> None:
    assert _option(typed, "markdown") == written


@pytest.mark.parametrize("typed", [r"`\(x\)`", "`$$x$$`", r"\\(x\\)", "```\n\\[x\\]\n```"])
def test_what_looks_like_maths_and_is_none_is_left_alone(typed: str) -> None:
    rendered = _option(typed, "markdown")
    assert not [sign for sign in (r"\(", r"\[", "$$") if sign in rendered]


def test_code_in_a_line_stands_in_a_span_that_filters_pass_over() -> None:
    rendered = standard_html.unescape(_option("Call `f(n)`.", "markdown"))
    assert rendered == 'Call <span class="nolink"><code>f(n)</code></span>.'


def test_code_in_a_block_stands_in_pre() -> None:
    assert _option("a\n b", "code") == "<pre><code>a\n b</code></pre>"


@pytest.mark.parametrize(
    "character", ["\x01", "\x02", "\x03", "\x04", "\x08", "\x0b", "\x1b", "\x7f", "\ufffe", "\uffff", "\ud800"]
)
def test_a_character_that_xml_cannot_hold_is_a_loss_and_is_shown_as_a_picture(character: str) -> None:
    item = samples.item(samples.choice(Content(f"a{character}b", "code"), Content("c", "code")))
    exported = moodle_xml.export(samples.bank(item, lesson=None), KEYED)
    (question,) = moodle.questions(moodle.file_of(exported.files))
    shown = html.text(moodle.texts(question, "answer")[0])
    assert re.fullmatch("a[\u2400-\u2421\ufffd]b", shown)
    assert [loss.kind.rule for loss in exported.losses] == ["lost-character"]


def test_line_ends_are_line_feeds() -> None:
    content = _everything("a\r\nb\rc")
    assert b"\r" not in content
    assert b"&#13;" not in content
    assert html.text(_option("a\r\nb\rc", "code")) == "a\nb\nc"
