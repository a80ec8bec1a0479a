"""What several rules ask of an item."""

from __future__ import annotations

import functools
import gc
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from quizlib.diagnostics import Place
from quizlib.model import Bank, Choice, Item, TextEntry
from quizlib.model.texts import choices, texts

_Found = TypeVar("_Found")

_MARKUP = re.compile(r"[`*_$]")


def key_texts(item: Item) -> list[str]:
    """Return the texts of the key: those of the correct options, or those accepted in full."""
    match item.interaction:
        case Choice(options=options):
            return [option.content.text for option in options if option.correct]
        case TextEntry(accepted=accepted):
            return [entry.text for entry in accepted if entry.fraction >= 1]
        case _:
            return []


def kept(walk: Callable[[Bank], Iterable[_Found]]) -> Callable[[Bank], tuple[_Found, ...]]:
    """Keep what a walk found in the bank that was asked about last: one rule after another walks through the same."""
    last: list[tuple[Bank, tuple[_Found, ...]]] = []

    @functools.wraps(walk)
    def walked(bank: Bank) -> tuple[_Found, ...]:
        if not last or last[0][0] is not bank:
            collecting = gc.isenabled()
            gc.disable()  # many small objects, none of them garbage
            try:
                last[:] = [(bank, tuple(walk(bank)))]
            finally:
                if collecting:
                    gc.enable()
        return last[0][1]

    return walked


@kept
def all_texts(bank: Bank) -> Iterator[tuple[Item | None, str, Place]]:
    """Return all Markdown texts of a bank: the item that they belong to, if any, and their places."""
    return texts(bank)


@kept
def written_choices(bank: Bank) -> Iterator[tuple[Item, Choice, Place]]:
    """Return each choice whose options an author has written, those in gaps too, with the place of its options."""
    for item in bank.items:
        if item.question_type != "true_false":
            for choice, place in choices(item):
                yield item, choice, place


def normalized(text: str) -> str:
    """Return a text without markup, case, outer punctuation and superfluous white space."""
    return " ".join(_MARKUP.sub("", text).split()).casefold().strip(" .,;:!")


def contains(text: str, part: str) -> bool:
    """Whether normalized `part` stands in normalized `text` as words of its own."""
    start = text.find(part) if part else -1
    while start >= 0:
        end = start + len(part)
        if not (_joins(text, start - 1, part[0], ".") or _joins(text, end, part[-1], "") or _goes_on(text, end)):
            return True
        start = text.find(part, start + 1)
    return False


def _joins(text: str, index: int, edge: str, also: str) -> bool:
    """Whether the character beside a part makes a longer word or number of it."""
    if not 0 <= index < len(text) or not (edge.isalnum() or edge in "_-."):
        return False
    return text[index].isalnum() or text[index] == "_" or text[index] in also.split()


def _goes_on(text: str, end: int) -> bool:
    """Whether a number goes on with decimals."""
    return text[end - 1].isdecimal() and text[end : end + 1] == "." and text[end + 1 : end + 2].isdecimal()
