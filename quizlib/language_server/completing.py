"""What can be written at a cursor: keys that are not there yet, words that a value may be, names met elsewhere."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Literal

from quizlib import plugins, written
from quizlib.diagnostics import Place
from quizlib.language_server import vocabulary
from quizlib.language_server.cursor import Cursor
from quizlib.source import Document
from quizlib.yaml_events import Node

_NAMES = {"tags", "objectives"}


@dataclasses.dataclass(frozen=True, slots=True)
class Suggestion:
    """A word to be written: what it is, what it means, and the text that is inserted for it."""

    label: str
    kind: Literal["key", "word", "name"]
    meaning: str
    inserted: str
    is_required: bool = False


def suggestions(cursor: Cursor, document: Document | None) -> list[Suggestion]:
    """Return what may be written, in the order of the schema; `document` is the last that could be read."""
    if cursor.key is None:
        elements = _elements(cursor, document)
        return elements or list(_keys(cursor))
    return list(_values(cursor, document))


def _keys(cursor: Cursor) -> Iterator[Suggestion]:
    needed = vocabulary.required(cursor.keys, cursor.question_type)
    for name, schema in vocabulary.properties(cursor.keys, cursor.question_type).items():
        if name not in cursor.siblings:
            below = vocabulary.is_mapping(schema) or (vocabulary.is_list(schema) and not vocabulary.values(schema))
            yield Suggestion(
                name, "key", vocabulary.description(schema), f"{name}:" if below else f"{name}: ", name in needed
            )


def _elements(cursor: Cursor, document: Document | None) -> list[Suggestion]:
    """Return what the element of a list of words may be: the cursor's last keys are then the list's, and a number."""
    if len(cursor.keys) < 2 or cursor.keys[-1] != 0 or not isinstance(cursor.keys[-2], str):
        return []
    return list(_values(dataclasses.replace(cursor, keys=cursor.keys[:-2], key=cursor.keys[-2]), document))


def _values(cursor: Cursor, document: Document | None) -> Iterator[Suggestion]:
    assert cursor.key is not None
    schema = vocabulary.properties(cursor.keys, cursor.question_type).get(cursor.key, {})
    yield from (Suggestion(word, "word", meaning, word) for word, meaning in _words(cursor, schema).items())
    if document is not None:
        yield from (Suggestion(name, "name", "", quoted(name)) for name in _names(cursor, document))


def _words(cursor: Cursor, schema: vocabulary.Schema) -> dict[str, str]:
    """Return the words that a value may be, each with what it means."""
    if (cursor.key == "type" and len(cursor.keys) == 2) or (cursor.key == "question_types" and schema):
        return vocabulary.question_types()
    if cursor.key == "language" and cursor.keys and schema:  # of a program; that of the bank is one that people speak
        return dict.fromkeys(plugins.names("quizlib.languages"), "")
    return dict.fromkeys(vocabulary.values(schema), "")


def _names(cursor: Cursor, document: Document) -> list[str]:
    """Return the names that the rest of the bank knows for a key."""
    if cursor.key in _NAMES:
        return sorted(set(_texts_under(document.data, {cursor.key})))
    if cursor.key == "yields":
        return _distractors(cursor, document)
    return []


def _texts_under(node: Node, keys: set[str]) -> Iterator[str]:
    """Yield the texts of the lists that stand under some key, anywhere in a document."""
    if isinstance(node, list):
        for each in node:
            yield from _texts_under(each, keys)
    elif isinstance(node, dict):
        for key, each in node.items():
            if key in keys and isinstance(each, list):
                yield from (text for text in each if isinstance(text, str))
            else:
                yield from _texts_under(each, keys)


def _distractors(cursor: Cursor, document: Document) -> list[str]:
    """Return the texts of the distractors of the question around the cursor."""
    if cursor.in_question is None:
        return []
    for index, question in enumerate(written.questions(document)):
        start = document.span(Place(document.path, ("questions", index))).line
        if start == cursor.in_question + 1 and isinstance(question, Mapping):
            options = question.get("options")
            return [text for option in options if (text := _distractor(option))] if isinstance(options, list) else []
    return []


def _distractor(option: Node) -> str | None:
    if isinstance(option, str):
        return option
    if isinstance(option, dict) and str(option.get("correct")).lower() != "true":
        text = option.get("text")
        return text if isinstance(text, str) else None
    return None


def quoted(text: str) -> str:
    """Return a text as YAML on one line: plain where that reads the same, else in double quotes."""
    import json

    import yaml

    try:
        events = list(yaml.parse(f"[{text}]", Loader=yaml.SafeLoader))
    except yaml.YAMLError:
        events = []
    scalars = [event for event in events if isinstance(event, yaml.ScalarEvent)]
    is_plain = len(events) == 7 and len(scalars) == 1 and scalars[0].value == text and scalars[0].style is None
    return text if is_plain and "\n" not in text else json.dumps(text, ensure_ascii=False)
