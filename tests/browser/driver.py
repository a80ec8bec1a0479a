"""What a learner does with the mouse: begin, answer rightly or wrongly, check."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, assert_never

from quizlib.model import Choice, ExtendedText, InlineChoice, Item, Match, Order, TextEntry

if TYPE_CHECKING:
    from playwright.sync_api import Page


def ready(page: Page) -> None:
    """Wait until the scripts of the page have been unpacked and run."""
    page.wait_for_selector("html[data-view]:not([data-view='loading'])", state="attached")


def reload(page: Page) -> None:
    """Load the page again, as a learner does."""
    page.reload()
    ready(page)


def laid_out(page: Page) -> None:
    """Wait until the page has been laid out, and has done what it does then, such as naming blocks that scroll."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def begin(page: Page, mode: str = "practice") -> None:
    """Choose a mode on the start screen."""
    page.click(f"#modes a[href='#{mode}']")


def check(page: Page, number: int) -> None:
    """Check the question with this number."""
    page.click(f"#q{number} [data-do=check]")


def go_on(page: Page) -> None:
    """Leave the question for the next one, or for the end of the round."""
    page.click("#next")


def go_to(page: Page, place: int) -> None:
    """Go to a place of the round, from 1."""
    page.click(f"#navigator li:nth-child({place}) button")


def clear(page: Page) -> None:
    """Forget all progress, and confirm it."""
    page.click("#progress-box >> text=Clear my progress")
    page.click("text=Yes, forget it")


def verdict(page: Page, number: int) -> str:
    """Return the words of the verdict."""
    return page.inner_text(f"#q{number} .outcome .verdict").strip()


def respond(page: Page, number: int, item: Item, *, right: bool) -> None:
    """Enter the key, or something that is wrong in part or in whole."""
    question = f"#q{number}"
    match item.interaction:
        case Choice(options=options, max_choices=most):
            for option in options:
                if option.correct == right:
                    page.click(f"{question} .option[data-id={quoted(option.identifier)}] .content")
                    if most == 1:
                        break
        case TextEntry():
            page.fill(f"{question} .response :is(input, textarea)", typed(item.interaction, right=right))
        case ExtendedText():
            page.fill(f"{question} textarea", "Because it may have learned by heart.")
        case Match(sources=sources, targets=targets, pairs=pairs):
            goals = dict(pairs)
            for source in sources:
                target = goals[source.identifier] if right else targets[-1].identifier
                page.select_option(f"{question} [data-source={quoted(source.identifier)}]", target)
        case Order(items=items):
            names = [item.identifier for item in items]
            sort_rows(page, number, names if right else names[::-1])
            for step in ("1", "-1"):  # rows that are left as they are found are no answer
                page.click(
                    f"{question} .orderable li[data-id={quoted(names[0 if right else -1])}] [data-step='{step}']"
                )
        case InlineChoice(gaps=gaps):
            for gap in gaps:
                field = f"{question} [data-gap={quoted(gap.identifier)}]"
                if isinstance(gap.interaction, Choice):
                    keys = [option.identifier for option in gap.interaction.options if option.correct == right]
                    page.select_option(field, keys[0])
                else:
                    page.fill(field, typed(gap.interaction, right=right))
        case _:
            assert_never(item.interaction)


def quoted(text: str) -> str:
    """Return a text as a string of a selector."""
    return json.dumps(text)


def typed(entry: TextEntry, *, right: bool) -> str:
    """Return what a learner types."""
    if right:
        return entry.accepted[0].text
    return "987654321" if entry.base_type == "number" else "something else"


def sort_rows(page: Page, number: int, right: list[str]) -> None:
    """Bring rows into the right order with their buttons."""
    for place, identifier in enumerate(right):
        while shown_order(page, number).index(identifier) > place:
            page.click(f"#q{number} .orderable li[data-id={quoted(identifier)}] [data-step='-1']")


def shown_order(page: Page, number: int) -> list[str]:
    """Return the rows of an ordering question as they stand, by their identifiers."""
    rows = page.locator(f"#q{number} .orderable > li").evaluate_all("rows => rows.map(row => row.dataset.id)")
    return [str(row) for row in rows]


def kept_round(page: Page, bank: str, mode: str) -> dict[str, Any]:
    """Return the round of a mode as it is kept in the browser; leaving the page writes it."""
    reload(page)
    kept: dict[str, Any] = page.evaluate("place => JSON.parse(localStorage.getItem(place)).rounds", f"quizlib:{bank}")
    round_of_mode: dict[str, Any] = kept[mode]
    return round_of_mode
