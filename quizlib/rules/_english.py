"""English as the rules read it: what of a text is prose, its words and sentences, and lists of telling words.

Rules that look at words are silent about banks in other languages.
"""

from __future__ import annotations

import functools
import re

from quizlib import english
from quizlib.model import Bank

# Small words that say nothing about a subject.
_SMALL = """
    a about above after all also an and any are as at be because been before being below between both but by can
    could did do does doing done down during each either else every few first following for from further had has have
    having he her here him his how however i if in into is it its itself just least let like likely made make makes
    many may me might more most much must my neither no nor not now of off often on once one only onto or other others
    our out over own part per rather same shall she should since so some still such than that the their them then
    there therefore these they this those through thus to too two under unless until up upon us use used uses using
    very was way we well were what when where whereas whether which while who whom whose why will with within without
    would yet you your true false correct incorrect best statement answer question option
"""
STOPWORDS = frozenset(_SMALL.split())

NEGATIONS = frozenset({"not", "no", "never", "neither", "nor", "none", "nothing", "nobody", "cannot", "except"})

_HIDDEN = re.compile(
    r"""(?P<fence>^[ ]{0,3}(?P<tick>`{3,}|~{3,})[^\n]*(?:\n(?s:.*?))?(?:^[ ]{0,3}(?P=tick)[`~]*[ \t]*$|\Z))
    | (?P<span>(?<!`)(?P<quote>`+)(?!`)(?s:.{1,2000}?)(?<!`)(?P=quote)(?!`))
    | \$\$(?s:[^$]{1,2000})\$\$
    | (?<![\\\w$])\$(?![\s$])[^$\n]{1,500}(?<![\s\\])\$(?!\d)
    | (?<=\])\([^()\n]{0,500}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)
    | <[a-zA-Z/!][^<>]{0,500}>
    | \b(?:https?|ftp)://[^\s<>)]+""",
    re.VERBOSE | re.MULTILINE,
)
_MARKS = re.compile(r"[`$<\[]|~~~|://")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BETWEEN_SENTENCES = re.compile(r"(?:(?<=[.?!])|(?<=[.?!][\"'”’)*\]]))\s+(?![a-z\s])|\n\s*\n")
_NOT_NEWLINE = re.compile(r"[^\n]")
_ENDINGS = ("ational", "ization", "ations", "ation", "ingly", "ings", "ness", "ions", "ing", "ion", "ies", "ers", "ed")


def is_english(bank: Bank) -> bool:
    """Whether a bank says that it is written in English, of whatever country."""
    return english.is_english(bank.language)


@functools.lru_cache(maxsize=1 << 14)
def prose(text: str) -> str:
    """Return a Markdown text with blanks in the place of what is no prose; every character keeps its offset.

    That is code, maths, targets of links and images, tags of HTML and addresses. Line ends stay.
    """
    if not _MARKS.search(text):
        return text
    return _HIDDEN.sub(lambda hidden: _NOT_NEWLINE.sub(" ", hidden[0]), text)


@functools.lru_cache(maxsize=1 << 14)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a text's prose, in lower case; `isn't` and `well-known` are one word each."""
    return tuple(word.casefold().replace("’", "'") for word in _WORD.findall(prose(text)))


def sentences(text: str) -> list[str]:
    """Return the sentences of a text's prose, in order; a blank line ends one, too."""
    return [part.strip() for part in _BETWEEN_SENTENCES.split(prose(text)) if part.strip()]


def root(word: str) -> str:
    """Return a word in lower case without its commonest endings, so that `sorting` and `sorts` are the same."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


def content_words(text: str) -> frozenset[str]:
    """Return the roots of those words of a text that say something: no small words, none of one or two letters."""
    return frozenset(root(word) for word in words(text) if len(word) > 2 and word not in STOPWORDS)
