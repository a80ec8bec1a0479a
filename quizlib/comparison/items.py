"""What differs between two items, aspect by aspect; and whether they are the same but for their names."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from quizlib.comparison.interactions import interaction_differences
from quizlib.comparison.pairing import Difference, members, pairs, scalar
from quizlib.delivery.writing import item_data
from quizlib.diagnostics import Place
from quizlib.model import CommonMistake, Item, Listing, Solution, Step


def item_differences(old: Item, new: Item) -> list[Difference]:
    """Return what differs. Two items that differ at all differ in at least one aspect."""
    found = [*_common(old, new), *interaction_differences(old.interaction, new.interaction), *_learning(old, new)]
    if not found and essence(old) != essence(new):
        return [("proof", None, None)]  # what is run to prove it: `verify`, `computed`, a limit of time
    return found


def essence(item: Item) -> Any:
    """Return all that an item is but for its name and its place, and the names that are made of its own."""
    data = item_data(item, with_key=True)
    title = None if item.title == item.identifier else item.title
    data |= {"id": None, "title": title, "variant_of": None}
    names: dict[str, str] = {}
    _collect(data["interaction"], names)
    nowhere = Place("")
    return _renamed(data, names), [dataclasses.replace(claim, place=nowhere) for claim in item.claims]


def _collect(data: Any, names: dict[str, str]) -> None:
    """Note what each option, source, target or item says, by its identifier."""
    if isinstance(data, dict):
        if isinstance(data.get("id"), str) and isinstance(data.get("content"), dict):
            names[data["id"]] = data["content"]["text"]
        for value in data.values():
            _collect(value, names)
    elif isinstance(data, list):
        for value in data:
            _collect(value, names)


def _renamed(data: Any, names: dict[str, str]) -> Any:
    match data:
        case dict():
            return {key: _renamed(value, names) for key, value in data.items()}
        case list():
            return [_renamed(value, names) for value in data]
        case str():
            return names.get(data, data)
        case _:
            return data


def _common(old: Item, new: Item) -> Iterator[Difference]:
    yield from scalar("type", old.question_type, new.question_type)
    titles = [None if item.title == item.identifier else item.title for item in (old, new)]
    yield from scalar("title", *titles)
    yield from scalar("stem", old.stem, new.stem)
    yield from _program(old.code, new.code)
    yield from scalar("difficulty", old.difficulty, new.difficulty)
    yield from scalar("points", old.max_score, new.max_score)
    yield from members("tag", old.tags, new.tags, ordered=False)
    yield from members("objective", old.objectives, new.objectives, ordered=False)
    rules = [item.partial_credit.value if item.partial_credit else "the usual one" for item in (old, new)]
    yield from scalar("rule for partial credit", *rules)


def _program(old: Listing | None, new: Listing | None) -> Iterator[Difference]:
    if old is None or new is None:
        yield from scalar("program", old.source if old else None, new.source if new else None)
        return
    yield from scalar("language", old.language, new.language)
    before, after = old.source.splitlines(), new.source.splitlines()
    if len(before) == len(after):
        for number, (was, now) in enumerate(zip(before, after, strict=True), 1):
            yield from scalar(f"line {number} of the program", was.strip() or was, now.strip() or now)
    if len(before) != len(after) or (old.source != new.source and before == after):
        yield "program", None, None
    elif any(was != now and was.strip() == now.strip() for was, now in zip(before, after, strict=True)):
        yield "indentation of the program", None, None
    yield from scalar("standard input", old.stdin or None, new.stdin or None)
    yield from members("argument", old.arguments, new.arguments)
    files, others = ([f"{name}: {text}" for name, text in listing.files] for listing in (old, new))
    yield from members("file", files, others)


def _learning(old: Item, new: Item) -> Iterator[Difference]:
    yield from members("hint", old.hints, new.hints)
    yield from _solution(old.solution, new.solution)
    yield from _mistakes(old.common_mistakes, new.common_mistakes)
    for name in ("general", "correct", "partially_correct", "incorrect"):
        words = f"{name.replace('_', ' ')} feedback"
        yield from scalar(words, getattr(old.feedback, name), getattr(new.feedback, name))


def _solution(old: Solution, new: Solution) -> Iterator[Difference]:
    yield from members("step of the solution", list(map(_step, old.steps)), list(map(_step, new.steps)))
    yield from scalar("final answer", old.final_answer, new.final_answer)
    yield from scalar("quick check", old.check, new.check)


def _step(step: Step) -> str:
    return f"{step.title}: {step.text}" if step.title else step.text


def _mistakes(old: tuple[CommonMistake, ...], new: tuple[CommonMistake, ...]) -> Iterator[Difference]:
    before, after = ([mistake.text for mistake in mistakes] for mistakes in (old, new))
    yield from members("common mistake", before, after)
    for one, other in pairs(before, after):
        if one is not None and other is not None:
            name = f"common mistake {other + 1}"
            yield from scalar(f"result of {name}", old[one].yields, new[other].yields)
            yield from scalar(f"feedback of {name}", old[one].feedback, new[other].feedback)
            if old[one].source != new[other].source:
                yield f"program of {name}", None, None
