"""Two questions that ask the same.

Why it matters: a test drawn from the bank may hold both, so that one thing counts twice, and what is corrected in one
stays wrong in the other. Questions are alike when stem, program and key say the same, word for word or nearly so.
Numbers count as words: two sums with different numbers are two questions.

Source: Haladyna, Downing and Rodriguez 2002, guideline 4 (keep the content of items independent).

Bad:

    - id: first
      type: single_choice
      stem: Which of these methods of a Python list adds one element at its end?
      options:
        - {text: append, correct: true}
        - extend
    - id: second
      type: single_choice
      stem: Which of these methods of a list in Python adds one element at its end? # <-
      options:
        - {text: append, correct: true}
        - insert

Good:

    - id: first
      type: single_choice
      stem: Which of these methods of a Python list adds one element at its end?
      options:
        - {text: append, correct: true}
        - extend
    - id: second
      type: single_choice
      stem: Which of these methods of a Python list takes its last element away?
      options:
        - {text: pop, correct: true}
        - remove
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._bank import distinct, tokens
from quizlib.rules._walk import key_texts, normalized

KIND = Kind("QZ509", "similar-stems", Severity.WARNING)

ALIKE = 0.8
"""The share of words that two stems have in common, of all the words of both."""

_FEWEST = 4  # words of a stem that say enough
_COMPARED = 40  # questions that share a seldom word and are compared with one; more have it by design


class _Asked(NamedTuple):
    """A question in words: `key` tells which of them may be alike."""

    item: Item
    key: str
    words: frozenset[str]
    exact: str


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each question that asks what one before it asks."""
    groups: dict[str, list[_Asked]] = {}
    for item in distinct(bank):
        if (asked := _asked(item)) is not None:
            groups.setdefault(asked.key, []).append(asked)
    for group in groups.values():
        for asked, other in _pairs(group) if len(group) > 1 else ():
            same = "the same" if asked.exact == other.exact else "nearly the same"
            message = f"the question asks {same} as `{other.item.identifier}`"
            related = (other.item.place.at("stem"),)
            yield asked.item, Finding(asked.item.place.at("stem"), message, "leave one, or make them differ", related)


def _asked(item: Item) -> _Asked | None:
    keys = sorted(normalized(text) for text in key_texts(item))
    code = item.code
    shown = (code.source, code.stdin, *code.arguments, *(text for _, text in code.files)) if code else ()
    words = tokens(" ".join((item.stem, *shown)))
    if len(words) < _FEWEST or not keys:
        return None
    listing = " ".join(" ".join(shown).split())
    return _Asked(item, "\n".join((*keys, listing)), frozenset(words), " ".join(words))


def _pairs(group: list[_Asked]) -> Iterator[tuple[_Asked, _Asked]]:
    """Yield each question with the first one before it that is alike.

    Two sets can only be alike when they share one of the seldomest words of each: all but a share of ALIKE of them.
    """
    numbers = Counter(word for asked in group for word in asked.words)
    index: dict[str, list[_Asked]] = {}
    for asked in group:
        seldom = sorted(asked.words, key=lambda word: (numbers[word], word))
        prefix = seldom[: len(seldom) - int(ALIKE * len(seldom)) + 1]
        others = (other for word in prefix for other in index.get(word, ())[:_COMPARED])
        alike = next((other for other in others if _alike(asked, other)), None)
        if alike is not None:
            yield asked, alike
        for word in prefix:
            index.setdefault(word, []).append(asked)


def _alike(one: _Asked, other: _Asked) -> bool:
    if any(word[0].isdecimal() for word in one.words ^ other.words):
        return False
    common = len(one.words & other.words)
    return common >= (1.0 if _is_statement(one) else ALIKE) * (len(one.words) + len(other.words) - common)


def _is_statement(asked: _Asked) -> bool:
    """Whether one word may turn the question into another: there are only two answers."""
    return asked.key.strip() in ("true", "false", "yes", "no")
