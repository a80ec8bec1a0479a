"""Fragments for somebody else's page: readable by themselves, and whole for the script that comes with them."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path

import pytest

from quizlib.plugins import ExportOptions, Template, TemplateError
from quizlib.site import export_all
from quizlib_exporters import html
from quizlib_exporters.html.document import built
from quizlib_exporters.html.messages import Messages
from tests.browser import sample
from tests.exporters import samples
from tests.property.html import Element, document, select
from tests.unit.helpers import load_text

EMBED = ExportOptions(embed=True)
QUESTION = "questions:\n  - {id: a, type: short_answer, stem: What?, accepted: [b]}\n"
SCRIPTS = Path(str(resources.files("quizlib_exporters.html").joinpath("script")))
SPOKEN_BY = ("page/asking.ts", "page/blocks.ts", "page/explanation.ts", "page/ordering.ts", "page/question.ts", "embed/element.ts")  # fmt: skip


def fragment(bank: object = sample.BANK, options: ExportOptions = EMBED) -> str:
    files = html.export_fragment(bank, options).files  # type: ignore[arg-type]
    return files[f"{bank.identifier}.embed.html"].decode()  # type: ignore[attr-defined]


def readable(text: str) -> Element:
    """Return what is shown without the script."""
    return document(re.sub(r"<template>.*?</template>", "", text, flags=re.DOTALL).encode())


def templates(text: str) -> list[Element]:
    return [document(found.encode()) for found in re.findall(r"<template>(.*?)</template>", text, flags=re.DOTALL)]


def test_there_is_an_element_for_each_question_and_one_script() -> None:
    files = html.export_fragment(sample.BANK, EMBED).files
    assert list(files) == ["sample.embed.html", "quiz-question.js"]
    assert files["quiz-question.js"].decode() == built("embed.js")
    page = document(files["sample.embed.html"])
    names = [found.get("question") for found in select(page, "quiz-question")]
    assert names == [item.identifier for item in sample.BANK.items]
    (script,) = select(readable(files["sample.embed.html"].decode()), "script")
    assert (script.get("src"), script.text) == ("quiz-question.js", None)


def test_all_of_a_question_can_be_read_without_the_script() -> None:
    text = " ".join(readable(fragment()).text_content().split())
    for expected in (
        "Question 1",
        "A run starts at a loss of 0.8",
        "for epoch in range(3):",
        "It ends with an error",
        "Multiply once per epoch",
        "That is the loss after one epoch.",
        "Follow the loss",
        "Stopping after one epoch",
        "stores documents",
        "Names memorising",
        "total += i",
        "A ___ run changes the ___ (prompt / weights).",
        "for i in range(___):",
    ):
        assert expected in text, expected
    assert "SECRET" not in fragment()


def test_what_is_read_has_no_ids_no_fields_and_no_headings_that_could_clash_with_the_page() -> None:
    page = readable(fragment())
    assert (
        select(page, "[id], [name], input, select, textarea, button, h1, h2, h3, style, [style], [aria-labelledby]")
        == []
    )


def test_the_script_finds_the_question_and_its_words() -> None:
    found = templates(fragment())
    assert len(found) == len(sample.BANK.items)
    for place, (template, item) in enumerate(zip(found, sample.BANK.items, strict=True)):
        (block,) = select(template, "script")
        data = json.loads(block.text)
        assert (data["index"], data["spec"]["id"], data["spec"]["bank"]) == (place, item.identifier, "sample")
        assert select(template, f"article#q{place + 1} fieldset")
        assert data["language"] == "en"


@pytest.mark.skipif(not SCRIPTS.exists(), reason="the sources of the scripts are not here")
def test_no_word_of_the_script_is_missing() -> None:
    (first, *_) = templates(fragment())
    words = json.loads(select(first, "script")[0].text)["words"]
    source = "".join((SCRIPTS / name).read_text(encoding="utf-8") for name in SPOKEN_BY)
    said = set(re.findall(r'\bt\("([\w-]+)"', source)) | set(
        re.findall(r'[?:(] ?"((?:do|show|not|hint)-[\w-]+)"', source)
    )
    begun = set(re.findall(r"\bt\(`([\w-]+)\$", source))
    assert len(said) > 15
    assert said <= words.keys()
    assert begun == {"do-", "state-", "problem-", "problem-empty-", "move-"}
    for beginning in begun:
        assert Messages("en").beginning_with(beginning).items() <= words.items()


def test_an_image_is_written_once() -> None:
    text = fragment()
    assert text.count("data:image/svg+xml") == 1
    (template,) = (found for found in templates(text) if select(found, "img"))
    for image in select(template, "img"):
        assert image.get("src") == "data:,"
        same = [found for found in select(readable(text), "img") if found.get("data-image") == image.get("data-image")]
        assert [found.get("alt") for found in same] == [image.get("alt")]


def test_losses_are_those_of_the_page() -> None:
    page, embedded = html.export(sample.BANK, ExportOptions()), html.export_fragment(sample.BANK, EMBED)
    assert embedded.losses == page.losses != ()


def test_several_banks_share_the_script_and_make_no_site(tmp_path: Path) -> None:
    banks = [load_text(f"format: 1\nid: {name}\ntitle: {name}\n{QUESTION}", tmp_path, f"{name}.yaml") for name in "ab"]
    exports = export_all(banks, ["html", "json"], EMBED)
    assert [outcome.refusal for outcome in exports.outcomes] == [None, None]
    assert list(exports.files) == ["a.embed.html", "quiz-question.js", "a.json", "b.embed.html", "b.json"]


def test_templates_are_the_users_and_styles_are_not() -> None:
    own = Template(
        "readable.html.j2", "own/readable.html.j2", "<p class='mine'>{% include 'quizlib/readable.html.j2' %}"
    )
    assert "<p class='mine'>" in fragment(options=ExportOptions(embed=True, templates=(own,)))
    theme = Template("theme.css", "own/theme.css", ":root { --accent: red }")
    with pytest.raises(TemplateError, match=r"own/theme\.css: an embedded question takes its styles"):
        fragment(options=ExportOptions(embed=True, templates=(theme,)))


@pytest.mark.parametrize("hostile", samples.HOSTILE)
def test_hostile_texts_leave_neither_their_element_nor_their_template(hostile: str) -> None:
    text = samples.HOSTILE[hostile]
    items = [samples.hostile_item(name, text) for name in sorted(samples.interactions("x"))]
    written = fragment(samples.bank(*items, text=text, identifier="sample"))
    page = document(written.encode())
    assert len(select(page, "quiz-question")) == len(items)
    assert len(select(page, "quiz-question template")) == len(items)
    assert len(select(page, "script")) == len(items) + 1
    assert select(page, "[onerror], [onload], [style], iframe, base") == []
    assert select(readable(written), "img, svg, [id]") == []


def test_equal_banks_give_equal_bytes() -> None:
    assert fragment() == fragment()
