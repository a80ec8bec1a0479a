"""An absolute term in distractors only.

Why it matters: hardly anything in the world is always or never so, and learners who know no more than that cross out
every option that says so. Only the key without such a word is left.

Source: Haladyna, Downing and Rodriguez 2002, guideline 28a (specific determiners); Moore, Nguyen, Chen and Stamper
2023, item-writing flaw “absolute terms”; NBME Item-Writing Guide 2024, technical flaw “absolute terms”.

Bad:

    - id: sorting
      type: single_choice
      stem: What is true of a list that has been sorted?
      options:
        - {text: It always becomes shorter} # <-
        - {text: Equal elements stand side by side, correct: true}
        - {text: The largest one is in the middle}

Good:

    - id: sorting
      type: single_choice
      stem: What is true of a list that has been sorted?
      options:
        - {text: It becomes shorter}
        - {text: Equal elements stand side by side, correct: true}
        - {text: The largest one is in the middle}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._english import is_english, prose
from quizlib.rules._negation import negation
from quizlib.rules._walk import written_choices

KIND = Kind("QZ212", "absolute-terms", Severity.WARNING, "pedantic")
ENGLISH_ONLY = True

_TERM = re.compile(r"(?<!can )(?<!almost )(?<!not )\b(?:always|never|absolutely)\b(?! been\b)", re.IGNORECASE)
_ANY = re.compile(r"\b(?:always|never|absolutely|all|every|each|only|must|none|no|cannot|both)\b|n't\b", re.I)
_LEAST = 4  # words of an option that states something


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each distractor with an absolute term, where neither the key nor the stem has one."""
    if not is_english(bank):
        return
    for item, choice, _ in written_choices(bank):
        found = [(option, _term(option.content.text)) for option in choice.options]
        if not any(term for _, term in found) or choice is not item.interaction or choice.max_choices != 1:
            continue
        key = " ".join(option.content.text for option in choice.options if option.correct)
        if not _ANY.search(key) and not _TERM.search(prose(item.stem)) and negation(item.stem) is None:
            for option, term in found:
                if term:
                    place = option.place._replace(excerpt=term)
                    message = f"`{term}` stands in a distractor, and no such word in the key"
                    yield item, Finding(place, message, "weaken it, so that it takes knowledge to rule the option out")


def _term(text: str) -> str:
    """Return the first absolute term of a text, or nothing."""
    found = _TERM.search(prose(text)) if text.count(" ") >= _LEAST - 1 else None
    return found[0] if found else ""
