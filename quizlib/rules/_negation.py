"""Where a stem asks for what is not so."""

from __future__ import annotations

import functools
import re

from quizlib.rules._english import prose

_NOT = r"(?i:not|never|except|excluding|cannot)|(?:is|are|does|do|did|was|were|ca|wo|would|should|has|have)n['’]t"
_GUARD = re.compile(r"(?i:\bno[tr]|never|except|exclu|n['’]t\b)")
# A clause of its own may be negated without turning the question round.
_CLAUSE = (
    r"\b(?:when|if|that|because|since|where|while|although|unless|after|before|so|but|who|whose|why|how|then|and)\b"
)
_ASKED = re.compile(
    rf"\b(?i:which|what|who)\b(?:(?!{_CLAUSE}|\b(?:happens|occurs|would you)\b)[^.?!;\n])*?\b(?P<n>{_NOT})\b"
    rf"|\b(?i:all|each|any|every)\b[^.?!;\n]*?[\s*_,(](?P<e>(?i:except|but not))\b(?! for the fact)"
)


@functools.lru_cache(maxsize=1 << 12)
def negation(stem: str) -> re.Match[str] | None:
    """Return the match of the negation that turns the question of a stem round; group 1 is the word itself."""
    if not _GUARD.search(stem):
        return None
    asked = _ASKED.search(prose(stem))
    return (
        re.compile(r"\b(" + re.escape(asked["n"] or asked["e"]) + r")\b").search(stem, asked.end() - 12)
        if asked
        else None
    )


def emphasised(text: str, word: re.Match[str]) -> bool:
    """Whether a word stands in capitals, or is marked up as stressed."""
    before, after = text[word.start(1) - 1 : word.start(1)], text[word.end(1) : word.end(1) + 1]
    return word[1].isupper() or (before in ("*", "_", ">") and after in ("*", "_", "<"))
