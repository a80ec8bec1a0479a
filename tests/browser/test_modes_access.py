"""What axe finds in the modes, on a narrow screen, with the text spaced out, and where the focus goes."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from quizlib.model import Bank, Content, Match
from tests.browser import driver, learning, sample
from tests.browser.test_access import faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

BANK = learning.TIMED
SCREENS: list[tuple[int, dict[str, Any]]] = [
    (1000, {"color_scheme": "light"}),
    (320, {"color_scheme": "dark"}),
    (320, {"color_scheme": "light", "forced_colors": "active"}),
]
# The least that WCAG 1.4.12 asks for; a style sheet of the user's is not held to the policy of the page.
SPACING = """
const sheet = new CSSStyleSheet();
sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }`);
document.adoptedStyleSheets = [sheet];
"""
CUT = """
() => [...document.querySelectorAll("button, a, label, legend, summary, th, td, li, p, h1, h2, h3, h4, span")]
  .filter((one) => one.checkVisibility() && !one.closest("pre, .scroll, #navigator, .visually-hidden, svg"))
  .filter((one) => getComputedStyle(one).overflow !== "visible" && one.clientWidth > 1)
  .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
  .map((one) => one.outerHTML.slice(0, 120))
"""
SMALL = """
() => [...document.querySelectorAll("button, select, summary, a.button, .mode-name, label.line, label.check-row, .option label:not(.letter), .contents a, .advice a, .review-list a, .modebar a")]
  .filter((one) => one.checkVisibility())
  .filter((one) => { const box = one.getBoundingClientRect(); return Math.min(box.width, box.height) < 24; })
  .map((one) => one.outerHTML.slice(0, 120))
"""


def stations(page: Page) -> Iterator[str]:
    """Go through the modes other than Practise, and stop where there is something to look at."""
    yield from mode(page, "read", "#lesson-title")
    yield from mode(page, "study", "#q1-heading")
    page.click("#q1 >> text=Show the options")
    page.fill("#q1-said", "Follow the loss")
    page.click("#q1 .next-step [data-do=step]")
    yield "study, a step"
    page.click("#q1 .next-step [data-do=step]")
    page.click("#q1 .next-step [data-do=step]")
    yield "study, the end"
    yield from mode(page, "predict", "#q1-heading")
    page.click("#q1 [data-do=predict]")
    yield "predict, nothing"
    page.fill("#q1-predicted", "0.56")
    page.click("#q1 [data-do=predict]")
    yield "predict, wrong"
    yield from mode(page, "mistakes", "#q1-heading")
    page.click("#q1 .line >> nth=0")
    page.click("#q1 [data-do=check-mistake]")
    yield "mistakes, lines"
    driver.go_on(page)
    yield "mistakes, descriptions"
    page.click("#q4 .line >> text=Giving the fraction")
    page.click("#q4 [data-do=check-mistake]")
    yield "mistakes, found"
    yield from mode(page, "mixed", ".question.shown h3")
    page.click(".question.shown [data-do=give-up]")
    yield "mixed, answered"
    yield from mode(page, "cards", "#q1-heading")
    page.click("#q1 [data-do=turn]")
    yield "cards, turned"
    yield from the_test(page)
    yield from mode(page, "retry", ".question.shown h3")
    yield from mode(page, "print", "#print-title")
    page.click("#all-modes")
    page.wait_for_selector("#home", state="visible")
    yield "start, with progress"


def mode(page: Page, name: str, focus: str) -> Iterator[str]:
    page.evaluate("name => { location.hash = name }", name)
    page.wait_for_selector(f"html[data-mode={name}]", state="attached")
    assert page.evaluate("selector => document.activeElement.matches(selector)", focus), name
    yield name


def the_test(page: Page) -> Iterator[str]:
    yield from mode(page, "test", "#panel-title")
    page.click("#begin-test")
    page.wait_for_selector("#clock", state="visible")
    yield "test, with a clock"
    for _ in range(3):
        driver.go_on(page)
    page.wait_for_selector("#panel", state="visible")
    assert page.evaluate("document.activeElement.id") == "panel-title"
    yield "test, what is open"
    page.click("text=Finish anyway")
    assert page.evaluate("document.activeElement.id") == "panel-title"
    yield "test, verdict"
    page.click(".review-list a >> nth=0")
    page.wait_for_selector("#bar", state="visible")
    assert page.evaluate("document.activeElement.matches('.question.shown h3')")
    yield "test, looked at again"


@pytest.mark.parametrize(("width", "options"), SCREENS, ids=["light", "dark and narrow", "forced and narrow"])
def test_axe_finds_nothing_in_any_mode(open_page: OpenPage, width: int, options: dict[str, Any]) -> None:
    page = open_page(BANK, width=width, **options)
    for station in stations(page):
        assert faults(page) == [], station
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), station
        assert page.evaluate(SMALL) == [], station


@pytest.mark.parametrize(("width", "spaced"), [(320, True), (500, False)], ids=["spaced out", "at twice the size"])
def test_nothing_is_cut_off(open_page: OpenPage, width: int, spaced: bool) -> None:
    page = open_page(BANK, width=width, device_scale_factor=1 if spaced else 2)
    if spaced:
        page.evaluate(SPACING)
    for station in stations(page):
        assert page.evaluate(CUT) == [], station
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), station


def test_the_focus_can_be_seen(open_page: OpenPage) -> None:
    page = open_page(BANK)
    for address in ("#", "#read", "#practice", "#mistakes", "#cards", "#print"):
        page.evaluate("address => { location.hash = address }", address)
        page.wait_for_selector(f"html[data-mode='{address[1:]}']", state="attached")
        for _ in range(12):
            page.keyboard.press("Tab")
            assert page.evaluate(
                """() => {
                  const one = document.activeElement;
                  const rings = [one, one.closest("label"), one.closest(".mode, .option")].filter(Boolean).map((each) => getComputedStyle(each));
                  return rings.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || one === document.body;
                }"""
            ), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def long_words() -> Bank:
    """Return the bank with 50,000 characters in one word, and in another direction, wherever a text stands."""
    long = "x" * 50_000
    turned = "\u202e" + "شرح" * 20 + "\u2066"
    item = dataclasses.replace(
        learning.SINGLE,
        title=long,
        stem=f"{long} {turned}",
        hints=(long, turned),
        common_mistakes=tuple(
            dataclasses.replace(mistake, text=long, source=learning.ONE_EPOCH + "# " + long)
            for mistake in learning.SINGLE.common_mistakes
        ),
        objectives=(long,),
    )
    number = dataclasses.replace(learning.NUMBER, title=turned, stem=turned, objectives=(turned,))
    texts = (Content(long), Content(turned), Content(long, "code"))
    pairs = sample.MATCH.interaction
    assert isinstance(pairs, Match)
    sources = tuple(dataclasses.replace(one, content=text) for one, text in zip(pairs.sources, texts, strict=True))
    matched = dataclasses.replace(sample.MATCH, interaction=dataclasses.replace(pairs, sources=sources))
    return dataclasses.replace(BANK, identifier="long", title=long, items=(item, matched, sample.TEXT, number))


def test_long_words_and_turned_texts_stay_in_their_place(open_page: OpenPage) -> None:
    page = open_page(long_words(), width=320)
    for address in ("#", "#practice", "#study", "#predict", "#mistakes", "#mixed", "#cards", "#test", "#print"):
        page.evaluate("address => { location.hash = address }", address)
        page.wait_for_selector(f"html[data-mode='{address[1:]}']", state="attached")
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), address


def test_a_long_word_in_a_pair_leaves_its_select_on_the_screen(open_page: OpenPage) -> None:
    page = open_page(long_words(), width=320, fragment="#practice/match")
    page.wait_for_selector("#q2.shown")
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    ends = page.locator("#q2 .pair > *").evaluate_all("all => all.map(one => one.getBoundingClientRect().right)")
    assert max(ends) <= 320
