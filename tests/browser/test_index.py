"""The index of a site in a real browser: found by words, by difficulty and by tags, by anyone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quizlib.model import Bank, Difficulty
from quizlib.plugins import ExportOptions, Template
from quizlib_exporters import html
from tests.browser import sample
from tests.browser.conftest import Visit
from tests.browser.test_access import faults
from tests.conftest import ROOT
from tests.exporters import samples

if TYPE_CHECKING:
    from playwright.sync_api import Page

OpenIndex = Callable[..., "Page"]


def bank(identifier: str, title: str, tags: str, *levels: Difficulty | None, **fields: Any) -> Bank:
    """Make a bank with a question of each difficulty."""
    text = samples.interactions("x")["text"]
    items = tuple(
        samples.item(text, identifier=f"{identifier}-{n}", title=f"{title} {n}", difficulty=level, tags=())
        for n, level in enumerate(levels)
    )
    return Bank(identifier=identifier, title=title, items=items, place=sample.PLACE, tags=tuple(tags.split()), **fields)


def banks() -> list[Bank]:
    return [
        bank("loops", "Reading loops", "python loops", "easy", "medium", description="Follow `for`, and $x^2$."),
        bank("zählen", "Zählen und Rechnen", "c", "hard", language="de", lesson=sample.BANK.lesson),
        bank("joins", "Joins", "sql", None, description="A [link](https://a.example)."),
        bank("arabic", "مقدمة في الخوارزميات", "python algorithms", "easy", language="ar", description="خطوات قصيرة."),
        *(bank(f"more-{n}", f"Chapter {n}", f"tag-{n} {'x' * 60}", "medium") for n in range(12)),
    ]


@pytest.fixture
def open_index(visit: Visit, tmp_path: Path) -> OpenIndex:
    """Return what writes a site and opens its index, with a fragment of an address."""

    def open_site(fragment: str = "", site: list[Bank] | None = None, theme: str = "", **options: Any) -> Page:
        site = banks() if site is None else site
        asked = ExportOptions(site=True, templates=(Template("theme.css", "theme.css", theme),) if theme else ())
        exported = [html.export(one, asked) for one in site[:2]] + [html.export_site(site, asked)]
        for name, content in [file for made in exported for file in made.files.items()]:
            (tmp_path / name).write_bytes(content)
        return visit(tmp_path / "index.html", fragment=fragment, **options)

    return open_site


def shown(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".bank:visible h2").all_text_contents()]


def labels(page: Page, group: str) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(f"{group} label:visible").all_inner_texts()]


def status(page: Page, text: str) -> None:
    """Wait until the status says this: it does so once the typing pauses."""
    page.locator("#status").get_by_text(text, exact=True).wait_for()


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"#filters input[name={name}][value={value}]").check()


@pytest.mark.parametrize(
    ("width", "options"),
    [
        (1000, {"color_scheme": "light"}),
        (320, {"color_scheme": "dark"}),
        (320, {"color_scheme": "dark", "forced_colors": "active"}),
    ],
)
def test_axe_finds_nothing_and_nothing_sticks_out(open_index: OpenIndex, width: int, options: dict[str, Any]) -> None:
    page = open_index(width=width, **options)
    assert faults(page) == []
    if width == 320:
        page.click("#unfold")
    page.click("#more")
    choose(page, "difficulty", "easy")
    assert faults(page) == []
    page.fill("#query", "nothing at all")
    status(page, "0 of 16 quizzes")
    assert faults(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    sizes = page.locator("button:visible, label:has(input):visible, input[type=search]").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect()).map(box => Math.min(box.width, box.height))"
    )
    assert min(sizes) >= 24


def test_words_are_found_in_titles_descriptions_tags_and_questions(open_index: OpenIndex) -> None:
    page = open_index()
    status(page, "16 quizzes")
    for query, found in (("FOLLOW", "Reading loops"), ("zahlen", "Zählen und Rechnen"), ("sql", "Joins")):
        page.fill("#query", query)
        assert shown(page) == [found]
        assert page.locator(".questions").count() == 0
    page.fill("#query", "loops 1")
    assert shown(page) == ["Reading loops"]
    assert page.inner_text(".questions") == "In its questions: Reading loops 1"
    status(page, "1 of 16 quizzes")


def test_a_question_without_a_title_is_found_and_named_by_its_stem(open_index: OpenIndex) -> None:
    text = samples.interactions("x")["text"]
    stems = {"n-1": "Wie heißt die Straße am $x^2$?", "n-2": "Wahr oder falsch?"}
    items = tuple(samples.item(text, identifier=name, title=name, stem=stem) for name, stem in stems.items())
    titled = samples.item(text, identifier="n-3", title="A title", stem="Warum fällt der Apfel?")
    site = [*banks(), Bank(identifier="stems", title="Stems", items=(*items, titled), place=sample.PLACE)]
    page = open_index(site=site)
    for query, named in (
        ("wahr", "Wahr oder falsch?"),
        ("strasse", "Wie heißt die Straße am x²?"),
        ("apfel", "A title"),
        ("n-2", "Wahr oder falsch?"),
    ):
        page.fill("#query", query)
        page.locator(".questions").get_by_text(f"In its questions: {named}", exact=True).wait_for()
        assert shown(page) == ["Stems"]


def test_filters_narrow_the_list_and_tell_what_each_choice_leads_to(open_index: OpenIndex) -> None:
    page = open_index()
    choose(page, "difficulty", "easy")
    assert shown(page) == ["Reading loops", "مقدمة في الخوارزميات"]
    assert labels(page, "#tags") == ["python 2", "algorithms 1", "loops 1"]
    choose(page, "tag", "loops")
    assert shown(page) == ["Reading loops"]
    assert labels(page, "#difficulties") == ["Any 1", "Easy 1", "Medium 1", "Hard 0"]
    page.click("#clear")
    assert len(shown(page)) == 16
    assert page.evaluate("document.activeElement.id") == "query"
    assert not page.is_visible("#clear")


def test_many_tags_are_folded_and_a_chosen_one_stays_in_sight(open_index: OpenIndex) -> None:
    page = open_index("#tag=tag-9")
    page.uncheck("#filters input[value=tag-9]")
    assert page.locator("#tags label:visible").count() == 10
    assert page.inner_text("#more") == "8 more tags"
    page.click("#more")
    assert page.locator("#tags label:visible").count() == 18
    choose(page, "tag", "tag-9")
    page.uncheck("#filters input[value=tag-9]")
    assert page.get_attribute("#more", "aria-expanded") == "true"
    page.click("#more")
    assert page.inner_text("#more") == "8 more tags"


def test_what_is_asked_for_stands_in_the_address_and_comes_back_from_it(open_index: OpenIndex) -> None:
    page = open_index()
    page.fill("#query", "loops & more")
    page.fill("#query", "reading")
    choose(page, "difficulty", "medium")
    choose(page, "tag", "python")
    page.wait_for_url("**/index.html#q=reading&difficulty=medium&tag=python")
    page.reload()
    assert shown(page) == ["Reading loops"]
    assert page.input_value("#query") == "reading"
    assert page.is_checked("input[value=medium]")
    page.click("h2 a >> visible=true")
    page.wait_for_url("**/loops.html")
    page.click(".back a")
    page.wait_for_url("**/index.html")
    assert len(shown(page)) == 16
    page.go_back()
    page.go_back()
    status(page, "1 of 16 quizzes")
    page.click("#clear")
    page.wait_for_url("**/index.html")


def test_an_address_leads_to_its_list_even_when_it_is_out_of_date(open_index: OpenIndex) -> None:
    page = open_index("#q=chapter&tag=gone&difficulty=fatal&tag=tag-3")
    assert shown(page) == ["Chapter 3"]
    status(page, "1 of 16 quizzes")
    page.evaluate("location.hash = '#tag=sql'")
    status(page, "1 of 16 quizzes")
    page.wait_for_selector(".bank:has-text('Joins')")
    assert shown(page) == ["Joins"]


def test_the_whole_index_by_keyboard_alone(open_index: OpenIndex) -> None:
    page = open_index()
    press = page.keyboard.press
    press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    press("Tab")
    page.keyboard.type("r")
    press("Tab")
    press("ArrowDown")
    assert page.evaluate("document.activeElement.value") == "easy"
    press("Tab")
    assert page.evaluate("document.activeElement.value") == "python"
    press("Space")
    status(page, "2 of 16 quizzes")
    assert len(shown(page)) == 2
    while page.evaluate("document.activeElement.id") != "clear":
        press("Tab")
    press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Reading loops"
    press("Enter")
    page.wait_for_url("**/loops.html")


def test_the_link_that_skips_leaves_what_was_asked_for(open_index: OpenIndex) -> None:
    page = open_index("#tag=sql")
    page.focus(".skip")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "banks"
    assert shown(page) == ["Joins"]


def test_without_scripts_every_bank_is_listed_and_no_control_is_there(open_index: OpenIndex) -> None:
    page = open_index("#q=joins", java_script_enabled=False)
    assert len(shown(page)) == 16
    assert page.locator("input:visible, button:visible").count() == 0
    assert "Quizzes: 16" in page.inner_text("header")
    page.click("h2 a >> nth=0")
    page.wait_for_url("**/loops.html")


def test_filters_are_folded_on_a_narrow_screen_and_their_number_is_told(open_index: OpenIndex) -> None:
    page = open_index("#tag=python&difficulty=easy", width=400)
    assert page.inner_text("#unfold") == "Filters (2 set)"
    assert not page.is_visible("#tags")
    page.click("#unfold")
    assert page.is_visible("#tags")


def test_a_bank_in_another_language_says_so(open_index: OpenIndex) -> None:
    page = open_index("#q=zahlen+1&tag=c", [*banks()[:1], bank("a", "Zählen", "c", "easy", "hard", language="de")])
    card = page.locator(".bank:visible")
    assert card.get_attribute("lang") == "de"
    assert card.locator(".facts").get_attribute("lang") == "en"
    assert card.locator(".questions").get_attribute("lang") == "en"
    assert card.locator(".questions > span").get_attribute("lang") == "de"


def test_hostile_texts_are_inert_in_the_index(open_index: OpenIndex) -> None:
    site = [
        bank("a", text, "", description=text, authors=(text,)) for text in samples.HOSTILE.values() if text.strip()
    ]  # fmt: skip
    page = open_index("", site)
    assert page.locator("script").count() == 2
    page.fill("#query", "<script>")
    assert page.locator("script").count() == 2
    page.fill("#query", "a" * 50_000)
    assert shown(page) == []


def test_the_list_is_printed_without_its_controls(open_index: OpenIndex) -> None:
    page = open_index("#tag=sql")
    page.emulate_media(media="print")
    assert shown(page) == ["Joins"]
    assert page.locator("input:visible, button:visible").count() == 0


@pytest.mark.parametrize(("scheme", "ground"), [("light", "rgb(251, 247, 238)"), ("dark", "rgb(27, 23, 18)")])
def test_the_example_theme_is_applied_to_the_index_and_the_pages(
    open_index: OpenIndex, scheme: str, ground: str
) -> None:
    theme = (ROOT / "docs" / "themes" / "paper" / "theme.css").read_text("utf-8")
    page = open_index(theme=theme, color_scheme=scheme)
    for _ in range(2):
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == ground
        assert "Charter" in page.evaluate("getComputedStyle(document.documentElement).fontFamily")
        assert faults(page) == []
        page.goto(page.url.replace("index.html", "loops.html"))
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
