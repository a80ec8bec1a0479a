"""What one tab shows follows what another has done, and what is pressed there works on things as they are."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from tests.browser import driver, learning
from tests.browser.test_tabs import BANK, answer, opened_again, written

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

MANY = learning.many(24)
ELSEWHERE = "This went on in another tab. Here is how things stand."
MORE = "#panel button:has-text('more question')"
DEAF = "addEventListener('storage', (event) => event.stopImmediatePropagation(), true);"


def kept(page: Page, bank: str) -> dict[str, Any]:
    """Return what the browser keeps at this moment."""
    text: str = page.evaluate("place => localStorage.getItem(place)", f"quizlib:{bank}")
    progress: dict[str, Any] = json.loads(text)
    return progress


def undecided(open_page: OpenPage, **options: str) -> Page:
    """Take a test whose verdict is open: seven of ten right."""
    page = open_page(MANY, fragment="#test/seed/2", **options)
    page.click("#begin-test")
    answer_from(page, 1, right=7)
    return page


def answer_from(page: Page, first: int, *, right: int) -> None:
    """Answer the test from a place on, so many rightly, and finish it."""
    count = int(page.inner_text("#position").split("/")[1])
    for place in range(first, count + 1):
        driver.go_to(page, place)
        number = int(str(page.get_attribute(".question.shown", "id"))[1:])
        driver.respond(page, number, MANY.items[number - 1], right=place < first + right)
    driver.go_on(page)
    page.wait_for_selector(".verdict-box")
    written(page)


def at_the_start(page: Page) -> None:
    """Wait until a tab has been led to the start, with the reason."""
    page.wait_for_selector("#home", state="visible")
    assert page.inner_text("#notice") == ELSEWHERE


def test_an_old_verdict_gives_way_once_the_test_goes_on_elsewhere(open_page: OpenPage) -> None:
    one = undecided(open_page)
    other = opened_again(one, "#test")
    one.click(MORE)
    at_the_start(other)
    answer_from(one, 11, right=5)
    assert "verdict" not in str(other.get_attribute("html", "data-view"))
    other.wait_for_timeout(400)
    assert other.inner_text("#notice") == ELSEWHERE


def test_more_questions_are_asked_for_on_the_verdict_as_it_is(open_page: OpenPage) -> None:
    one = undecided(open_page, init=DEAF)
    other = opened_again(one, "#test")
    other.click(MORE)
    count = int(other.inner_text("#position").split("/")[1])
    answer_from(other, 11, right=2)
    work = kept(other, MANY.identifier)["rounds"]["test"]["work"]
    one.click(MORE)
    written(one)
    kept_test = kept(one, MANY.identifier)["rounds"]["test"]
    assert kept_test["work"] == work
    assert len(kept_test["queue"]) == len(set(kept_test["queue"])) == count
    assert kept_test["looks"] == 2
    assert one.is_visible(".verdict-box")


def test_only_the_test_that_goes_on_is_finished(open_page: OpenPage) -> None:
    one = open_page(MANY, fragment="#test/seed/2", init=DEAF)
    one.click("#begin-test")
    driver.go_to(one, 10)
    driver.go_on(one)
    assert one.is_visible("text=Finish anyway")
    written(one)
    other = opened_again(one, "#test/seed/3")
    other.click("#begin-test")
    written(other)
    one.click("text=Finish anyway")
    at_the_start(one)
    test = kept(one, MANY.identifier)["rounds"]["test"]
    assert (test["seed"], test["finished"]) == ("3", None)
    assert kept(one, MANY.identifier)["records"] == {}


def test_the_list_of_what_is_open_follows_the_other_tab(open_page: OpenPage) -> None:
    one = open_page(BANK, fragment="#test/seed/2")
    one.click("#begin-test")
    written(one)
    other = opened_again(one, "#test")
    driver.go_to(other, 4)
    driver.go_on(other)
    assert "4 questions are not answered" in other.inner_text("#panel-body")
    other.focus("text=Finish anyway")
    number = int(str(one.get_attribute(".question.shown", "id"))[1:])
    driver.respond(one, number, BANK.items[number - 1], right=True)
    other.wait_for_selector("#panel-body:has-text('3 questions are not answered')")
    assert other.evaluate("document.activeElement.textContent") == "Finish anyway"


def test_a_practice_that_was_ended_elsewhere_is_over(open_page: OpenPage) -> None:
    one = open_page(BANK, fragment="#practice")
    answer(one, 1, right=True)
    other = opened_again(one, "#practice")
    driver.go_to(one, 4)
    driver.go_on(one)
    at_the_start(other)
    assert kept(one, BANK.identifier)["rounds"]["practice"]["finished"] is not None


def test_the_end_of_a_practice_gives_way_to_a_new_one(open_page: OpenPage) -> None:
    one = open_page(BANK, fragment="#practice")
    answer(one, 1, right=False)
    driver.go_to(one, 4)
    driver.go_on(one)
    other = opened_again(one, "#practice/~end")
    assert other.is_visible(".review-list")
    one.click("text=Start again")
    at_the_start(other)


def test_the_end_of_a_round_that_is_gone_is_not_in_the_address(open_page: OpenPage) -> None:
    page = open_page(BANK, fragment=f"#practice/~end/{BANK.items[1].identifier}")
    assert page.is_visible("#q1")
    assert page.evaluate("location.hash") == "#practice"


def test_a_card_that_was_rated_in_another_tab_is_not_rated_again(open_page: OpenPage) -> None:
    bank = dataclasses.replace(BANK, items=BANK.items[:2])
    for init in ("", DEAF):
        one = open_page(bank, fragment="#cards", init=init)
        one.click("#q1 [data-do=turn]")
        other = opened_again(one, "#cards")
        other.click("#q1 [data-do=turn]")
        other.click("#q1 [data-rating=good]")
        written(other)
        before = kept(other, bank.identifier)["deck"]["cards"]
        if init:
            one.click("#q1 [data-rating=again]")
        one.wait_for_selector("#q1 >> text=This card comes back when it is due.")
        assert one.locator("#q1 .rating").count() == 0
        written(one)
        assert kept(one, bank.identifier)["deck"]["cards"] == before
        assert one.locator("#navigator button").evaluate_all("all => all.map(one => one.dataset.state)") == [
            "answered",
            "open",
        ]
        for page in (one, other):
            page.close()


def test_a_question_to_clear_stays_while_another_tab_goes_on(open_page: OpenPage) -> None:
    one = open_page(BANK, fragment="#practice")
    answer(one, 1, right=True)
    written(one)
    other = opened_again(one)
    other.click("#progress-box >> text=Clear my progress")
    driver.go_on(one)
    answer(one, 2, right=True)
    other.wait_for_selector("#progress-box:has-text('2 of 4 right')")
    assert other.evaluate("document.activeElement.textContent") == "Yes, forget it"
    other.click("text=No, keep it")
    assert other.is_visible("#progress-box >> text=Clear my progress")
    driver.go_on(one)
    answer(one, 3, right=True)
    other.wait_for_selector("#progress-box:has-text('3 of 4 right')")
    assert other.evaluate("document.activeElement.tagName") == "BUTTON"


def test_what_was_cleared_and_begun_anew_does_not_come_back(open_page: OpenPage) -> None:
    one = open_page(BANK, fragment="#practice", init=DEAF)
    answer(one, 1, right=True)
    written(one)
    other = opened_again(one)
    driver.clear(other)
    driver.begin(other, "practice")
    driver.go_on(other)
    answer(other, 2, right=True)
    written(other)
    driver.go_on(one)
    written(one)
    at_the_start(one)
    assert "1 of 4 right" in one.inner_text("#progress-box")
    assert list(kept(one, BANK.identifier)["records"]) == [BANK.items[1].identifier]


def test_a_question_of_another_level_is_practised_among_all(open_page: OpenPage) -> None:
    page = open_page(MANY, fragment="#practice/~easy")
    place = page.inner_text("#position")
    hard = next(item for item in MANY.items if item.difficulty == "hard")
    page.evaluate("address => location.hash = address", f"#practice/~easy/{hard.identifier}")
    page.wait_for_selector(f".question.shown[data-name='{hard.title}']")
    assert page.evaluate("location.hash") == f"#practice/{hard.identifier}"
    page.evaluate("location.hash = '#practice/~easy'")
    page.wait_for_selector(f"#position:has-text('{place}')")


def test_a_practice_of_one_level_from_an_earlier_page_goes_on_in_its_place(open_page: OpenPage) -> None:
    page = open_page(MANY, fragment="#practice/~easy")
    driver.go_on(page)
    progress = kept_after(page, MANY.identifier)
    progress["rounds"] = {"practice": progress["rounds"]["practice/~easy"]}
    page.evaluate(
        "([place, text]) => localStorage.setItem(place, text)", [f"quizlib:{MANY.identifier}", json.dumps(progress)]
    )
    other = opened_again(page, "#practice")
    assert other.inner_text("#position").endswith("/ 24")
    other.goto(page.url.partition("#")[0] + "#practice/~easy")
    driver.reload(other)
    assert other.inner_text("#position") == "2 / 8"


def kept_after(page: Page, bank: str) -> dict[str, Any]:
    """Return what the browser keeps once all has been written, and let the page write no more."""
    written(page)
    page.evaluate("history.replaceState(null, '', '#')")
    return kept(page, bank)
