"""Texts that try to break out of the page do nothing there but stand in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizlib.model import TextEntry
from tests.browser import driver, sample

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

BANK = sample.hostile()
TRACES = "script:not(#quiz-data, #quiz-script), [onload], [onerror], img, svg:not(.icon, .sprite, .chart), iframe, base, [style]"


def test_hostile_texts_are_inert(open_page: OpenPage) -> None:
    page = open_page(BANK, width=360)  # a formula does not wrap
    page.wait_for_selector("#modes a")
    assert page.locator(TRACES).count() == 1  # the page's own script
    driver.begin(page)
    for number, item in enumerate(BANK.items, start=1):
        if isinstance(item.interaction, TextEntry) and item.interaction.base_type == "number":
            page.click(f"#q{number} [data-do=give-up]")
        else:
            driver.respond(page, number, item, right=True)
            driver.check(page, number)
            assert page.is_visible(f"#q{number} .verdict-line"), number
        page.click(f"#q{number} .explanation [data-do=all-steps], #q{number} .explanation [data-do=step]")
        assert page.locator(TRACES).count() == 1
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), number
        driver.go_on(page)
    assert page.is_visible("#panel")
    page.click("#all-modes")
    assert "<svg onload" in page.inner_text("h1")
    driver.reload(page)
    assert page.locator(TRACES).count() == 1


def test_hostile_texts_are_inert_without_scripts(open_page: OpenPage) -> None:
    page = open_page(BANK, java_script_enabled=False)
    assert page.locator(TRACES).count() == 1
    assert page.locator(".question").count() == len(BANK.items)
