"""Every mode stands in the address: links from elsewhere, links that are out of date, back and forward."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from quizlib.model import InlineChoice
from tests.browser import driver, learning, sample

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

BANK = learning.BANK
# As in a bank that means no good, or no harm: names that objects have, and words of the address itself.
NAMES = ["__proto__", "constructor", "toString", "new", "seed", "level", "end", "a/b#c?d%20", "ü" + "x" * 300]


def shown(page: Page) -> str:
    """Return the view and the mode, such as `round practice`."""
    return str(page.evaluate("`${document.documentElement.dataset.view} ${document.documentElement.dataset.mode}`"))


def go_to(page: Page, address: str, view: str, mode: str) -> None:
    page.evaluate("address => { location.hash = address }", address)
    page.wait_for_selector(f"html[data-view='{view}'][data-mode='{mode}']", state="attached")


@pytest.mark.parametrize(
    ("fragment", "expected", "question"),
    [
        ("", "home ", None),
        ("#nowhere", "home ", None),
        ("#q5", "home ", None),
        ("#practise", "round practice", 1),
        ("#practice/number", "round practice", 4),
        ("#practice/gone", "round practice", 1),
        ("#practice/%E0%A4%A", "round practice", 1),
        ("#practice/~hard", "round practice", 4),
        ("#practice/~none", "round practice", 1),
        ("#study/number", "round study", 4),
        ("#study/gone", "round study", 1),
        ("#predict/output", "round predict", 5),
        ("#mistake/number", "round mistakes", 4),
        ("#retry/gone", "panel retry", None),
        ("#test/number", "panel test", None),
        ("#read/2", "lesson read", None),
        ("#section-2", "lesson read", None),
        ("#lesson", "lesson read", None),
        ("#cards/gone", "round cards", 1),
        ("#print", "print print", None),
    ],
)
def test_a_link_opens_what_it_names(open_page: OpenPage, fragment: str, expected: str, question: int | None) -> None:
    page = open_page(BANK, fragment=fragment)
    assert shown(page) == expected
    if question:
        assert page.is_visible(f"#q{question}")


def test_a_link_within_the_page_is_followed_at_once(open_page: OpenPage) -> None:
    page = open_page(BANK)
    # Two presses in one turn of the browser: the second must not meet what the first one left.
    page.evaluate("""() => {
      document.querySelector("#modes a[href='#practice']").click();
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "n", bubbles: true }));
    }""")
    assert (shown(page), page.inner_text("#position")) == ("round practice", "2 / 9")
    assert page.url.endswith("#practice/" + BANK.items[1].identifier)
    page.go_back()
    page.wait_for_selector("#home", state="visible")


def test_a_link_may_be_opened_in_another_tab(open_page: OpenPage) -> None:
    page = open_page(BANK)
    with page.context.expect_page() as opened:
        page.click("#modes a[href='#practice']", modifiers=["ControlOrMeta"])
    driver.ready(opened.value)
    assert (shown(page), shown(opened.value)) == ("home ", "round practice")


def test_the_browsers_back_and_forward_go_from_mode_to_mode(open_page: OpenPage) -> None:
    page = open_page(BANK)
    driver.begin(page)
    driver.go_on(page)
    driver.go_on(page)
    assert page.url.endswith("#practice/text")
    driver.reload(page)
    assert page.is_visible("#q3")
    page.go_back()
    page.wait_for_selector("#home", state="visible")
    page.go_forward()
    page.wait_for_selector("#q3", state="visible")
    go_to(page, "#practice/~hard", "round", "practice")
    page.wait_for_selector("#q4.shown")
    page.go_back()
    page.wait_for_selector("#q3.shown")
    page.go_back()
    page.wait_for_selector("#home", state="visible")


def test_an_unknown_id_takes_nothing_away(open_page: OpenPage) -> None:
    page = open_page(BANK, fragment="#mixed")
    queue = driver.kept_round(page, "learning", "mixed")["queue"]
    go_to(page, "#home", "round", "mixed")
    go_to(page, "#mixed/gone", "round", "mixed")
    assert driver.kept_round(page, "learning", "mixed")["queue"] == queue


def test_a_practice_of_one_level_leaves_the_other_as_it_is(open_page: OpenPage) -> None:
    page = open_page(BANK, fragment="#practice")
    driver.respond(page, 1, BANK.items[0], right=True)
    driver.check(page, 1)
    driver.go_on(page)
    driver.go_on(page)
    page.click("#all-modes")
    page.click("text=only hard")
    assert page.inner_text("#mode-name") == "Practise: only hard"
    hard = page.locator("#navigator li").count()
    driver.go_on(page)
    assert page.url.partition("#")[2].startswith("practice/~hard/")
    driver.reload(page)
    assert page.inner_text("#position") == f"2 / {hard}"
    page.click(".question.shown [data-do=give-up]")
    page.click("#all-modes")
    assert page.inner_text("a[href='#practice/~hard']") == f"only hard (2 / {hard})"
    assert "Go on at 3 of 9" in page.inner_text("#modes li:has([href='#practice'])")
    driver.begin(page)
    assert page.inner_text("#position") == "3 / 9"
    assert page.locator("#navigator [data-state=right]").count() == 1


def test_a_question_that_is_asked_for_comes_in_the_round_that_goes_on(open_page: OpenPage) -> None:
    """A round that was begun before the bank had the question, or before a level had rounds of its own."""
    page = open_page(BANK, fragment="#practice")
    driver.respond(page, 1, BANK.items[0], right=True)
    driver.check(page, 1)
    kept = driver.kept_round(page, BANK.identifier, "practice")
    assert kept["queue"][0] == "single"
    page.evaluate(
        """place => {
      const kept = JSON.parse(localStorage.getItem(place));
      kept.rounds.practice.queue = kept.rounds.practice.queue.slice(0, 2);
      localStorage.setItem(place, JSON.stringify(kept));
    }""",
        f"quizlib:{BANK.identifier}",
    )
    page.goto(page.url.partition("#")[0] + "#read")
    driver.reload(page)
    go_to(page, "#practice/output", "round", "practice")
    assert page.inner_text("#position") == "2 / 3"
    assert page.is_visible("#q5")
    assert page.locator("#navigator [data-state=right]").count() == 1


def test_the_end_of_a_round_has_an_address(open_page: OpenPage) -> None:
    page = open_page(dataclasses.replace(BANK, items=(learning.SINGLE,)))
    driver.begin(page)
    page.click("#q1 [data-do=give-up]")
    driver.go_on(page)
    assert page.url.endswith("#practice/~end")
    driver.reload(page)
    assert shown(page) == "panel practice"
    page.click(".review-list a")
    page.wait_for_selector("#q1.shown")
    page.go_back()
    page.wait_for_selector("#panel", state="visible")
    page.click("#panel >> text=Take the test")
    page.wait_for_selector("#begin-test")


@pytest.mark.parametrize("mode", ["practice", "test", "cards"])
def test_a_question_may_have_any_id(open_page: OpenPage, mode: str) -> None:
    items = tuple(dataclasses.replace(sample.NUMBER, identifier=name) for name in NAMES)
    page = open_page(dataclasses.replace(BANK, identifier="names", items=items))
    driver.begin(page, mode)
    if mode == "test":
        page.click("#begin-test")
    for place in range(1, len(NAMES) + 1):
        driver.reload(page)
        assert mode == "cards" or page.inner_text("#position").startswith(f"{place} /")
        number = int(str(page.get_attribute(".question.shown", "id"))[1:])
        if mode == "cards":
            page.click(f"#q{number} [data-do=turn]")
            page.click(f"#q{number} [data-rating=easy]")
            continue
        driver.respond(page, number, sample.NUMBER, right=True)
        if mode == "practice":
            driver.check(page, number)
        driver.go_on(page)
    end = {"practice": "9 of 9 questions right.", "test": "9 of 9 right", "cards": "1 card done."}[mode]
    assert end in page.inner_text("#panel-body")
    driver.reload(page)
    assert mode == "cards" or end in page.inner_text("#panel-body")
    page.click("#all-modes")
    if mode == "practice":
        assert "9 of 9 right" in page.inner_text("#progress-box")


def test_a_gap_may_have_any_name(open_page: OpenPage) -> None:
    blanks = sample.CLOZE.interaction
    assert isinstance(blanks, InlineChoice)
    gaps = tuple(
        dataclasses.replace(gap, identifier=name)
        for gap, name in zip(blanks.gaps, ("__proto__", "constructor", "length"), strict=True)
    )
    stem = "A [[__proto__]] run changes the [[constructor]], [[length]] times."
    item = dataclasses.replace(sample.CLOZE, stem=stem, interaction=InlineChoice(gaps))
    page = open_page(dataclasses.replace(BANK, identifier="gaps", items=(item,)))
    driver.begin(page)
    driver.respond(page, 1, item, right=True)
    driver.reload(page)
    driver.check(page, 1)
    assert driver.verdict(page, 1) == "Right"


@pytest.mark.parametrize(
    "mode", ["practice", "practice/x", "mixed", "study", "test", "retry", "cards", "read", "print"]
)
def test_a_bank_without_questions_says_so(open_page: OpenPage, mode: str) -> None:
    page = open_page(dataclasses.replace(sample.BANK, items=()))
    page.evaluate("mode => { location.hash = mode }", mode)
    page.wait_for_selector("#panel:visible, #lesson:visible, #print-panel:visible")
    assert page.locator("#lesson .actions:visible").count() == 0
