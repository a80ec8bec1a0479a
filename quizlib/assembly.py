"""Tests drawn from a bank by a blueprint and a seed.

There is no random generator: a draw is a ranking of the questions, so that the same seed draws the same test
everywhere, and a question that is added to a bank moves few others.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import chain, islice

from quizlib.assignment import Assignment
from quizlib.model import Associable, Bank, Blueprint, BlueprintPart, Difficulty, ExtendedText, Form

DEFAULT_COUNT = 10
_LEVELS: tuple[Difficulty, ...] = ("easy", "medium", "hard")
_ODD_ONES: tuple[Difficulty, ...] = ("medium", "easy", "hard")  # who gets what does not divide by three
_SPARE: tuple[Difficulty | None, ...] = ("medium", "easy", "hard", None)  # who gives what a level lacks


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What a draw looks at in a question. `graded` is False where a person must mark it."""

    identifier: str
    difficulty: Difficulty | None = None
    tags: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    question_type: str = ""
    variant_of: str | None = None
    graded: bool = True

    def fits(self, part: BlueprintPart) -> bool:
        """Whether this question may be drawn for a part."""
        return (
            part.difficulty in (None, self.difficulty)
            and (not part.tags or not set(part.tags).isdisjoint(self.tags))
            and (not part.objectives or not set(part.objectives).isdisjoint(self.objectives))
            and (self.question_type in part.question_types if part.question_types else self.graded)
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Shortfall:
    """A part, by its index, for which fewer questions were found than it asks for."""

    part: int
    asked: int
    found: int


@dataclasses.dataclass(frozen=True, slots=True)
class Draw:
    """The questions that were drawn, in the order of the parts, and what is missing."""

    identifiers: tuple[str, ...]
    shortfalls: tuple[Shortfall, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Assembled:
    """A bank with the questions that were drawn only, how they were drawn, and what is missing.

    `missing` is the number of questions beyond the blueprint that were asked for and are not there.
    """

    bank: Bank
    form: Form
    shortfalls: tuple[Shortfall, ...] = ()
    missing: int = 0


def rank(seed: str, identifier: str) -> str:
    """Return the SHA-256 of seed and identifier, in hexadecimal: what comes first has the lowest rank."""
    return hashlib.sha256(_utf8(f"{seed}\0{identifier}")).hexdigest()


def candidates(bank: Bank) -> tuple[Candidate, ...]:
    """Return what a draw looks at in each question of a bank."""
    return tuple(
        Candidate(
            identifier=item.identifier,
            difficulty=item.difficulty,
            tags=item.tags,
            objectives=item.objectives,
            question_type=item.question_type,
            variant_of=item.variant_of,
            graded=not isinstance(item.interaction, ExtendedText),
        )
        for item in bank.items
    )


def draw(candidates: Iterable[Candidate], parts: Sequence[BlueprintPart], seed: str, more: int = 0) -> Draw:
    """Draw questions for each part. Where all parts can be filled, they are.

    Of the variants of a question only the one of the lowest rank takes part, and a question that a person must mark
    only for a part that names its type. Within a part the questions stand in the order of rank. `more` questions, or
    all that there are, follow one by one, each for the part that then has the least share of what the blueprint asks
    for: so a longer draw begins with the shorter one.
    """
    ranked = _ranked(candidates, seed)
    fitting = [[number for number, candidate in enumerate(ranked) if candidate.fits(part)] for part in parts]
    assignment = Assignment(fitting)
    for index, part in enumerate(parts):
        for _ in range(part.count):
            if assignment.extend(index) is None:
                break
    drawn = [assignment.numbers_of(index) for index in range(len(parts))]
    further = _further(assignment, [(part.count, len(found)) for part, found in zip(parts, drawn, strict=True)])
    return Draw(
        tuple(ranked[number].identifier for number in (*chain.from_iterable(drawn), *islice(further, more))),
        tuple(
            Shortfall(index, part.count, len(found))
            for index, (part, found) in enumerate(zip(parts, drawn, strict=True))
            if len(found) < part.count
        ),
    )


def _further(assignment: Assignment, parts: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Yield more and more questions. Of each part it is known how many it asks for, and how many it has."""
    found = {index: (asked, there) for index, (asked, there) in enumerate(parts) if asked > 0}
    while found:
        part = min(found, key=lambda index: (found[index][1] + 1) / found[index][0])
        number = assignment.extend(part)
        if number is None:
            del found[part]
            continue
        asked, there = found[part]
        found[part] = asked, there + 1
        yield number


def default_blueprint(bank: Bank, count: int = DEFAULT_COUNT) -> Blueprint:
    """Return the bank's own blueprint, else one of `count` questions spread over the levels of difficulty."""
    return bank.blueprint or spread(candidates(bank), count)


def spread(candidates: Iterable[Candidate], count: int, like: BlueprintPart | None = None) -> Blueprint:
    """Return a blueprint of `count` questions, or of all where there are fewer, as even over the levels as can be.

    Medium gets the odd one, then easy. What a level lacks is taken from medium, easy, hard, and last from the
    questions that are not marked. With `like`, each part asks for its tags, objectives and types as well.
    """
    like = like or BlueprintPart(0)
    there: dict[Difficulty | None, int] = dict.fromkeys((*_LEVELS, None), 0)
    for candidate in _one_of_variants(c for c in candidates if c.fits(like)):
        there[candidate.difficulty] += 1
    count = min(count, sum(there.values()))
    wanted: dict[Difficulty | None, int] = dict.fromkeys(_LEVELS, count // 3)
    for level in _ODD_ONES[: count % 3]:
        wanted[level] += 1
    taken: dict[Difficulty | None, int] = {level: min(there[level], wanted.get(level, 0)) for level in there}
    left = count - sum(taken.values())
    for spare in _SPARE:
        more = min(left, there[spare] - taken[spare])
        taken[spare] += more
        left -= more
    return Blueprint(
        tuple(dataclasses.replace(like, count=taken[level], difficulty=level) for level in taken if taken[level])
    )


def form(bank: Bank, blueprint: Blueprint, seed: str, more: int = 0) -> Assembled:
    """Draw a test from a bank. The same bank, blueprint and seed draw the same one; `more` questions come after it."""
    drawn = draw(candidates(bank), blueprint.parts, seed, more)
    by_name = {item.identifier: item for item in bank.items}
    items = tuple(by_name[name] for name in drawn.identifiers)
    short = sum(one.asked - one.found for one in drawn.shortfalls)
    missing = blueprint.count - short + more - len(items)
    return Assembled(dataclasses.replace(bank, items=items), Form(seed, blueprint), drawn.shortfalls, missing)


def option_order(seed: str, question: str, identifiers: Sequence[str], fixed: Sequence[bool] = ()) -> list[str]:
    """Return the order in which options, or the sources of a match, are shown. What is fixed keeps its place."""
    stays = [*fixed, *[False] * (len(identifiers) - len(fixed))]
    moved = [name for name, keeps in zip(identifiers, stays, strict=True) if not keeps]
    mixed = iter(sorted(moved, key=lambda name: (rank(f"{seed}\0{question}", name), name)))
    return [name if keeps else next(mixed) for name, keeps in zip(identifiers, stays, strict=True)]


def item_order(seed: str, question: str, items: Sequence[Associable]) -> list[str]:
    """Return the order in which items are shown that are to be put in order, and stand here in the right one.

    It is never the right one, up to items that look the same, unless there is no other.
    """
    looks: dict[str, Hashable] = {item.identifier: item.content for item in items}
    right = list(looks.values())
    shown = option_order(seed, question, list(looks))
    for _ in shown:
        if [looks[name] for name in shown] != right:
            break
        shown = [*shown[1:], shown[0]]
    return shown


def _ranked(candidates: Iterable[Candidate], seed: str) -> list[Candidate]:
    ranked = sorted(candidates, key=lambda one: (rank(seed, one.identifier), one.identifier))
    return list(_one_of_variants(ranked))


def _one_of_variants(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    seen: set[str] = set()
    for candidate in candidates:
        if candidate.variant_of is None:
            yield candidate
        elif candidate.variant_of not in seen:
            seen.add(candidate.variant_of)
            yield candidate


def _utf8(text: str) -> bytes:
    """Return a text in UTF-8, half a surrogate pair as the character that stands for what is broken."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode("utf-8")
