"""The order of the keys of a question: that in which a reader wants to know them."""

from __future__ import annotations

import contextlib

from quizlib import written
from quizlib.editing.altered import CannotEditError
from quizlib.editing.entries import SHARED
from quizlib.editing.layout import Keys, Layout
from quizlib.source import Document

_FIRST = ("id", "type", "title", "difficulty", "objectives", "tags", "points", "parameters", "variants", "seed",
          "stem", "code")  # fmt: skip
_LAST = ("verify", "hints", "solution", "common_mistakes", "feedback")


def ordered(document: Document) -> str:
    """Return the text with the keys of each question in order; those of its type stay as they stand to each other.

    A remark above a key goes with it. A question in braces, or one whose first key would have a remark above it, stays.
    """
    layout = Layout(document)
    data = written.questions(document)
    if not data or layout.is_braced(("questions",)) or layout.is_alias(("questions",)):
        return document.text
    text = document.text
    for number in reversed(range(len(data))):
        keys: Keys = ("questions", number)
        if isinstance(data[number], dict) and not layout.is_braced(keys) and not layout.is_alias(keys):
            with contextlib.suppress(CannotEditError):
                text = _in_order(layout, keys, text)
    return text


def rank(key: object) -> int:
    """Return where a key of a question belongs."""
    if key in _FIRST:
        return _FIRST.index(str(key))
    return len(_FIRST) + 1 + _LAST.index(str(key)) if key in _LAST else len(_FIRST)


def _in_order(layout: Layout, keys: Keys, text: str) -> str:
    children = layout.children(keys)
    wanted = sorted(children, key=lambda child: rank(child[-1]))
    if wanted == children:
        return text
    if SHARED.search(layout.text, *layout.extent(keys)):
        raise CannotEditError("the question shares something with other places")
    column = layout.column(layout.head(children[0]))
    chunks: dict[Keys, str] = {}
    start = layout.head(children[0])
    for number, child in enumerate(children):
        last = number + 1 == len(children)
        end = layout.next_line(layout.end(child)) if last else _with_remarks(layout, children[number + 1])
        chunk = text[start:end]
        chunks[child] = (chunk if number else " " * column + chunk).removesuffix("\n")
        start = end
    if chunks[wanted[0]].lstrip(" ").startswith("#") or start > len(text):
        raise CannotEditError("a remark stands above the key that comes first")
    made = "\n".join(chunks[child] for child in wanted)[column:]
    behind = "\n" if text[:start].endswith("\n") else ""
    return text[: layout.head(children[0])] + made + behind + text[start:]


def _with_remarks(layout: Layout, child: Keys) -> int:
    """Return where the lines of an entry start, the remarks above it included, and blank lines between them."""
    at = start = layout.line_start(layout.head(child))
    while at:
        above = layout.line_start(at - 1)
        content = layout.text[above:at].strip(" \t\n")
        if (content and not content.startswith("#")) or _is_in_text(layout, above):
            break
        at = above
        start = above if content else start
    return start


def _is_in_text(layout: Layout, index: int) -> bool:
    return layout.document.extent(index, index).line in layout.lines_of_texts[0]
