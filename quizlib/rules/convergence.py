"""A key that has the most in common with the other options.

Why it matters: distractors are made from the key by changing one part of it, so that each part of the key stands in
several options. Who counts finds the key without reading the question.

Source: Moore, Nguyen, Chen and Stamper 2023, item-writing flaw “convergence cues”; NBME Item-Writing Guide 2024,
technical flaw “convergence”.

Bad:

    - id: drug
      type: single_choice
      stem: What does the reaction need?
      options:
        - {text: "heat, light"}
        - {text: "heat, water", correct: true} # <-
        - {text: "salt, water"}
        - {text: "heat, sand"}

Good:

    - id: drug
      type: single_choice
      stem: What does the reaction need?
      options:
        - {text: "heat, light"}
        - {text: "heat, water", correct: true}
        - {text: "sand, light"}
        - {text: "sand, water"}
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._walk import normalized, written_choices

KIND = Kind("QZ217", "convergence", Severity.WARNING, "pedantic")

_PARTS = re.compile(r"\s*[,;&]\s*(?:and\s+)?|\s+and\s+")


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each key whose parts stand in more options than those of any distractor, where all have as many parts."""
    for item, choice, _ in written_choices(bank):
        if choice.max_choices != 1 or len(choice.options) < 4:
            continue
        parts = [_PARTS.split(normalized(option.content.text)) for option in choice.options]
        if len(parts[0]) not in (2, 3) or any(len(other) != len(parts[0]) for other in parts):
            continue
        if len({tuple(sorted(option)) for option in parts}) < len(parts):  # the same parts in other orders
            continue
        counts = Counter(pair for option in parts for pair in enumerate(option))
        sums = [sum(counts[pair] for pair in enumerate(option)) for option in parts]
        best = max(sums)
        key = choice.options[sums.index(best)]
        if sums.count(best) == 1 and key.correct and best > len(parts[0]):
            message = "the key has more in common with the other options than any distractor has"
            yield item, Finding(key.place, message, "let the parts stand in equally many options")
