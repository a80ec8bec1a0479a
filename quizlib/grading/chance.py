"""The chance that a response given blindly is fully right."""

from __future__ import annotations

import math
from collections import Counter
from typing import assert_never

from quizlib.grading.outcome import ALMOST
from quizlib.model import Choice, ExtendedText, InlineChoice, Interaction, Match, Order, TextEntry


def guess(interaction: Interaction) -> float:
    """Return the chance, from 0 to 1, that a blind response is right in full; what is typed is never guessed."""
    match interaction:
        case Choice(options=options, max_choices=1):
            return sum(option.fraction >= 1 - ALMOST for option in options) / len(options)
        case Choice(options=options):
            return 1 / ((1 << len(options)) - 1)
        case TextEntry() | ExtendedText():
            return 0.0
        case Match(sources=sources, targets=targets):
            return math.prod([1 / len(targets)] * len(sources))
        case Order(items=items):
            alike = Counter(item.content for item in items).values()
            return math.prod(map(math.factorial, alike)) / math.factorial(len(items))
        case InlineChoice(gaps=gaps):
            return math.prod(guess(gap.interaction) for gap in gaps)
        case _:
            assert_never(interaction)
