"""All Markdown texts of a bank, with their places: for whatever must look at each of them."""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Place
from quizlib.model.interaction import Choice, ExtendedText, InlineChoice, Match, Order, TextEntry
from quizlib.model.item import Bank, Item


def choices(item: Item) -> Iterator[tuple[Choice, Place]]:
    """Yield each choice of an item, those in gaps too, with the place of its options."""
    match item.interaction:
        case Choice() as choice:
            yield choice, item.place.at("answer" if item.question_type == "true_false" else "options")
        case InlineChoice(gaps=gaps):
            for gap in gaps:
                if isinstance(gap.interaction, Choice):
                    yield gap.interaction, gap.place.at("options")


def text_entries(item: Item) -> Iterator[tuple[TextEntry, Place]]:
    """Yield each text entry of an item, those in gaps too, with the place of its accepted texts."""
    match item.interaction:
        case TextEntry() as entry:
            yield entry, item.place.at("accepted" if item.question_type == "short_answer" else "answer")
        case InlineChoice(gaps=gaps):
            for gap in gaps:
                if isinstance(gap.interaction, TextEntry):
                    yield gap.interaction, gap.place.at("accepted")


def texts(bank: Bank) -> Iterator[tuple[Item | None, str, Place]]:
    """Yield all Markdown texts of a bank: the item that they belong to, if any, and their places."""
    if bank.description:
        yield None, bank.description, bank.place.at("description")
    if bank.lesson is not None:
        lesson = bank.place.at("lesson")
        if bank.lesson.big_idea:
            yield None, bank.lesson.big_idea, lesson.at("big_idea")
        for index, section in enumerate(bank.lesson.sections):
            if section.text:
                yield None, section.text, lesson.at("sections", index, "text")
        for index, takeaway in enumerate(bank.lesson.takeaways):
            yield None, takeaway, lesson.at("takeaways", index)
    for item in bank.items:
        for text, place in _item_texts(item):
            yield item, text, place


def _item_texts(item: Item) -> Iterator[tuple[str, Place]]:
    """Yield all Markdown texts of an item with their places."""
    place = item.place
    yield item.stem, place.at("stem")
    for index, hint in enumerate(item.hints):
        yield hint, place.at("hints", index)
    for index, step in enumerate(item.solution.steps):
        yield step.text, place.at("solution", "steps", index, "text")
        if step.title is not None:
            yield step.title, place.at("solution", "steps", index, "title")
    for key in ("final_answer", "check"):
        if (text := getattr(item.solution, key)) is not None:
            yield text, place.at("solution", key)
    for index, mistake in enumerate(item.common_mistakes):
        yield mistake.text, place.at("common_mistakes", index, "text")
        if mistake.feedback is not None:
            yield mistake.feedback, place.at("common_mistakes", index, "feedback")
    for key in ("general", "correct", "partially_correct", "incorrect"):
        if (text := getattr(item.feedback, key)) is not None:
            yield text, place.at("feedback", key)
    for choice, _ in choices(item):
        for option in choice.options:
            if option.content.format == "markdown":
                yield option.content.text, option.place
            if option.feedback is not None:
                yield option.feedback, Place(option.place.path, (*option.place.keys[:-1], "feedback"))
    for entry, _ in text_entries(item):
        for accepted in entry.accepted:
            if accepted.feedback is not None:
                yield accepted.feedback, Place(accepted.place.path, (*accepted.place.keys[:-1], "feedback"))
    match item.interaction:
        case Match(sources=parts) | Order(items=parts):
            for part in parts:
                if part.content.format == "markdown":
                    yield part.content.text, part.place
        case ExtendedText(rubric=rows, template=template, response_format=format):
            for index, row in enumerate(rows):
                yield row.text, place.at("rubric", index, "text")
            if template is not None and format == "text":
                yield template, place.at("template")
