"""Feedback that says the opposite of the key.

Why it matters: a learner who is told "Correct!" for a response that earns nothing, or "Wrong" for one that earns all,
loses trust in both. One of the two, the feedback or the key, is a slip.

Source: Haladyna, Downing and Rodriguez 2002, guideline 11 (edit and proof items).

Bad:

    - id: capital
      type: single_choice
      stem: What is the capital of Australia?
      options:
        - {text: Canberra, correct: true}
        - text: Sydney
          feedback: Correct! It was chosen in 1908. # <-

Good:

    - id: capital
      type: single_choice
      stem: What is the capital of Australia?
      options:
        - {text: Canberra, correct: true, feedback: Correct! It was chosen in 1908.}
        - Sydney
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Place, Severity
from quizlib.model import Bank, Item, Option
from quizlib.model.texts import choices, text_entries
from quizlib.plugins import Files
from quizlib.rules._english import is_english

KIND = Kind("QZ306", "contradicting-feedback", Severity.WARNING)
ENGLISH_ONLY = True

_END = r"(?:\s*[.!:;,—–]|\s+-|\s*$|\s+(?:because|since|as)\b)(?!\W*(?:but|however|though|except|only|in part)\b)"
_PRAISES = re.compile(
    rf"\W*(?:(?:yes|yep)[,!. ]+)?(?:(?:that(?:['’]s| is)|this is|you(?:['’]re| are)|your (?:answer|response) is) )?"
    rf"(?:(?:absolutely|exactly|quite|very|all) )?(?:correct(?: answer)?|right(?: answer)?|well done|exactly"
    rf"|(?:good|great|nice) (?:job|work)|perfect|bravo|congratulations){_END}",
    re.IGNORECASE,
)
_REJECTS = re.compile(
    rf"\W*(?:(?:no|nope|sorry)[,!. ]+)*(?:(?:that(?:['’]s| is)|this is|your (?:answer|response) is) )?"
    rf"(?:incorrect|wrong(?: answer)?|not (?:correct|right|quite)|sorry|try again){_END}",
    re.IGNORECASE,
)
_FIRST_WORD = re.compile(r"\w+")


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield feedback that praises a distractor, or rejects the key."""
    if not is_english(bank):
        return
    for item in bank.items:
        for choice, _ in choices(item):
            for option in choice.options:
                if option.feedback and not _echoes(option):
                    place = Place(option.place.path, (*option.place.keys[:-1], "feedback"))
                    yield from _found(item, option.feedback, place, right=option.correct, wrong=option.fraction <= 0)
        for entry, _ in text_entries(item):
            for accepted in entry.accepted:
                if accepted.feedback:
                    place = Place(accepted.place.path, (*accepted.place.keys[:-1], "feedback"))
                    full, none = accepted.fraction >= 1, accepted.fraction <= 0
                    yield from _found(item, accepted.feedback, place, right=full, wrong=none)
        for key, right in (("correct", True), ("incorrect", False)):
            if text := getattr(item.feedback, key):
                yield from _found(item, text, item.place.at("feedback", key), right=right, wrong=not right)


def _found(item: Item, feedback: str, place: Place, *, right: bool, wrong: bool) -> Iterator[tuple[Item, Finding]]:
    pattern = _REJECTS if right else _PRAISES if wrong else None
    if pattern is not None and (said := pattern.match(feedback)):
        words = said[0].strip(" .!:;,—–-*_")
        of = "a right response" if right else "a wrong response"
        help = "correct the feedback, or the key"
        yield item, Finding(place, f"the feedback for {of} says `{words}`", help)


def _echoes(option: Option) -> bool:
    """Whether the feedback begins like the option, such as "Wrong" or "Correct" in a question about that very word."""
    text, said = (_FIRST_WORD.search(part) for part in (option.content.text, option.feedback or ""))
    return text is not None and said is not None and text[0].casefold() == said[0].casefold()
