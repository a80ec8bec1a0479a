"""Items as plain data. Without the key, nothing that is written tells it: not even an order.

`quizlib.delivery.reading` reads all of it back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, TypeVar, assert_never

from quizlib.model import (
    Associable,
    Blueprint,
    BlueprintPart,
    Choice,
    Content,
    ExtendedText,
    InlineChoice,
    Interaction,
    Item,
    Lesson,
    Listing,
    Match,
    Option,
    Order,
    TextEntry,
)

Part = TypeVar("Part", Option, Associable)


def item_data(item: Item, *, with_key: bool) -> dict[str, Any]:
    """Return an item as plain data."""
    data: dict[str, Any] = {
        "id": item.identifier,
        "title": item.title,
        "question_type": item.question_type,
        "stem": item.stem,
        "code": listing_data(item.code) if item.code else None,
        "interaction": interaction_data(item.interaction, item.identifier, with_key=with_key),
        "partial_credit": item.partial_credit,
        "max_score": item.max_score,
        "variant_of": item.variant_of,
        "difficulty": item.difficulty,
        "tags": list(item.tags),
        "objectives": list(item.objectives),
        "hints": list(item.hints),
    }
    if with_key:
        solution, feedback = item.solution, item.feedback
        data["solution"] = without_nothing(
            {
                "steps": [without_nothing({"title": step.title, "text": step.text}) for step in solution.steps],
                "final_answer": solution.final_answer,
                "check": solution.check,
            }
        )
        data["common_mistakes"] = [
            without_nothing(
                {
                    "text": mistake.text,
                    "yields": mistake.yields,
                    "feedback": mistake.feedback,
                    "source": mistake.source,
                }
            )
            for mistake in item.common_mistakes
        ]
        data["feedback"] = without_nothing(
            {
                "general": feedback.general,
                "correct": feedback.correct,
                "partially_correct": feedback.partially_correct,
                "incorrect": feedback.incorrect,
            }
        )
    return without_nothing(data)


def lesson_data(lesson: Lesson) -> dict[str, Any]:
    """Return a lesson as plain data."""
    return without_nothing(
        {
            "big_idea": lesson.big_idea,
            "sections": [
                without_nothing(
                    {
                        "title": section.title,
                        "kind": section.kind,
                        "text": section.text,
                        "before": listing_data(section.before) if section.before else None,
                        "after": listing_data(section.after) if section.after else None,
                        "objectives": list(section.objectives),
                    }
                )
                for section in lesson.sections
            ],
            "takeaways": list(lesson.takeaways),
        }
    )


def blueprint_data(blueprint: Blueprint) -> dict[str, Any]:
    """Return a blueprint as plain data."""
    return without_nothing(
        {"time_limit": blueprint.time_limit, "parts": [_blueprint_part(part) for part in blueprint.parts]}
    )


def _blueprint_part(part: BlueprintPart) -> dict[str, Any]:
    return without_nothing(
        {
            "count": part.count,
            "difficulty": part.difficulty,
            "tags": list(part.tags),
            "objectives": list(part.objectives),
            "question_types": list(part.question_types),
        }
    )


def without_nothing(data: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is None or an empty list or mapping."""
    return {key: value for key, value in data.items() if value is not None and value != [] and value != {}}


def interaction_data(interaction: Interaction, seed: str, *, with_key: bool) -> dict[str, Any]:
    """Return an interaction as plain data. Without the key, `seed` decides the order of what may be mixed."""
    match interaction:
        case Choice():
            return _choice(interaction, seed, with_key=with_key)
        case TextEntry():
            return _text_entry(interaction, with_key=with_key)
        case ExtendedText():
            data: dict[str, Any] = {
                "kind": "extended_text",
                "expected_lines": interaction.expected_lines,
                "response_format": interaction.response_format,
                "template": interaction.template,
            }
            if with_key:
                data["rubric"] = [
                    without_nothing({"text": row.text, "points": row.points}) for row in interaction.rubric
                ]
            return without_nothing(data)
        case Match():
            targets = interaction.targets if with_key else _mixed(interaction.targets, seed)
            data = {
                "kind": "match",
                "shuffle": interaction.shuffle,
                "sources": list(map(_associable, interaction.sources)),
                "targets": list(map(_associable, targets)),
            }
            return data | ({"pairs": [list(pair) for pair in interaction.pairs]} if with_key else {})
        case Order():
            items = interaction.items if with_key else _mixed(interaction.items, seed)
            data = {"kind": "order", "items": list(map(_associable, items))}
            return data | ({"order": [part.identifier for part in interaction.items]} if with_key else {})
        case InlineChoice():
            gaps = [
                {
                    "id": gap.identifier,
                    "weight": gap.weight,
                    "interaction": interaction_data(gap.interaction, f"{seed} {gap.identifier}", with_key=with_key),
                }
                for gap in interaction.gaps
            ]
            return {"kind": "inline_choice", "gaps": gaps}
        case _:
            assert_never(interaction)


def _choice(choice: Choice, seed: str, *, with_key: bool) -> dict[str, Any]:
    options: Iterable[Option] = choice.options
    if not with_key and choice.shuffle:
        options = _mixed_around_fixed(choice.options, seed)
    return {
        "kind": "choice",
        "max_choices": choice.max_choices,
        "shuffle": choice.shuffle,
        "options": [_option(option, with_key=with_key) for option in options],
    }


def _option(option: Option, *, with_key: bool) -> dict[str, Any]:
    data: dict[str, Any] = {"id": option.identifier, "content": _content(option.content), "fixed": option.fixed}
    if with_key:
        data |= {"correct": option.correct, "fraction": option.fraction}
        data |= {"feedback": option.feedback, "rationale": option.rationale}
    return without_nothing(data)


def _text_entry(entry: TextEntry, *, with_key: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        "kind": "text_entry",
        "base_type": entry.base_type,
        "unit": entry.unit,
        "case_sensitive": entry.case_sensitive,
        "whitespace": str(entry.whitespace),
        "decimal_comma": entry.decimal_comma or None,
    }
    if with_key:
        data["accepted"] = [
            without_nothing({"text": accepted.text, "fraction": accepted.fraction, "feedback": accepted.feedback})
            for accepted in entry.accepted
        ]
        data["pattern"] = entry.pattern
        data["tolerance"] = str(entry.tolerance) if entry.base_type == "number" else None
    return without_nothing(data)


def listing_data(listing: Listing) -> dict[str, Any]:
    """Return program text as plain data."""
    return without_nothing(
        {
            "language": listing.language,
            "source": listing.source,
            "stdin": listing.stdin or None,
            "arguments": list(listing.arguments),
            "files": dict(listing.files),
        }
    )


def _associable(part: Associable) -> dict[str, Any]:
    return {"id": part.identifier, "content": _content(part.content)}


def _content(content: Content) -> dict[str, str]:
    return {"text": content.text, "format": content.format}


def _mixed(parts: Iterable[Part], seed: str) -> list[Part]:
    """Return the parts in an order that depends on what they are, not on how they stood."""
    return sorted(parts, key=lambda part: hashlib.sha256(f"{seed}\0{part.identifier}".encode()).digest())


def _mixed_around_fixed(options: tuple[Option, ...], seed: str) -> list[Option]:
    mixed = iter(_mixed([option for option in options if not option.fixed], seed))
    return [option if option.fixed else next(mixed) for option in options]
