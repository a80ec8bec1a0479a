"""Options that are, as a whole, a phrase that tells of the other options."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quizlib.model import Bank, Item, Option
from quizlib.rules._english import is_english
from quizlib.rules._walk import normalized, written_choices

_MOST_CHARACTERS = 60  # of such a phrase with its marks


def options_that_say(bank: Bank, phrase: re.Pattern[str], telling: Sequence[str]) -> Iterator[tuple[Item, Option]]:
    """Yield the options of a bank in English that are, normalized, a phrase.

    Each holds one of the `telling` words, which are in lower case: to look for these first costs far less.
    """
    if not is_english(bank):
        return
    for item, choice, _ in written_choices(bank):
        for option in choice.options:
            text = option.content.text
            if _is_likely(text, telling) and phrase.fullmatch(normalized(text)):
                yield item, option


def _is_likely(text: str, telling: Sequence[str]) -> bool:
    lowered = text.lower() if len(text) < _MOST_CHARACTERS else ""
    return any(word in lowered for word in telling)
