"""What is said of the word under the cursor: a key, a type, a rule, an id."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from quizlib.language_server import vocabulary
from quizlib.language_server.checking import Checked
from quizlib.language_server.cursor import cursor_at
from quizlib.language_server.outline import outlined
from quizlib.source import Document

_KEY = re.compile(r"""(["']?)([A-Za-z_][\w.-]*)\1(?=[ \t]*:(?:[ \t]|$))""")
_WORD = re.compile(r"[\w.-]+")
_EXAMPLE = re.compile(r"(?m)^(?: {4}.*\n?|\n(?= {4}))+")
_IGNORED = re.compile(r"#\s*quiz:\s*ignore\[([^\]]*)\]")


def hover(lines: Sequence[str], line: int, column: int, checked: Checked | None, document: Document | None) -> str:
    """Return Markdown about the word at a place, counted from 0; nothing where there is nothing to say."""
    if not 0 <= line < len(lines):
        return ""
    text = lines[line]
    for ignored in _IGNORED.finditer(text):
        if ignored.start(1) <= column <= ignored.end(1):
            return _rule(_word_at(text, column))
    for found in _KEY.finditer(text):
        if found.start() <= column <= found.end():
            return _key(lines, line, found.start(2), found[2])
    return _value(lines, line, column, checked, document)


def _word_at(text: str, column: int) -> str:
    return next((found[0] for found in _WORD.finditer(text) if found.start() <= column <= found.end()), "")


def _rule(name: str) -> str:
    """Return the page of a rule, its examples as code of YAML."""
    from quizlib.explanations import page

    found = page(name)
    if found is None:
        return ""
    return f"**{found.kind.rule}** ({found.kind.code}, {found.kind.severity})\n\n{_EXAMPLE.sub(_fenced, found.text)}"


def _fenced(found: re.Match[str]) -> str:
    return f"```yaml\n{textwrap.dedent(found[0]).rstrip()}\n```\n"


def _key(lines: Sequence[str], line: int, start: int, name: str) -> str:
    cursor = cursor_at(lines, line, start)
    if cursor is None:
        return ""
    schema = vocabulary.properties(cursor.keys, cursor.question_type).get(name)
    if schema is None:
        return ""
    is_type = name == "type" and len(cursor.keys) == 2
    words = list(vocabulary.question_types()) if is_type else vocabulary.values(schema)
    choice = f"\n\nOne of: {', '.join(f'`{word}`' for word in words)}" if words else ""
    return f"**{name}** — {vocabulary.description(schema)}{choice}"


def _value(lines: Sequence[str], line: int, column: int, checked: Checked | None, document: Document | None) -> str:
    cursor = cursor_at(lines, line, column)
    if cursor is None or cursor.key is None or len(cursor.keys) != 2 or cursor.keys[0] != "questions":
        return ""
    if cursor.key == "type":
        word = _word_at(lines[line], column)
        meaning = vocabulary.question_types().get(word)
        return f"**{word}** — {meaning}" if meaning else ""
    if cursor.key == "id" and checked is not None and document is not None:
        found = next((each for each in outlined(document) if each.name.line == line + 1), None)
        return _question(found.identifier, document, checked) if found else ""
    return ""


def _question(identifier: str, document: Document, checked: Checked) -> str:
    """Say of a question whether its key is proved, and what was found in it."""
    found = [each for each in checked.report.diagnostics if each.question == identifier]
    faults = f"{len(found)} finding{'' if len(found) == 1 else 's'}" if found else "no faults"
    if checked.proved is None:
        return f"**{identifier}** — {faults}; its key is proved when the file is saved"
    parts = [part.coverage for part in checked.proved.covered if part.item == identifier]
    keys = sum(part.keys_proved for part in parts)
    distractors = sum(part.distractors_disproved for part in parts)
    total = sum(part.distractors_total for part in parts)
    proved = "key proved" if parts and keys == sum(part.keys_total for part in parts) else "key not proved"
    return f"**{identifier}** — {faults}; {proved}, {distractors} of {total} distractors disproved"
