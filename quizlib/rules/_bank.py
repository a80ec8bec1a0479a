"""What rules ask of a bank as a whole."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from quizlib.diagnostics import Place
from quizlib.model import Bank, Item


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
