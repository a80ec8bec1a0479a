"""Code that is indented by tabs.

Why it matters: a tab is eight blanks wide on one page and four on another, a line that mixes both is a riddle, and what
a learner copies from an LMS has often lost its tabs. Tabs inside a text of the program are part of what it prints, and
are left alone, as are languages that want tabs, such as Go.

Source: PEP 8 (2001), tabs or spaces; Haladyna, Downing and Rodriguez 2002, guideline 11 (edit and proof items).

Bad:

    - id: loop
      type: single_choice
      stem: How often is the word printed?
      code:
        source: "for step in range(3):\\n\\tprint('word')\\n" # <-
      options:
        - {text: Three times, correct: true}
        - Twice

Good:

    - id: loop
      type: single_choice
      stem: How often is the word printed?
      code:
        source: "for step in range(3):\\n    print('word')\\n"
      options:
        - {text: Three times, correct: true}
        - Twice
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizlib.diagnostics import Applicability, Finding, Kind, Place, Repair, SetText, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._code import Shown, listings
from quizlib.rules._indentation import indentations, is_known, means_the_same

KIND = Kind("QZ423", "tab-in-code", Severity.WARNING)

_WANT_TABS = {"go", "golang", "make", "makefile", "tsv"}


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each listing with a line that is indented by a tab."""
    for listing in listings(bank):
        if "\t" not in listing.source or listing.language.casefold() in _WANT_TABS:
            continue
        indented = indentations(listing.language, listing.source)
        found = sum("\t" in listing.source[start:end] for start, end in indented)
        if found:
            lines = "a line" if found == 1 else f"{found} lines"
            message = f"{lines} of the code {'is' if found == 1 else 'are'} indented by tabs"
            help = "write four blanks for each tab"
            yield listing.item, Finding(listing.place, message, help, repair=_repair(listing, indented))


def _repair(listing: Shown, indented: Sequence[tuple[int, int]]) -> Repair | None:
    """Return the program indented by blanks, where it surely stays the same: tabs and blanks are not mixed, for one."""
    if not listing.runs or not is_known(listing.language) or any(listing.source[start] == " " for start, _ in indented):
        return None
    pieces, at = [], 0
    for start, end in indented:
        pieces += [listing.source[at:start], listing.source[start:end].replace("\t", "    ")]
        at = end
    source = "".join([*pieces, listing.source[at:]])
    if not means_the_same(listing.language, listing.source, source):
        return None
    change = SetText(listing.place, source)
    return Repair("indent by blanks", (change,), Applicability.UNSAFE, tuple(_with_tabs(listing.item)))


def _with_tabs(item: Item | None) -> Iterator[Place]:
    """Yield where mistakes might replace what is indented by a tab, or put that in."""
    if item is None:
        return
    for index in range(len(item.common_mistakes)):
        yield item.place.at("common_mistakes", index, "replace")._replace(excerpt="\t")
