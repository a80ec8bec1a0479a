"""An image without a description.

Why it matters: who cannot see the image hears nothing, or its file name, and cannot answer the question. The same holds
for everybody when an LMS loses the file. The description is what stands in the brackets: it says what the
image shows as far as the question needs it.

Source: WCAG 2.2, success criterion 1.1.1 Non-text Content (A), and its failures F30 (a file name or a placeholder as
the alternative) and F65 (none at all).

Bad:

    - id: logo
      type: single_choice
      stem: "![image](https://example.org/plot.png) Which way does the loss go?" # <-
      options:
        - {text: Down, correct: true}
        - Up

Good:

    - id: logo
      type: single_choice
      stem: "![The loss against the epochs, from 0.8 to 0.2](https://example.org/plot.png) Which way does the loss go?"
      options:
        - {text: Down, correct: true}
        - Up
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._structure import Image, structures

KIND = Kind("QZ601", "image-without-description", Severity.WARNING)

_PLACEHOLDER = re.compile(
    r"(?:an? |the )?(?:image|img|picture|photo|pic|figure|fig|screenshot|screen shot|graphic|diagram|alt(?: text)?|logo"
    r"|untitled|null|undefined|description|spacer)[\s_.:#-]*\d*",
    re.IGNORECASE,
)
_FILE = re.compile(r"\S+\.(?:avif|bmp|gif|jpe?g|png|svg|tiff?|webp)", re.IGNORECASE)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each image whose description is empty, a file name, or a word that stands for any image."""
    for item, found, place in structures(bank):
        for image in found.images:
            if (fault := _fault(image)) is not None:
                help = "say between the brackets what the image shows: `![…](…)`"
                yield item, Finding(place._replace(excerpt=image.source), fault, help)


def _fault(image: Image) -> str | None:
    description = image.description.strip()
    if not description:
        return "the image has no description"
    if _PLACEHOLDER.fullmatch(description) or _FILE.fullmatch(description) or description == _stem(image.source):
        return f"`{description}` does not describe the image"
    return None


def _stem(source: str) -> str:
    return source.rpartition("/")[2].rpartition(".")[0]
