"""What rules ask of a bank as a whole, worked out once for all of them."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

from quizlib.diagnostics import Place
from quizlib.model import Bank, Item
from quizlib.model.texts import texts

Result = TypeVar("Result")


class Text(NamedTuple):
    """A Markdown text of a bank: the item that it belongs to, if any, and where it stands."""

    item: Item | None
    text: str
    place: Place


def once(function: Callable[[Bank], Result]) -> Callable[[Bank], Result]:
    """Remember what a function returned for the bank that it was given last: rules look at one bank after another."""
    last: list[tuple[Bank, Result]] = []

    @functools.wraps(function)
    def remembering(bank: Bank) -> Result:
        for known, result in last:
            if known is bank:
                return result
        result = function(bank)
        last[:] = [(bank, result)]
        return result

    return remembering


@once
def all_texts(bank: Bank) -> tuple[Text, ...]:
    """Return all Markdown texts of a bank."""
    return tuple(Text(*found) for found in texts(bank))


def distinct(bank: Bank) -> Iterator[Item]:
    """Yield the items of a bank, and of the variants of a question only the first one."""
    seen: set[str] = set()
    for item in bank.items:
        if item.variant_of is None:
            yield item
        elif item.variant_of not in seen:
            seen.add(item.variant_of)
            yield item


def questions(bank: Bank) -> Place:
    """Return the place of what is found in a bank as a whole: its list of questions."""
    return bank.place.at("questions")


_TOKEN = re.compile(r"\w+(?:[.,]\d+)*|[^\w\s.,;:?!\"'`*()]")


@functools.lru_cache(maxsize=1 << 14)
def tokens(text: str) -> tuple[str, ...]:
    """Return the words, numbers and signs of a text in lower case, code and maths included, punctuation left out."""
    return tuple(_TOKEN.findall(text.casefold()))
