"""Typed texts, as far as their characters count: by operations that ECMAScript has as well."""

from __future__ import annotations

import re
import unicodedata

from quizlib.model import TextEntry, Whitespace

# What ECMAScript takes for white space in a regular expression; Python's own idea of it is another one.
BLANKS = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"  # fmt: skip # noqa: E501
_STRETCH = re.compile(f"[{BLANKS}]+")
_PLAIN = str.maketrans("\u2018\u2019\u201a\u201b\u02bc\u201c\u201d\u201e\u201f", "'" * 5 + '"' * 4)
_LINE_END = re.compile(r"\r\n?")


def is_blank(text: str) -> bool:
    """Whether a text has nothing to be seen."""
    return not text.strip(BLANKS)


def spaced(text: str, whitespace: Whitespace) -> str:
    """Return a text in Unicode's form NFC with line feeds, as far as its white space counts."""
    text = _LINE_END.sub("\n", text)
    match whitespace:
        case Whitespace.ANY:
            text = _STRETCH.sub(" ", text.strip(BLANKS))
        case Whitespace.TRAILING:
            text = "\n".join(line.rstrip(BLANKS) for line in text.split("\n")).rstrip("\n")
        case Whitespace.EXACT:
            text = text.removesuffix("\n")
    return unicodedata.normalize("NFC", text)


def comparable(text: str, entry: TextEntry) -> str:
    """Return a text such that texts which count as the same are equal."""
    text = plain_quotes(spaced(text, entry.whitespace), entry)
    return text if is_case_sensitive(entry) else text.upper().lower()


def plain_quotes(text: str, entry: TextEntry) -> str:
    """Return a text with plain apostrophes and quotes, which keyboards make curly unasked; an exact text as it is."""
    is_exact = entry.whitespace is Whitespace.EXACT or entry.base_type == "output"
    return text if is_exact else text.translate(_PLAIN)


def is_case_sensitive(entry: TextEntry) -> bool:
    """Whether upper and lower case count: they always do in what a program prints."""
    return entry.case_sensitive or entry.base_type == "output"
