"""A stem of many words.

Why it matters: what is to be answered is lost in what is to be read, slow readers lose marks, and a learner on a
telephone scrolls between question and options. A case or a text that is asked about may need the words; a decoration
does not.

Source: Haladyna, Downing and Rodriguez 2002, guidelines 13 and 16.

Bad:

    - id: long
      type: true_false
      stem: | # <-
        The programmer sits down at a desk on a rainy morning, drinks a cup of tea and opens the editor.
        The programmer sits down at a desk on a rainy morning, drinks a cup of tea and opens the editor.
        The programmer sits down at a desk on a rainy morning, drinks a cup of tea and opens the editor.
        The programmer sits down at a desk on a rainy morning, drinks a cup of tea and opens the editor.
        The programmer sits down at a desk on a rainy morning, drinks a cup of tea and opens the editor.
        The programmer sits down at a desk on a rainy morning, drinks a cup of tea and opens the editor.
        The programmer sits down at a desk on a rainy morning, drinks a cup of tea and opens the editor.
        A loop with `while` may run forever.
      answer: true

Good:

    - id: short
      type: true_false
      stem: A loop with `while` may run forever.
      answer: true
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._english import words

KIND = Kind("QZ204", "long-stem", Severity.WARNING, "pedantic")

_MOST = 120
_LEAST_LENGTH = 2 * _MOST  # no text of fewer characters has as many words


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each stem with more words than that, those of code and maths not counted."""
    for item in bank.items:
        if len(item.stem) > _LEAST_LENGTH and (count := len(words(item.stem))) > _MOST:
            message = f"the stem has {count} words, more than {_MOST}"
            yield item, Finding(item.place.at("stem"), message, "leave out what is not needed to answer")
