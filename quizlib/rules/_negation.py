"""Where a stem asks for what is not so."""

from __future__ import annotations

import functools
import re

from quizlib.rules._english import prose

_PARTS = ("not", "NOT", "Not", "never", "NEVER", "cept", "CEPT", "CANNOT", "n't", "n’t")
_NOT = (
    r"(?:not|NOT|Not)(?! (?:only|to|just|in order|necessarily)\b)|never|NEVER|cannot|CANNOT"
    r"|(?:is|are|does|do|did|was|were|ca|wo|would|should)n['’]t"
)
# A clause of its own may be negated without turning the question round.
_CLAUSE = (
    "when|if|that|because|since|where|while|although|unless|after|before|so|but|whose|why|how|then|and|or|who|to"
    "|happens|reason"
)
_ASKED = re.compile(
    rf"(?:\b(?:Which|What|which)|(?:^|[.?!:] )Who)\b(?:(?!\b(?:{_CLAUSE})\b)[^.?!;,\n]){{0,150}}?"
    rf"\b(?P<word>{_NOT})\b[^.?!:\n]{{0,200}}+(?:[?:]|\s*\Z)"
    r"|\b(?i:all|each|any|every)\b[^.?!;\n]{0,150}?[\s*_,(](?P<except>(?i:except))\b"
    r"(?! (?i:for the fact))[^.?!\n]{0,40}[?:.]?\s*\Z"
)


# Words in quotation marks are spoken of, not used.
_QUOTED = re.compile(r"\"[^\"\n]{1,40}\"|“[^“”\n]{1,40}”|(?<!\w)'[^'\n]{1,40}'(?!\w)|‘[^‘’\n]{1,40}’(?!\w)")


@functools.lru_cache(maxsize=1 << 12)
def negation(stem: str) -> tuple[int, int] | None:
    """Return where the word stands that turns the question of a stem round, or None."""
    if not any(part in stem for part in _PARTS):
        return None
    asked = _ASKED.search(_QUOTED.sub(lambda quoted: " " * len(quoted[0]), prose(stem)))
    return asked.span("word" if asked["word"] else "except") if asked else None


def emphasised(text: str, word: tuple[int, int]) -> bool:
    """Whether a word stands in capitals, or is marked up as stressed, alone or with its neighbours."""
    start, end = word
    before, after = text[max(0, start - 30) : start], text[end : end + 30]
    marked = any(mark in before and mark in after for mark in ("*", "_"))
    return text[start:end].isupper() or marked or (">" in before and "</" in after)
