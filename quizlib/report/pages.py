"""What is known of a code, as far as a report can carry it: its page, or its family."""

from __future__ import annotations

import dataclasses
import re
import textwrap

from quizlib import explanations
from quizlib.diagnostics import Diagnostic

FAMILIES = {
    "0": "reading and schema",
    "1": "key and scoring",
    "2": "item writing",
    "3": "feedback, hints, solution",
    "4": "execution and proof",
    "5": "bank-wide",
    "6": "accessibility",
    "7": "losses on import and export",
}

_EXAMPLE = re.compile(r"^(Bad|Good):\n\n((?: {4}.*\n?|\n)+)", re.MULTILINE)


@dataclasses.dataclass(frozen=True, slots=True)
class Page:
    """A code explained: in a sentence, with its reason, as a whole, and that as Markdown.

    `family` is what codes like it are about.
    """

    title: str
    reason: str
    text: str
    markdown: str
    family: str


def page_of(diagnostic: Diagnostic) -> Page:
    """Return the page of a diagnostic's code."""
    family = FAMILIES.get(diagnostic.code[2:3], "other") if diagnostic.code.startswith("QZ") else "rules of plugins"
    docstring = _docstring(diagnostic)
    if not docstring:
        title = diagnostic.rule.replace("-", " ").capitalize() + "."
        text = f"{title} {diagnostic.code} belongs to the family “{family}”."
        return Page(title, text, text, text, family)
    title, *rest = (_on_one_line(part) for part in docstring.split("\n\nBad:\n")[0].split("\n\n"))
    markdown = _EXAMPLE.sub(_fenced, f"{docstring}\n").strip()
    return Page(title, " ".join([title, *rest]), docstring, markdown, family)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _docstring(diagnostic: Diagnostic) -> str | None:
    """Return the page of a code, if it has one."""
    page = explanations.page(diagnostic.code)
    return page.text if page else None


def _fenced(found: re.Match[str]) -> str:
    return f"{found[1]}:\n\n```yaml\n{textwrap.dedent(found[2]).strip()}\n```\n\n"
