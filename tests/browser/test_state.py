"""What is kept between visits, and what happens when nothing can be kept."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

from tests.browser import driver, sample

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

ITEMS = list(enumerate(sample.BANK.items, start=1))
SHORT = dataclasses.replace(sample.BANK, items=(sample.SINGLE, sample.NUMBER, sample.ORDER))


def answer_all(page: Page, *, right: frozenset[int]) -> None:
    for number, item in enumerate(SHORT.items, start=1):
        driver.respond(page, number, item, right=number in right)
        driver.check(page, number)
        driver.go_on(page, number)


def test_every_response_survives_a_reload(open_page: OpenPage) -> None:
    page = open_page()
    driver.begin(page)
    for number, item in ITEMS:
        driver.respond(page, number, item, right=True)
        if number % 2:
            driver.check(page, number)
        page.reload()
        if not number % 2:
            driver.check(page, number)
        assert driver.verdict(page, number) in ("Right", "Answered"), item.identifier
        driver.go_on(page, number)
    page.reload()
    assert page.inner_text("#score") == "9 of 9 points"


def test_the_order_of_the_options_survives_a_reload(open_page: OpenPage) -> None:
    page = open_page()
    driver.begin(page)
    before = page.locator("#q1 .option .content").all_inner_texts()
    page.click("#q1 [data-do=hint]")
    page.reload()
    assert page.locator("#q1 .option .content").all_inner_texts() == before
    assert page.locator("#q1 .hints-panel li:visible").count() == 1


def test_only_the_wrong_ones_are_retried(open_page: OpenPage) -> None:
    page = open_page(SHORT)
    driver.begin(page)
    answer_all(page, right=frozenset({2}))
    rows = page.locator("#by-difficulty tbody tr").all_inner_texts()
    assert [row.split("\t")[:2] for row in rows] == [["Medium", "0 of 1"], ["Hard", "1 of 2"]]
    page.click("#retry")
    assert page.inner_text("#position") == "1 / 2"
    assert page.is_visible("#q1")
    assert page.locator("#q1 input:checked").count() == 0
    driver.respond(page, 1, sample.SINGLE, right=True)
    driver.check(page, 1)
    driver.go_on(page, 1)
    assert page.is_visible("#q3")
    driver.respond(page, 3, sample.ORDER, right=True)
    driver.check(page, 3)
    driver.go_on(page, 3)
    assert page.inner_text("#score") == "3 of 3 points"
    page.click("#again")
    assert page.inner_text("#position") == "1 / 3"
    assert page.locator(".place.open").count() == 3


def test_a_wrong_one_can_be_looked_at_from_the_result(open_page: OpenPage) -> None:
    page = open_page(SHORT)
    driver.begin(page)
    answer_all(page, right=frozenset({1, 3}))
    assert page.locator("#wrong-ones li").count() == 1
    page.click("#wrong-ones button")
    assert page.is_visible("#q2")
    assert driver.verdict(page, 2) == "Not right"
    states = page.locator("#navigator button").all_text_contents()
    assert states == ["Question 1, right", "Question 2, not right", "Question 3, right"]


def test_clear_forgets_everything(open_page: OpenPage) -> None:
    page = open_page(SHORT)
    driver.begin(page)
    driver.respond(page, 1, sample.SINGLE, right=True)
    driver.check(page, 1)
    page.click("#clear")
    assert page.inner_text("#notice") == "Your progress has been cleared."
    assert page.evaluate("document.activeElement.id") == "begin"
    assert page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('quizlib:'))") == []
    page.reload()
    assert page.is_visible("#start")


REFUSED = """
Object.defineProperty(window, "localStorage", {get() { throw new DOMException("no", "SecurityError"); }});
"""


def test_storage_may_be_refused(open_page: OpenPage) -> None:
    page = open_page(SHORT, init=REFUSED)
    driver.begin(page)
    answer_all(page, right=frozenset({1, 2, 3}))
    assert page.inner_text("#score") == "3 of 3 points"
    assert not page.is_visible("#storage-note")
    page.uncheck("#shortcuts")
    page.click("#again")


KEPT = [
    "no json",
    "null",
    "[]",
    "7",
    '{"phase": "quiz", "queue": [99]}',
    '{"phase": "quiz", "queue": [], "at": 0}',
    '{"phase": "quiz", "queue": [0], "at": 5}',
    '{"phase": "quiz", "responses": {"0": "x"}}',
    '{"phase": "quiz", "responses": {"0": null, "9": []}, "checked": {"0": "checked"}}',
    '{"phase": "result", "responses": {"2": [0, 0, 0, 0]}, "checked": {"2": "checked"}}',
    '{"phase": "quiz", "hints": {"0": "x"}, "steps": {"0": -3}, "retries": "x", "checked": {"77": "checked"}}',
    '{"phase": "quiz", "checked": {"0": "checked", "1": "checked"}}',
]


def test_whatever_was_kept_the_page_works(open_page: OpenPage) -> None:
    page = open_page(SHORT)
    place = page.evaluate("'quizlib:sample:' + JSON.parse(document.getElementById('quiz-data').textContent).hash")
    for kept in KEPT:
        page.evaluate("([place, kept]) => localStorage.setItem(place, kept)", [place, kept])
        page.reload()
        for button in ("#begin", "#again"):
            if page.is_visible(button):
                page.click(button)
        assert page.locator(".question:visible").count() == 1, kept


def test_another_content_has_another_state(open_page: OpenPage) -> None:
    page = open_page(SHORT)
    driver.begin(page)
    page.click("#q1 .option[data-index='0'] .content")
    (name,) = json.loads(page.evaluate("JSON.stringify(Object.keys(localStorage))"))
    assert name.startswith("quizlib:sample:")
    page.evaluate("localStorage.setItem('quizlib:sample:0123', '{}'); localStorage.setItem('quizlib:sample2:0', '{}')")
    page.reload()
    names = page.evaluate("Object.keys(localStorage).sort()")
    assert names == sorted([name, "quizlib:sample2:0"])
