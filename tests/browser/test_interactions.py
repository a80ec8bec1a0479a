"""Every interaction can be answered, and is scored as the model says."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from quizlib.model import Accepted, Bank, Choice, CommonMistake, Content, ExtendedText, Item, Option, Order, TextEntry
from tests.browser import driver, sample

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

ITEMS = list(enumerate(sample.BANK.items, start=1))


def bank_of(*items: Item) -> Bank:
    return dataclasses.replace(sample.BANK, items=items, lesson=None)


def entry(interaction: TextEntry) -> Bank:
    return bank_of(dataclasses.replace(sample.TEXT, stem="Stem", interaction=interaction))


def verdicts(page: Page, answers: Sequence[str]) -> list[str]:
    """Try each answer on the first question in turn."""
    found = []
    driver.begin(page)
    for answer in answers:
        page.fill("#q1 .response :is(input, textarea)", answer)
        driver.check(page, 1)
        if page.is_visible("#q1 .problem"):
            found.append("invalid")
            continue
        found.append(driver.verdict(page, 1))
        start_again(page)
    return found


def start_again(page: Page) -> None:
    """Finish the round, and begin another one."""
    driver.go_on(page)
    page.click("text=Start again")


def test_the_key_earns_full_marks(open_page: OpenPage) -> None:
    page = open_page()
    driver.begin(page)
    for number, item in ITEMS:
        driver.respond(page, number, item, right=True)
        driver.check(page, number)
        essay = isinstance(item.interaction, ExtendedText)
        assert driver.verdict(page, number) == ("Answered" if essay else "Right"), item.identifier
        driver.go_on(page)
    assert "8 of 8 questions right." in page.inner_text("#panel-body")
    assert not page.is_visible("text=Retry what was not right")


def test_a_wrong_response_earns_less(open_page: OpenPage) -> None:
    page = open_page()
    driver.begin(page)
    for number, item in ITEMS:
        driver.respond(page, number, item, right=False)
        driver.check(page, number)
        if not isinstance(item.interaction, ExtendedText):
            assert driver.verdict(page, number) in ("Not right", "Partly right"), item.identifier
        driver.go_on(page)
    assert "0 of 8 questions right." in page.inner_text("#panel-body")
    assert page.locator(".review-list li").count() == 8


def test_an_unanswered_check_says_so_and_takes_the_focus(open_page: OpenPage) -> None:
    page = open_page()
    driver.begin(page)
    for number, item in ITEMS:
        if isinstance(item.interaction, Order):
            continue
        driver.go_to(page, number)
        driver.check(page, number)
        problem = page.locator(f"#q{number} .problem")
        assert problem.evaluate("element => element === document.activeElement"), item.identifier
        assert page.inner_text(f"#q{number} .outcome") == ""
        page.click(f"#q{number} .problem a")
        assert page.evaluate("document.activeElement.matches('input, select, textarea')")


def test_a_multiple_response_can_be_partly_right(open_page: OpenPage) -> None:
    page = open_page(bank_of(sample.MULTIPLE))
    driver.begin(page)
    page.click("#q1 .option[data-id='a'] .content")
    driver.check(page, 1)
    assert "Partly right" in page.inner_text("#q1 .outcome")
    assert "1 of 2 points" in page.inner_text("#q1 .outcome")
    assert "There is one more." in page.inner_text("#q1 .outcome")


def test_every_option_says_why_and_the_matching_mistake_comes_first(open_page: OpenPage) -> None:
    page = open_page()
    driver.begin(page)
    page.click("#q1 .option[data-id='b'] .content")
    driver.check(page, 1)
    assert "That is the loss after one epoch." in page.inner_text("#q1 .option[data-id='b']")
    assert "Yes. The loss is multiplied" in page.inner_text("#q1 .option[data-id='a']")
    assert "Stopping after one epoch" in page.inner_text("#q1 .mistakes li:first-child")
    assert page.locator("#q1 .matched").count() == 1
    assert "Trace it again." in page.inner_text("#q1 .outcome")
    page.keyboard.press("1")  # a checked response stays as it is
    page.click("#q1 .option[data-id='a'] .content", force=True)
    assert page.locator("#q1 .option[data-id='b'] input").is_checked()


def test_hints_come_one_at_a_time_and_steps_too(open_page: OpenPage) -> None:
    page = open_page()
    driver.begin(page)
    assert page.locator("#q1 .hints-panel li:visible").count() == 0
    page.click("#q1 [data-do=hint]")
    assert page.locator("#q1 .hints-panel li:visible").count() == 1
    page.click("#q1 [data-do=hint]")
    assert page.locator("#q1 .hints-panel li:visible").count() == 2
    page.click("#q1 [data-do=give-up]")
    assert "Not answered" in page.inner_text("#q1 .outcome")
    assert page.locator("#q1 .steps li:visible").count() == 0
    page.click("#q1 .explanation [data-do=step]")
    assert page.locator("#q1 .steps li:visible").count() == 1
    page.click("#q1 [data-do=all-steps]")
    assert page.locator("#q1 .steps li:visible").count() == 2
    assert page.is_visible("#q1 .ends")
    assert not page.is_visible("#q1 .step-controls")


def test_texts(open_page: OpenPage) -> None:
    page = open_page(bank_of(sample.TEXT))
    answers = ["  PARIS ", "lutetia", "Paris Texas", "Paris Texas USA", "Rome", "   "]
    right = ["Right", "Partly right", "Right", "Not right", "Not right", "invalid"]
    assert verdicts(page, answers) == right


def test_texts_by_case(open_page: OpenPage) -> None:
    page = open_page(entry(TextEntry((Accepted("Straße", sample.PLACE),), case_sensitive=True)))
    assert verdicts(page, ["Straße", "straße"]) == ["Right", "Not right"]


def test_numbers(open_page: OpenPage) -> None:
    interaction = TextEntry((Accepted("0.3", sample.PLACE),), "number", Decimal("0.1"))
    page = open_page(entry(interaction))
    answers = ["0.4", "0,2", ".25", "+3e-1", "0.40000000000000000001", "-0.3", "0.3.1", "1,0,0", "three", "٠.٣", "0x1"]
    right = ["Right"] * 4 + ["Not right"] * 2 + ["invalid"] * 3 + ["Right", "invalid"]
    assert verdicts(page, answers) == right


def test_a_number_that_may_be_grouped_is_refused_with_a_reason(open_page: OpenPage) -> None:
    page = open_page(entry(TextEntry((Accepted("1", sample.PLACE), Accepted("1000", sample.PLACE)), "number")))
    refused = ["1,000", "-1,000", "1,000e0", "1,000,000", "1,000.5", "12,345"]
    taken = ["1,0", "001,000", "1,00", "1,0000", "1000,000", ",001e3", "1000", "1.000"]
    assert verdicts(page, refused + taken) == ["invalid"] * len(refused) + ["Right"] * len(taken)
    page.fill("#q1 .response input", "1,000")
    driver.check(page, 1)
    problem = page.inner_text("#q1 .problem")
    assert "decimals as in 0.5" in problem
    assert "nothing between thousands" in problem


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ar"])
def test_all_that_is_said_of_numbers_writes_decimals_alike(open_page: OpenPage, language: str) -> None:
    bank = entry(TextEntry((Accepted("1", sample.PLACE),), "number"))
    page = open_page(dataclasses.replace(bank, language=language), fragment="#practice")
    said = []
    for typed in ("one", "1,000,000", "1.000.000"):
        page.fill("#q1 .response input", typed)
        driver.check(page, 1)
        said.append(page.inner_text("#q1 .problem"))
    assert len(set(said)) == 2
    signs = {sign for text in said for sign in re.findall(r"0(.)5", text)}
    assert signs in ({"."}, {","})


def test_the_comma_of_decimals_stays(open_page: OpenPage) -> None:
    page = open_page(entry(TextEntry((Accepted("0.27", sample.PLACE), Accepted("3.5", sample.PLACE)), "number")))
    assert verdicts(page, ["0,27", "3,5", "-3,5"]) == ["Right", "Right", "Not right"]


def test_objectives_come_with_the_explanation(open_page: OpenPage) -> None:
    bank = bank_of(dataclasses.replace(sample.NUMBER, objectives=("trace-a-loop",)))
    page = open_page(bank)
    driver.begin(page)
    assert not page.is_visible("#q1 .objectives")
    page.click("#q1 [data-do=give-up]")
    assert page.inner_text("#q1 .objectives") == "This tests: Trace a loop"
    page = open_page(bank, java_script_enabled=False)
    page.click("#q1 .solution > summary")
    assert page.inner_text("#q1 .objectives") == "This tests: Trace a loop"


def test_outputs(open_page: OpenPage) -> None:
    page = open_page(bank_of(sample.OUTPUT))
    answers = ["first  \nsecond\n\n", "First\nsecond", " first\nsecond", "first\n\nsecond"]
    assert verdicts(page, answers) == ["Right", "Not right", "Not right", "Not right"]


def test_matching_gives_credit_per_pair(open_page: OpenPage) -> None:
    page = open_page(bank_of(sample.MATCH))
    driver.begin(page)
    driver.respond(page, 1, sample.MATCH, right=False)
    page.select_option("#q1 [data-source='e0']", "e0")
    driver.check(page, 1)
    assert "1 of 3 parts right. 0.33 of 1 point" in page.inner_text("#q1 .outcome")
    marks = [page.inner_text(f"#q1 .pair[data-id='e{index}'] .mark").strip() for index in range(3)]
    assert marks == ["Right", "Not right", "Not right"]


def test_gaps_are_weighted(open_page: OpenPage) -> None:
    page = open_page(bank_of(sample.CLOZE))
    driver.begin(page)
    driver.respond(page, 1, sample.CLOZE, right=False)
    page.select_option("#q1 [data-gap='noun']", "a")
    driver.check(page, 1)
    assert "0.5 of 1 point" in page.inner_text("#q1 .outcome")


def test_an_order_never_starts_right(open_page: OpenPage) -> None:
    item = dataclasses.replace(sample.ORDER, interaction=Order(sample.entries("a", "b")))
    page = open_page(bank_of(item))
    driver.begin(page)
    for _ in range(6):
        assert driver.shown_order(page, 1) == ["e1", "e0"]
        driver.respond(page, 1, item, right=False)
        driver.check(page, 1)
        start_again(page)


def test_an_order_that_nobody_has_touched_is_no_answer(open_page: OpenPage) -> None:
    page = open_page(bank_of(sample.ORDER), fragment="#practice")
    driver.check(page, 1)
    assert "Put them in order first." in page.inner_text("#q1 .problem")
    assert page.evaluate("document.activeElement.className") == "problem"
    page.click("#q1 .problem a")
    assert page.evaluate("document.activeElement.matches('.movers button')")
    driver.respond(page, 1, sample.ORDER, right=True)
    assert not page.is_visible("#q1 .problem")
    driver.check(page, 1)
    assert driver.verdict(page, 1) == "Right"


def test_an_order_that_was_given_up_untouched_is_kept_as_no_answer(open_page: OpenPage) -> None:
    page = open_page(bank_of(sample.ORDER), fragment="#practice")
    before = driver.shown_order(page, 1)
    page.click("#q1 [data-do=give-up]")
    work = driver.kept_round(page, "sample", "practice")["work"]["order"]
    assert (work["settled"], work["response"]) == ("given-up", None)
    assert driver.shown_order(page, 1) == before


def test_options_are_shuffled_and_fixed_ones_stay(open_page: OpenPage) -> None:
    options = tuple(sample.option(f"o{n}", f"Option {n}", float(n == 0), fixed=n == 5) for n in range(6))
    page = open_page(bank_of(dataclasses.replace(sample.SINGLE, interaction=Choice(options), common_mistakes=())))
    seen = set()
    for turn in range(6):
        if turn == 0:
            driver.begin(page)
        else:
            start_again(page)
        order = page.locator("#q1 .option").evaluate_all("rows => rows.map(row => row.dataset.index)")
        assert order[5] == "5"
        letters = page.locator("#q1 .option .letter").all_inner_texts()
        assert letters == list("ABCDEF")
        key = page.locator(".key [data-letter-of='q1-o0']").text_content()
        assert key == letters[order.index("0")]
        seen.add(tuple(order))
        page.click("#q1 [data-do=give-up]")
    assert len(seen) > 1


def test_the_script_scores_shares_that_add_up_to_almost_one(open_page: OpenPage) -> None:
    third = 0.333333
    options = tuple(Option(f"o{n}", Content(str(n)), third, True, sample.PLACE) for n in range(3))
    item = dataclasses.replace(sample.MULTIPLE, interaction=Choice(options, 0), max_score=1.0)
    page = open_page(bank_of(item))
    driver.begin(page)
    driver.respond(page, 1, item, right=True)
    driver.check(page, 1)
    assert driver.verdict(page, 1) == "Right"


def test_a_typed_mistake_is_recognised(open_page: OpenPage) -> None:
    mistakes = (CommonMistake("First", "7"), CommonMistake("Second", "0.0039"))
    item = dataclasses.replace(sample.NUMBER, common_mistakes=mistakes)
    page = open_page(bank_of(item))
    driver.begin(page)
    page.fill("#q1 .response input", "0,00390")
    driver.check(page, 1)
    assert "Second" in page.inner_text("#q1 .matched")


def test_a_mistake_that_yields_a_grouped_number_is_recognised(open_page: OpenPage) -> None:
    item = dataclasses.replace(sample.NUMBER, common_mistakes=(CommonMistake("Grouped", "1,000,000"),))
    page = open_page(bank_of(item))
    driver.begin(page)
    page.fill("#q1 .response input", "1000000")
    driver.check(page, 1)
    assert "Grouped" in page.inner_text("#q1 .matched")
