"""Print: all questions or a drawn test, with lesson and key or without, down to the PDF; and hostile texts on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import learning, sample
from tests.browser.test_hostile import TRACES

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

MANY = learning.many(24)
MODES = ("read", "practice", "study", "predict", "mistakes", "mixed", "retry", "test", "cards", "print")


def on_paper(page: Page) -> list[str]:
    """Return the titles of what would be printed."""
    page.emulate_media(media="print")
    shown = page.locator(".question:visible").evaluate_all("all => all.map(one => one.dataset.name)")
    page.emulate_media(media="screen")
    return [str(name) for name in shown]


def is_printed(page: Page, selector: str) -> bool:
    page.emulate_media(media="print")
    printed = page.is_visible(selector)
    page.emulate_media(media="screen")
    return printed


def test_what_is_printed_is_chosen_and_a_draw_stays_while_the_key_is_added(open_page: OpenPage) -> None:
    page = open_page(MANY, fragment="#print")
    assert len(on_paper(page)) == 24
    assert is_printed(page, "#key")
    assert is_printed(page, "#lesson")
    page.uncheck("#print-key")
    page.uncheck("#print-lesson")
    assert not is_printed(page, "#key")
    assert not is_printed(page, "#lesson")
    page.check("#print-drawn")
    drawn = on_paper(page)
    assert len(drawn) == 10
    page.check("#print-key")
    assert on_paper(page) == drawn
    page.emulate_media(media="print")
    assert page.locator("#key > ol > li:visible").count() == 10


def test_the_pdf_holds_every_question_and_the_key(
    open_page: OpenPage, tmp_path_factory: pytest.TempPathFactory
) -> None:
    page = open_page(learning.BANK, fragment="#print")
    path = tmp_path_factory.mktemp("paper") / "paper.pdf"
    page.pdf(path=path)
    assert path.read_bytes().startswith(b"%PDF-")
    pypdf = pytest.importorskip("pypdf")
    pages = pypdf.PdfReader(path).pages
    assert len(pages) > 2
    text = " ".join(" ".join(one.extract_text() for one in pages).split())
    for expected in (
        "A run starts at a loss of 0.8",
        "Which of these formulas equal",
        "What is the capital of France?",
        "How large is the share, in percent?",
        "What does it print?",
        "Why is a model judged on data",
        "What belongs together?",
        "Put the lines in order.",
        "run changes the",
        "Answer key",
        "Lutetia",
    ):
        assert expected in text, expected
    assert "Show the answer" not in text


def test_hostile_texts_are_inert_in_every_mode(open_page: OpenPage) -> None:
    page = open_page(sample.hostile())
    for mode in MODES:
        page.evaluate("mode => { location.hash = mode }", mode)
        page.wait_for_selector(f"html[data-mode={mode}]", state="attached")
        for action in ("#begin-test", ".question.shown [data-do]:visible"):
            if page.locator(action).count() and page.locator(action).first.is_visible():
                page.locator(action).first.click()
        assert page.locator(TRACES).count() == 1, mode
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), mode


def test_without_scripts_the_lesson_leads_to_its_questions(open_page: OpenPage) -> None:
    page = open_page(learning.BANK, java_script_enabled=False)
    page.click("#lesson .practised-by a >> text=Question 5")
    assert page.url.endswith("#q5")
    assert page.locator("#q5 .stem").is_visible()
