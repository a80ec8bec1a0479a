"""What stands in the file of a bank: its questions as they are written, sound or not."""

from __future__ import annotations

from collections.abc import Iterator

from quizlib.source import Document
from quizlib.yaml_events import Node


def questions(document: Document | None) -> list[Node]:
    """Return what stands in the list of questions; nothing where there is none, or nothing that can be read."""
    data = document.data if document is not None else None
    listed = data.get("questions") if isinstance(data, dict) else None
    return listed if isinstance(listed, list) else []


def texts_at(document: Document | None, key: str) -> Iterator[str]:
    """Yield the texts that questions have behind a key, such as their ids."""
    for question in questions(document):
        text = question.get(key) if isinstance(question, dict) else None
        if isinstance(text, str):
            yield text
