"""Laws of drawing: a draw is a part of the bank, stable, and found whenever there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from quizlib.assembly import Candidate, draw, option_order
from quizlib.model import BlueprintPart, Difficulty

_levels: st.SearchStrategy[Difficulty | None] = st.sampled_from(["easy", "medium", "hard", None])
_few = st.lists(st.sampled_from("ab"), max_size=2, unique=True).map(tuple)
_types = st.lists(st.sampled_from(["numeric", "essay"]), max_size=2, unique=True).map(tuple)
_parts = st.lists(st.builds(BlueprintPart, st.integers(1, 3), _levels, _few, _few, _types), min_size=1, max_size=4)


@st.composite
def _candidates(draw: st.DrawFn, variants: bool = True) -> list[Candidate]:
    return [
        Candidate(
            identifier=f"q{number}",
            difficulty=draw(_levels),
            tags=draw(_few),
            objectives=draw(_few),
            question_type=(kind := draw(st.sampled_from(["numeric", "numeric", "essay"]))),
            variant_of=draw(st.sampled_from([None, None, None, "v"])) if variants else None,
            graded=kind != "essay",
        )
        for number in range(draw(st.integers(0, 7)))
    ]


def _most(slots: Sequence[BlueprintPart], left: Sequence[Candidate]) -> int:
    """Return how many slots can be filled at most, by trying everything."""
    if not slots:
        return 0
    best = _most(slots[1:], left)
    for index, candidate in enumerate(left):
        if candidate.fits(slots[0]):
            best = max(best, 1 + _most(slots[1:], [*left[:index], *left[index + 1 :]]))
    return best


@settings(max_examples=300)
@given(_candidates(), _parts, st.text(max_size=3))
def test_a_draw_is_a_part_of_the_bank_without_doubles(
    candidates: list[Candidate], parts: list[BlueprintPart], seed: str
) -> None:
    found = draw(candidates, parts, seed)
    assert len(set(found.identifiers)) == len(found.identifiers)
    drawn = {candidate.identifier: candidate for candidate in candidates if candidate.identifier in found.identifiers}
    assert len(drawn) == len(found.identifiers)
    assert sum(candidate.variant_of == "v" for candidate in drawn.values()) <= 1
    short = {one.part: one.found for one in found.shortfalls}
    names = iter(found.identifiers)
    for index, part in enumerate(parts):
        for _ in range(short.get(index, part.count)):
            assert drawn[next(names)].fits(part)
    assert next(names, None) is None


@settings(max_examples=200)
@given(_candidates(), _parts, st.text(max_size=3), st.randoms())
def test_a_draw_is_stable_however_the_bank_is_arranged(
    candidates: list[Candidate], parts: list[BlueprintPart], seed: str, random: object
) -> None:
    shuffled = candidates[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert draw(shuffled, parts, seed) == draw(candidates, parts, seed)


@settings(max_examples=200, deadline=None)
@given(_candidates(variants=False), st.lists(_parts.map(lambda parts: parts[0]), min_size=1, max_size=3))
def test_as_many_are_found_as_there_can_be(candidates: list[Candidate], parts: list[BlueprintPart]) -> None:
    slots = [part for part in parts for _ in range(part.count)][:5]
    singles = [replace(part, count=1) for part in slots]
    assert len(draw(candidates, singles, "seed").identifiers) == _most(singles, candidates)


@given(_candidates(variants=False), st.integers(1, 5), st.text(max_size=3))
def test_a_question_that_is_added_never_reorders_the_others(candidates: list[Candidate], count: int, seed: str) -> None:
    part = [BlueprintPart(count)]
    before = draw(candidates, part, seed).identifiers
    after = draw([*candidates, Candidate(identifier="new")], part, seed).identifiers
    kept = [name for name in after if name in before]
    assert kept == [name for name in before if name in after]
    assert len(set(before) - set(after)) <= 1


@given(st.lists(st.text(max_size=3), unique=True, max_size=6), st.text(max_size=3), st.data())
def test_an_order_is_a_permutation_that_keeps_what_is_fixed(names: list[str], seed: str, data: st.DataObject) -> None:
    fixed = data.draw(st.lists(st.booleans(), min_size=len(names), max_size=len(names)))
    found = option_order(seed, "q", names, fixed)
    assert sorted(found) == sorted(names)
    assert [name for name, keeps in zip(found, fixed, strict=True) if keeps] == [
        name for name, keeps in zip(names, fixed, strict=True) if keeps
    ]
    added = option_order(seed, "q", [*names, "new option"], fixed)
    assert [name for name in added if name in names and not dict(zip(names, fixed, strict=True))[name]] == [
        name for name in found if not dict(zip(names, fixed, strict=True))[name]
    ]
