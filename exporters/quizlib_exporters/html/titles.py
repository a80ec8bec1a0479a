"""What a question is called in lists: its title, or the beginning of its stem as plain text."""

from __future__ import annotations

import re

from quizlib.model import Content, InlineChoice, Item
from quizlib_exporters.html.texts import BLANK, Texts

_LONGEST = 90
_GAP = re.compile(r"\[\[[^\[\]]*\]\]")


def question_title(item: Item, texts: Texts) -> str:
    """Return what a question is called; never empty."""
    if item.title != item.identifier:
        return item.title
    return shortened(plain_stem(item, texts), _LONGEST) or item.identifier


def plain_stem(item: Item, texts: Texts) -> str:
    """Return a stem on one line without mark-up, its gaps as blanks."""
    plain = texts.plain(Content(item.stem))
    return _GAP.sub(BLANK, plain) if isinstance(item.interaction, InlineChoice) else plain


def shortened(text: str, longest: int) -> str:
    """Return a text of at most so many characters, and an ellipsis where there were more."""
    return text if len(text) <= longest else f"{text[:longest].rstrip()}…"
