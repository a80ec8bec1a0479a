"""Which entry of a list has become which: the same ones, then the most alike of those that are left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

_ALIKE = 0.5
_MOST = 50  # entries among which likeness is looked for

# What differs: its name, how it was, how it is. None: it was or is not there; both None: it would say nothing.
Difference = tuple[str, str | None, str | None]


def pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Return the places of each entry in the old and in the new list; None where it is in one of them only."""
    waiting: dict[str, list[int]] = {}
    for place, text in enumerate(new):
        waiting.setdefault(text, []).append(place)
    found: dict[int, int] = {}
    for place, text in enumerate(old):
        if waiting.get(text):
            found[place] = waiting[text].pop(0)
    taken = set(found.values())
    left = [place for place in range(len(old)) if place not in found]
    right = [place for place in range(len(new)) if place not in taken]
    found |= _alike(old, new, left, right)
    gone: list[tuple[int | None, int | None]] = [(place, found.get(place)) for place in range(len(old))]
    return gone + [(None, place) for place in range(len(new)) if place not in set(found.values())]


def _alike(old: Sequence[str], new: Sequence[str], left: list[int], right: list[int]) -> dict[int, int]:
    if len(left) == len(right) == 1:
        return {left[0]: right[0]}
    if not left or not right or len(left) * len(right) > _MOST**2:
        return {}
    import difflib  # slow to import, and not needed where nothing has changed

    def likeness(pair: tuple[int, int]) -> float:
        return difflib.SequenceMatcher(None, old[pair[0]][:500], new[pair[1]][:500]).ratio()

    rated = [(likeness(pair), pair) for pair in ((one, other) for one in left for other in right)]
    found: dict[int, int] = {}
    for rate, (one, other) in sorted(rated, key=lambda entry: (-entry[0], entry[1])):
        if rate >= _ALIKE and one not in found and other not in found.values():
            found[one] = other
    return found


def members(name: str, old: Sequence[str], new: Sequence[str], *, ordered: bool = True) -> Iterator[Difference]:
    """Yield what differs between two lists of texts, whose entries are called `name`."""
    if Counter(old) == Counter(new):
        if ordered and list(old) != list(new):
            yield f"order of the {name}s", None, None
        return
    for before, after in pairs(old, new):
        was = old[before] if before is not None else None
        now = new[after] if after is not None else None
        if was != now:
            yield name, was, now


def scalar(name: str, old: object, new: object) -> Iterator[Difference]:
    """Yield the difference between two values, if there is one; None is what is not there."""
    if old != new:
        yield name, _text(old), _text(new)


def _text(value: object) -> str | None:
    match value:
        case None:
            return None
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
        case _:
            return str(value)
