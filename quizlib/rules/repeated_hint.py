"""A hint that says nothing new.

Why it matters: a learner who is stuck asks for another hint, may pay for it, and reads what is known already: a hint
from before, or the stem.

Source: Aleven, Roll, McLaren and Koedinger 2016 (what hints on demand do for learners, and what they do not),
International Journal of Artificial Intelligence in Education 26, 205-223.

Bad:

    - id: capital
      type: short_answer
      stem: What is the capital of Australia?
      accepted: [Canberra]
      hints:
        - It is not the largest city.
        - It is **not** the largest city. # <-

Good:

    - id: capital
      type: short_answer
      stem: What is the capital of Australia?
      accepted: [Canberra]
      hints:
        - It is not the largest city.
        - It lies between the two largest ones.
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Applicability, Finding, Kind, Place, Remove, Repair, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._walk import contains, normalized

KIND = Kind("QZ308", "repeated-hint", Severity.WARNING)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each hint that equals one before it, or a part of the stem."""
    for item in bank.items:
        seen: dict[str, Place] = {}
        stem = normalized(item.stem) if item.hints else ""
        for index, hint in enumerate(item.hints):
            place = item.place.at("hints", index)
            text = normalized(hint) or hint.strip()
            repair = Repair("remove the hint", (Remove(place),), Applicability.UNSAFE)
            if text in seen:
                yield item, Finding(place, "the hint repeats another one", "say more", (seen[text],), repair)
            elif len(text.split()) > 3 and contains(stem, text):
                related = (item.place.at("stem"),)
                yield item, Finding(place, "the hint repeats the stem", "say more than it does", related, repair)
            seen.setdefault(text, place)
