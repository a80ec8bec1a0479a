"""What differs between two interactions: first of all the key."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import assert_never

from quizlib.comparison.pairing import Difference, members, pairs, scalar
from quizlib.model import Choice, ExtendedText, InlineChoice, Interaction, Match, Option, Order, TextEntry

_NAMES = {
    Choice: "options",
    TextEntry: "a typed answer",
    ExtendedText: "a written answer",
    Match: "pairs",
    Order: "an order",
    InlineChoice: "gaps",
}


def interaction_differences(old: Interaction, new: Interaction) -> Iterator[Difference]:
    """Yield what differs."""
    match old, new:
        case Choice(), Choice():
            yield from _choice(old, new)
        case TextEntry(), TextEntry():
            yield from _text_entry(old, new)
        case Match(), Match():
            yield from members("pair", _pairs(old), _pairs(new), ordered=not (old.shuffle and new.shuffle))
            yield from members("extra target", _extra(old), _extra(new), ordered=False)
            yield from scalar("shuffling", old.shuffle, new.shuffle)
        case Order(), Order():
            yield from _order(old, new)
        case InlineChoice(), InlineChoice():
            yield from _gaps(old, new)
        case ExtendedText(), ExtendedText():
            yield from _extended_text(old, new)
        case _:
            yield "way to answer", _NAMES[type(old)], _NAMES[type(new)]
            yield from scalar("key", key(old), key(new))


def key(interaction: Interaction) -> str | None:
    """Return what is right, on one line; None where a person marks it."""
    match interaction:
        case Choice(options=options):
            return " and ".join(option.content.text for option in options if option.correct)
        case TextEntry(accepted=accepted):
            return " or ".join(entry.text.strip() for entry in accepted if entry.fraction >= 1)
        case Match():
            return ", ".join(_pairs(interaction))
        case Order(items=items):
            return ", ".join(item.content.text for item in items)
        case InlineChoice(gaps=gaps):
            return ", ".join(f"{gap.identifier}: {key(gap.interaction)}" for gap in gaps)
        case ExtendedText():
            return None
        case _:
            assert_never(interaction)


def _choice(old: Choice, new: Choice) -> Iterator[Difference]:
    yield from scalar("key", key(old), key(new))
    yield from scalar("shuffling", old.shuffle, new.shuffle)
    before, after = ([option.content.text for option in choice.options] for choice in (old, new))
    if before != after and sorted(before) == sorted(after):
        yield "order of the options", None, None
    for one, other in pairs(before, after):
        was = old.options[one] if one is not None else None
        now = new.options[other] if other is not None else None
        yield from _option(was, now)


def _option(old: Option | None, new: Option | None) -> Iterator[Difference]:
    if old is None or new is None:
        yield "option", old.content.text if old else None, new.content.text if new else None
        return
    if old.content.text != new.content.text and not (old.correct and new.correct):  # else it is said of the key
        yield "option", old.content.text, new.content.text
    name = f"option {_short(new.content.text)}"
    yield from scalar(f"format of {name}", old.content.format, new.content.format)
    yield from scalar(f"feedback of {name}", old.feedback, new.feedback)
    yield from scalar(f"rationale of {name}", old.rationale, new.rationale)
    yield from scalar(f"fixed place of {name}", old.fixed, new.fixed)
    if old.correct == new.correct:
        yield from scalar(f"share of {name}", old.fraction, new.fraction)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 30 else f"{line[:29]}…"


def _text_entry(old: TextEntry, new: TextEntry) -> Iterator[Difference]:
    yield from scalar("key", key(old), key(new))
    partly, other = ([entry.text for entry in one.accepted if entry.fraction < 1] for one in (old, new))
    yield from members("partly right answer", partly, other)
    before, after = ({entry.text: entry for entry in one.accepted} for one in (old, new))
    for text in before.keys() & after.keys():
        name = f"answer {_short(text)}"
        yield from scalar(f"share of {name}", before[text].fraction, after[text].fraction)
        yield from scalar(f"feedback of {name}", before[text].feedback, after[text].feedback)
    yield from scalar("tolerance", old.tolerance, new.tolerance)
    yield from scalar("unit", old.unit, new.unit)
    yield from scalar("pattern", old.pattern, new.pattern)
    yield from scalar("case sensitivity", old.case_sensitive, new.case_sensitive)
    yield from scalar("handling of white space", old.whitespace.value, new.whitespace.value)


def _pairs(match: Match) -> list[str]:
    texts = {part.identifier: part.content.text for part in chain(match.sources, match.targets)}
    return [f"{texts[source]} = {texts[target]}" for source, target in match.pairs]


def _extra(match: Match) -> list[str]:
    paired = {target for _, target in match.pairs}
    return [target.content.text for target in match.targets if target.identifier not in paired]


def _order(old: Order, new: Order) -> Iterator[Difference]:
    before, after = ([item.content.text for item in one.items] for one in (old, new))
    if sorted(before) == sorted(after):
        yield from scalar("key", key(old), key(new))
    else:
        yield from members("item", before, after)


def _gaps(old: InlineChoice, new: InlineChoice) -> Iterator[Difference]:
    before, after = ({gap.identifier: gap for gap in one.gaps} for one in (old, new))
    yield from members("gap", list(before), list(after), ordered=False)
    for name in (name for name in after if name in before):
        yield from scalar(f"weight of gap {name}", before[name].weight, after[name].weight)
        for aspect, was, now in interaction_differences(before[name].interaction, after[name].interaction):
            yield f"{aspect} of gap {name}", was, now


def _extended_text(old: ExtendedText, new: ExtendedText) -> Iterator[Difference]:
    before, after = (
        [f"{row.text} ({row.points:g})" if row.points is not None else row.text for row in one.rubric]
        for one in (old, new)
    )
    yield from members("rubric row", before, after)
    yield from scalar("expected lines", old.expected_lines, new.expected_lines)
    yield from scalar("template", old.template, new.template)
    yield from scalar("response format", old.response_format, new.response_format)
