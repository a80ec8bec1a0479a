"""What a learner does with the mouse: begin, answer rightly or wrongly, check."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from quizlib.model import Choice, ExtendedText, InlineChoice, Item, Match, Order, TextEntry

if TYPE_CHECKING:
    from playwright.sync_api import Page


def begin(page: Page) -> None:
    """Leave the start card."""
    page.click("#begin")


def check(page: Page, number: int) -> None:
    """Check the question with this number."""
    page.click(f"#q{number} [data-do=check]")


def go_on(page: Page, number: int) -> None:
    """Leave the question for the next one, or for the result."""
    page.click(f"#q{number} [data-do=next]")


def verdict(page: Page, number: int) -> str:
    """Return the words of the verdict."""
    return page.inner_text(f"#q{number} .outcome .verdict").strip()


def respond(page: Page, number: int, item: Item, *, right: bool) -> None:
    """Enter the key, or something that is wrong in part or in whole."""
    question = f"#q{number}"
    match item.interaction:
        case Choice(options=options, max_choices=most):
            for index, option in enumerate(options):
                if option.correct == right:
                    page.click(f"{question} .option[data-index='{index}'] .content")
                    if most == 1:
                        break
        case TextEntry():
            page.fill(f"{question} .response :is(input, textarea)", typed(item.interaction, right=right))
        case ExtendedText():
            page.fill(f"{question} textarea", "Because it may have learned by heart.")
        case Match(sources=sources, targets=targets, pairs=pairs):
            goals = dict(pairs)
            names = [target.identifier for target in targets]
            for index, source in enumerate(sources):
                target = names.index(goals[source.identifier]) if right else len(targets) - 1
                page.select_option(f"{question} [data-source='{index}']", str(target))
        case Order(items=items):
            if right:
                sort_rows(page, number, len(items))
        case InlineChoice(gaps=gaps):
            for index, gap in enumerate(gaps):
                field = f"{question} [data-gap='{index}']"
                if isinstance(gap.interaction, Choice):
                    keys = [str(place) for place, o in enumerate(gap.interaction.options) if o.correct == right]
                    page.select_option(field, keys[0])
                else:
                    page.fill(field, typed(gap.interaction, right=right))
        case _:
            assert_never(item.interaction)


def typed(entry: TextEntry, *, right: bool) -> str:
    """Return what a learner types."""
    if right:
        return entry.accepted[0].text
    return "987654321" if entry.base_type == "number" else "something else"


def sort_rows(page: Page, number: int, count: int) -> None:
    """Bring rows into the right order with their buttons."""
    for index in range(count):
        while shown_order(page, number).index(index) > index:
            page.click(f"#q{number} .orderable li[data-index='{index}'] [data-step='-1']")


def shown_order(page: Page, number: int) -> list[int]:
    """Return the rows of an ordering question as they stand."""
    rows = page.locator(f"#q{number} .orderable > li").evaluate_all("rows => rows.map(row => +row.dataset.index)")
    return [int(row) for row in rows]
