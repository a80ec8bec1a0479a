"""One page in two tabs: neither undoes what was done in the other, and each shows it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from tests.browser import driver, learning, sample
from tests.browser.slowness import slow_down

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

BANK = dataclasses.replace(learning.BANK, items=(learning.SINGLE, learning.NUMBER, sample.TEXT, sample.ORDER))


def opened_again(page: Page, fragment: str = "") -> Page:
    """Open the page in another tab."""
    other = page.context.new_page()
    slow_down(other)
    other.goto(page.url.partition("#")[0] + fragment)
    driver.ready(other)
    return other


def written(page: Page) -> None:
    """Wait until what was done has been written."""
    page.wait_for_timeout(400)


def answer(page: Page, number: int, *, right: bool) -> None:
    driver.respond(page, number, BANK.items[number - 1], right=right)
    driver.check(page, number)


def test_what_was_answered_in_one_tab_stays_when_another_goes_on(open_page: OpenPage) -> None:
    one = open_page(BANK, fragment="#practice")
    other = opened_again(one, "#practice")
    answer(one, 1, right=True)
    driver.go_on(one)
    answer(one, 2, right=False)
    driver.go_on(other)
    driver.go_on(other)
    answer(other, 3, right=True)
    for page in (one, other):
        driver.reload(page)
        states = page.locator("#navigator button").evaluate_all("all => all.map(one => one.dataset.state)")
        assert states == ["right", "wrong", "right", "open"]
    one.click("#all-modes")
    assert "2 of 4 right" in one.inner_text("#progress-box")


def test_a_tab_shows_at_once_what_another_has_done(open_page: OpenPage) -> None:
    one = open_page(BANK, fragment="#practice")
    other, home = opened_again(one, "#practice"), opened_again(one)
    answer(one, 1, right=True)
    other.wait_for_selector("#q1.checked")
    assert driver.verdict(other, 1) == "Right"
    home.wait_for_selector("#progress-box:has-text('1 of 4 right')")


def test_a_test_under_way_is_not_lost_to_cards_in_another_tab(open_page: OpenPage) -> None:
    one = open_page(BANK)
    other = opened_again(one)
    driver.begin(one, "test")
    one.click("#begin-test")
    shown = int(str(one.get_attribute(".question.shown", "id"))[1:])
    driver.respond(one, shown, BANK.items[shown - 1], right=True)
    other.evaluate("location.hash = '#cards'")
    other.click("#q1 [data-do=turn]")
    other.click("#q1 [data-rating=good]")
    for page in (one, other):
        kept = driver.kept_round(page, BANK.identifier, "test")
        assert kept["work"][BANK.items[shown - 1].identifier]["response"] is not None
    place = f"quizlib:{BANK.identifier}"
    cards = one.evaluate("place => JSON.parse(localStorage.getItem(place)).deck.cards", place)
    assert list(cards) == [BANK.items[0].identifier]


def test_a_test_that_was_ended_in_another_tab_is_over(open_page: OpenPage) -> None:
    one = open_page(BANK)
    driver.begin(one, "test")
    one.click("#begin-test")
    written(one)
    other = opened_again(one, "#test")
    other.wait_for_selector("#bar", state="visible")
    for _ in BANK.items:
        driver.go_on(one)
    one.click("text=Finish anyway")
    other.wait_for_selector("#home", state="visible")
    assert other.inner_text("#notice") == "This went on in another tab. Here is how things stand."
    assert "0 of 4 right" in other.inner_text("#progress-box")
    driver.reload(one)
    assert one.is_visible(".verdict-box")


def test_what_was_cleared_in_one_tab_does_not_come_back_from_another(open_page: OpenPage) -> None:
    one = open_page(BANK, fragment="#practice")
    answer(one, 1, right=True)
    other = opened_again(one)
    driver.clear(other)
    one.wait_for_selector("#home", state="visible")
    driver.begin(one)
    assert one.locator("#q1.checked").count() == 0
    driver.reload(other)
    assert not other.locator("#progress-box:has-text('1 of 4')").count()
