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
from quizlib.model import Bank, Item, Option
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
# Figures whom everybody knows: where a question is not about such, one alone among the distractors is a joke.
_FIGURES = frozenset(
    {
        "mickey mouse", "minnie mouse", "donald duck", "bugs bunny", "homer simpson", "bart simpson", "santa claus",
        "the easter bunny", "the tooth fairy", "superman", "batman", "darth vader", "spongebob squarepants",
    }
)  # fmt: skip
_ABOUT_FIGURES = re.compile(
    r"character|comic|cartoon|film|movie|strip|animat|disney|tv|television|hero|fiction|book|novel|story|tale|costume"
    r"|mask|christmas|santa|easter|myth|legend|invent|created|creator|drawn|draws|known as|called|named?\b|mascot",
    re.IGNORECASE,
)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each distractor by which a learner says that there is none to choose, or that is a joke by its words."""
    if not is_english(bank):
        return
    for item, choice, _ in written_choices(bank):
        short = [option for option in choice.options if len(option.content.text) <= 30]
        for option in [option for option in short if _declines(option)] or _joke(item.stem, short):
            help = "write what a learner who errs would answer"
            yield item, Finding(option.place, "the option is no answer to the question", help)


def _declines(option: Option) -> bool:
    text = option.content.text
    if option.correct or not text.startswith(_STARTS) or option.content.format != "markdown":
        return False
    return _NO_ANSWER.fullmatch(normalized(text) or text) is not None


def _joke(stem: str, options: list[Option]) -> list[Option]:
    figures = [option for option in options if normalized(option.content.text) in _FIGURES]
    alone = len(figures) == 1 and not figures[0].correct
    return figures if alone and not _ABOUT_FIGURES.search(stem) else []
