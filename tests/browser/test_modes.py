"""What the modes of practice do, as a learner meets them. The test has files of its own."""

from __future__ import annotations

import dataclasses
import itertools
from typing import TYPE_CHECKING

from quizlib.model import Choice, readable
from tests.browser import driver, learning, sample
from tests.browser.test_keyboard import press_on, tab_to

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

BANK = learning.BANK
DAY = "2026-03-02T08:00:00"


def focused(page: Page, selector: str) -> bool:
    return bool(page.evaluate("selector => document.activeElement.matches(selector)", selector))


def places(page: Page) -> list[str]:
    return [" ".join(text.split()) for text in page.locator("#navigator button").all_text_contents()]


def test_the_start_offers_ten_modes_and_says_why_one_has_nothing(open_page: OpenPage) -> None:
    page = open_page(BANK)
    assert page.locator("#modes .mode").count() == 10
    assert page.inner_text("#modes .mode.off") == "Retry\nOnly what was not right the last time.\nNothing is wrong yet."
    page = open_page(dataclasses.replace(sample.BANK, identifier="bare", items=(sample.ESSAY,), lesson=None))
    offered = page.locator("#modes a.mode-name").all_inner_texts()
    assert offered == ["Practise", "Cards", "Print"]
    for mode in ("read", "study", "predict", "mistakes", "retry", "test"):
        page.evaluate("mode => { location.hash = mode }", mode)
        page.wait_for_selector(f"html[data-mode={mode}]", state="attached")
        assert page.locator("#panel-body p").count() == 2
        assert focused(page, "#panel-title")


def test_read_shows_the_lesson_and_leads_into_the_questions(open_page: OpenPage) -> None:
    section = sample.LESSON.sections[0]
    lesson = dataclasses.replace(learning.LESSON, sections=(*learning.LESSON.sections, section))
    page = open_page(dataclasses.replace(BANK, lesson=lesson))
    driver.begin(page, "read")
    assert focused(page, "#lesson-title")
    assert page.locator(".question:visible").count() == 0
    page.click("nav.contents a >> text=The same model")
    assert focused(page, "#section-2")
    links = page.locator("#lesson .practised-by").first.locator("a")
    assert [link.strip() for link in links.all_inner_texts()] == ["Question 1", "Question 5"]
    links.last.click()
    page.wait_for_selector("#q5.shown")
    assert page.url.endswith("#practice/output")
    assert page.inner_text("#position") == "5 / 9"
    page.go_back()
    page.wait_for_selector("#lesson", state="visible")
    page.click("#lesson >> text=Take the test")
    page.wait_for_selector("#begin-test")


def test_study_hides_the_steps_and_keeps_ones_own_words_beside_them(open_page: OpenPage) -> None:
    page = open_page(BANK)
    driver.begin(page, "study")
    assert places(page) == ["Question 1, Not answered", "Question 2, Not answered"]
    steps = page.locator("#q1 .steps > li")
    assert steps.locator("visible=true").count() == 0
    assert not page.is_visible("#q1 .response")
    assert not page.is_visible("#q1 .answer")
    page.click("#q1 >> text=Show the options")
    assert page.is_visible("#q1 .response")
    page.fill("#q1-said", "Multiply <b>three</b> times")
    driver.reload(page)
    assert page.input_value("#q1-said") == "Multiply <b>three</b> times"
    page.click("#q1 .next-step [data-do=step]")
    assert steps.locator("visible=true").count() == 1
    assert focused(page, "#q1 .steps > li:first-child")
    assert "You said: Multiply <b>three</b> times" in steps.first.inner_text()
    page.click("#q1 .next-step [data-do=step]")
    assert steps.nth(1).is_visible()
    assert page.locator("#q1 .said-before").count() == 1
    assert not page.is_visible("#q1 .ends")
    page.fill("#q1-said", "0.27")
    page.click("#q1 .next-step [data-do=step]")
    assert "You said:\n0.27" in page.inner_text("#q1 .ends")
    assert page.is_visible("#q1 .answer")
    assert places(page)[0] == "Question 1, Answered"
    driver.reload(page)
    driver.go_to(page, 2)
    assert places(page)[0] == "Question 1, Answered"
    page.click("#q4 .next-step [data-do=step]")
    page.click("#q4 .next-step [data-do=step]")
    driver.go_on(page)
    assert "You have gone through the worked examples." in page.inner_text("#panel-body")


