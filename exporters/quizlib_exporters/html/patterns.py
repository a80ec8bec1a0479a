"""Regular expressions as Python writes them, in the words of JavaScript with its `u` flag."""

from __future__ import annotations

import re

_SAME_ESCAPES = frozenset("nrtfv^$\\.*+?()[]{}|/")
_WORD = "\\p{L}\\p{N}_"
# JavaScript has another idea of white space, and knows words in English only.
_BLANK = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"
_NO_BLANK = (
    "\\0-\\x08\\x0e-\\x1b\\x21-\\x84\\x86-\\x9f\\xa1-\\u167f\\u1681-\\u1fff\\u200b-\\u2027"
    "\\u202a-\\u202e\\u2030-\\u205e\\u2060-\\u2fff\\u3001-\\u{10ffff}"
)
_TRANSLATED_ESCAPES = {
    "A": "^",
    "Z": "$",
    "a": "\\x07",
    "w": f"[{_WORD}]",
    "W": f"[^{_WORD}]",
    "d": "\\p{Nd}",
    "D": "\\P{Nd}",
    "s": f"[{_BLANK}]",
    "S": f"[{_NO_BLANK}]",
    "b": f"(?:(?<=[{_WORD}])(?![{_WORD}])|(?<![{_WORD}])(?=[{_WORD}]))",
    "B": f"(?:(?<=[{_WORD}])(?=[{_WORD}])|(?<![{_WORD}])(?![{_WORD}]))",
}
_IN_CLASS = {
    "w": _WORD,
    "d": "\\p{Nd}",
    "D": "\\P{Nd}",
    "s": _BLANK,
    "S": _NO_BLANK,
    "b": "\\b",
    "-": "\\-",
    "a": "\\x07",
}
# Outside a class: a line ends at a line feed only, and the text may end with one.
_SIGNS = {".": "[^\\n]", "$": "(?=\\n?$)", "{": "\\{", "}": "\\}", "]": "\\]"}
_HEXADECIMAL = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))")
_GROUP = re.compile(r"\(\?(?:P<(?P<name>\w+)>|P=(?P<same>\w+)\)|(?P<plain>:|=|!|<=|<!))")
_QUANTIFIER = re.compile(r"(?:[*+?]|\{(?P<exactly>[0-9]+)\}|\{(?P<least>[0-9]*),(?P<most>[0-9]*)\})(?P<possessive>\+)?")


class NotTranslatableError(ValueError):
    """The expression uses what JavaScript has not."""


def to_javascript(pattern: str) -> str:
    """Translate a Python expression.

    Raises NotTranslatableError for what JavaScript cannot say, and for what is no expression at all.
    """
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise NotTranslatableError(str(error)) from error
    pieces: list[str] = []
    at = 0
    in_class = False
    while at < len(pattern):
        if pattern[at] == "\\":
            piece, at = _escape(pattern, at, in_class)
        elif in_class:
            in_class = pattern[at] != "]"
            piece, at = _class_character(pattern[at]), at + 1
        elif pattern[at] == "[":
            piece, at = _class_start(pattern, at)
            in_class = True
        elif pattern.startswith("(?", at):
            piece, at = _group(pattern, at)
        else:
            piece, at = _quantifier_or_character(pattern, at)
        pieces.append(piece)
    return "".join(pieces)


def _escape(pattern: str, at: int, in_class: bool) -> tuple[str, int]:
    if code := _HEXADECIMAL.match(pattern, at):
        return f"\\u{{{code[1] or code[2] or code[3]}}}", code.end()
    letter = pattern[at + 1]
    if in_class and letter in _IN_CLASS:
        return _IN_CLASS[letter], at + 2
    if not in_class and letter in _TRANSLATED_ESCAPES:
        return _TRANSLATED_ESCAPES[letter], at + 2
    if letter in _SAME_ESCAPES or (letter in "123456789" and not in_class):
        return pattern[at : at + 2], at + 2
    if letter.isalnum():
        raise NotTranslatableError(f"\\{letter}")
    return letter, at + 2


def _class_start(pattern: str, at: int) -> tuple[str, int]:
    start = "[^" if pattern.startswith("[^", at) else "["
    at += len(start)
    if pattern[at] == "]":  # as the first character it means itself
        return start + "\\]", at + 1
    return start, at


def _class_character(character: str) -> str:
    return "\\[" if character == "[" else character


def _group(pattern: str, at: int) -> tuple[str, int]:
    found = _GROUP.match(pattern, at)
    if found is None:
        raise NotTranslatableError(pattern[at : at + 4])
    if found["name"]:
        return f"(?<{found['name']}>", found.end()
    if found["same"]:
        return f"\\k<{found['same']}>", found.end()
    return found[0], found.end()


def _quantifier_or_character(pattern: str, at: int) -> tuple[str, int]:
    if found := _QUANTIFIER.match(pattern, at):
        if found["possessive"]:
            raise NotTranslatableError(found[0])
        if found["least"] == "":
            return f"{{0,{found['most']}}}", found.end()
        return found[0], found.end()
    return _SIGNS.get(pattern[at], pattern[at]), at + 1
