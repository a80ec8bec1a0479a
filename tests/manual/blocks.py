"""The code blocks of a page, and the markers before them.

A marker is an HTML comment in the lines before a fence, so that readers do not see it:

    <!-- expect: QZ401, QZ403 -->   a bank in which these codes are found, and no others
    <!-- file: loops.yaml -->       written under this name, for the blocks that follow
    <!-- part of: course -->        a file of a bank that is a folder: the folder is validated
    <!-- schema: report -->         JSON that fits this schema of `quiz schema`, or a part of it: report#/properties/runs
    <!-- not run: needs a browser -->   cannot be run here, and why
"""

from __future__ import annotations

import dataclasses
import re
import textwrap
from collections.abc import Iterator, Mapping

MARKERS = ("expect", "file", "part of", "schema", "not run")
_FENCE = re.compile(
    r"^(?P<indent> *)(?P<fence>`{3,})(?P<language>[^\n`]*)\n(?P<text>.*?)^(?P=indent)(?P=fence)`* *$",
    re.MULTILINE | re.DOTALL,
)
_COMMENTS_BEFORE = re.compile(r"(?:^ *<!--[^\n]*-->\s*\n)+\Z", re.MULTILINE)
_COMMENT = re.compile(r"<!-- *([^:\n]+?): *([^\n]+?) *-->")


@dataclasses.dataclass(frozen=True, slots=True)
class Block:
    """A fenced block. `line` is that of its fence, from 1; `start` and `end` are where its text stands in the page."""

    line: int
    start: int
    end: int
    language: str
    text: str
    markers: Mapping[str, str]


def blocks(page: str) -> Iterator[Block]:
    """Yield the fenced blocks of a page, in order. Raises ValueError for a marker that means nothing."""
    after = 0
    for found in _FENCE.finditer(page):
        line = page.count("\n", 0, found.start()) + 1
        markers = _markers(page[after : found.start()], line)
        text = textwrap.dedent(found["text"]) if found["indent"] else found["text"]
        yield Block(line, found.start("text"), found.end("text"), found["language"].strip(), text, markers)
        after = found.end()


def _markers(before: str, line: int) -> dict[str, str]:
    comments = _COMMENTS_BEFORE.search(before)
    markers = dict(_COMMENT.findall(comments[0])) if comments else {}
    if unknown := [name for name in markers if name not in MARKERS]:
        raise ValueError(f"line {line}: no marker is named {unknown[0]!r}")
    return markers
