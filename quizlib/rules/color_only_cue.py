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
from quizlib.rules._bank import all_texts
from quizlib.rules._english import is_english, prose
from quizlib.rules._structure import structure

KIND = Kind("QZ603", "color-only-cue", Severity.WARNING, "pedantic")

_COLOR = r"(?:red|green|blue|yellow|orange|purple|pink|gr[ae]y|brown|cyan|magenta|violet)"
_PART = (
    r"(?:lines?|curves?|bars?|areas?|regions?|box(?:es)?|arrows?|dots?|points?|circles?|squares?|rectangles?|cells?"
    r"|rows?|columns?|parts?|sections?|text|words?|nodes?|segments?|slices?|shapes?|triangles?|paths?|labels?)"
)
_IN_PICTURE = re.compile(rf"\b(?:the|each|which|what|every) {_COLOR}(?:-colou?red)? {_PART}\b", re.IGNORECASE)
_MARKED = re.compile(
    rf"\b(?:highlighted|marked|outlined|circled|underlined|shaded|colou?red|drawn|printed|boxed)"
    rf" (?:in (?:the colou?r )?)?{_COLOR}\b",
    re.IGNORECASE,
)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each part that is named by its colour, in a question with a picture, or where the text is coloured."""
    if not is_english(bank):
        return
    found = [(text, text.item, cue) for text in all_texts(bank) if text.item and (cue := _cue(text.text))]
    pictured = _with_images(bank, {id(item) for _, item, _ in found}) if found else set()
    for text, item, cue in found:
        if id(item) in pictured:
            pictured.remove(id(item))  # it is said once
            message = f"`{cue}` is known by its colour alone"
            help = "name it by its label, form or place as well"
            yield item, Finding(text.place._replace(excerpt=cue), message, help)


def _cue(text: str) -> str | None:
    read = prose(text)
    found = _IN_PICTURE.search(read) or _MARKED.search(read)
    return found[0] if found else None


def _with_images(bank: Bank, asked: set[int]) -> set[int]:
    """Return the identities of those items, of the ones that are asked about, that have a picture."""
    return {
        id(item)
        for item, text, _ in all_texts(bank)
        if id(item) in asked and structure(text, sanitize_html=bank.sanitize_html).images
    }
