"""Whether a program seems to depend on the order of a set, on hashes, or on chance.

Two orders of a small set are alike by luck, those of two texts in every second pair of seeds, and so is what chance
gives: such a program has to run more often. Its text alone is judged, so that a suspicion may be wrong; it costs runs.
"""

from __future__ import annotations

import re

from quizlib.model import Program

# Remarks, and texts in any quotes. What stands in the braces of an f-string is run, so that those are left as they are.
_TEXT = re.compile(
    r"""(?P<prefix>\b[A-Za-z]{1,2})?(?P<quotes>'{3}|"{3})(?:\\.|.)*?(?P=quotes)"""
    r"""|(?P<short>\b[A-Za-z]{1,2})?(?P<quote>['"])(?:\\.|(?!(?P=quote))[^\\\n])*(?P=quote)"""
    r"|\#[^\n]*",
    re.DOTALL,
)
_WORDS = r"\b(?:set|frozenset|hash|random|secrets|uuid)\b"
_LITERAL = r"\{(?!\s*\*\*)[^{}:;]*,[^{}:;]*\}|\{\s*\*(?!\*)[^{}:;]*\}"
_COMPREHENSION = r"\{[^{}:]*\bfor\b"
_VIEWS = r"\.(?:keys|items)\(\)\s*[-&|^]|[-&|^]\s*[\w.]+\.(?:keys|items)\(\)"
_UNORDERED = re.compile("|".join((_WORDS, _LITERAL, _COMPREHENSION, _VIEWS)))


def seems_unordered(program: Program, suffix: str) -> bool:
    """Whether a program, or one of its files that ends with the language's `suffix`, may hold a set or the like."""
    sources = (program.source, *(content for name, content in program.files if name.endswith(suffix)))
    return any(_UNORDERED.search(_without_texts(source)) for source in sources)


def _without_texts(source: str) -> str:
    return _TEXT.sub(_blank, source)


def _blank(found: re.Match[str]) -> str:
    prefix = found["prefix"] or found["short"] or ""
    return found[0] if "f" in prefix.lower() else "''"
