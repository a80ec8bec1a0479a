"""Texts to YAML scalars: in the style that stands there already where it can hold the text, else in quotes.

What is written here may come from a program that nobody trusts. A scalar in no quotes is therefore offered only when
reading it gives back the very text, as a value of a list and of a mapping, in the surroundings in which it will stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlib.yaml_events import Reading, Refused

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLOCK = re.compile(r"(?P<style>[|>])(?P<size>[-+1-9]*)(?P<remark>(?:[ ]+#.*|[ ]*))(?P<end>\r\n|\r|\n)")
_BREAKS = re.compile("[\n\r\x85\u2028\u2029]")


def scalars(text: str, old: str, *, in_flow: bool, is_key: bool = False) -> Iterator[str]:
    """Yield ways to write a text in the place of the scalar `old` (empty: of none), the best one first.

    `in_flow`: it will stand between brackets or braces. A text that YAML cannot hold is not written at all.
    """
    if _SURROGATE.search(text):
        return
    if old.startswith("'"):
        yield from _single(text)
    elif old.startswith(("|", ">")):
        yield from _block(text, old)
    elif not old.startswith('"') and _is_plain(text, in_flow=in_flow, is_key=is_key):
        yield text
    if '"' in text or "\\" in text:
        yield from (quoted + remark_of(old) for quoted in _single(text))
    yield double_quoted(text) + remark_of(old)


def remark_of(old: str) -> str:
    """Return the remark in the first line of a block scalar, which stays when the text is written otherwise."""
    header = _BLOCK.match(old)
    return header["remark"].rstrip() if header else ""


def double_quoted(text: str) -> str:
    """Write a text in double quotes, on one line; what cannot be printed as an escape."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _single(text: str) -> Iterator[str]:
    if text.isprintable():
        yield "'" + text.replace("'", "''") + "'"


def _is_plain(text: str, *, in_flow: bool, is_key: bool) -> bool:
    """Whether a text may stand without quotes; the reader is the judge."""
    if not text.isprintable() or text.startswith(("---", "...")):
        return False
    if is_key:
        return _read(f"{{{text}: x}}" if in_flow else f"{text}: x") == {text: "x"}
    if in_flow:
        return _read(f"[{text}]") == [text] and _read(f"{{x: {text}}}") == {"x": text}
    return _read(f"- {text}") == [text] and _read(f"x: {text}") == {"x": text}


def _read(yaml: str) -> object:
    try:
        return Reading(yaml).data()
    except Refused:
        return None


def _block(text: str, old: str) -> Iterator[str]:
    """Write a text as a block scalar with the indentation and the remark of the one that stands there."""
    header = _BLOCK.match(old)
    content = re.search(r"[\n\r](?P<indent>[ ]+)[^\s]", old)
    lines = text.rstrip("\n").split("\n")
    if header is None or content is None or header["size"].strip("+-") or not _fits(text, lines):
        return
    style = ">" if header["style"] == ">" and len(lines) == 1 else "|"
    chomping = "" if text.endswith("\n") else "-"
    body = header["end"].join(content["indent"] + line if line else "" for line in lines)
    yield f"{style}{chomping}{header['remark']}{header['end']}{body}"


def _fits(text: str, lines: list[str]) -> bool:
    """Whether a literal block whose indentation is seen from its first line can hold a text."""
    if not lines[0] or lines[0].startswith((" ", "\t")) or text.endswith("\n\n"):
        return False
    return all(line.replace("\t", " ").isprintable() and not _BREAKS.search(line) for line in lines)
