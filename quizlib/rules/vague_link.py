"""A link whose text says nothing of where it leads.

Why it matters: screen readers list the links of a page by their texts alone, and five links named "here" are one.

Source: WCAG 2.2, success criteria 2.4.4 Link Purpose (In Context) (A) and 2.4.9 Link Purpose (Link Only) (AAA); a text
such as "click here" or "more" is failure F84 of the latter.

Bad:

    - id: lists
      type: true_false
      stem: Read the page on lists [here](https://docs.python.org/3/tutorial/). A list may grow. # <-
      answer: true

Good:

    - id: lists
      type: true_false
      stem: Read [the page on lists](https://docs.python.org/3/tutorial/). A list may grow.
      answer: true
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._english import is_english
from quizlib.rules._structure import structures

KIND = Kind("QZ606", "vague-link", Severity.WARNING)
ENGLISH_ONLY = True

_VAGUE = re.compile(
    r"(?:click |press |see |look |right |over |from )*(?:here|there)|(?:(?:click|see|visit|follow|open) )?(?:this|the)?"
    r" ?(?:link|page|site|website|url)|(?:read |learn |see |show )?more(?: info(?:rmation)?| details)?|this|that|it"
    r"|click|(?:click|press) (?:me|this)|details|info",
    re.IGNORECASE,
)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each link whose text could stand for any other."""
    if not is_english(bank):
        return
    for item, found, place in structures(bank):
        for link in found.links:
            words = " ".join(link.text.split()).strip(" .:!»>…")
            if _VAGUE.fullmatch(words) and not link.image:
                message = f"the text of the link, `{words}`, does not say where it leads"
                yield item, Finding(place._replace(excerpt=words), message, "make the name of the page the link")
