"""An image that is not there.

Why it matters: learners see a broken picture, and an LMS imports the question without a word. Paths are
relative to the bank, and may not leave its folder.

Source: Haladyna, Downing and Rodriguez 2002, guideline 11 (edit and proof items).

Bad:

    - id: picture
      type: true_false
      stem: "![A plot of the loss](no-such-plot.png) The loss falls." # <-
      answer: true

Good:

    - id: picture
      type: true_false
      stem: "The loss falls from 0.8 to 0.2."
      answer: true
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.content import image_paths
from quizlib.diagnostics import Finding, Kind
from quizlib.model import Bank, Item
from quizlib.model.texts import texts
from quizlib.plugins import Files

KIND = Kind("QZ502", "missing-image")


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each image that cannot be used."""
    for item, text, place in texts(bank):
        for path in image_paths(text, sanitize_html=bank.sanitize_html):
            if (problem := files.problem(path)) is not None:
                help = "put the file beside the bank, or correct the path"
                yield item, Finding(place._replace(excerpt=path), f"the image {problem}", help)
