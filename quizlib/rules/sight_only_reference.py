"""A text that sends learners to something by where it stands, and that is not there.

Why it matters: "see the picture above" helps nobody when the question has no picture: it was lost on the way, stands in
another question, or above means something else in an LMS that shows one question at a time. What a picture with a
description shows can be found without sight; a place alone cannot.

Source: WCAG 2.2, success criterion 1.3.3 Sensory Characteristics (A); Haladyna, Downing and Rodriguez 2002, guideline 4
(keep the content of items independent).

Bad:

    - id: falls
      type: true_false
      stem: As the diagram above shows, the loss falls. # <-
      answer: true

Good:

    - id: falls
      type: true_false
      stem: As the losses 0.8, 0.6 and 0.4 show, the loss falls.
      answer: true
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._english import is_english, prose
from quizlib.rules._structure import structures
from quizlib.rules._walk import all_texts

KIND = Kind("QZ602", "sight-only-reference", Severity.WARNING)
ENGLISH_ONLY = True

_THING = r"(?:picture|image|figure|diagram|photo(?:graph)?|screenshot|illustration|drawing|graph|chart|plot)"
_REFERENCE = re.compile(
    rf"\b(?:the|this) {_THING}s? (?:shown |given |displayed )?(?:above|below|(?:on|to) the (?:left|right))"
    rf"|\bthe (?:above|below|following|adjacent) {_THING}s?\b(?! (?:of|that|which) )",
    re.IGNORECASE,
)
_WHERE = ("above", "below", "following", "adjacent", "left", "right")
_SHOWS = re.compile(r"<(?:img|svg|table|video|object|embed)\b|^ {0,3}(?:```|~~~)|^ {4}\S", re.MULTILINE)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each reference to a picture in a question that has no picture, drawing in characters or table."""
    if not is_english(bank):
        return
    found = [(item, said, place) for item, text, place in all_texts(bank) if item and (said := _reference(text))]
    shows = _that_show(bank, {id(item) for item, _, _ in found}) if found else set()
    for item, said, place in found:
        if id(item) not in shows:
            shows.add(id(item))  # it is said once
            message = f"`{said}` is not there: the question shows none"
            help = "add it, or say in words what it shows"
            yield item, Finding(place._replace(excerpt=said), message, help)


def _reference(text: str) -> str | None:
    if not any(word in text for word in _WHERE):
        return None
    found = _REFERENCE.search(prose(text))
    return found[0] if found else None


def _that_show(bank: Bank, asked: set[int]) -> set[int]:
    """Return the identities of those items, of the ones that are asked about, in which something is shown."""
    drawn = {id(item) for item, text, _ in all_texts(bank) if id(item) in asked and _SHOWS.search(text)}
    shown = {
        id(item) for item, found, _ in structures(bank) if any((found.images, found.tables, found.blocks, found.links))
    }
    return drawn | shown | {id(item) for item in bank.items if item.code is not None}
