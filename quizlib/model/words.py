"""Identifiers as people read them."""

from __future__ import annotations

import re

_SLUG = re.compile(r"[^\W_]+(?:[-_][^\W_]+)+")


def readable(identifier: str) -> str:
    """Return an objective or a tag as it is shown to learners: `trace-a-loop` is "Trace a loop".

    What is not several words in lower case, joined by hyphens or underscores, stays as it is written.
    """
    if identifier != identifier.lower() or not _SLUG.fullmatch(identifier):
        return identifier
    words = identifier.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]
