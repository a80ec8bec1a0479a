"""What has been opened in YAML by `{` and `[`, up to a cursor."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from quizlib.diagnostics import Key

_QUOTED = r""""(?:\\.|[^"\\])*"|'(?:''|[^'])*'(?!')"""
_COLON = r":(?=[\s,{}\[\]]|\Z)"
_INNER = r"[^\s{}\[\],:#]|(?<!\s)\#|(?!" + _COLON + "):"  # of a plain text
_TOKEN = re.compile(
    rf"(?P<comment>(?<=\s)\#[^\n]*)|(?P<quoted>{_QUOTED})|(?P<unclosed>[\"'].*)|[{{}}\[\],]|{_COLON}|(?<=[\"']):"
    rf"|&[^\s,{{}}\[\]]+|(?P<plain>(?:{_INNER})(?:[ \t]*(?:{_INNER}))*)|\s+|.",
    re.DOTALL,
)
_ANCHOR = re.compile(r"&\S+\s+")
_WHOLE = re.compile(_QUOTED, re.DOTALL)
_COMMENT = re.compile(r"(?:^|\s)#[^\n]*\Z")


@dataclasses.dataclass(slots=True)
class Flow:
    """The brackets that are open, the innermost last, and whether a comment is being written."""

    stack: list[tuple[str, str | None, set[str]]]  # bracket, key of the value being written, keys met
    is_comment: bool = False

    @property
    def depth(self) -> int:
        """How many brackets are open; 0 in block style."""
        return len(self.stack)


def begins_flow(value: str) -> bool:
    """Whether a value is written in brackets."""
    return _without_anchor(value).startswith(("{", "["))


def opened(value: str) -> Flow | None:
    """Follow the brackets of a value; None inside a quoted text."""
    value = _without_anchor(value)
    if not begins_flow(value):
        return _outside_brackets(value)
    flow = Flow([])
    for flow, token in _followed(value):
        if token["unclosed"]:
            return None
        flow.is_comment = token["comment"] is not None and token.end() == len(value)
    return flow


def text_of(name: str, value: str) -> str | None:
    """Return the text that a key has in the outermost brackets of a value; None where it has none."""
    for flow, token in _followed(_without_anchor(value)):
        if flow.depth == 1 and flow.stack[0][1] == name and (text := _text(token)):
            return text
    return None


def _followed(value: str) -> Iterator[tuple[Flow, re.Match[str]]]:
    """Yield what is open behind each token but white space; it is one and the same that changes."""
    flow, name = Flow([]), ""
    for found in _TOKEN.finditer(value):
        token = found[0]
        if token.isspace():
            continue
        if token in ("{", "["):
            flow.stack.append((token, None, set()))
        elif token in ("}", "]") and flow.stack:
            flow.stack.pop()
        elif token == "," and flow.stack:
            bracket, _, met = flow.stack[-1]
            flow.stack[-1] = (bracket, None, met)
        elif token == ":" and flow.stack and flow.stack[-1][0] == "{":
            flow.stack[-1] = ("{", name, flow.stack[-1][2] | {name})
        name = _text(found)
        yield flow, found


def _text(token: re.Match[str]) -> str:
    return token["plain"] or (token["quoted"] or "")[1:-1]


def _without_anchor(value: str) -> str:
    found = _ANCHOR.match(value)
    return value[found.end() :] if found else value


def _outside_brackets(value: str) -> Flow | None:
    """Return what is open in block style: nothing, or a comment; None inside a quoted text."""
    rest = value
    if value.startswith(("'", '"')) and len(value) > 1:
        whole = _WHOLE.match(value)
        if whole is None:
            return None
        rest = value[whole.end() :]
    return Flow([], is_comment=_COMMENT.search(rest) is not None)


def within(path: tuple[Key, ...], outer: str | None, flow: Flow) -> tuple[tuple[Key, ...], str | None, frozenset[str]]:
    """Go on from a path in block style into what is open."""
    if not flow.depth:
        return path, outer, frozenset()
    keys = (*path, outer) if outer else path
    for bracket, key, _ in flow.stack[:-1]:
        keys = (*keys, *((key,) if bracket == "{" and key else (0,) if bracket == "[" else ()))
    bracket, key, met = flow.stack[-1]
    if bracket == "[":
        last = keys[-1] if keys and isinstance(keys[-1], str) else None
        return (keys[:-1], last, frozenset()) if last else (keys, None, frozenset())
    return keys, key, frozenset(met - {key} if key else met)
