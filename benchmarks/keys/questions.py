"""Questions as plain data, every scalar as its text, so that one can be changed and written."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import yaml

from quizlib import plugins

Question = dict[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Bank:
    """A bank: its own fields, and its questions in order."""

    name: str
    header: dict[str, Any]
    questions: tuple[Question, ...]


def read(path: Path) -> Bank:
    """Read a bank; options and steps that are a text alone become mappings."""
    header = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    questions = header.pop("questions")
    header.pop("lesson", None)
    for question in questions:
        if "options" in question:
            question["options"] = [_mapping(option) for option in question["options"]]
        solution = question.get("solution", {})
        if "steps" in solution:
            solution["steps"] = [_mapping(step) for step in solution["steps"]]
    return Bank(path.stem, header, tuple(questions))


def _mapping(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


def write(path: Path, header: dict[str, Any], question: Question) -> None:
    """Write a bank that holds one question, with an identity of its own. JSON is YAML."""
    fields = {**header, "format": 1, "id": path.stem, "questions": [question]}
    path.write_text(
        "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items()), "utf-8"
    )


def runs_here(question: Question) -> bool:
    """Whether the tool of the program's language is installed."""
    name = question.get("code", {}).get("language", "python")
    return plugins.load("quizlib.languages", name).runtime(None) is not None


def is_key(option: dict[str, Any]) -> bool:
    """Whether an option is marked correct."""
    return str(option.get("correct", "")).lower() == "true"


def has_program(question: Question) -> bool:
    """Whether the key of a question is what its program does."""
    return bool(question["type"] == "code_output" and "code" in question)


def stated_in(question: Question, option: dict[str, Any]) -> str | None:
    """Return the field in which an option states what the program does; None when it is words about it."""
    for field in ("output", "raises", "exit_status"):
        if field in option:
            return field
    return None if question.get("options_format") == "markdown" else "text"


def key_is_stated(question: Question) -> bool:
    """Whether the key of a question with a program says what the program does."""
    if "options" not in question:
        return True
    return all(stated_in(question, option) is not None for option in question["options"] if is_key(option))
