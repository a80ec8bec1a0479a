"""Interactions for the template and for the script: what is shown, and what is scored."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar, assert_never

from quizlib.model import (
    Accepted,
    Associable,
    Choice,
    ExtendedText,
    InlineChoice,
    Interaction,
    Item,
    Loss,
    Lost,
    Match,
    Option,
    Order,
    TextEntry,
)
from quizlib_exporters.html.patterns import NotTranslatableError, to_javascript
from quizlib_exporters.html.texts import Texts, is_phrasing

View = dict[str, Any]
_T = TypeVar("_T")


@dataclasses.dataclass(frozen=True, slots=True)
class Shown:
    """An interaction: `view` for the template, `data` for the script, and what is lost."""

    view: View
    data: View
    losses: tuple[Loss, ...] = ()


def shown(item: Item, texts: Texts) -> Shown:
    """Prepare the interaction of an item."""
    return _shown(item.interaction, item, texts)


def _shown(interaction: Interaction, item: Item, texts: Texts) -> Shown:
    match interaction:
        case Choice():
            return _choice(interaction, item, texts)
        case TextEntry():
            return _entry(interaction, item, texts)
        case ExtendedText():
            return _essay(interaction, texts)
        case Match():
            return _match(interaction, texts)
        case Order():
            return _order(interaction, texts)
        case InlineChoice():
            return _cloze(interaction, item, texts)
        case _:
            assert_never(interaction)


def letter(position: int) -> str:
    """Return A for 0, Z for 25, AA for 26."""
    letters = ""
    position += 1
    while position:
        position, digit = divmod(position - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def _choice(choice: Choice, item: Item, texts: Texts) -> Shown:
    order = _mixed(choice.options, lambda option: option.identifier, item) if choice.shuffle else None
    indexes = list(range(len(choice.options))) if order is None else _fixed_kept(choice.options, order)
    options = [_option(choice.options[index], index, position, texts) for position, index in enumerate(indexes)]
    view = {"kind": "choice", "multiple": choice.max_choices != 1, "options": options}
    data = {
        "kind": "choice",
        "max_choices": choice.max_choices,
        "shuffle": choice.shuffle,
        "options": [
            {"id": option.identifier, "fraction": option.fraction, **({"fixed": True} if option.fixed else {})}
            for option in choice.options
        ],
    }
    return Shown(view, data)


def _option(option: Option, index: int, position: int, texts: Texts) -> View:
    content = texts.label(option.content)
    return {
        "id": option.identifier,
        "index": index,
        "letter": letter(position),
        "content": content,
        "plain": texts.plain(option.content),
        "empty": not option.content.text.strip(),
        "phrasing": is_phrasing(content),
        "verdict": "right" if option.correct else "partial" if 0 < option.fraction < 1 else "wrong",
        "feedback": option.feedback and texts.block(option.feedback, 5),
    }


def _fixed_kept(options: Sequence[Option], order: Sequence[int]) -> list[int]:
    """Leave fixed options in their places, and the others in `order`."""
    others = iter(index for index in order if not options[index].fixed)
    return [index if option.fixed else next(others) for index, option in enumerate(options)]


def _entry(entry: TextEntry, item: Item, texts: Texts) -> Shown:
    full = [accepted.text for accepted in entry.accepted if accepted.fraction >= 1]
    pattern, losses = _pattern(entry, item)
    view = {
        "kind": "text_entry",
        "base_type": entry.base_type,
        "lines": _lines(entry),
        "unit": entry.unit,
        "tolerance": str(entry.tolerance) if entry.tolerance else None,
        "pattern": entry.pattern,
        "full": full,
        "others": [accepted.text for accepted in entry.accepted if 0 < accepted.fraction < 1],
        "feedback_by_answer": [
            {"index": index, "text": texts.block(accepted.feedback, 5)}
            for index, accepted in enumerate(entry.accepted)
            if accepted.feedback
        ],
    }
    data = {
        "kind": "text_entry",
        "base_type": entry.base_type,
        "accepted": [_accepted(entry, accepted) for accepted in entry.accepted],
        "tolerance": str(entry.tolerance),
        "case_sensitive": entry.case_sensitive or entry.base_type == "output",
        "whitespace": str(entry.whitespace),
        **({"script_pattern": pattern} if pattern is not None else {}),
        **({"decimal_comma": True} if entry.decimal_comma else {}),
    }
    return Shown(view, data, losses)


def _accepted(entry: TextEntry, accepted: Accepted) -> View:
    text = accepted.text
    if entry.base_type == "number":
        with contextlib.suppress(InvalidOperation):  # the script finds no number in it, and so it accepts none
            text = str(Decimal(text.strip()))
    return {"text": text, "fraction": accepted.fraction}


def _lines(entry: TextEntry) -> int:
    if entry.base_type != "output":
        return 1
    return max((text.text.rstrip("\n").count("\n") + 1 for text in entry.accepted), default=1)


def _pattern(entry: TextEntry, item: Item) -> tuple[str | None, tuple[Loss, ...]]:
    if entry.pattern is None:
        return None, ()
    try:
        return to_javascript(entry.pattern), ()
    except NotTranslatableError as error:
        message = f"the pattern cannot be tried in a browser ({error}), so it accepts nothing there"
        return None, (Loss(Lost.PATTERN, message, item.place, item=item.identifier),)


def _essay(essay: ExtendedText, texts: Texts) -> Shown:
    view = {
        "kind": "extended_text",
        "lines": min(max(essay.expected_lines, 3), 30),
        "mono": essay.response_format == "code",
        "template": essay.template or "",
        "rubric": [
            {"text": texts.inline(row.text), "points": None if row.points is None else number(row.points)}
            for row in essay.rubric
        ],
    }
    return Shown(view, {"kind": "extended_text", "template": essay.template or ""})


def _match(match: Match, texts: Texts) -> Shown:
    alike = _alike(match.targets, texts)
    pairs = dict(match.pairs)
    shown_targets = {alike[target.identifier]: texts.plain(target.content) for target in match.targets}
    sources = [
        {
            "id": source.identifier,
            "index": index,
            "content": texts.label(source.content),
            "target": shown_targets.get(alike.get(pairs.get(source.identifier, ""), "")),
        }
        for index, source in enumerate(match.sources)
    ]
    offered = sorted(shown_targets.items(), key=lambda target: (target[1].casefold(), target[1], target[0]))
    view = {"kind": "match", "sources": sources, "targets": offered}
    data = {
        "kind": "match",
        "shuffle": match.shuffle,
        "sources": [{"id": source.identifier} for source in match.sources],
        "targets": _entries(match.targets, alike),
        "pairs": match.pairs,
    }
    return Shown(view, data)


def _order(order: Order, texts: Texts) -> Shown:
    alike = _alike(order.items, texts)
    items = [
        {"id": entry.identifier, "index": index, "content": texts.label(entry.content)}
        for index, entry in enumerate(order.items)
    ]
    right = [alike[entry.identifier] for entry in order.items]
    indexes = sorted(range(len(items)), key=lambda index: _digest(order.items[index].identifier))
    if [right[index] for index in indexes] == right:
        indexes = indexes[1:] + indexes[:1]
    view = {"kind": "order", "items": [items[index] for index in indexes], "right": items}
    data = {
        "kind": "order",
        "items": _entries(order.items, alike),
        "order": [entry.identifier for entry in order.items],
    }
    return Shown(view, data)


def _cloze(cloze: InlineChoice, item: Item, texts: Texts) -> Shown:
    parts = [(gap, _shown(gap.interaction, item, texts)) for gap in cloze.gaps]
    gaps = [
        {"id": gap.identifier, "index": index, "name": gap.identifier, **part.view}
        for index, (gap, part) in enumerate(parts)
    ]
    data = [{"id": gap.identifier, "weight": gap.weight, "interaction": part.data} for gap, part in parts]
    losses = tuple(loss for _, part in parts for loss in part.losses)
    return Shown({"kind": "inline_choice", "gaps": gaps}, {"kind": "inline_choice", "gaps": data}, losses)


def _entries(entries: Sequence[Associable], alike: Mapping[str, str]) -> list[View]:
    """Return entries for scoring; one that looks like an earlier one names it."""
    return [
        {"id": entry.identifier, **({"alike": first} if (first := alike[entry.identifier]) != entry.identifier else {})}
        for entry in entries
    ]


def _alike(entries: Sequence[Associable], texts: Texts) -> dict[str, str]:
    """Map each identifier to that of the first entry that looks the same to a learner."""
    first: dict[str, str] = {}
    return {entry.identifier: first.setdefault(texts.label(entry.content), entry.identifier) for entry in entries}


def _mixed(entries: Sequence[_T], name: Callable[[_T], str], item: Item) -> list[int]:
    """Return an order that does not tell the key, and is the same in every export."""
    return sorted(range(len(entries)), key=lambda index: _digest(item.identifier + "/" + name(entries[index])))


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()


def number(value: float) -> str:
    """Write a number of points without a needless `.0`."""
    return f"{value:g}"
