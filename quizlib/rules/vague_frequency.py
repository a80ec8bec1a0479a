"""An option that says how often, vaguely.

Why it matters: “often” is twice a week to one reader and twice a year to another, so that the option is right for
some and wrong for others.

Source: Moore, Nguyen, Chen and Stamper 2023, item-writing flaw “vague terms”; NBME Item-Writing Guide 2024, technical
flaw “vague terms”.

Bad:

    - id: fever
      type: single_choice
      stem: How does fever go with measles?
      options:
        - {text: It is frequently seen} # <-
        - {text: It is seen in each case, correct: true}
        - {text: It is seen in no case}

Good:

    - id: fever
      type: single_choice
      stem: In how many cases of measles is there fever?
      options:
        - {text: In a tenth}
        - {text: In half of them}
        - {text: In each, correct: true}
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._english import is_english, prose, words
from quizlib.rules._walk import written_choices

KIND = Kind("QZ207", "vague-frequency", Severity.WARNING, "pedantic")
ENGLISH_ONLY = True

_VAGUE = frozenset({"often", "frequently", "usually", "sometimes", "occasionally", "rarely", "seldom", "commonly"})
_COMPARING = frozenset({"more", "most", "less", "least", "as", "so", "how", "too", "very"})


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each option with a vague frequency, unless all have one."""
    if not is_english(bank):
        return
    for item, choice, _ in written_choices(bank):
        if all(option.content.format == "markdown" for option in choice.options):
            vague = [_vague(words(option.content.text)) for option in choice.options]
            if any(vague) and not all(vague):
                for option, found in zip(choice.options, vague, strict=True):
                    if found:
                        word = _written(option.content.text, min(found))
                        message = f"how often `{word}` is, each reader decides"
                        yield (
                            item,
                            Finding(option.place._replace(excerpt=word), message, "give a number, or leave it out"),
                        )


def _vague(text: tuple[str, ...]) -> set[str]:
    """Return the words that say how often, where they do not compare."""
    if _VAGUE.isdisjoint(text):
        return set()
    return {
        word for before, word in zip(("", *text), text, strict=False) if word in _VAGUE and before not in _COMPARING
    }


def _written(text: str, word: str) -> str:
    start = prose(text).casefold().find(word)
    return text[start : start + len(word)]
