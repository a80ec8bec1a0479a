"""Law 1: what is typed is what is shown."""

from __future__ import annotations

import html
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.content import Renderer
from quizlib.exporting import export
from quizlib.model import Bank, Choice
from quizlib.plugins import ExportOptions
from tests.exporters import moodle
from tests.property import strategies

_BANK = """\
format: 1
id: sample
title: Sample
questions:
  - id: typed
    type: single_choice
    stem: Which one?
    options_format: {format}
    options:
      - correct: true
        text: {typed}
      - another option
"""
_SHOWN_AS_CODE = re.compile(
    r'<span class="nolink"><code>(?P<span>.*)</code></span>|<pre><code>(?P<block>.*)</code></pre>', re.DOTALL
)
# No character of these has a meaning in Markdown or in YAML.
_LETTERS = st.text(st.characters(codec="utf-8", categories=("L", "N")) | st.sampled_from(" ,;?é🐍"), min_size=1)


def _bank(typed: str, form: str = "code") -> Bank:
    loaded = strategies.loaded(_BANK.format(format=form, typed=typed))
    assert loaded.diagnostics == ()
    assert loaded.bank is not None
    return loaded.bank


def _option(bank: Bank) -> str:
    interaction = bank.items[0].interaction
    assert isinstance(interaction, Choice)
    return interaction.options[0].content.text


def _in_json(typed: str) -> str:
    files, _ = export(strategies.loaded(_BANK.format(format="code", typed=typed)), "json", ExportOptions())
    data = json.loads(files["sample.json"])
    text = data["items"][0]["interaction"]["options"][0]["content"]["text"]
    assert isinstance(text, str)
    return text


def _in_moodle(typed: str, form: str = "code") -> str:
    files, _ = export(strategies.loaded(_BANK.format(format=form, typed=typed)), "moodle_xml", ExportOptions())
    return moodle.texts(moodle.questions(files["sample.xml"])[0], "answer")[0]


def _code_in_moodle(typed: str) -> str:
    found = _SHOWN_AS_CODE.fullmatch(_in_moodle(typed))
    assert found
    return html.unescape(found["span"] or found["block"])


@pytest.mark.parametrize("text", strategies.TELLTALE)
def test_a_plain_scalar_keeps_its_characters(text: str) -> None:
    assert _option(_bank(text)) == text


@pytest.mark.parametrize("text", strategies.TELLTALE)
def test_a_plain_scalar_alone_in_a_list_keeps_its_characters(text: str) -> None:
    bank = _BANK.format(format="code", typed="x").replace("another option", text)
    assert f'"text": "{text}"' in json.dumps(_exported_options(bank))


def _exported_options(text: str) -> object:
    files, _ = export(strategies.loaded(text), "json", ExportOptions())
    return json.loads(files["sample.json"])["items"][0]["interaction"]["options"]


@pytest.mark.parametrize("text", strategies.TELLTALE)
def test_a_plain_scalar_reaches_every_export(text: str) -> None:
    assert _in_json(text) == text
    assert _code_in_moodle(text) == text


@pytest.mark.parametrize("text", strategies.TELLTALE)
def test_a_plain_scalar_in_a_text_field_keeps_its_characters(text: str) -> None:
    bank = strategies.loaded(
        f"format: 1\nid: sample\ntitle: {text}\nquestions:\n  - id: a\n    type: essay\n    stem: {text}\n"
        f"    tags: [{text if ',' not in text else 'x'}]\n    hints:\n      - {text}\n"
    ).bank
    assert bank is not None
    assert (bank.title, bank.items[0].stem, bank.items[0].hints) == (text, text, (text,))


@given(strategies.filled(strategies.one_line))
def test_single_quotes_keep_every_character(text: str) -> None:
    assert _option(_bank(strategies.single_quoted(text))) == text


@given(strategies.filled(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)))
def test_double_quotes_keep_every_character(text: str) -> None:
    assert _option(_bank(strategies.double_quoted(text))) == text


@given(strategies.filled(strategies.several_lines))
def test_a_block_scalar_keeps_every_character(text: str) -> None:
    assert _option(_bank(strategies.block_scalar(text, indent=10))) == text


@given(strategies.filled(strategies.plain))
def test_a_plain_text_keeps_every_character(text: str) -> None:
    assert _option(_bank(text)) == text


@given(strategies.filled(strategies.several_lines))
def test_json_holds_what_was_typed(text: str) -> None:
    assert _in_json(strategies.double_quoted(text)) == text


@given(strategies.filled(strategies.several_lines))
def test_moodle_shows_code_options_as_typed(text: str) -> None:
    """The line end behind the last line is not shown, and so it may be missing."""
    assert _code_in_moodle(strategies.double_quoted(text)) == text.rstrip("\n")


@given(strategies.filled(_LETTERS).map(str.strip))
def test_markdown_without_marks_is_rendered_as_typed(text: str) -> None:
    assert html.unescape(Renderer().inline(text)) == text


@given(strategies.filled(_LETTERS).map(str.strip))
def test_moodle_shows_markdown_without_marks_as_typed(text: str) -> None:
    assert html.unescape(_in_moodle(strategies.double_quoted(text), "markdown")) == text


@pytest.mark.parametrize("text", strategies.TELLTALE)
def test_a_telltale_text_in_markdown_is_rendered_as_typed(text: str) -> None:
    assert html.unescape(Renderer().inline(text)) in (text, f"<p>{text}</p>")
