"""What is kept between visits, and what happens when nothing can be kept."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

from quizlib import results
from quizlib.delivery.reading import Delivered
from quizlib.grades import Remark, grade
from quizlib.model import Bank
from tests.browser import driver, sample

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

ITEMS = list(enumerate(sample.BANK.items, start=1))
SHORT = dataclasses.replace(sample.BANK, items=(sample.SINGLE, sample.NUMBER, sample.ORDER))
PLACE = "quizlib:sample"


def answer_all(page: Page, *, right: frozenset[int]) -> None:
    for number, item in enumerate(SHORT.items, start=1):
        driver.respond(page, number, item, right=number in right)
        driver.check(page, number)
        driver.go_on(page)


def test_every_response_survives_a_reload(open_page: OpenPage) -> None:
    page = open_page()
    driver.begin(page)
    for number, item in ITEMS:
        driver.respond(page, number, item, right=True)
        if number % 2:
            driver.check(page, number)
        driver.reload(page)
        if not number % 2:
            driver.check(page, number)
        assert driver.verdict(page, number) in ("Right", "Answered"), item.identifier
        driver.go_on(page)
    assert "8 of 8 questions right." in page.inner_text("#panel-body")


def test_the_order_of_the_options_survives_a_reload(open_page: OpenPage) -> None:
    page = open_page()
    driver.begin(page)
    before = page.locator("#q1 .option .content").all_inner_texts()
    page.click("#q1 [data-do=hint]")
    driver.reload(page)
    assert page.locator("#q1 .option .content").all_inner_texts() == before
    assert page.locator("#q1 .hints-panel li:visible").count() == 1


def test_only_the_wrong_ones_are_retried(open_page: OpenPage) -> None:
    page = open_page(SHORT)
    driver.begin(page)
    answer_all(page, right=frozenset({2}))
    assert "1 of 3 questions right." in page.inner_text("#panel-body")
    page.click("text=Retry what was not right")
    assert page.inner_text("#position") == "1 / 2"
    assert page.is_visible("#q1")
    assert page.locator("#q1 .response input:checked").count() == 0
    driver.respond(page, 1, sample.SINGLE, right=True)
    driver.check(page, 1)
    driver.go_on(page)
    assert page.is_visible("#q3")
    driver.respond(page, 3, sample.ORDER, right=True)
    driver.check(page, 3)
    driver.go_on(page)
    assert "2 of 2 questions right." in page.inner_text("#panel-body")
    page.click("#all-modes")
    assert page.locator("#modes a[href='#retry']").count() == 0


def test_a_wrong_one_can_be_looked_at_from_the_end(open_page: OpenPage) -> None:
    page = open_page(SHORT)
    driver.begin(page)
    answer_all(page, right=frozenset({1, 3}))
    assert page.locator(".review-list li").count() == 1
    page.click(".review-list a")
    assert page.is_visible("#q2")
    assert driver.verdict(page, 2) == "Not right"
    states = page.locator("#navigator button").all_text_contents()
    assert states == ["Question 1, Right", "Question 2, Not right", "Question 3, Right"]


def test_clear_forgets_everything_when_it_is_confirmed(open_page: OpenPage) -> None:
    page = open_page(SHORT)
    driver.begin(page)
    driver.respond(page, 1, sample.SINGLE, right=True)
    driver.check(page, 1)
    page.click("#all-modes")
    page.click("text=Clear my progress")
    page.click("text=No, keep it")
    assert "1 of 3 right" in page.inner_text("#progress-box")
    driver.clear(page)
    assert page.inner_text("#notice") == "Your progress has been cleared."
    assert page.evaluate("document.activeElement.closest('#modes') !== null")
    assert page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('quizlib:'))") == []
    driver.reload(page)
    assert not page.is_visible("#progress-box")


REFUSED = """
Object.defineProperty(window, "localStorage", {get() { throw new DOMException("no", "SecurityError"); }});
"""


def test_storage_may_be_refused(open_page: OpenPage) -> None:
    page = open_page(SHORT, init=REFUSED)
    assert "This browser keeps nothing for this page" in page.inner_text("#notice")
    driver.begin(page)
    answer_all(page, right=frozenset({1, 2, 3}))
    assert "3 of 3 questions right." in page.inner_text("#panel-body")
    assert "This browser keeps nothing for this page" in page.inner_text("#storage-note")
    page.uncheck("#shortcuts")
    page.click("text=Start again")
    assert page.is_visible("#q1")


ROUND = '"seed": "1", "started": "2026-01-01T00:00:00Z", "finished": null, "minutes": null'
KEPT = [
    "no json",
    "null",
    "[]",
    "7",
    '{"version": 2}',
    '{"version": 1, "rounds": 7, "records": [], "deck": "x", "digests": null}',
    '{"version": 1, "rounds": {"practice": null}}',
    '{"version": 1, "rounds": {"practice": {"queue": [99]}}}',
    f'{{"version": 1, "rounds": {{"practice": {{{ROUND}, "queue": [], "at": 0, "work": {{}}}}}}}}',
    f'{{"version": 1, "rounds": {{"practice": {{{ROUND}, "queue": ["single"], "at": 5, "work": []}}}}}}',
    f'{{"version": 1, "rounds": {{"practice": {{{ROUND}, "queue": ["gone", "__proto__"], "at": 0, "work": {{}}}}}}}}',
]
RESPONSES = ["null", '"x"', "7", "[]", "{}", '[["a"]]', '{"e0": 7}', '["e0", "e0"]', '{"toString": 1}', '["nobody"]']


def test_whatever_was_kept_the_page_works(open_page: OpenPage) -> None:
    page = open_page(SHORT)
    specs = page.evaluate("JSON.parse(document.getElementById('quiz-data').textContent).questions")
    digests = json.dumps({spec["id"]: spec["digest"] for spec in specs})
    ids = [spec["id"] for spec in specs]
    kept = [*KEPT]
    for response in RESPONSES:
        for settled in ('"checked"', '"given-up"', "7"):
            work = ", ".join(f'"{name}": {{"response": {response}, "settled": {settled}, "hints": -3}}' for name in ids)
            one = f'{{{ROUND}, "queue": {json.dumps(ids)}, "at": 0, "work": {{{work}}}}}'
            kept.append(f'{{"version": 1, "digests": {digests}, "rounds": {{"practice": {one}}}}}')
    for text in kept:
        page.evaluate("dispatchEvent(new Event('pagehide'))")  # what waits to be written would be written over it
        page.evaluate("([place, kept]) => localStorage.setItem(place, kept)", [PLACE, text])
        page.goto(page.url.partition("#")[0] + "#")
        driver.reload(page)
        driver.begin(page)
        page.wait_for_selector("#bar", state="visible")
        for _ in page.locator("#navigator li").all():
            assert page.locator(".question:visible").count() == 1, text
            driver.go_on(page)
        assert page.is_visible("#panel"), text


def test_progress_survives_a_changed_bank_as_far_as_its_questions_are_the_same(open_page: OpenPage) -> None:
    page = open_page(SHORT)
    driver.begin(page)
    answer_all(page, right=frozenset({1, 2, 3}))
    kept = page.evaluate("localStorage.getItem('quizlib:sample')")
    changed = dataclasses.replace(sample.NUMBER, stem="How large is the share now?")
    page = reopened(open_page, dataclasses.replace(SHORT, items=(changed, sample.SINGLE, sample.TEXT)), kept)
    assert "1 of 3 right" in page.inner_text("#progress-box")


def test_a_test_whose_question_has_changed_keeps_its_verdict_on_the_others(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(SHORT, fragment="#test")
    page.click("#begin-test")
    for _ in SHORT.items:
        number = int(str(page.get_attribute(".question.shown", "id"))[1:])
        driver.respond(page, number, SHORT.items[number - 1], right=True)
        driver.go_on(page)
    assert "3 of 3 right" in page.inner_text("#panel-body")
    kept = page.evaluate("localStorage.getItem('quizlib:sample')")
    changed = dataclasses.replace(sample.NUMBER, stem="How large is the share now?")
    bank = dataclasses.replace(SHORT, items=(sample.SINGLE, changed, sample.ORDER))
    page = reopened(open_page, bank, kept)
    page.click("#modes a[href='#test']")
    assert "2 of 2 right" in page.inner_text("#panel-body")
    assert page.inner_text("#panel .score") == "2 of 2 points"
    assert sorted(page.locator(".review-list .verdict").all_inner_texts()) == ["Has changed", "Right", "Right"]
    with page.expect_download() as download:
        page.click("#panel >> text=Save as a file")
    download.value.save_as(tmp_path / "result.json")
    grades = grade(Delivered(bank), results.read((tmp_path / "result.json").read_bytes()))
    assert grades.remarks == ((Remark.CHANGED, "number"),)
    assert grades.verdicts[0].verdict.total == 2
    page.click(".review-list li:has-text('Has changed') a")
    assert driver.verdict(page, 2) == "Has changed"
    assert page.input_value("#q2-a") == ""


def reopened(open_page: OpenPage, bank: Bank, kept: str) -> Page:
    """Open a page that finds in the storage what another one has kept."""
    page = open_page(bank)
    page.evaluate("kept => localStorage.setItem('quizlib:sample', kept)", kept)
    driver.reload(page)
    return page
