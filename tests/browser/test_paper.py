"""Print: all questions or a drawn test, with lesson and key or without, down to the PDF; and hostile texts on the way."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from quizlib import assembly
from quizlib.model import Choice
from tests.browser import driver, learning, sample
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


def draw_on_paper(page: Page) -> str:
    """Return the number of the draw as the paper has it, above the questions and above the key."""
    page.emulate_media(media="print")
    above = page.locator(".draw-number:visible").all_inner_texts()
    page.emulate_media(media="screen")
    assert len(above) == 2
    assert above[0] == above[1]
    return above[0].removeprefix("Draw ")


def test_a_drawn_paper_is_the_test_that_quiz_assemble_draws_from_its_number(open_page: OpenPage) -> None:
    page = open_page(MANY, fragment="#print")
    assert not is_printed(page, ".draw-number")
    page.check("#print-drawn")
    seed = draw_on_paper(page)
    parts = assembly.default_blueprint(MANY).parts
    drawn = assembly.draw(assembly.candidates(MANY), parts, seed).identifiers
    titles = {item.identifier: item.title for item in MANY.items}
    assert on_paper(page) == [titles[name] for name in drawn]
    numbers = page.locator(".question:not(.off-paper) .eyebrow > span:first-child").all_inner_texts()
    assert [number.casefold() for number in numbers] == [f"question {place}" for place in range(1, 11)]
    for place, name in enumerate(drawn):
        item = next(item for item in MANY.items if item.identifier == name)
        if isinstance(item.interaction, Choice):
            ids = [option.identifier for option in item.interaction.options]
            fixed = [option.fixed for option in item.interaction.options]
            rows = page.locator(".question:not(.off-paper)").nth(place).locator(".option")
            assert rows.evaluate_all("rows => rows.map(row => row.dataset.id)") == assembly.option_order(
                seed, name, ids, fixed
            )
    keys = page.locator("#key > ol > li:not(.off-paper)").evaluate_all(
        "all => all.map(one => one.querySelector('[data-letter-of]')?.dataset.letterOf ?? '')"
    )
    asked = page.locator(".question:not(.off-paper)").evaluate_all("all => all.map(one => one.id)")
    assert any(keys)
    assert all(letter.startswith(f"{question}-") for letter, question in zip(keys, asked, strict=True) if letter)


def test_a_draw_stays_until_another_one_is_asked_for(open_page: OpenPage) -> None:
    page = open_page(MANY, fragment="#print")
    page.check("#print-drawn")
    seed = draw_on_paper(page)
    page.uncheck("#print-drawn")
    assert len(on_paper(page)) == 24
    page.check("#print-drawn")
    assert draw_on_paper(page) == seed
    driver.reload(page)
    assert draw_on_paper(page) == seed
    assert page.is_checked("#print-drawn")
    assert f"Draw {seed}." in page.inner_text("#print-panel")
    page.click("#print-another")
    assert draw_on_paper(page) != seed
    page.uncheck("#print-drawn")
    driver.reload(page)
    assert not page.is_checked("#print-drawn")


def test_a_link_to_a_draw_prints_it(open_page: OpenPage) -> None:
    page = open_page(MANY, fragment="#print/seed/gr%C3%B6%C3%9Fe%2F7")
    assert draw_on_paper(page) == "größe/7"
    assert page.url.endswith("#print/seed/gr%C3%B6%C3%9Fe%2F7")


def test_the_paper_does_not_show_how_somebody_has_ordered_the_rows(open_page: OpenPage) -> None:
    item = learning.BANK.items[7]
    page = open_page(dataclasses.replace(learning.BANK, items=(item,)), fragment="#practice")
    driver.respond(page, 1, item, right=True)
    right = driver.shown_order(page, 1)
    page.evaluate("location.hash = '#print'")
    page.wait_for_selector("html[data-view=print]", state="attached")
    assert driver.shown_order(page, 1) != right
    page.evaluate("location.hash = '#practice'")
    page.wait_for_selector("html[data-view=round]", state="attached")
    assert driver.shown_order(page, 1) == right


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


def test_a_draw_is_on_no_paper_that_is_printed_from_elsewhere(open_page: OpenPage) -> None:
    page = open_page(MANY, fragment="#print/seed/7")
    page.uncheck("#print-key")
    assert len(on_paper(page)) == 10
    page.click("#all-modes")
    driver.begin(page)
    assert on_paper(page) == [item.title for item in MANY.items]
    assert not is_printed(page, ".draw-number")
    assert is_printed(page, "#key")
    numbers = page.locator(".question .eyebrow > span:first-child").all_inner_texts()
    assert [number.casefold() for number in numbers] == [f"question {place}" for place in range(1, 25)]
    page.evaluate("location.hash = '#print'")
    page.wait_for_selector("html[data-view=print]", state="attached")
    page.check("#print-key")
    assert draw_on_paper(page) == "7"
