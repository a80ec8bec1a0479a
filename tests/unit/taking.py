"""Sessions without a keyboard, and what a learner types who knows everything."""

from __future__ import annotations

import unicodedata
from typing import Any

from quizlib.delivery.reading import Delivered
from quizlib.model import Bank, Choice, ExtendedText, Form, InlineChoice, Interaction, Item, Match, Order, TextEntry
from quizlib.taking import arrangement
from quizlib.taking.dialogue import Dialogue
from quizlib.taking.plan import Asked, planned
from quizlib.taking.reply import has_several_lines
from quizlib.taking.responses import key_of
from quizlib.taking.screen import Screen
from quizlib.taking.session import Kept, Session

STARTED = "2026-01-31T18:05:00Z"


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def session_of(
    bank: Bank, asked: Asked | None = None, *, seed: str = "s", form: Form | None = None, kept: Kept | None = None
) -> Session:
    plan, _ = planned(Delivered(bank, form), asked or Asked(), seed)
    return Session(plan, STARTED, kept)


def dialogue_of(session: Session, *, width: int = 80, color: bool = False, clock: Clock | None = None) -> Dialogue:
    return Dialogue(session, Screen(width, color), clock or Clock())


def is_harmless(line: str) -> bool:
    """Whether nothing in a line is a command to a terminal, turns its text round, or ends it."""
    return all(unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in line)


def typed_key(item: Item, seed: str) -> list[str]:
    """Return the lines that earn everything; of an essay any text."""
    return _typed(item.interaction, item.identifier, key_of(item.interaction), seed)


def _typed(interaction: Interaction, name: str, key: Any, seed: str) -> list[str]:
    match interaction:
        case Choice():
            options = arrangement.options(interaction, name, seed)
            return [" ".join(letter for letter, option in options.items() if option.identifier in key)]
        case Match():
            letters = {target.content: letter for letter, target in arrangement.targets(interaction).items()}
            looks = {target.identifier: target.content for target in interaction.targets}
            sources = arrangement.sources(interaction, name, seed)
            return [" ".join(f"{number}{letters[looks[key[one.identifier]]]}" for number, one in sources.items())]
        case Order():
            numbers = {part.identifier: label for label, part in arrangement.rows(interaction, name, seed).items()}
            return [" ".join(numbers[one] for one in key)]
        case InlineChoice():
            return [
                line for gap in interaction.gaps for line in _typed(gap.interaction, name, key[gap.identifier], seed)
            ]
        case TextEntry() | ExtendedText():
            text = "Any text." if key is None else str(key)
            return [*text.split("\n"), "."] if has_several_lines(interaction) else [text]
