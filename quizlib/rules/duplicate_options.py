"""Two options that a learner cannot tell apart.

Why it matters: options that are shown alike, or that differ only in the case of their words, read the same, and one of
them may be the key. In code, maths, numbers and short names such as `N` and `n` that case counts, and beside code that
of all letters but the first. Where the stem asks how something is spelt, capitalised or printed, only options that are
shown alike are told of.

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
from collections.abc import Callable, Iterator

from quizlib.content import Renderer
from quizlib.diagnostics import Applicability, Finding, Kind, Remove, Repair
from quizlib.model import Bank, Choice, Content, Item, Option
from quizlib.model.texts import choices
from quizlib.plugins import Files

KIND = Kind("QZ103", "duplicate-options")

_RENDERER = Renderer()
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W\d_]{4}")  # no name of one to three letters
_PLAIN = re.compile(r"[(]?[A-Za-z](?:[A-Z]{3,40}|[a-z]{3,40})[.,;:!?)]{0,2}")
_CODE = frozenset("()[]{}=_\"'<>/")
_NO_ZERO = re.compile(r"\.\d+")
_CONSTANTS = {"true", "false", "none", "null"}
_ABOUT_FORM = re.compile(
    r"capitali[sz]|\bcapital letter|\bin capitals|\b(?:upper|lower|title|letter)[- ]?case|\bcase\b|\bspel(?:l|t)"
    r"|\bprint|\btypeset|\bitalic|\bbold\b|\bformatted|\bwritten\b|\bwrite\b|\bpunctuat|\bhyphen|\boutputs?\b",
    re.IGNORECASE,
)
_SHOWS_CODE = re.compile(
    r"[`\n<>{}=_\"]|::|\b(?:valid|legal|syntax|identifier|variable|keyword|command)\b", re.IGNORECASE
)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each option that reads like one before it."""
    for item in bank.items:
        read = _reading(item)
        for choice, _ in choices(item):
            first: dict[str, Option] = {}
            for option in choice.options:
                text = read(option.content)
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


def _reading(item: Item) -> Callable[[Content], str]:
    """Return how closely the options of a question are read."""
    if _ABOUT_FORM.search(item.stem):
        return _shown
    return _read if item.code is not None or _SHOWS_CODE.search(item.stem) else _regardless_of_case


def _shown(content: Content) -> str:
    if content.format != "markdown":
        return content.text.strip()
    shown = _RENDERER.inline(content.text)
    return shown if "<code" in shown else " ".join(shown.split())


def _regardless_of_case(content: Content) -> str:
    """Return a text as a learner reads it; words in capitals are those words, and names such as `ArrayList` differ."""
    text = _read(content)
    if not _CONSTANTS.isdisjoint(text.casefold().replace(",", " ").split()):
        return text
    return " ".join(word.casefold() if _PLAIN.fullmatch(word) else word for word in text.split(" "))


def _read(content: Content) -> str:
    """Return a text as a learner reads it; in prose the case of the first letter does not count."""
    if content.format != "markdown":
        return content.text.strip()
    shown = _RENDERER.inline(content.text)
    text = " ".join(html.unescape(_TAG.sub("", shown)).split())
    if "<img" in shown or "<code" in shown or "data-math-style" in shown:
        return f"{shown} {text}"
    words = text.removesuffix(".") if " " in text else text
    if _is_prose(words):
        return words[:1].casefold() + words[1:]
    return f"0{text}" if _NO_ZERO.fullmatch(text) else text


def _is_prose(text: str) -> bool:
    return bool(_WORD.search(text)) and text.casefold() not in _CONSTANTS and _CODE.isdisjoint(text)
