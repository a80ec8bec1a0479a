"""A tag that one question has, and that nearly equals the tag of others.

Why it matters: `for-loop` beside `for-loops` is a slip of the hand, and who asks for one of them does not get the
other. Tags that differ in case, hyphens, a plural or one letter are nearly equal; `r-style` and `style` are not,
nor are tags that differ in a number.

Source: Furnas, Landauer, Gomez and Dumais 1987 (people name the same thing differently), Communications of the ACM 30,
964-971.

Bad:

    - {id: q-1, type: numeric, stem: What is 1 + 7?, answer: 8, tags: [addition]}
    - {id: q-2, type: numeric, stem: What is 2 + 7?, answer: 9, tags: [addition]}
    - {id: q-3, type: numeric, stem: What is 3 + 7?, answer: 10, tags: [additon]} # <-

Good:

    - {id: q-1, type: numeric, stem: What is 1 + 7?, answer: 8, tags: [addition]}
    - {id: q-2, type: numeric, stem: What is 2 + 7?, answer: 9, tags: [addition]}
    - {id: q-3, type: numeric, stem: What is 3 + 7?, answer: 10, tags: [addition]}
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._bank import distinct

KIND = Kind("QZ512", "lone-tag", Severity.WARNING)

_SHORTEST, _LONGEST = 5, 60  # letters of tags in which one may be a slip
_COMPARED = 40  # tags that share a form and are compared with one


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each tag that stands once, and near to one that stands more often."""
    items = list(distinct(bank))
    numbers = Counter(tag for item in items for tag in item.tags if tag not in bank.tags)
    near: dict[str, list[str]] = {}
    for tag in sorted(tag for tag, number in numbers.items() if number > 1):
        for form in _forms(_plain(tag)):
            near.setdefault(form, []).append(tag)
    for item in items:
        for index, tag in enumerate(tag for tag in item.tags if tag not in bank.tags):
            if numbers[tag] == 1 and (meant := _meant(tag, near)) is not None:
                message = f"no other question has the tag `{tag}`, and {numbers[meant]} have `{meant}`"
                yield item, Finding(item.place.at("tags", index), message, f"write `{meant}`, if it is meant")


def _meant(tag: str, near: Mapping[str, list[str]]) -> str | None:
    """Return the tag that one nearly equals, if there is one."""
    plain = _plain(tag)
    if _has_letter_word(tag):
        return None
    found = (other for form in _forms(plain) for other in near.get(form, ())[:_COMPARED])
    return next((other for other in found if _is_slip(plain, _plain(other)) and not _has_letter_word(other)), None)


def _has_letter_word(tag: str) -> bool:
    """Whether a word of a tag is a single letter, which is no slip."""
    return min(map(len, re.split(r"[\s_-]+", tag))) == 1


def _plain(tag: str) -> str:
    """Return a tag without case, blanks, hyphens and the ending of a plural."""
    plain = re.sub(r"[\s_-]+", "", tag.casefold())
    return plain.removesuffix("s") if len(plain) > 3 else plain


def _forms(plain: str) -> set[str]:
    """Return what a tag shares with all that one letter makes of it: itself, and itself without one letter."""
    if not _SHORTEST <= len(plain) <= _LONGEST:
        return {plain}
    return {plain, *(plain[:at] + plain[at + 1 :] for at in range(len(plain)))}


def _is_slip(one: str, other: str) -> bool:
    """Whether at most one letter is left out, put in, changed, or changes places with its neighbour."""
    start = _common(one, other)
    first, second = one[start:], other[start:]
    end = _common(first[::-1], second[::-1])
    first, second = first[: len(first) - end], second[: len(second) - end]
    swapped = len(first) == 2 and first == second[::-1]
    return (max(len(first), len(second)) <= 1 or swapped) and not re.search(r"\d", first + second)


def _common(one: str, other: str) -> int:
    """Return the number of letters with which both begin."""
    return next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )
