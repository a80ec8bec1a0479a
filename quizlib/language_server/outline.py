"""The questions of a document, and where each begins and ends."""

from __future__ import annotations

import dataclasses

from quizlib import written
from quizlib.diagnostics import Place, Span
from quizlib.source import Document

_SHOWN = 60  # characters of a stem


@dataclasses.dataclass(frozen=True, slots=True)
class Outlined:
    """A question: `place` leads to it, `name` is its id as it is written, `lines` are its first and last, from 1."""

    identifier: str
    question_type: str
    stem: str
    place: Place
    name: Span
    lines: tuple[int, int]


def outlined(document: Document) -> list[Outlined]:
    """Return the questions of a document that have an id, in their order."""
    questions = written.questions(document)
    places = [Place(document.path, ("questions", index)) for index in range(len(questions))]
    starts = [document.span(place).line for place in places]
    ends = [*(start - 1 for start in starts[1:]), sum(1 for _ in document.lines())][: len(starts)]
    found = []
    for question, place, start, end in zip(questions, places, starts, ends, strict=True):
        if isinstance(question, dict) and isinstance(identifier := question.get("id"), str):
            name = document.span(place.at("id"))
            kind, stem = (text if isinstance(text := question.get(key), str) else "" for key in ("type", "stem"))
            found.append(Outlined(identifier, kind, _shortened(stem), place, name, (start, max(start, end))))
    return found


def question_texts(document: Document) -> dict[str, tuple[int, str]]:
    """Return the first line and the text of each question, by its id; the first where two have the same."""
    lines = [text for _, text in document.lines()]
    found: dict[str, tuple[int, str]] = {}
    for question in outlined(document):
        first, last = question.lines
        found.setdefault(question.identifier, (first, "\n".join(lines[first - 1 : last]).rstrip()))
    return found


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
