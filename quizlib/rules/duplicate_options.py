"""Two options that a learner cannot tell apart.

Why it matters: options that are shown alike, or that differ only in the case of their first letter, read the same, and
one of them may be the key. In code, maths, numbers and short names such as `N` and `n` that case counts, too.

Source: Haladyna, Downing and Rodriguez 2002, guidelines 19 and 22 (exactly one choice is right; choices do not
overlap).

Bad:

    - id: capital
      type: single_choice
      stem: What is the capital of France?
      options:
        - {text: Paris, correct: true}
        - Lyon
        - "**paris**" # <-

Good:

    - id: capital
      type: single_choice
      stem: What is the capital of France?
      options:
        - {text: Paris, correct: true}
        - Lyon
        - Nice
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from quizlib.content import Renderer
from quizlib.diagnostics import Applicability, Finding, Kind, Remove, Repair
from quizlib.model import Bank, Choice, Content, Item, Option
from quizlib.model.texts import choices
from quizlib.plugins import Files

KIND = Kind("QZ103", "duplicate-options")

_RENDERER = Renderer()
_TAG = re.compile(r"<[^>]*>")
_WORDS = re.compile(r"(?=.*[^\W\d_]{4}).*", re.DOTALL)  # there is a word that is no name of one to three letters
_CODE = frozenset("()[]{}=_\"'<>/")
_NO_ZERO = re.compile(r"\.\d+")
_CONSTANTS = {"true", "false", "none", "null"}


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each option that reads like one before it."""
    for item in bank.items:
        for choice, _ in choices(item):
            first: dict[str, Option] = {}
            for option in choice.options:
                text = _read(option.content)
                if text in first:
                    message = "this option reads like another one"
                    other = first[text]
                    repair = _without_one(choice, other, option)
                    yield item, Finding(option.place, message, "make them differ", (other.place,), repair)
                else:
                    first[text] = option


def _without_one(choice: Choice, first: Option, second: Option) -> Repair | None:
    """Return the repair that removes the second of two, or the first when only the second is the key."""
    if len(choice.options) < 3 or (first.correct and second.correct):
        return None
    place = first.place if second.correct else second.place
    change = Remove(place._replace(keys=place.keys[:-1]))
    return Repair("remove the option that reads like another one", (change,), Applicability.UNSAFE)


def _read(content: Content) -> str:
    """Return a text as a learner reads it."""
    if content.format != "markdown":
        return content.text.strip()
    shown = _RENDERER.inline(content.text)
    text = " ".join(html.unescape(_TAG.sub("", shown)).split())
    if "<img" in shown or "<code" in shown or "data-math-style" in shown:
        return f"{shown} {text}"
    words = text.removesuffix(".") if " " in text else text
    if _WORDS.fullmatch(words) and words.casefold() not in _CONSTANTS and _CODE.isdisjoint(words):
        return words[:1].casefold() + words[1:]
    return f"0{text}" if _NO_ZERO.fullmatch(text) else text
