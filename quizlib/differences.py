"""The difference of two texts as a patch, in about the time that it takes to read them.

Lines that stand once in each of the texts hold the two together, as in Bram Cohen's patience diff; only what lies
between two of them is compared line by line.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterator, Sequence

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_CONTEXT = 3  # lines around a change
_Block = tuple[int, int, int]  # equal lines: where they start before and after, and how many they are


def unified(path: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines of a unified diff; nothing where the texts are equal.

    A line feed is no part of them, and a carriage return before it is. A carriage return alone, which no tool that
    applies patches takes for the end of a line, is left out.
    """
    from difflib import Match, SequenceMatcher  # slow to import

    old, new = _LINE.findall(before), _LINE.findall(after)
    matcher = SequenceMatcher(None, old, new)
    # Where it keeps what it has found, so that it does not look for it itself.
    vars(matcher)["matching_blocks"] = [Match(*block) for block in _blocks(old, new)]
    is_first = True
    for group in matcher.get_grouped_opcodes(_CONTEXT):
        if is_first:
            yield from (f"--- {_named(path)}", f"+++ {_named(path)}")
            is_first = False
        first, last = group[0], group[-1]
        yield f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@"
        for kind, start, end, new_start, new_end in group:
            if kind == "equal":
                yield from _shown(" ", old[start:end])
            else:
                yield from _shown("-", old[start:end])
                yield from _shown("+", new[new_start:new_end])


def _named(path: str) -> str:
    """Return a path as tools that apply patches read it: quoted as in C, or with a tab where its blanks end."""
    if path.isprintable() and '"' not in path:
        return f"{path}\t" if " " in path else path
    code = path.encode("utf-8", "surrogateescape")
    return '"{}"'.format("".join(chr(one) if _is_plain(one) else f"\\{one:03o}" for one in code))


def _is_plain(byte: int) -> bool:
    return b" " <= bytes([byte]) <= b"~" and byte not in b'"\\'


def _range(start: int, end: int) -> str:
    count = end - start
    return f"{start + 1}" if count == 1 else f"{start + (count > 0)},{count}"


def _shown(sign: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield sign + (line[:-1] if line.endswith(("\n", "\r")) else line)
        if not line.endswith(("\n", "\r")):
            yield "\\ No newline at end of file"


def _blocks(old: Sequence[str], new: Sequence[str]) -> list[_Block]:
    """Return the equal lines of both texts in order, and an empty block at the end, as difflib wants them."""
    from difflib import SequenceMatcher

    found: list[_Block] = []
    at, new_at = 0, 0
    for anchor, new_anchor in [*_anchors(old, new), (len(old), len(new))]:
        if at < anchor and new_at < new_anchor:
            between = SequenceMatcher(None, old[at:anchor], new[new_at:new_anchor]).get_matching_blocks()
            found += [(at + start, new_at + new_start, size) for start, new_start, size in between if size]
        if anchor < len(old):
            found.append((anchor, new_anchor, 1))
        at, new_at = anchor + 1, new_anchor + 1
    return [*_joined(found), (len(old), len(new), 0)]


def _joined(blocks: Sequence[_Block]) -> list[_Block]:
    joined: list[_Block] = []
    for start, new_start, size in blocks:
        if joined and joined[-1][0] + joined[-1][2] == start and joined[-1][1] + joined[-1][2] == new_start:
            joined[-1] = (*joined[-1][:2], joined[-1][2] + size)
        else:
            joined.append((start, new_start, size))
    return joined


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return where lines stand that are met once in each text, as many of them as are in one order in both."""
    in_old, in_new = Counter(old), Counter(new)
    places = {line: number for number, line in enumerate(new) if in_new[line] == 1}
    pairs = [(number, places[line]) for number, line in enumerate(old) if in_old[line] == 1 and line in places]
    ends: list[int] = []  # the least end of a rising row of each length
    rows: list[int] = []  # which pair that is
    before: list[int | None] = []
    for index, (_, place) in enumerate(pairs):
        length = bisect.bisect_left(ends, place)
        before.append(rows[length - 1] if length else None)
        ends[length : length + 1], rows[length : length + 1] = [place], [index]
    found: list[tuple[int, int]] = []
    last: int | None = rows[-1] if rows else None
    while last is not None:
        found.append(pairs[last])
        last = before[last]
    return found[::-1]
