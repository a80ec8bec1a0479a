"""From a word to what it names: a distractor, the questions of an objective, a file, a question by its id."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from quizlib.diagnostics import Key, Place, Span
from quizlib.language_server.outline import outlined
from quizlib.source import Document
from quizlib.yaml_events import Node

_IMAGE = re.compile(r"!\[[^\]]*\]\(\s*<?([^)\s>]+)")


@dataclasses.dataclass(frozen=True, slots=True)
class Target:
    """A place that a word leads to; `span` is None for a whole file."""

    path: Path
    span: Span | None = None


Documents = Mapping[Path, Document]
Lead = Callable[[Path, int, int, Documents], list[Target]]


def definitions(path: Path, line: int, column: int, documents: Documents) -> list[Target]:
    """Return what the word at a place, counted from 1, is defined by or leads to."""
    document = documents.get(path)
    found = _value_at(document, line, column) if document else None
    if document is None or found is None:
        return []
    keys, text = found
    match keys:
        case ("questions", int() as index, "common_mistakes", int(), "yields"):
            return [Target(path, span) for span in _options(document, index, text)]
        case ("questions", int(), *_, "objectives", int()):
            return _grouped(documents, "objectives", text, lambda keys: keys[0] == "lesson")
        case (*_, "objectives" | "tags" as group, int()):
            return _grouped(documents, str(group), text, lambda keys: keys[0] == "questions")
        case (*_, "file"):
            return _files(path, [text])
    return _files(path, _IMAGE.findall(text))


def references(path: Path, line: int, column: int, documents: Documents) -> list[Target]:
    """Return all places where the objective or the tag at a place stands."""
    document = documents.get(path)
    found = _value_at(document, line, column) if document else None
    match found:
        case ((*_, "objectives" | "tags" as group, int()), text):
            return _grouped(documents, str(group), text, lambda _: True)
    return []


def questions_named(query: str, documents: Documents) -> list[tuple[str, str, Target]]:
    """Return the questions whose id or stem holds the characters of a query in their order: id, stem, place."""
    wanted = re.compile(".*".join(map(re.escape, query.casefold())))
    return [
        (each.identifier, each.stem, Target(path, each.name))
        for path, document in documents.items()
        for each in outlined(document)
        if wanted.search(f"{each.identifier} {each.stem}".casefold())
    ]


def _value_at(document: Document, line: int, column: int) -> tuple[tuple[Key, ...], str] | None:
    """Return the scalar that stands at a place: the keys that lead to it, and its text."""
    for keys, text in _scalars((), document.data):
        span = document.span(Place(document.path, keys))
        if (span.line, span.column) <= (line, column) <= (span.end_line, span.end_column):
            return keys, text
    return None


def _scalars(keys: tuple[Key, ...], node: Node) -> Iterator[tuple[tuple[Key, ...], str]]:
    if isinstance(node, str):
        yield keys, node
    elif isinstance(node, dict):
        for key, each in node.items():
            yield from _scalars((*keys, key), each)
    elif isinstance(node, list):
        for index, each in enumerate(node):
            yield from _scalars((*keys, index), each)


def _options(document: Document, question: int, text: str) -> Iterator[Span]:
    """Yield where an option of a question has this text."""
    place = ("questions", question, "options")
    for keys, each in _scalars((), document.data):
        if keys[:3] == place and each == text and (len(keys) == 4 or keys[4:] == ("text",)):
            yield document.span(Place(document.path, keys))


def _grouped(documents: Documents, group: str, text: str, of: Callable[[tuple[Key, ...]], bool]) -> list[Target]:
    """Return where an objective or a tag stands, as far as `of` wants it."""
    return [
        Target(path, document.span(Place(document.path, keys)))
        for path, document in documents.items()
        for keys, each in _scalars((), document.data)
        if each == text and len(keys) >= 2 and keys[-2] == group and of(keys)
    ]


def _files(path: Path, names: list[str]) -> list[Target]:
    """Return the files beside a bank that are there, and in its folder."""
    root = path.parent.resolve()
    files = [(root / name).resolve() for name in names if "\0" not in name]
    return [Target(file) for file in files if file.is_relative_to(root) and file.is_file()]
