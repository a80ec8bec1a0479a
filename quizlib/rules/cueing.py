"""A stem that gives away the key of another question.

Why it matters: who has both questions in one test reads the answer of one in the other, and scores without knowing.
Only keys of two words or more, or of one long word, are looked for, in stems that speak of the same subject.

Source: Haladyna, Downing and Rodriguez 2002, guideline 4 (keep the content of items independent).

Bad:

    - id: capital
      type: single_choice
      stem: Which city on the river Molonglo is the capital of Australia? # <-
      options:
        - {text: Canberra, correct: true}
        - Sydney
    - id: founded
      type: numeric
      stem: In which year was Canberra, the capital of Australia on the river Molonglo, founded?
      answer: 1913

Good:

    - id: capital
      type: single_choice
      stem: Which city on the river Molonglo is the capital of Australia?
      options:
        - {text: Canberra, correct: true}
        - Sydney
    - id: founded
      type: numeric
      stem: In which year was the capital of Australia founded?
      answer: 1913
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Choice, Item, Option
from quizlib.plugins import Files
from quizlib.rules._bank import distinct
from quizlib.rules._english import content_words, is_english
from quizlib.rules._walk import contains, key_texts, normalized

KIND = Kind("QZ510", "cueing", Severity.WARNING, "pedantic")
ENGLISH_ONLY = True

_COMMON = 12  # stems with one and the same word: it is the subject of the bank, and gives nothing away
_SHARED = 2  # words, besides those of the key, by which two stems speak of the same subject
_LONG = 7  # letters of a key of one word


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each question whose key stands in the stem of another one on the same subject."""
    if not is_english(bank):
        return
    items = list(distinct(bank))
    index: dict[str, list[Item]] = {}
    for item in items:
        for word in content_words(item.stem):
            index.setdefault(word, []).append(item)
    for item in items:
        for key in key_texts(item):
            if (giving := _giving(item, key, index)) is not None:
                message = f"the stem of `{giving.identifier}` gives the key away, `{' '.join(key.split())}`"
                help = "reword that stem, or keep the two out of one test"
                yield item, Finding(item.place.at("stem"), message, help, (giving.place.at("stem"),))


def _giving(item: Item, key: str, index: Mapping[str, list[Item]]) -> Item | None:
    roots = content_words(key)
    if not roots or not (len(roots) > 1 or len(key.strip()) >= _LONG):
        return None
    rarest = min((index.get(root, []) for root in roots), key=len)
    if len(rarest) > _COMMON or contains(normalized(item.stem), normalized(key)):
        return None
    subject = content_words(item.stem) - roots
    for other in rarest:
        shared = len(subject & content_words(other.stem))
        if other is not item and shared >= max(_SHARED, len(subject) / 2) and _stands(other, item, key):
            return other
    return None


def _stands(other: Item, item: Item, key: str) -> bool:
    """Whether the key stands in the stem, and no distractor does."""
    stem = normalized(other.stem)
    wrong = [option.content.text for option in _options(item) if not option.correct]
    return contains(stem, normalized(key)) and not any(contains(stem, normalized(text)) for text in wrong)


def _options(item: Item) -> tuple[Option, ...]:
    return item.interaction.options if isinstance(item.interaction, Choice) else ()
