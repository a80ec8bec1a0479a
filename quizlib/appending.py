"""A question put at the end of a bank's file, of which nothing else changes: not a byte but an empty list's brackets.

What was written is read again, and refused unless it holds what it held before, and the question.
"""

from __future__ import annotations

import re
import textwrap
from typing import Any, NamedTuple

import yaml

from quizlib.source import LINE_END, Document, read
from quizlib.yaml_events import Marks

_BOM = b"\xef\xbb\xbf"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class AppendError(Exception):
    """Nothing can be put behind the questions of this file; the message says why."""


class _Spot(NamedTuple):
    """Where a question goes: behind `offset`, its dash in `column`. `spaced`: questions have a blank line between."""

    offset: int
    column: int = 2
    spaced: bool = False
    lead: str = ""


def appended(content: bytes, question: str) -> bytes:
    """Return a file with a question at the end of `questions:`; it is one entry of a list, unindented.

    Raises AppendError.
    """
    document, _ = read("", content)
    if document is None or not isinstance(document.data, dict):
        raise AppendError("the file cannot be read as a bank: `quiz validate` says why")
    text = _without_empty_list(document.text)
    spot = _spot(text)
    line_end = "\r\n" if "\r\n" in text else "\n"
    entry = spot.lead + textwrap.indent(question, " " * spot.column)
    start = "" if text[: spot.offset].endswith(("\r", "\n")) else "\n"
    for blank in ("\n", "") if spot.spaced else ("",):
        changed = text[: spot.offset] + (start + blank + entry).replace("\n", line_end) + text[spot.offset :]
        if _holds(changed, document, question):
            return (_BOM if content.startswith(_BOM) else b"") + changed.encode("utf-8")
    raise AppendError("nothing can be put behind its last question without changing that: add the new one by hand")


def _holds(changed: str, before: Document, question: str) -> bool:
    """Whether a text holds what a document held, and a question more."""
    after, faults = read("", changed.encode("utf-8"))
    added, _ = read("", question.encode("utf-8"))
    if after is None or added is None or not isinstance(before.data, dict) or not isinstance(added.data, list):
        return False
    questions = before.data.get("questions") or []
    expected = {**before.data, "questions": [*questions, *added.data]}
    return after.data == expected and len(faults) == len(before.duplicate_keys())


def _without_empty_list(text: str) -> str:
    """Leave out the brackets of `questions: []`, which hold nothing that could get lost, and a line that was theirs."""
    place = Marks(text).values.get(("questions",), (0, 0))
    if re.fullmatch(r"\[\s*\]", text[slice(*place)]) is None:
        return text
    before, behind = text[: place[0]].rstrip(" \t"), text[place[1] :]
    if not before.endswith(("\r", "\n")):
        return before + behind
    if (line_end := re.match(r"[ \t]*(?:\r\n|\r|\n|\Z)", behind)) is not None:
        return before + behind[line_end.end() :]
    return text[: place[0]] + behind.lstrip(" \t")


def _spot(text: str) -> _Spot:
    """Find the end of the list of questions."""
    top: Any = yaml.compose(text, Loader=_Loader)
    if top.flow_style:
        raise AppendError("the file is one mapping in { }: write its keys on lines of their own first")
    found = next((pair for pair in top.value if pair[0].value == "questions"), None)
    if found is None:
        return _Spot(len(text), lead="questions:\n")
    key, value = found
    if value.start_mark.index < key.start_mark.index:
        raise AppendError("`questions` is an alias of a list that stands elsewhere: write the list here first")
    if isinstance(value, yaml.ScalarNode):
        if value.value or value.style:
            raise AppendError("`questions` holds no list")
        return _Spot(_line_end(text, key.end_mark.index))
    if not isinstance(value, yaml.SequenceNode):
        raise AppendError("`questions` holds no list")
    if value.flow_style and not value.value:
        named = "an empty list with a remark or a name such as `&a`"
        raise AppendError(f"`questions` is {named}: leave out the brackets with what is in and before them first")
    if value.flow_style:
        raise AppendError("`questions` is a list in [ ]: write it with one `- ` for each question first")
    end = _behind_comments(text, _line_end(text, _content_end(value, text)), value.start_mark.column)
    return _Spot(end, value.start_mark.column, _is_spaced(text, value))


def _content_end(node: Any, text: str) -> int:
    """Return where the last value below a node ends, blanks and comments behind it left out."""
    start: int = node.start_mark.index
    end: int = node.end_mark.index
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        keeps_lines = getattr(node, "style", None) in ("|", ">") and "+" in text[start : _line_end(text, start)]
        return end if keeps_lines else start + len(text[start:end].rstrip())
    parts = node.value if isinstance(node, yaml.SequenceNode) else [part for pair in node.value for part in pair]
    *before, last = parts
    if last.start_mark.index <= max((part.start_mark.index for part in before), default=start - 1):
        return len(text[:end].rstrip())  # an alias: what it names stands above
    return _content_end(last, text)


def _line_end(text: str, index: int) -> int:
    """Return the start of the next line, or `index` where that is the start of a line."""
    found = LINE_END.search(text, index)
    return index if index and text[index - 1] in "\r\n" else found.end() if found else len(text)


def _behind_comments(text: str, index: int, column: int) -> int:
    """Go on behind lines of comments that are indented as what belongs to the last question is."""
    while (found := re.compile(rf"[ ]{{{column + 1},}}#.*").match(text, index)) is not None:
        index = _line_end(text, found.end())
    return index


def _is_spaced(text: str, questions: Any) -> bool:
    """Whether a blank line stands above the last question, where there are several."""
    if len(questions.value) < 2:
        return True
    before = text[: questions.value[-1].start_mark.index].rpartition("-")[0].rstrip(" ")
    return re.search(r"(\r\n|\r|\n)(\r\n|\r|\n)\Z", before) is not None
