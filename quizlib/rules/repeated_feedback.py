"""The same feedback for several options.

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
from quizlib.model import Bank, Item, Option
from quizlib.model.texts import choices
from quizlib.plugins import Files
from quizlib.rules._walk import normalized

KIND = Kind("QZ307", "repeated-feedback", Severity.WARNING)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield, for each text that is the feedback of several options, the second of them. Keys may share theirs."""
    for item in bank.items:
        for choice, _ in choices(item):
            same: dict[str, list[Option]] = {}
            for option in choice.options:
                if option.feedback:
                    same.setdefault(normalized(option.feedback), []).append(option)
            for options in same.values():
                if len(options) > 1 and not all(option.correct for option in options):
                    yield item, _finding(options)


def _finding(options: list[Option]) -> Finding:
    keys = sum(option.correct for option in options)
    distractors = len(options) - keys
    some = "a distractor" if distractors == 1 else f"{distractors} distractors"
    who = f"the key and {some}" if keys else some
    help = "say of each what is wrong with it; what holds for all of them is `feedback: {general: …}`"
    return Finding(_place(options[1]), f"{who} have the same feedback", help, (_place(options[0]),))


def _place(option: Option) -> Place:
    return Place(option.place.path, (*option.place.keys[:-1], "feedback"))