def test_study_knows_after_a_reload_which_examples_are_done(open_page: OpenPage) -> None:
    page = open_page(BANK)
    driver.begin(page, "study")
    for _ in range(3):
        page.click("#q1 .next-step [data-do=step]")
    driver.go_on(page)
    driver.reload(page)
    assert places(page) == ["Question 1, Answered", "Question 2, Not answered"]


def test_predict_asks_before_any_option_appears(open_page: OpenPage) -> None:
    page = open_page(BANK)
    driver.begin(page, "predict")
    assert page.inner_text("#position") == "1 / 2"
    assert not page.is_visible("#q1 .response")
    page.click("#q1 [data-do=predict]")
    assert focused(page, "#q1 .problem")
    page.fill("#q1-predicted", "0.56")
    page.click("#q1 [data-do=predict]")
    assert focused(page, "#q1 .predicted")
    assert "It prints something else" in page.inner_text("#q1 .predicted")
    assert page.is_visible("#q1 .response")
    page.click("#q1 .option[data-id=a] .content")
    driver.check(page, 1)
    assert driver.verdict(page, 1) == "Partly right"
    driver.go_on(page)
    page.fill("#q5-predicted", "second")
    page.keyboard.press("Control+Home")
    driver.reload(page)
    assert page.input_value("#q5-predicted") == "second"
    page.click("#q5 [data-do=predict]")
    assert driver.verdict(page, 5) == "Not right"
    driver.go_on(page)
    assert "0 of 2 questions right." in page.inner_text("#panel-body")


def test_a_right_prediction_settles_the_question(open_page: OpenPage) -> None:
    page = open_page(BANK)
    driver.begin(page, "predict")
    page.fill("#q1-predicted", " 0.27")
    page.keyboard.press("Enter")
    assert "It prints something else" in page.inner_text("#q1 .predicted")  # white space before it counts
    driver.go_on(page)
    page.fill("#q5-predicted", "first  \nsecond\n\n")
    page.click("#q5 [data-do=predict]")
    assert driver.verdict(page, 5) == "Right"
    page.evaluate("location.hash = '#predict/single'")
    page.wait_for_selector("#q1.shown")
    page.click("#all-modes")
    driver.clear(page)
    driver.begin(page, "predict")
    page.fill("#q1-predicted", "0.27")
    page.keyboard.press("Enter")
    assert driver.verdict(page, 1) == "Right"
    assert page.locator("#q1 .option[data-id=a] input").is_checked()
    driver.go_on(page)
    page.click("#q5 >> text=I do not know")
    assert driver.verdict(page, 5) == "Not answered"


def test_find_the_mistake_in_the_lines_of_a_program(open_page: OpenPage) -> None:
    page = open_page(BANK)
    driver.begin(page, "mistakes")
    assert "0.56" in page.inner_text("#q1 .their-answer")
    assert page.locator("#q1 .line code").all_inner_texts()[1] == "for epoch in range(1):  # three epochs"
    page.click("#q1 [data-do=check-mistake]")
    assert focused(page, "#q1 .problem")
    page.click("#q1 .line >> nth=2")
    driver.reload(page)
    assert page.locator("#q1 .line input").nth(2).is_checked()
    page.click("#q1 [data-do=check-mistake]")
    assert focused(page, "#q1 .found")
    assert "That was not it" in page.inner_text("#q1 .found")
    assert "Stopping after one epoch" in page.inner_text("#q1 .found")
    assert "Here it goes wrong" in page.inner_text("#q1 .line >> nth=1")
    assert "Not here" in page.inner_text("#q1 .line >> nth=2")
    assert page.is_visible("#q1 .worked")
    assert places(page) == ["Question 1, Not right", "Question 2, Not answered"]


