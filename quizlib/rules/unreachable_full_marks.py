"""A question in which nobody can earn full marks.

Why it matters: the fractions that an author sets decide the marks. When the best choice earns less than
everything, an LMS imports the question without a word, and the best learner loses marks.

Source: the scoring of the format, since item-writing guidelines leave it out: where authors write questions in Moodle,
it demands an answer of 100%, for full marks to be possible.

Bad:

    - id: primes
      type: multiple_response
      stem: Which numbers are prime?
      options: # <-
        - {text: "2", correct: true, fraction: 50%}
        - {text: "3", correct: true, fraction: 25%}
        - {text: "4", fraction: -100%}

Good:

    - id: primes
      type: multiple_response
      stem: Which numbers are prime?
      options:
        - {text: "2", correct: true, fraction: 50%}
        - {text: "3", correct: true, fraction: 50%}
        - {text: "4", fraction: -100%}
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Place
from quizlib.model import Bank, Choice, Item
from quizlib.model.texts import choices, text_entries
from quizlib.plugins import Files

KIND = Kind("QZ105", "unreachable-full-marks")
_TOLERANCE = 0.001


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each choice or entry whose best response earns less or more than full marks, or not the key."""
    for item in bank.items:
        for choice, place in choices(item):
            if any(option.correct for option in choice.options):
                yield from ((item, finding) for finding in _choice(choice, place))
        for entry, place in text_entries(item):
            best = max(accepted.fraction for accepted in entry.accepted)
            if abs(best - 1) > _TOLERANCE and entry.pattern is None:
                yield item, Finding(place, f"the best accepted text earns {best:.0%} of the marks", "let one earn 100%")


def _choice(choice: Choice, place: Place) -> Iterator[Finding]:
    fractions = [option.fraction for option in choice.options]
    best = max(fractions) if choice.max_choices == 1 else sum(fraction for fraction in fractions if fraction > 0)
    if abs(best - 1) > _TOLERANCE:
        yield Finding(place, f"the best response earns {best:.0%} of the marks", "let the key earn 100%")
        return
    for option in choice.options:
        if option.correct and option.fraction <= 0:
            yield Finding(option.place, "this option is marked correct and earns nothing", "give it a share above 0")
        elif not option.correct and option.fraction >= 1 - _TOLERANCE:
            yield Finding(option.place, "this distractor earns full marks", "mark it as correct, or lower its share")
        elif choice.max_choices == 0 and not option.correct and option.fraction > 0:
            yield Finding(option.place, "choosing this distractor earns marks", "give it a share of 0 or below")
