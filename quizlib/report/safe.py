"""What a bank or a program wrote never becomes a command to a terminal."""

from __future__ import annotations

import unicodedata


def safe(text: str) -> str:
    """Return a text on one line, with control and formatting characters written as escapes."""
    if text.isprintable():
        return text
    return "".join(map(_escaped, text))


def _escaped(character: str) -> str:
    if character == "\t":
        return " "
    if character in "\r\n":
        return "⏎"
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    return f"\\u{ord(character):04x}"
