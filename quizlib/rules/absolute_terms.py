"""An absolute term in distractors only.

Why it matters: hardly anything in the world is always or never so, and learners who know no more than that cross out
every option that says so. Only the key without such a word is left.

Source: Haladyna, Downing and Rodriguez 2002, guideline 28a (specific determiners); NBME, Constructing Written Test
Questions, technical flaw “absolute terms”.

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
from quizlib.rules._walk import written_choices

KIND = Kind("QZ212", "absolute-terms", Severity.WARNING)

_TERMS = ("always", "never", "absolutely", "completely", "entirely", "nobody", "everybody", "no one", "under no circum")
_TERM = re.compile(
    r"\b(?:always|never|absolutely|completely|entirely|nobody|everybody|no one|everyone|under no circumstances)\b", re.I
)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each distractor with an absolute term, where neither the key nor the stem has one."""
    if not is_english(bank):
        return
    for item, choice, _ in written_choices(bank):
        if choice.max_choices != 1 or choice is not item.interaction:
            continue
        found = [(option, _term(option.content.text)) for option in choice.options]
        if any(term for _, term in found) and not any(term and option.correct for option, term in found):
            if not _term(item.stem):
                for option, term in found:
                    if term:
                        place = option.place._replace(excerpt=term)
                        message = f"`{term}` stands in a distractor, and no such word in the key"
                        yield (
                            item,
                            Finding(place, message, "weaken it, so that knowledge is needed to rule the option out"),
                        )


def _term(text: str) -> str:
    """Return the first absolute term of a text, or nothing."""
    lower = text.casefold()
    if any(term in lower for term in _TERMS) and (found := _TERM.search(prose(text))):
        return found[0]
    return ""
