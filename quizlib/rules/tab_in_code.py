"""Code that is indented by tabs.

Why it matters: a tab is eight blanks wide on one page and four on another, a line that mixes both is a riddle, and what
a learner copies from an LMS has often lost its tabs. Languages that want tabs, such as Go, are left alone.

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

import re
from collections.abc import Iterator

from quizlib.diagnostics import Applicability, Finding, Kind, Repair, SetText, Severity
from quizlib.model import Bank, Item
from quizlib.plugins import Files
from quizlib.rules._code import Shown, listings

KIND = Kind("QZ423", "tab-in-code", Severity.WARNING)

_WANT_TABS = {"go", "golang", "make", "makefile", "tsv"}
_INDENTED = re.compile(r"^( *\t[ \t]*)(?=[^ \t\n])", re.MULTILINE)


def check(bank: Bank, files: Files) -> Iterator[tuple[Item | None, Finding]]:
    """Yield each listing with a line that is indented by a tab."""
    for listing in listings(bank):
        if "\t" in listing.source and listing.language.casefold() not in _WANT_TABS:
            found = len(_INDENTED.findall(listing.source))
            if found:
                lines = "a line" if found == 1 else f"{found} lines"
                message = f"{lines} of the code {'is' if found == 1 else 'are'} indented by tabs"
                help = "write four blanks for each tab"
                yield listing.item, Finding(listing.place, message, help, repair=_repair(listing))


def _repair(listing: Shown) -> Repair | None:
    """Return the program with blanks for its tabs; one that mixes both, or whose output is pinned, may change by it."""
    if not listing.runs or re.search(r"^ ", listing.source, re.MULTILINE):
        return None
    source = _INDENTED.sub(lambda found: found[1].replace("\t", "    "), listing.source)
    return Repair("indent by blanks", (SetText(listing.place, source),), Applicability.UNSAFE)
