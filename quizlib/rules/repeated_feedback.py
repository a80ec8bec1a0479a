"""The same feedback for all distractors, or for the key and a distractor.

Why it matters: feedback for an option says what that option gets wrong. What is the same for all of them is feedback on
the question, and belongs there; and a text that the key shares with a distractor is right of one of them at most.

Source: Shute 2008 (feedback is specific: what, how and why), Review of Educational Research 78, 153-189.

Bad:

    - id: capital
      type: single_choice
      stem: What is the capital of Australia?
      options:
        - {text: Canberra, correct: true}
        - {text: Sydney, feedback: Look at the map once more.}
        - {text: Perth, feedback: Look at the map once more.} # <-

Good:

    - id: capital
      type: single_choice
      stem: What is the capital of Australia?
      options:
        - {text: Canberra, correct: true}
        - {text: Sydney, feedback: It is the largest city.}
        - {text: Perth, feedback: It is the capital of Western Australia.}
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Place, Severity
from quizlib.model import Bank, Choice, Item, Option
from quizlib.model.texts import choices
from quizlib.plugins import Files
from quizlib.rules._walk import normalized

KIND = Kind("QZ307", "repeated-feedback", Severity.WARNING)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield the second of the options that share their feedback. Some distractors may share theirs, and so may keys."""
    for item in bank.items:
        for choice, _ in choices(item):
            same: dict[str, list[Option]] = {}
            for option in choice.options:
                if option.feedback:
                    same.setdefault(normalized(option.feedback), []).append(option)
            for options in same.values():
                if len(options) > 1 and _is_no_help(options, choice):
                    yield item, _finding(options)


def _is_no_help(options: list[Option], choice: Choice) -> bool:
    """Whether what these options share cannot be about them: right and wrong ones are among them, or all wrong ones."""
    keys = sum(option.correct for option in options)
    distractors = sum(not option.correct for option in choice.options)
    return 0 < keys < len(options) or (not keys and len(options) == distractors)


def _finding(options: list[Option]) -> Finding:
    keys = sum(option.correct for option in options)
    distractors = len(options) - keys
    some = "a distractor" if distractors == 1 else f"{distractors} distractors"
    who = f"the key and {some}" if keys else some
    help = "say of each what is wrong with it; what holds for all of them is `feedback: {general: …}`"
    return Finding(_place(options[1]), f"{who} have the same feedback", help, (_place(options[0]),))


def _place(option: Option) -> Place:
    return Place(option.place.path, (*option.place.keys[:-1], "feedback"))
