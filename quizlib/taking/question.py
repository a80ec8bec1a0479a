"""A question as it is shown before it is answered."""

from __future__ import annotations

import math
from collections.abc import Mapping

from quizlib.model import Associable, Choice, Content, ExtendedText, InlineChoice, Item, Match, Option, Order
from quizlib.taking import arrangement
from quizlib.taking.screen import BOLD, Screen
from quizlib.taking.session import Session


def question_lines(session: Session, screen: Screen) -> list[str]:
    """Return the question at which a session is: its heading, its text, and what can be chosen."""
    item = session.item
    gaps = [gap.identifier for gap in item.interaction.gaps] if isinstance(item.interaction, InlineChoice) else []
    lines = ["", *screen.words(_heading(session), BOLD), *screen.words(item.title, BOLD), ""]
    lines += screen.markdown(item.stem, gaps=gaps)
    if item.code is not None:
        lines += ["", *screen.listing(item.code)]
    return lines + offered(item, session.plan.seed, screen)


def offered(item: Item, seed: str, screen: Screen) -> list[str]:
    """Return what can be chosen, with its letters and numbers."""
    interaction = item.interaction
    match interaction:
        case Choice():
            return ["", *option_lines(arrangement.options(interaction, item.identifier, seed), screen)]
        case Match():
            numbered = _part_lines(arrangement.sources(interaction, item.identifier, seed), screen)
            return ["", *numbered, "", *_part_lines(arrangement.targets(interaction), screen)]
        case Order():
            return ["", *_part_lines(arrangement.rows(interaction, item.identifier, seed), screen)]
        case ExtendedText(template=template) if template:
            return ["", *screen.words("Start from this:"), *screen.content(Content(template, "code"), "    ")]
        case _:
            return []


def option_lines(options: Mapping[str, Option], screen: Screen) -> list[str]:
    """Return options behind their letters."""
    return [line for letter, option in options.items() for line in screen.content(option.content, f"{letter}) ")]


def _part_lines(parts: Mapping[str, Associable], screen: Screen) -> list[str]:
    return [line for label, part in parts.items() for line in screen.content(part.content, f"{label}) ")]


def _heading(session: Session) -> str:
    item, left = session.item, session.seconds_left
    points = f"{item.max_score:g} point{'' if item.max_score == 1 else 's'}"
    words = [f"Question {session.place + 1} of {len(session.plan.items)}", item.difficulty, points]
    if left is not None:
        words.append(f"time left: {math.ceil(left / 60)} min")
    return ", ".join(word for word in words if word)
