"""The programs of common mistakes, line by line, and the lines in which they go wrong."""

from __future__ import annotations

import difflib
from typing import Any

from markupsafe import Markup

from quizlib.model import CommonMistake, Item
from quizlib_exporters.html import code


def mistaken_lines(item: Item, mistake: CommonMistake) -> list[int] | None:
    """Return the numbers, from 1, of the lines that differ from the question's program.

    Where lines are only missing, it is the line that stands where they stood. None when the mistake has no
    program, or one that does not differ.
    """
    if mistake.source is None or item.code is None:
        return None
    right, wrong = _lines(item.code.source), _lines(mistake.source)
    found: set[int] = set()
    for kind, _, _, start, end in difflib.SequenceMatcher(None, right, wrong, autojunk=False).get_opcodes():
        if kind == "delete":
            found.add(min(start + 1, len(wrong)))
        elif kind != "equal":
            found.update(range(start + 1, end + 1))
    return sorted(found) or None


def program_view(item: Item, mistake: CommonMistake) -> list[Markup] | None:
    """Return the lines of a mistake's program, coloured; None when there is nothing to find in them."""
    if item.code is None or mistake.source is None or mistaken_lines(item, mistake) is None:
        return None
    coloured = code.highlighted_lines(item.code.language, "\n".join(_lines(mistake.source)))
    return [Markup(line) for line in coloured]


def mistake_data(item: Item, mistake: CommonMistake, option: str | None, yields: str | None) -> dict[str, Any]:
    """Return what the script knows of a mistake: what it leads to, and where its program goes wrong."""
    return {"option": option, "yields": yields, "lines": mistaken_lines(item, mistake)}


def _lines(source: str) -> list[str]:
    return source.rstrip("\n").split("\n")
