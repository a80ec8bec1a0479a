"""What a learner does in a question, with the key marked: `[x]` is right, and `[50%]` earns that share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from quizlib.model import (
    Choice,
    Content,
    ExtendedText,
    InlineChoice,
    Interaction,
    Item,
    Match,
    Option,
    Order,
    TextEntry,
    Whitespace,
)
from quizlib.taking.screen import BOLD, GREEN, Screen


def interaction_lines(item: Item, screen: Screen) -> list[str]:
    """Return the options, accepted answers, pairs, items, gaps or rubric of a question."""
    interaction = item.interaction
    lines = ["", *screen.words(_title(interaction), BOLD), *_lines(interaction, screen, "  ")]
    if item.partial_credit is not None:
        lines += screen.words(f"partial credit: {item.partial_credit.value}", first="  ")
    return lines


def _title(interaction: Interaction) -> str:
    match interaction:
        case Choice():
            return f"Options{'' if interaction.shuffle else ', in this order'}"
        case TextEntry():
            return "Accepted"
        case ExtendedText():
            return f"An answer of about {interaction.expected_lines} lines, marked by a person"
        case Match():
            return "Pairs"
        case Order():
            return "The right order"
        case InlineChoice():
            return "Gaps"
        case _:
            assert_never(interaction)


def _lines(interaction: Interaction, screen: Screen, indent: str) -> list[str]:
    match interaction:
        case Choice():
            return [line for option in interaction.options for line in _option(option, screen, indent)]
        case TextEntry():
            return _entry(interaction, screen, indent)
        case ExtendedText():
            return _extended(interaction, screen, indent)
        case Match():
            return _match(interaction, screen, indent)
        case Order():
            numbered = enumerate(interaction.items, 1)
            return [line for number, one in numbered for line in screen.content(one.content, f"{indent}{number}. ")]
        case InlineChoice():
            lines = []
            for number, gap in enumerate(interaction.gaps, 1):
                weight = f" (weight {gap.weight})" if gap.weight != 1 else ""
                lines += screen.words(f"{number}: {gap.identifier}{weight}", first=indent)
                lines += _lines(gap.interaction, screen, f"{indent}  ")
            return lines
        case _:
            assert_never(interaction)


def _option(option: Option, screen: Screen, indent: str) -> list[str]:
    mark = _mark(option.fraction, right=option.correct)
    lines = screen.content(option.content, f"{indent}{mark} ")
    if option.correct and screen.color:
        lines = [f"\x1b[{GREEN}m{line}\x1b[0m" for line in lines]
    notes = {"feedback": option.feedback, "rationale": option.rationale}
    if option.fixed:
        lines += screen.words("keeps its place", first=f"{indent}    ")
    return lines + _notes(notes.items(), screen, f"{indent}    ")


def _mark(fraction: float, *, right: bool) -> str:
    """Return `[x]` or `[ ]`, with the share where it is another one than all or nothing."""
    if right:
        return "[x]" if fraction > 0 else f"[x {fraction:.3g}]"
    return f"[{fraction:.0%}]" if fraction > 0 else "[ ]"


def _notes(notes: Iterable[tuple[str, str | None]], screen: Screen, indent: str) -> list[str]:
    return [line for name, text in notes if text for line in _note(name, text, screen, indent)]


def _note(name: str, text: str, screen: Screen, indent: str) -> list[str]:
    """Return a text behind its name, or below it on a screen so narrow that hardly a word would fit beside."""
    before = f"{indent}{name}: "
    if 2 * len(before) <= screen.width:
        return screen.markdown(text, before)
    return [before.rstrip(), *screen.markdown(text, f"{indent}  ")]


def _entry(entry: TextEntry, screen: Screen, indent: str) -> list[str]:
    lines = []
    unit = f" {entry.unit}" if entry.unit else ""
    for accepted in entry.accepted:
        mark = _mark(accepted.fraction, right=accepted.fraction >= 1)
        lines += screen.content(Content(f"{accepted.text.strip()}{unit}", "code"), f"{indent}{mark} ")
        lines += _notes([("feedback", accepted.feedback)], screen, f"{indent}    ")
    if entry.pattern is not None:
        lines += screen.content(Content(entry.pattern, "code"), f"{indent}pattern: ")
    about: list[str] = []
    if entry.base_type == "number":
        about.append(f"tolerance {entry.tolerance}")
    else:
        about.append("case counts" if entry.case_sensitive else "case does not count")
        about += [f"white space: {entry.whitespace.value}"] if entry.whitespace is not Whitespace.ANY else []
    return lines + screen.words(", ".join(about), first=indent)


def _extended(text: ExtendedText, screen: Screen, indent: str) -> list[str]:
    lines = []
    for row in text.rubric:
        points = f" ({row.points:g} point{'' if row.points == 1 else 's'})" if row.points is not None else ""
        lines += screen.markdown(f"{row.text}{points}", f"{indent}- ")
    if text.template:
        lines += screen.words("starts from:", first=indent)
        lines += screen.content(Content(text.template, "code"), f"{indent}  ")
    return lines


def _match(match: Match, screen: Screen, indent: str) -> list[str]:
    sources = {source.identifier: source.content for source in match.sources}
    targets = {target.identifier: target.content for target in match.targets}
    lines = []
    for source, target in match.pairs:
        lines += screen.content(sources[source], f"{indent}- ")
        lines += screen.content(targets[target], f"{indent}  = ")
    paired = {targets[target] for _, target in match.pairs}
    for content in dict.fromkeys(targets.values()):
        if content not in paired:
            lines += screen.content(content, f"{indent}- nothing = ")
    return lines