def test_find_the_mistake_among_descriptions(open_page: OpenPage) -> None:
    page = open_page(BANK, fragment="#mistakes/number")
    mistakes = {"0.0039": "Giving the fraction", "99.61": "Giving the share of the frozen weights"}
    assert "Only their answer is known." in page.inner_text("#q4 .descriptions legend")
    made = mistakes[page.inner_text("#q4 .their-answer").strip()]
    said = [text.strip() for text in page.locator("#q4 .line .content").all_inner_texts()]
    assert sorted(said) == sorted(mistakes.values())
    page.click(f"#q4 .line >> text={made}")
    page.keyboard.press("Enter")
    assert "You found it" in page.inner_text("#q4 .found")
    assert page.locator("#q4 .line input:disabled").count() == 1
    driver.reload(page)
    assert "You found it" in page.inner_text("#q4 .found")
    driver.go_on(page)
    assert page.is_visible("#panel")


def test_other_mistakes_come_from_questions_of_the_same_kind(open_page: OpenPage) -> None:
    number = dataclasses.replace(learning.NUMBER, common_mistakes=learning.NUMBER.common_mistakes[:1])
    page = open_page(dataclasses.replace(BANK, items=(learning.SINGLE, number)), fragment="#mistakes")
    assert places(page) == ["Question 1, Not answered"]  # of a single number there is nothing to tell apart
    another = dataclasses.replace(
        number, identifier="another", objectives=(), common_mistakes=learning.NUMBER.common_mistakes[1:]
    )
    page = open_page(dataclasses.replace(BANK, items=(learning.SINGLE, number, another)), fragment="#mistakes/number")
    page.wait_for_selector("#q2.shown")
    said = [text.strip() for text in page.locator("#q2 .line .content").all_inner_texts()]
    assert sorted(said) == ["Giving the fraction", "Giving the share of the frozen weights"]


def test_cards_are_turned_rated_and_come_back_when_they_are_due(open_page: OpenPage) -> None:
    page = open_page(dataclasses.replace(BANK, items=BANK.items[:3]))
    page.clock.install(time=DAY)
    driver.reload(page)
    assert "3 cards are due" in page.inner_text("#modes li:has([href='#cards'])")
    driver.begin(page, "cards")
    assert not page.is_visible("#q1 .answer")
    page.click("#q1 [data-do=turn]")
    assert focused(page, "#q1 .explanation")
    assert "0.27" in page.inner_text("#q1 .answer")
    assert page.locator("#q1 .rating .muted").all_inner_texts() == ["in 1 min.", "in 6 min.", "in 10 min.", "in 8 days"]
    page.click("#q1 [data-rating=easy]")
    for number in (2, 3):
        assert focused(page, f"#q{number}-heading")
        page.click(f"#q{number} [data-do=turn]")
        page.click(f"#q{number} [data-rating=good]")
    assert "3 cards done." in page.inner_text("#panel-body")
    assert "No card is due. The next one comes in 10 minutes." in page.inner_text("#panel-body")
    page.click("#all-modes")
    assert "No card is due" in page.inner_text("#modes li:has([href='#cards'])")
    driver.begin(page, "cards")
    assert "The next one comes in 10 minutes." in page.inner_text("#panel-body")
    page.click("text=Go on without waiting")
    for number in (2, 3):
        page.click(f"#q{number} [data-do=turn]")
        page.click(f"#q{number} [data-rating=good]")
    assert "The next one comes in 2 days." in page.inner_text("#panel-body")
    driver.reload(page)
    assert "No card is due." in page.inner_text("#panel-body")
    page.clock.set_fixed_time("2026-03-05T08:00:00")
    driver.reload(page)
    assert page.inner_text("#position") == "1 / 2"
    page.clock.set_fixed_time("2026-03-12T08:00:00")
    driver.reload(page)
    assert page.inner_text("#position") == "1 / 3"


