"""Every language of the interface: no word of another one, the right direction, and nothing that axe finds."""

from __future__ import annotations

import dataclasses
import functools
import json
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quizlib.bank import load
from quizlib.discovery import BankFiles
from quizlib.model import Bank
from quizlib.plugins import ExportOptions
from quizlib_exporters import html
from quizlib_exporters.html.messages import SOURCE, languages
from tests.browser.conftest import OpenPage, Visit
from tests.browser.test_access import faults

if TYPE_CHECKING:
    from playwright.sync_api import Page

ARABIC = Path(__file__).with_name("arabic.yaml")
TRANSLATED = sorted(languages() - {SOURCE})
# What is shown and read out, but for programs, which have words of their own.
SHOWN = """() => {
  const texts = [document.title];
  const names = ["aria-label", "placeholder", "title", "alt"];
  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest("code, pre, script, style, template") || !element.checkVisibility()) continue;
    for (const name of names) if (element.getAttribute(name)) texts.push(element.getAttribute(name));
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) texts.push(node.data);
  }
  return texts.map((text) => text.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""


@functools.cache
def bank_in(language: str) -> Bank:
    """Return a bank whose texts are Arabic, so that no word of theirs is taken for one of the interface."""
    bank = load(BankFiles((("arabic.yaml", ARABIC),), ARABIC.parent, named=True)).bank
    assert bank is not None
    return dataclasses.replace(bank, language=language)


@functools.cache
def catalogue(language: str) -> dict[str, str | dict[str, str]]:
    file = resources.files("quizlib_exporters.html").joinpath("messages", f"{language}.json")
    texts: dict[str, str | dict[str, str]] = json.loads(file.read_text(encoding="utf-8"))
    return texts


def forms(text: str | dict[str, str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text.values())


def english_words(language: str) -> dict[str, re.Pattern[str]]:
    """Return what finds the English texts that are none in a language: alone, or within a text if they are long."""
    own = {form for text in catalogue(language).values() for form in forms(text)} if language != SOURCE else set()
    found = {}
    for key, text in catalogue(SOURCE).items():
        for form in set(forms(text)) - own:
            words = re.sub(r"\{\w+\}", "", form)
            if re.search("[A-Za-z]", words):
                pattern = re.sub(r"\\\{\w+\\\}", ".+?", re.escape(form))
                alone = len(re.findall(r"[A-Za-z]+", words)) < 3
                found[f"{key}: {form}"] = re.compile(f"^{pattern}$" if alone else rf"(?<!\w){pattern}(?!\w)")
    return found


def tour(page: Page) -> Iterator[str]:
    """Go through all modes, and yield a name of each thing that there is to see."""
    yield "start"
    go(page, "read")
    yield "read"
    yield from practise(page)
    yield from other_modes(page)
    yield from take_test(page)
    go(page, "")
    yield "start again"
    page.click("#progress-box button:last-of-type")
    yield "clear"


def go(page: Page, mode: str) -> None:
    page.evaluate("mode => { location.hash = mode }", mode)
    page.wait_for_selector(f"html[data-mode='{mode}']", state="attached")


def practise(page: Page) -> Iterator[str]:
    go(page, "practice")
    for place in range(page.locator("#navigator li").count()):
        page.click(f"#navigator li:nth-child({place + 1}) button")
        question = page.locator(".question.shown")
        question.locator("[data-do=check]").click()  # unanswered
        yield f"problem {place}"
        for hint in range(question.locator(".hints-panel li").count()):
            question.locator("[data-do=hint]").click()
            yield f"hint {place} {hint}"
        if question.locator(".option").count() and place % 2 == 0:
            question.locator(".option").nth(0).click()
            question.locator("[data-do=check]").click()
        elif question.locator("[data-do=give-up]").is_visible():
            question.locator("[data-do=give-up]").click()
        yield f"checked {place}"
        while question.locator(".step-controls [data-do=step]").is_visible():
            question.locator(".step-controls [data-do=step]").click()
            yield f"step {place}"
    page.click("#next")
    yield "end of practice"
    go(page, "retry")
    yield "retry"
    go(page, "mixed")
    page.click(".question.shown [data-do=give-up]")
    yield "mixed"


def other_modes(page: Page) -> Iterator[str]:
    go(page, "study")
    page.fill(".next-step textarea", "…")
    yield "study"
    while page.locator(".next-step [data-do=step]").is_visible():
        page.click(".next-step [data-do=step]")
        yield "step of study"
    go(page, "predict")
    page.click(".question.shown [data-do=predict]")
    yield "no prediction"
    page.fill(".question.shown .task input", "0.5")
    page.click(".question.shown [data-do=predict]")
    yield "prediction"
    go(page, "mistakes")
    for _ in range(page.locator("#navigator li").count()):
        yield "mistake"
        page.locator(".question.shown .task input[type=radio]").nth(0).click()
        page.click(".question.shown [data-do=check-mistake]")
        yield "mistake checked"
        page.click("#next")
    go(page, "cards")
    yield "card"
    page.click(".question.shown [data-do=turn]")
    yield "back of a card"
    page.click(".question.shown .rating >> nth=0")
    yield "next card"
    go(page, "print")
    yield "print"


def take_test(page: Page) -> Iterator[str]:
    go(page, "test")
    yield "test"
    page.check("#panel input[type=checkbox]")
    page.click("#begin-test")
    yield "question of a test"
    page.click("#navigator li:last-child button")
    page.click("#next")
    yield "open questions"
    page.click("#panel .actions button.primary")
    yield "result"
    page.click("#panel .review-list a >> nth=0")
    yield "review"


def english_on(page: Page, words: dict[str, re.Pattern[str]]) -> set[str]:
    texts = set(page.evaluate(SHOWN))
    return {name for name, pattern in words.items() if any(pattern.search(text) for text in texts)}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_english_word_shows_in_any_mode(open_page: OpenPage, language: str) -> None:
    words = english_words(language)
    page = open_page(bank_in(language), width=700)
    for place in tour(page):
        assert english_on(page, words) == set(), place


def test_the_tour_sees_most_of_what_the_page_can_say(open_page: OpenPage) -> None:
    words = english_words(SOURCE)
    page = open_page(bank_in(SOURCE), width=700)
    seen = {name for _ in tour(page) for name in english_on(page, words)}
    told = {name for name in words if not name.startswith("index-")}
    assert len(seen) > 0.5 * len(told)


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_english_word_shows_in_the_index(visit: Visit, language: str, tmp_path: Path) -> None:
    banks = [bank_in(language), dataclasses.replace(bank_in(language), identifier="second")]
    for name, content in html.export_site(banks, ExportOptions(site=True)).files.items():
        (tmp_path / name).write_bytes(content)
    page = visit(tmp_path / "index.html", width=1100)
    assert page.get_attribute("html", "lang") == language
    words = english_words(language)
    assert english_on(page, words) == set()
    page.fill("#query", "لا شيء كهذا")
    page.locator("#nothing").wait_for()
    assert english_on(page, words) == set()


@pytest.mark.parametrize(
    ("asked", "language", "direction", "own_language", "own_direction"),
    [
        ("de", "de", "ltr", None, "auto"),
        ("de-AT", "de", "ltr", "de-AT", "auto"),
        ("fr", "fr", "ltr", None, "auto"),
        ("es-419", "es", "ltr", "es-419", "auto"),
        ("ar", "ar", "rtl", None, "rtl"),
        ("ar-EG", "ar", "rtl", "ar-EG", "rtl"),
        ("he", "en", "ltr", "he", "rtl"),
        ("it", "en", "ltr", "it", "auto"),
        ("zh-Hant", "en", "ltr", "zh-Hant", "auto"),
        ("az-Arab", "en", "ltr", "az-Arab", "rtl"),
        ("x-klingon", "en", "ltr", "und", "auto"),
    ],
)
def test_the_page_and_the_texts_of_the_bank_say_their_languages(
    open_page: OpenPage, asked: str, language: str, direction: str, own_language: str | None, own_direction: str
) -> None:
    page = open_page(bank_in(asked))
    assert (page.get_attribute("html", "lang"), page.get_attribute("html", "dir")) == (language, direction)
    for own in ("h1", "#q1 .stem", "#q1 .option .content"):
        place = page.locator(own).first
        assert (place.get_attribute("lang"), place.get_attribute("dir")) == (own_language, own_direction), own
    assert page.locator("#modes a").first.inner_text() == catalogue(language)["mode-read"]


@pytest.mark.parametrize("language", TRANSLATED)
def test_axe_finds_nothing_in_any_language_on_a_phone(open_page: OpenPage, language: str) -> None:
    page = open_page(bank_in(language), width=320)
    wanted = {"start", "checked 0", "checked 1", "checked 8", "mistake checked", "back of a card", "result"}
    seen = set()
    for place in tour(page):
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), place
        if place in wanted:
            seen.add(place)
            assert faults(page) == [], place
    assert seen == wanted


def boxes(page: Page, *selectors: str) -> list[dict[str, float]]:
    found: list[Any] = [page.locator(selector).first.bounding_box() for selector in selectors]
    return found


def test_a_page_from_right_to_left_begins_at_the_right(open_page: OpenPage) -> None:
    page = open_page(bank_in("ar"))
    glyph, name, status = boxes(page, ".mode .glyph", ".mode .mode-name", ".mode .mode-status")
    assert glyph["x"] > name["x"] > status["x"]
    go(page, "practice")
    field, letter, text = boxes(page, "#q1 .option input", "#q1 .option .letter", "#q1 .option code")
    assert field["x"] > letter["x"] > text["x"]
    assert letter["x"] - (text["x"] + text["width"]) < 24  # an output stands beside its letter
    back, onward = boxes(page, "#back", "#next")
    assert back["x"] > onward["x"]


@pytest.mark.parametrize(
    ("selector", "direction"),
    [
        ("#q1 pre.code", "ltr"),
        ("#q1 .option code", "ltr"),
        ("#q1 .steps > li:first-child p", "ltr"),  # an equation without a word
        ("#q1 .steps > li:last-child p", "rtl"),
        ("#q3 .stem", "rtl"),  # begins with the name of a language
        ("#q7 input.number", "ltr"),
        ("#section-1 ~ .prose table", "rtl"),
    ],
)
def test_programs_equations_and_numbers_run_from_left_to_right(
    open_page: OpenPage, selector: str, direction: str
) -> None:
    page = open_page(bank_in("ar"))
    found = page.evaluate("selector => getComputedStyle(document.querySelector(selector)).direction", selector)
    assert found == direction
