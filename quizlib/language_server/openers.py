"""What begins a line of YAML: dashes, and a key."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

KEY = re.compile(r"""(?P<quote>["']?)(?P<key>[A-Za-z_][\w.-]*)(?P=quote)[ \t]*:(?=[ \t]|$)[ \t]*""")
BLOCK_SCALAR = re.compile(r"(?:&\S+[ \t]+)?[|>][-+0-9]*[ \t]*(#.*)?$")
ITEM = "-"


@dataclasses.dataclass(frozen=True, slots=True)
class Opener:
    """A dash or a key that begins a line, or follows a dash there."""

    line: int
    column: int
    name: str
    value: str


def openers_of(text: str, line: int) -> Iterator[Opener]:
    """Yield what begins a line, with what stands behind each."""
    indentation = len(text) - len(text.lstrip(" "))
    rest = text[indentation:]
    while rest.startswith("- ") or rest == ITEM:
        yield Opener(line, indentation, ITEM, rest[1:].strip())
        skipped = len(rest) - len(rest[1:].lstrip(" "))
        indentation += skipped
        rest = rest[skipped:]
    if found := KEY.match(rest):
        yield Opener(line, indentation, found["key"], rest[found.end() :].strip())
