"""What axe finds, what can be read without scripts, and what a narrow screen shows."""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quizlib.model import Bank
from tests.browser import driver, sample
from tests.browser.conftest import OpenPage, exported

if TYPE_CHECKING:
    from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COUNT = len(sample.BANK.items)


def faults(page: Page) -> list[str]:
    """Return what axe finds, in one line each."""
    if os.environ.get("QUIZLIB_REQUIRE_BROWSER") != "1":
        pytest.importorskip("axe_playwright_python")
    driver.laid_out(page)
    axe = importlib.import_module("axe_playwright_python.sync_playwright").Axe()
    found: Any = axe.run(page, options={"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]})
    return [f"{fault['id']}: {node['html'][:120]}" for fault in found.response["violations"] for node in fault["nodes"]]


@pytest.mark.parametrize(
    ("width", "options"),
    [
        (1000, {"color_scheme": "light"}),
        (320, {"color_scheme": "dark"}),
        (320, {"color_scheme": "dark", "forced_colors": "active"}),
    ],
)
def test_axe_finds_nothing(open_page: OpenPage, width: int, options: dict[str, Any]) -> None:
    page = open_page(width=width, **options)
    assert faults(page) == []
    driver.begin(page)
    for number, item in enumerate(sample.BANK.items, start=1):
        if number in (2, 3):
            driver.check(page, number)  # unanswered
        assert faults(page) == [], item.identifier
        driver.respond(page, number, item, right=number % 2 == 0)
        if number == 1:
            page.click("#q1 [data-do=hint]")
        driver.check(page, number)
        if number == 1:
            page.click("#q1 .explanation [data-do=step]")
        assert faults(page) == [], item.identifier
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), item.identifier
        driver.go_on(page)
    assert faults(page) == []
    assert page.is_visible("#panel")


def test_axe_finds_nothing_in_the_page_as_it_stands_without_scripts(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page()
    still = re.sub(rb"<script>.*</script>", b"", exported(sample.BANK), flags=re.DOTALL)
    page.set_content(still.decode().replace("<details", "<details open"))
    assert faults(page) == []


def test_everything_can_be_read_without_scripts(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    for number in range(1, COUNT + 1):
        assert page.locator(f"#q{number}").is_visible()
        page.locator(f"#q{number} > .solution > summary").click()
    page.locator("#q1 > .hints > summary").click()
    # What is far out of sight is not laid out, and has no rendered text until one comes there.
    texts = [page.inner_text("body")]
    for number in range(1, COUNT + 1):
        page.locator(f"#q{number}").scroll_into_view_if_needed()
        texts.append(page.inner_text(f"#q{number}"))
    text = "\n".join(texts)
    for expected in (
        "A run starts at a loss of 0.8",
        "Multiply once per epoch",
        "That is the loss after one epoch.",
        "Follow the loss",
        "Quick check",
        "Stopping after one epoch",
        "changes the weights",
        "Names memorising",
        "total += i",
        "Judge it on data",
    ):
        assert expected in text
    assert not page.locator(".interactive:visible").count()
    assert "SECRET" not in page.content()


def test_no_response_stands_in_the_right_order_or_place(page_file: Callable[[Bank], Path]) -> None:
    html = page_file(sample.BANK).read_text(encoding="utf-8")
    rows = re.search(r'<ol class="orderable">(.*?)</ol>', html, re.DOTALL)
    assert rows is not None
    assert re.findall(r'data-id="(e\d)"', rows[1]) != ["e0", "e1", "e2", "e3"]


def test_the_focus_goes_to_the_heading_and_stays_after_a_check(open_page: OpenPage) -> None:
    page = open_page()
    driver.begin(page)
    assert page.evaluate("document.activeElement.id") == "q1-heading"
    driver.respond(page, 1, sample.SINGLE, right=True)
    page.focus("#q1 [data-do=check]")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.do") == "check"
    driver.go_on(page)
    assert page.evaluate("document.activeElement.id") == "q2-heading"


def test_the_paper_has_every_question_and_the_key_last(open_page: OpenPage) -> None:
    page = open_page()
    driver.begin(page)
    driver.respond(page, 1, sample.SINGLE, right=False)
    driver.check(page, 1)
    page.emulate_media(media="print")
    assert page.locator(".question:visible").count() == COUNT
    assert page.locator(".key").is_visible()
    for hidden in (".controls", ".moves", ".bar", ".outcome", ".explanation", ".bottom"):
        assert page.locator(f"{hidden}:visible").count() == 0, hidden
    assert page.locator(".why-inline:visible").count() == 0


def test_targets_are_large_enough(open_page: OpenPage) -> None:
    page = open_page(width=320)
    driver.begin(page)
    for item in sample.BANK.items:
        sizes = page.locator("button:visible, select:visible, .option:visible > *:first-child").evaluate_all(
            "all => all.map(e => e.getBoundingClientRect()).map(box => Math.min(box.width, box.height))"
        )
        assert min(sizes) >= 24, item.identifier
        driver.go_on(page)


def test_a_formula_in_a_label_is_named_in_words(open_page: OpenPage) -> None:
    page = open_page()
    driver.begin(page)
    driver.go_to(page, 2)
    assert page.get_by_role("checkbox", name="2 to the power of minus 1").count() == 1
    assert page.get_by_role("checkbox", name="square root of 1 over 4").count() == 1
