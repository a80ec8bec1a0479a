"""A stem whose last article fits some options only.

Why it matters: “an” before the options rules out all that begin with a consonant, without a thought for the subject.

Source: Haladyna, Downing and Rodriguez 2002, guideline 28c; Moore, Nguyen, Chen and Stamper 2023, item-writing flaw
“grammatical cues”; NBME Item-Writing Guide 2024, technical flaw “grammatical clues”.

Bad:

    - id: operator
      type: single_choice
      stem: "In `a + b`, the plus sign is an" # <-
      options:
        - {text: operator, correct: true}
        - {text: keyword}
        - {text: function}

Good:

    - id: operator
      type: single_choice
      stem: "In `a + b`, what is the plus sign?"
      options:
        - {text: an operator, correct: true}
        - {text: a keyword}
        - {text: a function}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Content, Item
from quizlib.plugins import Files
from quizlib.rules._english import is_english
from quizlib.rules._walk import written_choices

KIND = Kind("QZ215", "grammar-cue", Severity.WARNING)
ENGLISH_ONLY = True

_ARTICLE = re.compile(r"(?<=[\w,`] )(an?)(?=[\s_.:…]*$)")
_OPENING = re.compile(r"[*_\"'“‘(]*([A-Za-z][A-Za-z-]*)")
_SILENT = ("hour", "honest", "honour", "honor", "heir")
_CONSONANT = ("uni", "use", "usu", "uti", "uro", "eu", "one", "once", "ubi", "ura")


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each article at the end of a stem that the key agrees with and a distractor does not."""
    if not is_english(bank):
        return
    for item, choice, _ in written_choices(bank):
        if choice is not item.interaction or not (found := _ARTICLE.search(item.stem[-60:])):
            continue
        vowel = found[1] == "an"
        sounds = [(option.correct, _vowel(option.content)) for option in choice.options]
        known = all(sound is not None for _, sound in sounds)
        fits = all(sound is vowel for correct, sound in sounds if correct)
        if known and fits and any(sound is not vowel for _, sound in sounds):
            message = f"`{found[1]}` before the options rules some of them out"
            yield item, Finding(item.place.at("stem"), message, "write the article into the options")


def _vowel(content: Content) -> bool | None:
    """Whether a text begins with the sound of a vowel; None where that cannot be told from its letters."""
    found = _OPENING.match(content.text)
    if found is None or content.format != "markdown":
        return None
    word = found[1]
    if len(word) == 1 or word.isupper():
        return None
    lower = word.casefold()
    return lower.startswith(_SILENT) or (lower[0] in "aeiou" and not lower.startswith(_CONSONANT))
