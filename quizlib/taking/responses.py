"""Responses shown: what a learner gave, and what is right, in the letters and words of the question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from quizlib.model import (
    Choice,
    Content,
    ExtendedText,
    InlineChoice,
    Interaction,
    Item,
    Match,
    Order,
    TextEntry,
)
from quizlib.taking import arrangement
from quizlib.taking.screen import Screen


def key_of(interaction: Interaction) -> Any:
    """Return the response that is right in full, None where a person marks it."""
    match interaction:
        case Choice(max_choices=1):
            return [max(interaction.options, key=lambda option: option.fraction).identifier]
        case Choice():
            return [option.identifier for option in interaction.options if option.correct]
        case TextEntry(accepted=accepted):
            return max(accepted, key=lambda entry: entry.fraction).text if accepted else None
        case Match(pairs=pairs):
            return dict(pairs)
        case Order(items=items):
            return [item.identifier for item in items]
        case InlineChoice(gaps=gaps):
            return {gap.identifier: key_of(gap.interaction) for gap in gaps}
        case ExtendedText():
            return None
        case _:
            assert_never(interaction)


def response_lines(item: Item, response: Any, seed: str, screen: Screen, first: str = "  ") -> list[str]:
    """Return a response that grading has taken, indented by `first`; nothing for none."""
    if response is None:
        return []
    return _lines(item.interaction, item.identifier, response, seed, screen, first)


def _lines(interaction: Interaction, name: str, response: Any, seed: str, screen: Screen, first: str) -> list[str]:
    match interaction:
        case Choice():
            options = arrangement.options(interaction, name, seed)
            chosen = {letter: option.content for letter, option in options.items() if option.identifier in response}
            return _labelled(chosen, screen, first)
        case TextEntry() | ExtendedText():
            unit = f" {interaction.unit}" if isinstance(interaction, TextEntry) and interaction.unit else ""
            return screen.content(Content(f"{response.strip()}{unit}", "code"), first)
        case Match():
            return _pairs(interaction, name, response, seed, screen, first)
        case Order():
            contents = {item.identifier: item.content for item in interaction.items}
            return _labelled({str(place): contents[one] for place, one in enumerate(response, 1)}, screen, first, ". ")
        case InlineChoice():
            return _gaps(interaction, name, response, seed, screen, first)
        case _:
            assert_never(interaction)


def _labelled(contents: Mapping[str, Content], screen: Screen, first: str, after: str = ") ") -> list[str]:
    return [line for label, content in contents.items() for line in screen.content(content, f"{first}{label}{after}")]


def _pairs(match: Match, name: str, response: Mapping[str, str], seed: str, screen: Screen, first: str) -> list[str]:
    letters = {target.content: letter for letter, target in arrangement.targets(match).items()}
    contents = {target.identifier: target.content for target in match.targets}
    lines = []
    for number, source in arrangement.sources(match, name, seed).items():
        target = contents.get(response.get(source.identifier, ""))
        if target is not None:
            lines += screen.content(target, f"{first}{number}{letters[target]}) ")
    return lines


def _gaps(
    cloze: InlineChoice, name: str, response: Mapping[str, Any], seed: str, screen: Screen, first: str
) -> list[str]:
    lines = []
    for number, gap in enumerate(cloze.gaps, 1):
        given = response.get(gap.identifier)
        if given is not None:
            lines += _lines(gap.interaction, name, given, seed, screen, f"{first}{number}: ")
    return lines
