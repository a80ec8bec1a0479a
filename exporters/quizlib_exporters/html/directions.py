"""What runs from left to right in a bank whose language does not: formulas, phrases of another language.

Each part of a text gets the direction of the bank, but for those without a single letter of it. A browser that has
to guess would go by the first letter, which is often that of a name.
"""

from __future__ import annotations

import html
import re
import unicodedata

# The elements that HTML does not allow in a heading, a label or a phrase.
BLOCKS = (
    "address|article|aside|blockquote|center|dd|details|div|dl|dt|figure|footer|h[1-6]|header|hr|li|nav|"
    "ol|p|pre|section|summary|table|ul"
)
# Parts that hold no part of the same kind, and what stands in a row of a list before the blocks in it.
_PART = re.compile(r"<(p|td|th|h[1-6])(?P<attributes>(?: [^>]*)?)>(?P<content>.*?)</\1>", re.DOTALL)
_ROW = re.compile(rf"<li>(?P<content>(?!\s|</?(?:{BLOCKS})\b).+?)(?=\n?</?(?:{BLOCKS})\b)", re.DOTALL)
_TAG = re.compile(r'<(?:[^>"]|"[^"]*")*>')
_RIGHT_TO_LEFT = frozenset(("R", "AL"))
_LEFT = ' dir="ltr"'


def marked(rendered: str) -> str:
    """Mark the parts of a text from right to left, as HTML, that run from left to right."""
    if "<p" not in rendered and "<li" not in rendered and "<t" not in rendered and "<h" not in rendered:
        return f"<span{_LEFT}>{rendered}</span>" if _runs_left(rendered) and "<pre" not in rendered else rendered
    rendered = _PART.sub(_part, rendered)
    return _ROW.sub(_row, rendered)


def _row(row: re.Match[str]) -> str:
    """Mark what stands in a row, not the row: its mark stays where the list begins."""
    return f"<li><span{_LEFT}>{row['content']}</span>" if _runs_left(row["content"]) else row[0]


def _part(part: re.Match[str]) -> str:
    if not _runs_left(part["content"]):
        return part[0]
    return f"<{part[1]}{_LEFT}{part['attributes']}>{part['content']}</{part[1]}>"


def _runs_left(rendered: str) -> bool:
    text = html.unescape(_TAG.sub("", rendered))
    return bool(text.strip()) and not any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text)
