"""The whole quiz with the keyboard alone."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from quizlib.model import Order
from tests.browser import driver, sample

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(60):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key never reaches {selector}")


def press_on(page: Page, selector: str, key: str = "Enter") -> None:
    tab_to(page, selector)
    page.keyboard.press(key)


def choose(page: Page, selector: str, text: str) -> None:
    """Choose in a select by the arrow keys."""
    tab_to(page, selector)
    options = page.locator(f"{selector} option").all_inner_texts()
    for _ in range(options.index(text)):
        page.keyboard.press("ArrowDown")


def key_of(page: Page, number: int, index: int) -> str:
    """Return the digit that chooses an option."""
    order = page.locator(f"#q{number} .option").evaluate_all("rows => rows.map(row => +row.dataset.index)")
    return str(order.index(index) + 1)


def test_the_whole_quiz(open_page: OpenPage) -> None:
    page = open_page()
    press_on(page, "#modes a[href='#practice']")
    page.keyboard.press(key_of(page, 1, 0))
    page.keyboard.press("Enter")
    page.keyboard.press("n")
    page.keyboard.press(key_of(page, 2, 0))
    page.keyboard.press("abcd"[int(key_of(page, 2, 1)) - 1])
    page.keyboard.press("Enter")
    page.keyboard.press("n")
    tab_to(page, "#q3-a")
    page.keyboard.type("paris napnap")  # letters are letters in a text field
    page.keyboard.press("Enter")
    press_on(page, "#next")
    tab_to(page, "#q4-a")
    page.keyboard.type("0.39")
    page.keyboard.press("Enter")
    press_on(page, "#next")
    tab_to(page, "#q5-a")
    page.keyboard.type("first\nsecond")
    press_on(page, "#q5 [data-do=check]")
    page.keyboard.press("n")
    tab_to(page, "#q6-a")
    page.keyboard.type("It learned by heart.")
    press_on(page, "#q6 [data-do=check]", "Space")
    press_on(page, "#q6 .rubric input", "Space")
    page.keyboard.press("n")
    for index, text in enumerate(("changes the weights", "measures", "a square")):
        choose(page, f"#q7-s{index}", text)
    press_on(page, "#q7 [data-do=check]")
    page.keyboard.press("n")
    order(page, 8)
    press_on(page, "#q8 [data-do=check]")
    page.keyboard.press("n")
    tab_to(page, "#q9-g0")
    page.keyboard.type("training")
    choose(page, "#q9-g1", "weights")
    tab_to(page, "#q9-g2")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    press_on(page, "#next")
    assert "8 of 8 questions right." in page.inner_text("#panel-body")
    assert page.evaluate("document.activeElement.id") == "panel-title"


def order(page: Page, number: int) -> None:
    """Sort rows with the Up buttons; the focus stays on the button that was pressed."""
    assert isinstance(sample.ORDER.interaction, Order)
    for index, item in enumerate(sample.ORDER.interaction.items):
        button = f"#q{number} [data-id='{item.identifier}'] [data-step='-1']"
        while driver.shown_order(page, number).index(item.identifier) > index:
            focused = page.evaluate("selector => document.activeElement.matches(selector)", button)
            page.keyboard.press("Enter" if focused else "Shift+Tab")


def test_keys_are_left_alone_with_a_modifier_and_can_be_switched_off(open_page: OpenPage) -> None:
    page = open_page()
    driver.begin(page)
    page.keyboard.press("Alt+n")
    page.keyboard.press("Shift+N")
    assert page.is_visible("#q1")
    page.keyboard.press("1")
    assert page.locator("#q1 input:checked").count() == 1
    page.uncheck("#shortcuts")
    page.focus("#q1-heading")
    page.keyboard.press("n")
    assert page.is_visible("#q1")
    driver.reload(page)
    assert not page.is_checked("#shortcuts")
    page.check("#shortcuts")
    page.focus("#q1-heading")
    page.keyboard.press("n")
    page.keyboard.press("p")
    page.keyboard.press("p")
    assert page.is_visible("#q1")


def test_a_block_that_scrolls_can_be_reached_and_one_that_does_not_is_passed(open_page: OpenPage) -> None:
    page = open_page(width=320)
    driver.begin(page)
    page.wait_for_selector("#q1 pre.code[tabindex='0']")
    page.set_viewport_size({"width": 1000, "height": 800})
    page.wait_for_selector("#q1 pre.code:not([tabindex])")


PRINTED = "window.print = () => { document.title = 'printed'; };"


def test_mixed_retry_and_print_by_keys_alone(open_page: OpenPage) -> None:
    items = tuple(
        dataclasses.replace(sample.SINGLE, identifier=name, objectives=(name,), common_mistakes=())
        for name in ("x", "y")
    )
    page = open_page(dataclasses.replace(sample.BANK, items=items), init=PRINTED)
    press_on(page, "#modes a[href='#mixed']")
    for place in (1, 2):
        page.locator("#position", has_text=f"{place} /").wait_for()
        number = page.locator(".question.shown").evaluate("question => +question.id.slice(1)")
        page.keyboard.press(key_of(page, number, 1))
        page.keyboard.press("Enter")
        assert page.inner_text(f"#q{number} .verdict-line").startswith("Not right")
        page.keyboard.press("n")
    press_on(page, "a[href='#retry']")
    for _ in items:
        page.wait_for_selector(".question.shown")
        number = page.locator(".question.shown").evaluate("question => +question.id.slice(1)")
        page.keyboard.press(key_of(page, number, 0))
        page.keyboard.press("Enter")
        page.keyboard.press("n")
    assert "2 of 2 questions right." in page.inner_text("#panel-body")
    press_on(page, "#all-modes")
    page.wait_for_selector("#modes a[href='#print']")
    press_on(page, "#modes a[href='#print']")
    press_on(page, "#print-key", "Space")
    press_on(page, "#print-now")
    assert page.title() == "printed"
    assert not page.is_checked("#print-key")
