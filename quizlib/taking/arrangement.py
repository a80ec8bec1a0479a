"""Letters and numbers for what can be chosen, in the order of the seed: the same one as on the page."""

from __future__ import annotations

from collections.abc import Sequence

from quizlib.assembly import item_order, option_order
from quizlib.model import Associable, Choice, Match, Option, Order


def letter(position: int) -> str:
    """Return a for 0, z for 25, aa for 26."""
    letters = ""
    position += 1
    while position:
        position, digit = divmod(position - 1, 26)
        letters = chr(ord("a") + digit) + letters
    return letters


def options(choice: Choice, question: str, seed: str) -> dict[str, Option]:
    """Return the options of a choice by their letters."""
    by_name = {option.identifier: option for option in choice.options}
    names = list(by_name)
    if choice.shuffle:
        names = option_order(seed, question, names, [option.fixed for option in choice.options])
    return {letter(place): by_name[name] for place, name in enumerate(names)}


def sources(match: Match, question: str, seed: str) -> dict[str, Associable]:
    """Return the sources of a match by their numbers, as text."""
    names = [source.identifier for source in match.sources]
    return _numbered(match.sources, option_order(seed, question, names) if match.shuffle else names)


def targets(match: Match) -> dict[str, Associable]:
    """Return the targets of a match by their letters, sorted by what they say; of those that look the same, one."""
    looks = {target.content: target for target in reversed(match.targets)}
    ordered = sorted(looks.values(), key=lambda one: (one.content.text.casefold(), one.content.text, one.identifier))
    return {letter(place): target for place, target in enumerate(ordered)}


def rows(order: Order, question: str, seed: str) -> dict[str, Associable]:
    """Return the items that are to be put in order by their numbers, as text."""
    return _numbered(order.items, item_order(seed, question, order.items))


def _numbered(parts: Sequence[Associable], names: Sequence[str]) -> dict[str, Associable]:
    by_name = {part.identifier: part for part in parts}
    return {str(number): by_name[name] for number, name in enumerate(names, 1)}
