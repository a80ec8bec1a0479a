"""How each mode of practice ends: what counted, what to look at again, and what can be saved."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from quizlib import results
from quizlib.delivery.reading import Delivered
from quizlib.grades import grade
from tests.browser import driver, learning, sample

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from quizlib.results import Result
    from tests.browser.conftest import OpenPage

BANK = learning.BANK
SHORT = dataclasses.replace(BANK, items=(learning.SINGLE, learning.NUMBER, sample.TEXT))


def states(page: Page) -> list[str]:
    return [" ".join(text.split()) for text in page.locator("#navigator button").all_text_contents()]


def saved(page: Page, button: str, folder: Path) -> tuple[str, Result]:
    """Save a result; return the name of its file and what it holds."""
    with page.expect_download() as download:
        page.click(button)
    path = folder / "result.json"
    download.value.save_as(path)
    return download.value.suggested_filename, results.read(path.read_bytes())


def test_find_the_mistake_ends_with_what_was_found(open_page: OpenPage) -> None:
    page = open_page(BANK, fragment="#mistakes")
    page.click("#q1 .line >> nth=1")
    page.click("#q1 [data-do=check-mistake]")
    driver.go_on(page)
    other = "Giving the fraction" if "99.61" in page.inner_text("#q4") else "Giving the share"
    page.click(f"#q4 .line >> text={other}")
    page.click("#q4 [data-do=check-mistake]")
    assert states(page) == ["Question 1, Right", "Question 2, Not right"]
    driver.go_on(page)
    assert "1 of 2 questions right." in page.inner_text("#panel-body")
    assert page.locator(".review-list li").all_inner_texts() == ["Not right\nShare of trained weights"]
    assert page.locator("#panel >> text=Retry what was not right").count() == 0
    assert page.locator("#panel >> text=Save as a file").count() == 0
    page.click(".review-list a")
    assert "That was not it" in page.inner_text("#q4 .found")


def test_find_the_mistake_ends_well(open_page: OpenPage) -> None:
    page = open_page(dataclasses.replace(BANK, items=(learning.SINGLE,)), fragment="#mistakes")
    page.click("#q1 .line >> nth=1")
    page.click("#q1 [data-do=check-mistake]")
    driver.go_on(page)
    assert page.inner_text("#panel-title") == "Everything right"


def test_study_ends_without_a_word_on_right_and_wrong(open_page: OpenPage) -> None:
    page = open_page(dataclasses.replace(BANK, items=(learning.SINGLE,)), fragment="#study")
    driver.go_on(page)
    assert page.inner_text("#panel-title") == "That was the last one"
    assert "You have gone through the worked examples." in page.inner_text("#panel-body")


def test_a_prediction_that_was_wrong_is_right_in_part_at_most(open_page: OpenPage) -> None:
    page = open_page(dataclasses.replace(BANK, items=(learning.SINGLE, learning.OUTPUT)), fragment="#predict")
    page.fill("#q1-predicted", "0.56")
    page.click("#q1 [data-do=predict]")
    driver.respond(page, 1, learning.SINGLE, right=True)
    driver.check(page, 1)
    assert driver.verdict(page, 1) == "Partly right"
    assert "Right once the options were in sight." in page.inner_text("#q1 .outcome")
    assert "then choose" not in page.inner_text("#q1 .predicted")
    assert states(page)[0] == "Question 1, Partly right"
    driver.reload(page)
    assert driver.verdict(page, 1) == "Partly right"
    driver.go_on(page)
    page.fill("#q2-predicted", "first\nsecond")
    page.click("#q2 [data-do=predict]")
    driver.go_on(page)
    assert "1 of 2 questions right." in page.inner_text("#panel-body")
    page.click("text=Retry what was not right")
    assert page.inner_text("#position") == "1 / 1"
    driver.respond(page, 1, learning.SINGLE, right=True)
    driver.check(page, 1)
    assert driver.verdict(page, 1) == "Right"
    page.click("#all-modes")
    assert page.locator("#modes a[href='#retry'] ~ .mode-status >> text=to retry").count() == 0


def test_the_end_of_a_practice_is_saved_and_graded_to_the_same(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(SHORT, fragment="#practice")
    driver.respond(page, 1, learning.SINGLE, right=True)
    driver.check(page, 1)
    driver.go_on(page)
    driver.respond(page, 2, learning.NUMBER, right=True)
    page.click("#q2 [data-do=give-up]")
    driver.go_on(page)
    driver.go_on(page)
    assert "1 of 3 questions right." in page.inner_text("#panel-body")
    name, result = saved(page, "text=Save as a file", tmp_path)
    assert name.startswith("learning-practice-")
    grades = grade([Delivered(SHORT)], result)
    assert [str(one.outcome.state) for one in grades.questions] == ["right", "unanswered", "unanswered"]
    assert (result.mode, grades.points) == ("practice", 1)


def test_the_start_saves_what_it_names(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(SHORT, fragment="#test")
    page.click("#begin-test")
    for _ in SHORT.items:
        driver.go_on(page)
    page.click("text=Finish anyway")
    page.click("#all-modes")
    driver.begin(page, "study")
    page.click("#q1 .next-step [data-do=step]")
    page.click("#all-modes")
    assert page.locator("#progress-box button").all_inner_texts() == ["Save as a file: Test", "Clear my progress"]
    driver.begin(page)
    driver.respond(page, 1, learning.SINGLE, right=True)
    driver.check(page, 1)
    page.click("#all-modes")
    _, test = saved(page, "text=Save as a file: Test", tmp_path)
    assert (test.mode, len(test.responses)) == ("test", 3)
    _, practice = saved(page, "text=Save as a file: Practise", tmp_path)
    assert (practice.mode, [one.question for one in practice.responses]) == ("practice", ["single"])


def test_a_notice_goes_with_what_it_was_about(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(SHORT, fragment="#practice")
    for _ in SHORT.items:
        driver.go_on(page)
    saved(page, "text=Save as a file", tmp_path)
    assert page.inner_text("#notice") == "The result has been saved as a file."
    page.click("#all-modes")
    assert page.inner_text("#notice") == ""
    driver.clear(page)
    driver.begin(page, "read")
    assert page.inner_text("#notice") == ""
