"""What several rules ask of an item."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlib.diagnostics import Place
from quizlib.model import Bank, Choice, ExtendedText, InlineChoice, Item, Match, Order, TextEntry

_MARKUP = re.compile(r"[`*_$]")


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


def key_texts(item: Item) -> list[str]:
    """Return the texts of the key: those of the correct options, or those accepted in full."""
    match item.interaction:
        case Choice(options=options):
            return [option.content.text for option in options if option.correct]
        case TextEntry(accepted=accepted):
            return [entry.text for entry in accepted if entry.fraction >= 1]
        case _:
            return []


def normalized(text: str) -> str:
    """Return a text without markup, case, outer punctuation and superfluous white space."""
    return " ".join(_MARKUP.sub("", text).split()).casefold().strip(" .,;:!")


def contains(text: str, part: str) -> bool:
    """Whether normalized `part` stands in normalized `text` as words of its own."""
    if not part:
        return False
    before = r"(?<![\w.])" if part[0].isalnum() or part[0] in "-_." else ""
    after = r"(?![\w])(?!\.\d)" if part[-1].isalnum() or part[-1] == "_" else ""
    return re.search(before + re.escape(part) + after, text) is not None


def markdown_texts(bank: Bank, item: Item) -> Iterator[tuple[str, Place]]:
    """Yield all Markdown texts of an item with their places."""
    place = item.place
    yield item.stem, place.at("stem")
    for index, hint in enumerate(item.hints):
        yield hint, place.at("hints", index)
    for index, step in enumerate(item.solution.steps):
        yield step.text, place.at("solution", "steps", index, "text")
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
