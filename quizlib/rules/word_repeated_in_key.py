"""A telling word of the stem that stands in the key only.

Why it matters: learners who know nothing choose the option that sounds like the question.

Source: Haladyna, Downing and Rodriguez 2002, guideline 28b (clang associations); Moore, Nguyen, Chen and Stamper 2023,
item-writing flaw “word repeats”; NBME Item-Writing Guide 2024, technical flaw “word repeats”.

Bad:

    - id: recursion
      type: single_choice
      stem: What do you call a function that works by recursion?
      options:
        - {text: a recursion function, correct: true} # <-
        - {text: a generator}
        - {text: a decorator}

Good:

    - id: recursion
      type: single_choice
      stem: What do you call a function that calls itself?
      options:
        - {text: recursive, correct: true}
        - {text: generic}
        - {text: decorated}
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item, Option
from quizlib.plugins import Files
from quizlib.rules._english import content_words, is_english, words
from quizlib.rules._walk import written_choices

KIND = Kind("QZ216", "word-repeated-in-key", Severity.WARNING, "pedantic")
ENGLISH_ONLY = True

_LENGTH = 6  # of a root: short words are shared by chance
_MOST_OF_KEY, _MOST_OF_STEM = 6, 25  # words: in a long text some word is repeated anyhow


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each key with a long word of the stem that no distractor has."""
    if not is_english(bank):
        return
    for item, choice, _ in written_choices(bank):
        keys = [option for option in choice.options if option.correct]
        if len(keys) != 1 or len(choice.options) < 3 or choice is not item.interaction or _long(item.stem, keys[0]):
            continue
        shared = [word for word in content_words(keys[0].content.text) if len(word) >= _LENGTH]
        if shared and (shared := [word for word in shared if word in content_words(item.stem)]):
            others = [content_words(option.content.text) for option in choice.options if not option.correct]
            if any(not any(word in other for other in others) for word in shared):
                word = min(word for word in shared if not any(word in other for other in others))
                message = f"of all the options only the key repeats `{word}…` of the stem"
                yield item, Finding(keys[0].place, message, "use the word in a distractor, too, or in none")


def _long(stem: str, key: Option) -> bool:
    return len(words(key.content.text)) > _MOST_OF_KEY or len(words(stem)) > _MOST_OF_STEM
