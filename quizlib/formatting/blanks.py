"""Blank lines and blanks at the ends of lines, outside of texts."""

from __future__ import annotations

from quizlib import written
from quizlib.editing.layout import Layout
from quizlib.source import Document


def without_needless_blanks(document: Document) -> str:
    """Return the text without blanks at line ends, several blank lines in a row, or any at its end."""
    _, held = Layout(document).lines_of_texts
    lines: list[str] = []
    for number, line in enumerate(document.text.split("\n"), start=1):
        if number in held:
            lines.append(line)
        elif line.strip(" \t"):
            lines.append(line.rstrip(" \t"))
        elif lines and lines[-1].strip(" \t"):
            lines.append("")
    while lines and not lines[-1].strip(" \t") and len(lines) not in held:
        lines.pop()
    return "\n".join(lines) + "\n"


def between_questions(document: Document) -> str:
    """Return the text with one blank line above each question but the first, and above the remarks that lead to it."""
    layout = Layout(document)
    lines = document.text.split("\n")
    questions = ("questions",)
    if not written.questions(document) or layout.is_braced(questions) or layout.is_alias(questions):
        return document.text
    heads = [layout.head(child) for child in layout.children(questions)]
    held, _ = layout.lines_of_texts
    for head in reversed(heads[1:]):
        index = document.extent(head, head).line - 1
        column = layout.column(head)
        while _leads(lines[index - 1], column) and index not in held:
            index -= 1
        if lines[index - 1].strip():
            lines.insert(index, "")
    return "\n".join(lines)


def _leads(line: str, column: int) -> bool:
    """Whether a remark is about the question below it: one that is farther in belongs to the question above."""
    content = line.lstrip(" ")
    return content.startswith("#") and len(line) - len(content) <= column
