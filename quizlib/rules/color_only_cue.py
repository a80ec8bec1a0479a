"""A part of a picture or text that is named by its colour alone.

Why it matters: one in twelve men cannot tell red from green, others read on paper or by ear. "The red line" is nothing
to them; "the red, dashed line" or "line A, in red" is.

Source: WCAG 2.2, success criterion 1.4.1 Use of Color (A).

Bad:

    - id: curve
      type: single_choice
      stem: "![Two losses against the epochs](https://example.org/a.png) Which run does the red line show?" # <-
      options:
        - {text: The first, correct: true}
        - The second

Good:

    - id: curve
      type: single_choice
      stem: "![Two losses against the epochs](https://example.org/a.png) Which run does the dashed line A show?"
      options:
        - {text: The first, correct: true}
        - The second
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

KIND = Kind("QZ603", "color-only-cue", Severity.WARNING, "pedantic")
ENGLISH_ONLY = True

_COLOR = r"(?:red|green|blue|yellow|orange|purple|pink|gr[ae]y|brown|cyan|magenta|violet)"
_PART = (
    r"(?:lines?|curves?|bars?|areas?|regions?|box(?:es)?|arrows?|dots?|points?|circles?|squares?|rectangles?|cells?"
    r"|rows?|columns?|parts?|sections?|text|words?|nodes?|segments?|slices?|shapes?|triangles?|paths?|labels?)"
)
_IN_PICTURE = re.compile(rf"\b(?:the|each|which|what|every) {_COLOR}(?:-colou?red)? {_PART}\b", re.IGNORECASE)
_MARKS = "highlighted|marked|outlined|circled|underlined|shaded|colou?red|drawn|printed|boxed"
_MARKED = re.compile(
    rf"\b(?:{_MARKS}) (?:in (?:the colou?r )?)?{_COLOR}\b",
    re.IGNORECASE,
)
_SHOWN = re.compile(
    rf"\b(?:items?|answers?|options?|words?|parts?|lines?|keys?|ones?|cells?|rows?|sentences?|terms?|numbers?)"
    rf" (?:that )?(?:is |are )?(?:shown|given|set|{_MARKS}) in (?:the colou?r )?{_COLOR}\b",
    re.IGNORECASE,
)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield the first part of each question that is named by its colour; of a text's own colours without a picture."""
    if not is_english(bank):
        return
    pictured = {id(item) for item, found, _ in structures(bank) if found.images and item}
    told: set[int] = set()
    for item, text, place in all_texts(bank):
        if item and id(item) not in told and (cue := _cue(text, id(item) in pictured)) is not None:
            told.add(id(item))
            help = "name it by its label, form or place as well"
            yield item, Finding(place._replace(excerpt=cue), f"`{cue}` is known by its colour alone", help)


def _cue(text: str, pictured: bool) -> str | None:
    read = prose(text)
    found = _IN_PICTURE.search(read) or _MARKED.search(read) if pictured else _SHOWN.search(read)
    return found[0] if found else None
