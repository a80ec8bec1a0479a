"""Whether a language is English."""

from __future__ import annotations

import re


def is_english(tag: str) -> bool:
    """Whether a tag of a language, such as `en-GB`, is one of English, of whatever country."""
    return re.split("[-_]", tag.casefold())[0] in ("en", "eng")
