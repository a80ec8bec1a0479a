"""An option that is no answer.

Why it matters: an option that nobody takes seriously is one option less: guessing becomes easier.

Source: Haladyna, Downing and Rodriguez 2002, guidelines 28f and 29; Moore, Nguyen, Chen and Stamper 2023, item-
writing flaw “implausible distractors”.

Bad:

    - id: capital
      type: single_choice
      stem: What is the capital of France?
      options:
        - {text: Paris, correct: true}
        - {text: Lyon}
        - {text: I don't know} # <-

Good:

    - id: capital
      type: single_choice
      stem: What is the capital of France?
      options:
        - {text: Paris, correct: true}
        - {text: Lyon}
        - {text: Nice}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._english import is_english
from quizlib.rules._walk import normalized, written_choices

KIND = Kind("QZ218", "implausible-option", Severity.WARNING)
ENGLISH_ONLY = True

_NO_ANSWER = re.compile(
    r"(?:i|we) (?:don['’]t|do not) (?:know|care)(?: yet)?|(?:i have )?no (?:idea|clue)|(?:i am |i['’]m )?not sure"
    r"|who (?:knows|cares)|(?:ha ?){2,}|just kidding|blah(?: blah)*|(?:this|it) is a trick question|\.{2,}|…"
)
_STARTS = tuple("IiWwNnHhJjBbTt.…")


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each distractor by which a learner says that there is none to choose, or that is a joke by its words."""
    if not is_english(bank):
        return
    for item, choice, _ in written_choices(bank):
        for option in choice.options:
            text = option.content.text
            if len(text) > 30 or option.correct or not text.startswith(_STARTS) or option.content.format != "markdown":
                continue
            if _NO_ANSWER.fullmatch(normalized(text) or text):
                help = "write what a learner who errs would answer"
                yield item, Finding(option.place, "the option is no answer to the question", help)
