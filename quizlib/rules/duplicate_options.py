"""Two options that a learner cannot tell apart.

Why it matters: options that are shown alike, or that differ only in the case of their first letter, read the same, and
one of them may be the key. In code, maths, numbers and short names such as `N` and `n` that case counts, too.

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
from quizlib.diagnostics import Finding, Kind, Place
from quizlib.model import Bank, Content, Item
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
            first: dict[str, Place] = {}
            for option in choice.options:
                text = _read(option.content)
                if text in first:
                    message = "this option reads like another one"
                    yield item, Finding(option.place, message, "make them differ", (first[text],))
                else:
                    first[text] = option.place


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
