"""A key that is much longer than every distractor.

Why it matters: the right answer is qualified until nobody can object to it, and the wrong ones are not. Learners know
that, and choose the longest option when they know nothing else.

Source: Haladyna, Downing and Rodriguez 2002, guideline 24; Moore, Nguyen, Chen and Stamper 2023, item-writing flaw
“longest option is correct”; NBME Item-Writing Guide 2024, technical flaw “correct answer stands out”.

Bad:

    - id: gil
      type: single_choice
      stem: Why do threads not speed up this loop?
      options:
        - {text: Since only one thread at a time may run Python code and none waits for a disk, correct: true} # <-
        - {text: Threads are slow to begin}
        - {text: The list is much too short}

Good:

    - id: gil
      type: single_choice
      stem: Why do threads not speed up this loop?
      options:
        - {text: Only one thread at a time may run Python code, correct: true}
        - {text: Each thread works on a copy of the whole list}
        - {text: Starting a thread takes longer than the loop}
"""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item, Option
from quizlib.plugins import Files
from quizlib.rules._english import words
from quizlib.rules._walk import written_choices

KIND = Kind("QZ213", "longest-option-is-key", Severity.WARNING)

_TIMES = 1.6  # as long as the longest distractor
_MORE = 20  # characters longer
_WORDS = 5
_LEAST = 20  # characters of the longest distractor, unless all are phrases: beside names a sentence is long anyhow
_ARTICLES = ("a ", "an ", "the ")


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each key that stands out by its length, of options that are prose."""
    for item, choice, _ in written_choices(bank):
        options = choice.options
        if choice.max_choices != 1 or len(options) < 3:
            continue
        key = max(options, key=lambda option: len(option.content.text))
        if not key.correct or key.content.format != "markdown" or "\n" in key.content.text.strip():
            continue
        length = len(key.content.text)
        longest = max(len(option.content.text) for option in options if option is not key)
        if (
            (longest >= _LEAST or _phrases(options))
            and length >= _TIMES * longest
            and length >= longest + _MORE
            and len(words(key.content.text)) >= _WORDS
        ):
            message = f"the key has {length} characters, and no distractor has more than {longest}"
            yield item, Finding(key.place, message, "shorten the key, or say as much in the distractors")


def _phrases(options: tuple[Option, ...]) -> bool:
    """Whether all options begin with an article, or all with `to`: such phrases are compared, short as they are."""
    texts = [option.content.text.casefold() for option in options]
    return any(all(text.startswith(opening) for text in texts) for opening in (_ARTICLES, "to "))