def test_only_some_new_cards_are_begun_on_a_day(open_page: OpenPage) -> None:
    page = open_page(learning.many(12, "deck"))
    page.clock.install(time=DAY)
    driver.reload(page)
    driver.begin(page, "cards")
    page.locator("#position", has_text="1 / 10").wait_for()
    for number in range(1, 11):
        page.click(f"#q{number} [data-do=turn]")
        page.click(f"#q{number} [data-rating=easy]")
    assert "2 new cards wait for another day." in page.inner_text("#panel-body")
    page.clock.set_fixed_time("2026-03-03T08:00:00")
    driver.reload(page)
    assert page.inner_text("#position") == "1 / 2"


def test_mixed_never_asks_twice_in_a_row_on_a_subject_where_that_can_be(open_page: OpenPage) -> None:
    bank = learning.many(12, "mixture")
    page = open_page(bank, fragment="#mixed")
    objectives = {item.identifier: item.objectives[0] for item in bank.items}
    queue = driver.kept_round(page, "mixture", "mixed")["queue"]
    asked = [objectives[name] for name in queue]
    assert sorted(queue) == sorted(objectives)
    assert all(one != other for one, other in itertools.pairwise(asked))
    number = [item.identifier for item in bank.items].index(queue[0]) + 1
    assert not page.is_visible(f"#q{number} .subject")
    page.click(f"#q{number} [data-do=give-up]")
    assert page.inner_text(f"#q{number} .subject") == f"Subject: {readable(asked[0])}"


def test_retry_asks_again_until_all_is_right(open_page: OpenPage) -> None:
    page = open_page(dataclasses.replace(BANK, items=(learning.SINGLE, learning.NUMBER)))
    driver.begin(page)
    for number, item in enumerate((learning.SINGLE, learning.NUMBER), start=1):
        driver.respond(page, number, item, right=False)
        driver.check(page, number)
        driver.go_on(page)
    page.click("text=Retry what was not right")
    driver.respond(page, 1, learning.SINGLE, right=True)
    driver.check(page, 1)
    driver.reload(page)
    assert places(page) == ["Question 1, Right", "Question 2, Not answered"]
    driver.go_on(page)
    driver.respond(page, 2, learning.NUMBER, right=False)
    driver.check(page, 2)
    driver.go_on(page)
    page.click("#all-modes")
    page.click("#modes a[href='#retry']")
    assert page.inner_text("#position") == "1 / 1"
    assert page.is_visible("#q2")


def test_every_mode_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page(BANK)
    press_on(page, "#modes a[href='#study']")
    tab_to(page, "#q1-said")
    page.keyboard.type("Follow it")
    for _ in range(3):
        press_on(page, "#q1 .next-step [data-do=step]")
    press_on(page, "#next")
    assert focused(page, "#q4-heading")
    page.evaluate("location.hash = '#predict'")
    page.wait_for_selector("#q1-predicted")
    tab_to(page, "#q1-predicted")
    page.keyboard.type("n")
    page.keyboard.press("Enter")
    assert isinstance(sample.SINGLE.interaction, Choice)
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    assert page.locator("#q1.checked").count() == 1
    page.evaluate("location.hash = '#mistakes'")
    page.wait_for_selector("#q1 .line")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    assert "You found it" in page.inner_text("#q1 .found")
    page.evaluate("location.hash = '#cards'")
    page.wait_for_selector("#q1 [data-do=turn]")
    page.keyboard.press("Enter")
    page.keyboard.press("4")
    assert focused(page, "#q2-heading")
    page.keyboard.press("Enter")
    press_on(page, "#q2 [data-rating=good]", "Space")
    assert focused(page, "#q3-heading")
