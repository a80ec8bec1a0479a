"""A target to match that stands there twice.

Why it matters: no LMS can tell equal targets apart, so that a learner who takes the second one is marked
wrong. Sources may share a target; an extra target must differ from all of them.

Source: the scoring of the format, since item-writing guidelines leave it out: in QTI 3.0 the key of a match interaction
is pairs of identifiers, and two targets of one text have two.

Bad:

    - id: capitals
      type: matching
      stem: Which capital belongs to which country?
      pairs:
        - {source: France, target: Paris}
        - {source: Italy, target: Rome}
      extra_targets:
        - Rome # <-

Good:

    - id: capitals
      type: matching
      stem: Which capital belongs to which country?
      pairs:
        - {source: France, target: Paris}
        - {source: Italy, target: Rome}
      extra_targets:
        - Oslo
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Place
from quizlib.model import Bank, Item, Match
from quizlib.plugins import Files
from quizlib.rules._walk import normalized

KIND = Kind("QZ106", "duplicate-targets")


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each target, and each source, that reads like one before it."""
    for item in bank.items:
        if isinstance(item.interaction, Match):
            for kind, parts in (("target", item.interaction.targets), ("source", item.interaction.sources)):
                first: dict[str, Place] = {}
                for part in parts:
                    text = normalized(part.content.text) or part.content.text.strip()
                    if text in first:
                        message = f"this {kind} reads like another one"
                        yield item, Finding(part.place, message, "make them differ", (first[text],))
                    first.setdefault(text, part.place)
