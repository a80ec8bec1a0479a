"""A sentence in capitals.

Why it matters: words in capitals have lost the outline by which practised readers know them, some screen readers spell
them out, and to most people they shout. A word or two in capitals, such as NOT, is emphasis and is left alone,
and so are options, which may be the output of a program.

Source: British Dyslexia Association, Dyslexia Style Guide 2018 (no capitals for emphasis); Tinker 1963, Legibility of
Print (text in capitals is read more slowly).

Bad:

    - id: read
      type: true_false
      stem: READ THE WHOLE QUESTION BEFORE YOU ANSWER. A list may grow. # <-
      answer: true

Good:

    - id: read
      type: true_false
      stem: Read the whole question before you answer. A list may grow.
      answer: true
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._english import STOPWORDS, is_english, prose
from quizlib.rules._walk import all_texts

KIND = Kind("QZ607", "capitals", Severity.WARNING)
ENGLISH_ONLY = True

_RUN = re.compile(r"(?<![\w.-])[A-Z][A-Z'’-]*(?:[ \t]+[\"'“(]?[A-Z][A-Z'’-]*[\"'”)]?){3,}(?![\w-])")
_CAPITALS = re.compile(r"[A-Z]{3}")
_COMMENT = re.compile(r"#|//|--|/\*")
_STATEMENT = re.compile(
    r"\b(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|WHERE|GROUP BY|ORDER BY|JOIN|PERFORM|MOVE)\b"
)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each run of four words or more in capitals that reads like a sentence, and no statement of SQL."""
    if not is_english(bank):
        return
    for item, text, place in all_texts(bank):
        if "options" in place.keys or not _CAPITALS.search(text):
            continue
        read = prose(text)
        for run in _RUN.finditer(read):
            if _is_sentence(run[0]) and not _COMMENT.search(read, read.rfind("\n", 0, run.start()) + 1, run.start()):
                help = "write them as any others, or *emphasize* one"
                yield item, Finding(place._replace(excerpt=run[0]), "these words are in capitals", help)


def _is_sentence(run: str) -> bool:
    """Whether there are small words among the words, as in a sentence, and not in a row of abbreviations."""
    words = run.split()
    names = {word.casefold().strip("\"'“”()") for word in words}
    small = [name for name in names & STOPWORDS - {"true", "false"} if len(name) > 1]
    return bool(small) and sum(len(word) > 2 for word in words) >= 3 and not _STATEMENT.search(run)
