"""A stem that asks nothing of its own.

Why it matters: the options must be read first to learn what the question is about, and they become a list of
unrelated statements, each true or false for a reason of its own.

Source: Haladyna, Downing and Rodriguez 2002, guideline 15; Moore, Nguyen, Chen and Stamper 2023, item-writing flaw
“unfocused stem”.

Bad:

    - id: statement
      type: single_choice
      stem: Which of the following statements is correct? # <-
      options:
        - {text: A tuple can be hashed, correct: true}
        - {text: A list can be hashed}
        - {text: Sets keep their order}

Good:

    - id: hashable
      type: single_choice
      stem: Which of these types can be hashed?
      options:
        - {text: tuple, correct: true}
        - {text: list}
        - {text: set}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlib.diagnostics import Finding, Kind, Severity
from quizlib.model import Bank, Choice, Item
from quizlib.plugins import Files
from quizlib.rules._english import STOPWORDS, is_english, prose, words
from quizlib.rules._walk import written_choices

KIND = Kind("QZ202", "unfocused-stem", Severity.WARNING)
ENGLISH_ONLY = True

_FORMULA = STOPWORDS | frozenset(
    """statements answers options choose choices choice pick mark select tick find identify apply applies right wrong
    true false not correct incorrect accurate valid invalid given listed appropriate regarding about""".split()  # noqa: SIM905
)
# "Paris is", of which the options say anything; where they begin with an article it asks what something is.
_BARE = re.compile(
    r"(?:the )?[\w’'-]{1,40}(?: [\w’'-]{1,40})? (?:is|are|was|were|can|has|have)[\s:_.…]*", re.IGNORECASE
)
_DEFINES = re.compile(r"[\s.…]*(?:(?:an?|the|any|all|that|when|how)\b|\w+ing\b)", re.IGNORECASE)
# "Python", of which each option says something: "needs semicolons"; one that names a tool asks what that does.
_SUBJECT = re.compile(
    r"(?!.*\b(?:tool|function|method|command|operator|statement|keyword|button|key|instruction|class|option|flag)\b)"
    r"(?:the )?[\w’'-]{1,40}(?: [\w’'-]{1,40})?[\s:_.…]*",
    re.IGNORECASE,
)
_PREDICATE = re.compile(r"[\s.…]*(?:(?:are|can|cannot|do|have|were)\b|[a-z]+(?<![su])s) +\S")
# Where each option is something that is done, or each says what it is, the stem asks just that, as "Git rebase" does.
_STATE = re.compile(
    r"[\s.…]*(?:is|are|was|were|has|have|had|can(?:not)? be"
    r"|(?:need|require|exist|belong|contain|consist|depend)s?)\b"
)
_IS = re.compile(r"[\s.…]*(?:is|are|was|were) ")
_VERDICT = frozenset({"true", "false", "correct", "incorrect", "right", "wrong", "accurate", "valid", "invalid"})


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each stem of a choice of which nothing is left but the formula, and which shows nothing either."""
    if not is_english(bank):
        return
    for item, choice, _ in written_choices(bank):
        stem = item.stem
        if choice is not item.interaction or item.code is not None or len(stem) > 100 or prose(stem) != stem:
            continue
        if _is_bare(stem, choice) or (
            not any(character.isdigit() for character in stem)
            and _FORMULA.issuperset(words(stem))
            and not _VERDICT.isdisjoint(words(stem))
        ):
            message = "the stem does not say what the question is about"
            yield (
                item,
                Finding(item.place.at("stem"), message, "ask so that it can be answered before the options are read"),
            )


def _is_bare(stem: str, choice: Choice) -> bool:
    """Whether a stem is but a subject, or that and a verb, and the options do not say what that subject is."""
    texts = [option.content.text for option in choice.options]
    if _BARE.fullmatch(stem.strip()):
        return not any(map(_DEFINES.match, texts))
    if not _SUBJECT.fullmatch(stem.strip()) or not all(map(_PREDICATE.match, texts)):
        return False
    return any(map(_STATE.match, texts)) and not all(map(_says_what_it_is, texts))


def _says_what_it_is(text: str) -> bool:
    found = _IS.match(text)
    return found is not None and _DEFINES.match(text, found.end()) is not None
