"""Identifiers made of what an author typed."""

from __future__ import annotations

import re
from collections.abc import Container

_MAX_CHARACTERS = 100
_MAX_WORDS = 6
# Letters that Unicode does not take apart; the other accents fall off by themselves.
_TWO_LETTERS = str.maketrans({
    "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
    "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "TH", "ı": "i",
})  # fmt: skip


def normalized(text: str) -> str | None:
    """Return a text as an identifier, with its case, and no dash twice; None where nothing of it can be in one."""
    import unicodedata  # seldom needed

    plain = unicodedata.normalize("NFKD", text.translate(_TWO_LETTERS)).encode("ascii", "ignore").decode("ascii")
    found = re.sub(r"[^A-Za-z0-9._]+", "-", plain).lstrip("._-").rstrip("-")[:_MAX_CHARACTERS].rstrip("-")
    return found or None


def named_after(text: str) -> str | None:
    """Return an identifier made of the first words of a title or a stem; None where it has no such words."""
    words = re.findall(r"[a-z0-9]+", (normalized(text[:400].lower()) or ""))
    return normalized("-".join(words[:_MAX_WORDS])[:60])


def free(name: str, taken: Container[str]) -> str:
    """Return a name that is not taken: itself, or with the first number behind it that makes it so."""
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name[: _MAX_CHARACTERS - 8]}-{number}"
    return found
