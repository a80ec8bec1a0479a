"""One form for all banks: the order of keys, indentation, blank lines. What a bank says stays, and so do its remarks.

No character of a text or a remark is changed. What has been formatted is read again, and must hold the data that it
held before; else the bank is left as it is.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable

from quizlib.editing.altered import CannotEditError
from quizlib.formatting.blanks import between_questions, without_needless_blanks
from quizlib.formatting.indentation import indented
from quizlib.formatting.order import ordered
from quizlib.source import Document, read
from quizlib.yaml_events import Node

_STEPS: tuple[Callable[[Document], str], ...] = (indented, ordered, without_needless_blanks, between_questions)
_MAX_PASSES = 4
_REMARK = re.compile(r"#[^\n]*")


class CannotFormatError(Exception):
    """A bank is laid out in a way that cannot be formatted without changing what it says."""


def formatted(document: Document) -> str:
    """Return the text of a bank in its one form; formatting that again changes nothing.

    Line ends are those of the first line. Raises CannotFormatError, ValueError for a document that cannot be read.
    """
    if document.data is None:
        raise ValueError("the document holds no data")
    line_end = _line_end(document.text)
    text = document.text.replace("\r\n", "\n").replace("\r", "\n")
    for _ in range(_MAX_PASSES):
        before, text = text, _once(text, document.data)
        if text == before:
            break
    else:
        raise CannotFormatError("no form was found that stays")
    found = text.replace("\n", line_end)
    if found != document.text and not _same(_read(found).data, document.data):
        raise CannotFormatError("it would not say the same")
    return found


def _once(text: str, data: Node) -> str:
    """Take each step that leaves the data and the remarks as they are."""
    document = _read(text)
    for step in _STEPS:
        with contextlib.suppress(CannotEditError):
            stepped = step(document)
            if stepped == document.text or _remarks(stepped) != _remarks(document.text):
                continue
            after = _read(stepped)
            document = after if _same(after.data, data) else document
    return document.text


def _read(text: str) -> Document:
    document, _ = read("", text.encode("utf-8"))
    if document is None or document.data is None:
        raise CannotEditError("the text cannot be read any more")
    return document


def _same(one: Node, other: Node) -> bool:
    """Whether data are equal, but for the order of the keys of questions."""
    return repr(_sorted(one)) == repr(_sorted(other))


def _sorted(data: Node) -> Node:
    questions = data.get("questions") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(questions, list):
        return data
    return {**data, "questions": [dict(sorted(one.items())) if isinstance(one, dict) else one for one in questions]}


def _remarks(text: str) -> list[str]:
    """Return all that may be remarks, in an order of its own."""
    return sorted(found.rstrip() for found in _REMARK.findall(text))


def _line_end(text: str) -> str:
    found = re.search(r"\r\n|\r|\n", text)
    return found[0] if found else "\n"
