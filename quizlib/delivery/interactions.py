"""Interactions, read back from delivery JSON with their keys."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from quizlib.delivery.checking import Node
from quizlib.diagnostics import Place
from quizlib.model import (
    Accepted,
    Associable,
    Choice,
    Content,
    ExtendedText,
    Gap,
    InlineChoice,
    Interaction,
    Match,
    Option,
    Order,
    PartialCredit,
    RubricRow,
    TextEntry,
    Whitespace,
)

_FORMATS: tuple[Literal["markdown", "code", "plain"], ...] = ("markdown", "code", "plain")
_BASE_TYPES: tuple[Literal["text", "number", "output"], ...] = ("text", "number", "output")
_RESPONSE_FORMATS: tuple[Literal["text", "code"], ...] = ("text", "code")
_KINDS = ("choice", "text_entry", "extended_text", "match", "order", "inline_choice")
_NUMBER = re.compile(r"[0-9]*\.?[0-9]*(?:[eE][+-]?[0-9]{1,4})?", re.ASCII)
_EXCLUSIVE = {
    Choice: (PartialCredit.SHARES, PartialCredit.EVERY_DECISION),
    Order: (PartialCredit.PARTS, PartialCredit.NEIGHBOURS),
    Match: (PartialCredit.PARTS,),
    InlineChoice: (PartialCredit.PARTS,),
}


def rules_of(interaction: Interaction) -> tuple[PartialCredit, ...]:
    """Return the rules of partial credit that an interaction knows; the first one is its default."""
    if isinstance(interaction, Choice) and interaction.max_choices == 1:
        return (PartialCredit.SHARES, PartialCredit.ALL_OR_NOTHING)
    return (*_EXCLUSIVE.get(type(interaction), (PartialCredit.PARTS,)), PartialCredit.ALL_OR_NOTHING)


def interaction_of(node: Node, place: Place) -> Interaction:
    """Return the interaction that stands at a node; its faults are gathered there."""
    if not node.is_mapping():
        return TextEntry(())
    match node.word("kind", _KINDS):
        case "choice":
            return _choice(node, place)
        case "text_entry":
            return _text_entry(node, place)
        case "extended_text":
            return _extended_text(node)
        case "match":
            return _match(node, place)
        case "order":
            return _order(node, place)
        case _:
            gaps = tuple(_gap(entry, place.at("gaps", index)) for index, entry in enumerate(node.list("gaps", least=1)))
            _distinct(node, "gaps", [gap.identifier for gap in gaps])
            return InlineChoice(gaps)


def _choice(node: Node, place: Place) -> Choice:
    options = tuple(
        _option(entry, place.at("options", index)) for index, entry in enumerate(node.list("options", least=1))
    )
    _distinct(node, "options", [option.identifier for option in options])
    return Choice(options, 1 if node.whole("max_choices", most=1) else 0, node.truth("shuffle", True))


def _option(node: Node, place: Place) -> Option:
    return Option(
        identifier=node.text("id"),
        content=_content(node),
        fraction=node.number("fraction", least=-1, most=1),
        correct=node.truth("correct"),
        place=place,
        fixed=node.truth("fixed", False),
        feedback=node.optional_text("feedback"),
        rationale=node.optional_text("rationale"),
    )


def _text_entry(node: Node, place: Place) -> TextEntry:
    base_type = node.word("base_type", _BASE_TYPES)
    accepted = tuple(
        Accepted(
            entry.text("text"),
            place.at("accepted", index),
            entry.number("fraction", 1.0, least=-1, most=1),
            entry.optional_text("feedback"),
        )
        for index, entry in enumerate(node.list("accepted", least=1))
    )
    return TextEntry(
        accepted,
        base_type,
        _tolerance(node) if base_type == "number" else Decimal(0),
        node.optional_text("unit"),
        node.truth("case_sensitive", False),
        node.word("whitespace", tuple(Whitespace), Whitespace.ANY),
        _pattern(node),
        node.truth("decimal_comma", False),
    )


def _tolerance(node: Node) -> Decimal:
    written = node.text("tolerance", "0")
    if not _NUMBER.fullmatch(written) or not re.search("[0-9]", written.lower().partition("e")[0]):
        node.fault("a number of 0 or above is expected here, as a text", "tolerance")
        return Decimal(0)
    return Decimal(written)


def _pattern(node: Node) -> str | None:
    pattern = node.optional_text("pattern")
    if pattern is not None:
        try:
            re.compile(pattern)
        except (re.error, RecursionError, OverflowError) as error:
            node.fault(f"the regular expression cannot be read: {error}", "pattern")
            return None
    return pattern


def _extended_text(node: Node) -> ExtendedText:
    return ExtendedText(
        node.whole("expected_lines", 15, least=1, most=1000),
        tuple(
            RubricRow(row.text("text"), row.optional_number("points", least=0, most=1e6)) for row in node.list("rubric")
        ),
        node.word("response_format", _RESPONSE_FORMATS, "text"),
        node.optional_text("template"),
    )


def _match(node: Node, place: Place) -> Match:
    sources, targets = _parts(node, "sources", place), _parts(node, "targets", place)
    wanted: dict[str, str] = {}
    known = {target.identifier for target in targets}
    for pair in node.list("pairs", least=1):
        if not (isinstance(pair.value, list) and len(pair.value) == 2 and all(isinstance(x, str) for x in pair.value)):
            pair.fault("the ids of a source and of its target are expected here")
        elif pair.value[1] not in known:
            pair.fault("there is no such target")
        else:
            wanted[pair.value[0]] = pair.value[1]
    if set(wanted) != {source.identifier for source in sources}:
        node.fault("each source needs one target", "pairs")
    return Match(sources, targets, tuple(wanted.items()), node.truth("shuffle", True))


def _order(node: Node, place: Place) -> Order:
    items = _parts(node, "items", place)
    order = node.texts("order")
    by_name = {item.identifier: item for item in items}
    if sorted(order) != sorted(by_name):
        node.fault("the ids of all items are expected here, in the right order", "order")
        return Order(items)
    return Order(tuple(by_name[name] for name in order))


def _parts(node: Node, name: str, place: Place) -> tuple[Associable, ...]:
    parts = tuple(
        Associable(entry.text("id"), _content(entry), place.at(name, index))
        for index, entry in enumerate(node.list(name, least=1))
    )
    _distinct(node, name, [part.identifier for part in parts])
    return parts


def _gap(node: Node, place: Place) -> Gap:
    interaction = interaction_of(node.part("interaction"), place.at("interaction"))
    if not isinstance(interaction, TextEntry | Choice):
        node.fault("a gap is typed or chosen", "interaction", "kind")
        interaction = TextEntry(())
    return Gap(node.text("id"), interaction, place, node.whole("weight", 1, least=1, most=1000))


def _content(node: Node) -> Content:
    content = node.part("content")
    return Content(content.text("text"), content.word("format", _FORMATS))


def _distinct(node: Node, name: str, identifiers: list[str]) -> None:
    seen: set[str] = set()
    for index, identifier in enumerate(identifiers):
        if identifier in seen:
            node.fault("another one has the same id", name, index, "id")
        seen.add(identifier)
