"""Questions in somebody else's page, under a policy that allows the one script: they work, and keep to themselves."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quizlib.model import Bank, ExtendedText, Item
from tests.browser import driver, host, sample
from tests.browser.conftest import WATCH_POLICY
from tests.browser.slowness import slow_down
from tests.browser.test_access import faults

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ITEMS = list(enumerate(sample.BANK.items, start=1))
LISTEN = "window.heard = []; document.addEventListener('quiz-answer', (event) => heard.push(event.detail));"
DOCS = Path(__file__).parents[2].joinpath("docs", "export.md")
# A page that has its own mind about everything.
LOUD = """
* { border: 3px solid rgb(255, 0, 0) !important; letter-spacing: 4px; color: rgb(0, 128, 0) }
body { text-transform: uppercase; text-align: center; line-height: 3; font: italic 30px serif }
button, .option, fieldset, .primary { display: none !important; background: rgb(255, 192, 203) }
html { font-size: 40% }
"""
OpenHost = Callable[..., "Page"]


@pytest.fixture
def open_host(browser: Browser, tmp_path: Path) -> Iterator[OpenHost]:
    """Return what opens a page with banks in it. At the end nothing may have gone wrong, or been asked for elsewhere."""
    troubles: list[str] = []

    def watch(url: str, address: str) -> None:
        if not url.startswith("data:") and url.removeprefix(address) not in allowed:
            troubles.append(f"request: {url}")

    allowed = ("/host.html", "/host.css", "/host.js", "/quiz-question.js")
    with host.served(tmp_path) as address:
        contexts = []

        def open_host(*banks: Bank, width: int = 1000, page: dict[str, str] | None = None, **options: Any) -> Page:
            host.write(tmp_path, *(banks or (sample.BANK,)), **(page or {"extra": LISTEN}))
            context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce", **options)
            context.set_default_timeout(30_000)
            contexts.append(context)
            opened = context.new_page()
            slow_down(opened)
            opened.on("console", lambda message: troubles.append(f"console: {message.text}"))
            opened.on("pageerror", lambda error: troubles.append(f"error: {error}"))
            opened.on("dialog", lambda dialog: troubles.append(f"dialog: {dialog.message}"))
            opened.on("request", lambda request: watch(request.url, address))
            if options.get("java_script_enabled", True):
                opened.add_init_script(WATCH_POLICY)
            opened.goto(f"{address}/host.html")
            return opened

        yield open_host
        for context in contexts:
            context.close()
    assert troubles == []


def style(page: Page, selector: str, name: str) -> str:
    """Return the computed value of a property of the first element that fits, wherever it is."""
    return str(page.locator(selector).first.evaluate("(found, name) => getComputedStyle(found)[name]", name))


def only(*items: Item) -> Bank:
    return dataclasses.replace(sample.BANK, items=items)


def test_every_type_is_answered_and_the_page_hears_of_it(open_host: OpenHost) -> None:
    page = open_host()
    for number, item in ITEMS:
        driver.respond(page, number, item, right=True)
        driver.check(page, number)
        essay = isinstance(item.interaction, ExtendedText)
        assert driver.verdict(page, number) == ("Answered" if essay else "Right"), item.identifier
    heard = page.evaluate("heard")
    assert [(one["bank"], one["question"]) for one in heard] == [("sample", item.identifier) for _, item in ITEMS]
    for one, (_, item) in zip(heard, ITEMS, strict=True):
        essay = isinstance(item.interaction, ExtendedText)
        assert one["outcome"]["state"] == ("ungraded" if essay else "right")
        assert one["outcome"]["score"] == (0 if essay else 1)
        assert re.fullmatch("[0-9a-f]{16}", one["digest"])
    assert heard[0]["response"] == ["a"]
    assert heard[6]["response"] == {"e0": "e0", "e1": "e1", "e2": "e2"}
    assert heard[8]["response"] == {"verb": "training", "noun": ["a"], "count": "5"}


def test_a_wrong_answer_is_explained_and_can_be_given_anew(open_host: OpenHost) -> None:
    page = open_host(only(sample.SINGLE))
    page.click("#q1 [data-do=hint]")
    assert page.is_visible("#q1 .hints-panel >> text=Multiply once per epoch")
    page.click("#q1 .option[data-id=c] .content")
    driver.check(page, 1)
    assert driver.verdict(page, 1) == "Not right"
    assert page.is_visible("#q1 .outcome >> text=Trace it again.")
    assert "That is the loss after one epoch." in page.inner_text("#q1 .option[data-id=b] .why-inline")
    first = page.locator("#q1 .mistakes li").first
    assert first.inner_text().startswith("This leads to your answer")
    assert "Forgetting the starting loss" in first.inner_text()
    assert not page.is_visible("#q1 .steps >> text=Follow the loss")
    page.click("#q1 [data-do=step]")
    assert page.is_visible("#q1 .steps >> text=Follow the loss")
    page.click("#q1 [data-do=again]")
    assert page.evaluate("document.querySelector('quiz-question').shadowRoot.activeElement.id") == "q1-heading"
    assert not page.is_visible("#q1 .explanation")
    driver.respond(page, 1, sample.SINGLE, right=True)
    driver.check(page, 1)
    assert driver.verdict(page, 1) == "Right"
    assert page.evaluate("heard.map(({outcome, hints, gaveUp}) => [outcome.state, hints, gaveUp])") == [
        ["wrong", 1, False],
        ["right", 0, False],
    ]


def test_what_is_not_answered_is_said_and_is_no_event(open_host: OpenHost) -> None:
    page = open_host(only(sample.NUMBER))
    driver.check(page, 1)
    assert "Type a number first." in page.inner_text("#q1 .problem")
    page.click("#q1 .problem a")
    assert page.evaluate("document.querySelector('quiz-question').shadowRoot.activeElement.id") == "q1-a"
    assert page.evaluate("heard") == []
    assert page.url.endswith("/host.html")
    page.click("#q1 [data-do=give-up]")
    assert page.evaluate("heard.map(({outcome, gaveUp}) => [outcome.state, gaveUp])") == [["unanswered", True]]


def test_the_keyboard_is_enough(open_host: OpenHost) -> None:
    page = open_host(only(sample.SINGLE, sample.ORDER))
    page.locator("#q1 input").first.focus()
    page.keyboard.press("Space")
    while not page.is_checked("#q1 [data-id=a] input"):
        page.keyboard.press("ArrowDown")
    for _ in range(2):  # past nothing but the block of code, if it scrolls
        page.keyboard.press("Tab")
        if page.evaluate("document.querySelector('quiz-question').shadowRoot.activeElement.dataset.do") == "check":
            break
    page.keyboard.press("Enter")
    assert driver.verdict(page, 1) == "Right"
    down = page.locator("#q2 .orderable > li").first.locator("[data-step='1']")
    down.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    moved = page.locator("#q2 .orderable > li").nth(2).locator("[data-step='1']")
    assert moved.evaluate("button => button.getRootNode().activeElement === button")
    assert page.inner_text("#q2 .outcome") == "Now number 3 of 4."


@pytest.mark.parametrize(
    ("width", "options"),
    [
        (1000, {"color_scheme": "light"}),
        (320, {"color_scheme": "dark"}),
        (320, {"color_scheme": "dark", "forced_colors": "active"}),
    ],
)
def test_axe_finds_nothing(open_host: OpenHost, width: int, options: dict[str, Any]) -> None:
    scheme = {"style": "html { color-scheme: light dark; background: Canvas }"}
    page = open_host(width=width, page=scheme, bypass_csp=True, **options)
    assert faults(page) == []
    for number, item in ITEMS:
        if number in (2, 3):
            driver.check(page, number)  # unanswered
            assert faults(page) == []
        driver.respond(page, number, item, right=number % 2 == 0)
        driver.check(page, number)
    page.click("#q1 [data-do=step]")
    assert faults(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_styles_of_the_page_stay_outside(open_host: OpenHost) -> None:
    page = open_host(only(sample.SINGLE), page={"style": LOUD})
    assert style(page, "#q1 [data-do=check]", "display") != "none"
    assert style(page, "#q1 .option", "borderTopWidth") == "1px"
    assert style(page, "#q1 fieldset", "borderTopWidth") == "0px"
    assert style(page, "#q1 .content", "textTransform") == "none"
    assert style(page, "#q1 .content", "textAlign") == "start"
    assert style(page, "#q1 .content", "letterSpacing") == "normal"
    assert style(page, "#q1 .content", "color") == "rgb(31, 35, 40)"
    assert style(page, "#q1 .content", "fontStyle") == "normal"
    assert style(page, "#q1 .content", "fontSize") == "17px"
    driver.respond(page, 1, sample.SINGLE, right=True)
    driver.check(page, 1)
    assert driver.verdict(page, 1) == "Right"


def test_styles_of_the_question_stay_inside(open_host: OpenHost) -> None:
    own = '<div class="card option question"><button class="primary">b</button><h3>h</h3><p>a</p><p>b</p></div>'
    page = open_host(only(sample.SINGLE), page={"before": own})
    shown = (
        "[...document.querySelectorAll('main > div, main > div *')].map(e => JSON.stringify({...getComputedStyle(e)}))"
    )
    beside = page.evaluate(shown)
    page.evaluate("document.querySelectorAll('quiz-question').forEach(question => question.remove())")
    assert page.evaluate(shown) == beside
    assert page.evaluate("document.adoptedStyleSheets.length") == 0
    assert page.evaluate("document.styleSheets.length") == 1
    assert page.evaluate("Object.keys(window).filter(name => /quiz/i.test(name))") == []


def test_colours_are_those_that_the_page_sets_and_else_ours(open_host: OpenHost) -> None:
    bank = only(sample.SINGLE)
    theme = ":root { --accent: rgb(1, 2, 3) } quiz-question { --on-accent: rgb(250, 251, 252) }"
    page = open_host(bank, page={"style": theme})
    assert style(page, "[data-do=check]", "backgroundColor") == "rgb(1, 2, 3)"
    assert style(page, "[data-do=check]", "color") == "rgb(250, 251, 252)"
    page = open_host(bank, page={"style": theme + "quiz-question { --accent: initial }"})
    assert style(page, "[data-do=check]", "backgroundColor") == "rgb(63, 79, 163)"


@pytest.mark.parametrize(
    ("page_is", "reader_has", "ground"),
    [
        ("light", "dark", "rgb(255, 255, 255)"),
        ("dark", "light", "rgb(28, 31, 37)"),
        ("light dark", "dark", "rgb(28, 31, 37)"),
        ("light dark", "light", "rgb(255, 255, 255)"),
        ("normal", "dark", "rgb(255, 255, 255)"),
    ],
)
def test_light_or_dark_is_what_the_page_is(open_host: OpenHost, page_is: str, reader_has: Any, ground: str) -> None:
    page = open_host(page={"style": f"html {{ color-scheme: {page_is} }}"}, color_scheme=reader_has)
    assert style(page, "#q1", "backgroundColor") == ground


def test_the_font_is_that_of_the_page_or_the_one_it_names(open_host: OpenHost) -> None:
    page = open_host(page={"style": "body { font-family: Papyrus }"})
    assert style(page, "#q1 .stem", "fontFamily") == "Papyrus"
    page = open_host(page={"style": "body { font-family: Papyrus } quiz-question { --sans: Futura }"})
    assert style(page, "#q1 .stem", "fontFamily") == "Futura"


def test_fragments_do_not_meet(open_host: OpenHost) -> None:
    """Two banks, and one of them twice: each with the script, and all with the same ids inside."""
    other = dataclasses.replace(only(sample.SINGLE), identifier="other")
    (twice,) = (text for name, text in host.fragments(other).items() if name == "other.embed.html")
    page = open_host(only(sample.SINGLE), other, page={"after": twice, "extra": LISTEN})
    assert page.locator("script[src='quiz-question.js']").count() == 3
    questions = page.locator("quiz-question")
    for place in range(3):
        questions.nth(place).locator(".option[data-id=a] .content").click()
    assert page.locator("input:checked").count() == 3
    assert page.evaluate("document.querySelectorAll('[id]').length") == 0
    for place in range(3):
        questions.nth(place).locator("[data-do=check]").click()
    assert page.evaluate("heard.map(({bank}) => bank)") == ["sample", "other", "other"]
    for one in range(3):
        double = questions.nth(one).evaluate(
            "({shadowRoot}) => { const ids = [...shadowRoot.querySelectorAll('[id]')].map(({id}) => id);"
            " return ids.filter((id, place) => ids.indexOf(id) !== place) }"
        )
        assert double == []


def test_an_element_may_come_later_empty_or_whole_and_may_be_moved(open_host: OpenHost) -> None:
    page = open_host(only(sample.SINGLE))
    driver.respond(page, 1, sample.SINGLE, right=True)
    page.evaluate("""() => {
      const first = document.querySelector("quiz-question");
      const whole = first.cloneNode(true);
      const later = document.createElement("quiz-question");
      document.body.append(whole, later);
      later.append(...[...first.childNodes].map((node) => node.cloneNode(true)));
      document.body.prepend(first);
    }""")
    page.locator("quiz-question >> nth=2").locator("#q1").wait_for()
    assert page.locator("quiz-question #q1").count() == 3
    assert page.locator("quiz-question >> nth=0").locator("[data-id=a] input").is_checked()
    page.locator("quiz-question >> nth=2").locator("[data-id=a] .content").click()
    page.locator("quiz-question >> nth=2").locator("[data-do=check]").click()
    assert page.locator("quiz-question >> nth=2").locator(".outcome .verdict").inner_text() == "Right"


def test_without_the_script_it_can_be_read(open_host: OpenHost) -> None:
    page = open_host(java_script_enabled=False)
    assert page.locator("quiz-question").count() == len(ITEMS)
    assert not page.locator("input, select, textarea, button").count()
    for summary in page.locator("summary").all():
        summary.click()
    text = page.inner_text("body")
    for expected in ("each epoch keeps 70 %", "Multiply once", "Follow the loss", "stores documents", "total += i"):
        assert expected in text
    images = page.locator("img").evaluate_all("all => all.map(image => image.naturalWidth)")
    assert images == [320, 1]


def test_images_are_shown_in_the_question(open_host: OpenHost) -> None:
    page = open_host(only(sample.TEXT))
    assert page.locator("#q1 img").evaluate_all("all => all.map(image => image.naturalWidth)") == [320, 1]


def test_icons_are_drawn(open_host: OpenHost) -> None:
    page = open_host(only(sample.SINGLE))
    driver.respond(page, 1, sample.SINGLE, right=True)
    driver.check(page, 1)
    drawn = "icon => icon.getBBox().width > 0 && icon.getRootNode().querySelector(icon.firstChild.getAttribute('href')) !== null"
    assert page.locator("#q1 .outcome .verdict svg").evaluate(drawn)


def test_hostile_texts_are_inert(open_host: OpenHost) -> None:
    bank = sample.hostile()
    page = open_host(bank)
    traces = "[onload], [onerror], img, svg:not(.icon, .sprite), iframe, base, [style]"
    for number, _ in enumerate(bank.items, start=1):
        page.click(f"#q{number} [data-do=give-up]")
        page.click(f"#q{number} .explanation [data-do=all-steps], #q{number} .explanation [data-do=step]")
    assert page.locator(traces).count() == 0
    assert page.locator("script").count() == 2  # the page's, and the fragment's
    assert page.evaluate("heard.length") == len(bank.items)


def test_hostile_texts_are_inert_without_scripts(open_host: OpenHost) -> None:
    bank = sample.hostile()
    page = open_host(bank, java_script_enabled=False)
    assert page.locator("[onload], [onerror], img, svg, iframe, base, [style]").count() == 0
    assert page.locator("quiz-question").count() == len(bank.items)


def test_the_examples_of_the_manual_work(open_host: OpenHost) -> None:
    section = DOCS.read_text(encoding="utf-8").partition("### Questions in a page of yours")[2].partition("\n### ")[0]
    (script,) = re.findall(r"```js\n(.*?)```", section, flags=re.DOTALL)
    (css,) = re.findall(r"```css\n(.*?)```", section, flags=re.DOTALL)
    page = open_host(only(sample.SINGLE), page={"style": css, "extra": script})
    assert style(page, "[data-do=check]", "backgroundColor") == "rgb(138, 63, 252)"
    assert style(page, "#q1", "borderTopColor") == "rgb(226, 223, 217)"
    assert style(page, "#q1", "borderTopLeftRadius") == "0px"
    driver.respond(page, 1, sample.SINGLE, right=True)
    driver.check(page, 1)
    assert page.title() == "single: right, 1"
