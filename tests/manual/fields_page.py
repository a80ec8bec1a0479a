"""`docs/reference/fields.md` and `docs/reference/question-types.md`, made from the authoring models."""

from __future__ import annotations

import importlib.resources
import re
from typing import Any

from quizlib import plugins, schemas
from quizlib.authoring.question import Question
from quizlib.authoring.reading import fields
from tests.manual.schema_tables import table

_FIELDS = """# All fields

Made from the program: what `quiz validate` accepts. [The bank format](../bank-format.md) says the same in words and with
examples. A field that may hold a list or a mapping of its own leads to the table of it.

A **text** holds what you typed, quoted or not. In a question with `parameters`, a template `{{ … }}` may stand for any
value below.
"""
_TYPES = """# Question types by example

Made from the program. `quiz types NAME` prints the same examples, ready to be copied. The fields that every type has
are those of [every question](fields.md#every-question).
"""


def fields_page() -> str:
    """Return the page of all fields: of a bank, of every question, and of what stands in them, as it is first met."""
    schema = schemas.bank_schema()
    definitions: dict[str, Any] = schema["definitions"]
    types = plugins.names("quizlib.questions")
    bank = {**schema["properties"], "questions": {
        "type": "array", "items": {"$ref": "every-question"}, "description": "The questions."}}  # fmt: skip
    question = {
        "type": {"type": "string", "description": "One of the [question types](question-types.md)."},
        **{key: value for key, value in definitions[types[0]]["properties"].items() if key in fields(Question)},
    }
    of_types = {name: definitions[name]["properties"] for name in types}
    parts = [
        _FIELDS,
        _section("A bank", {**schema, "properties": bank}, "The file of a bank, or the `bank.yaml` of its folder."),
        _section("Every question", {**definitions[types[0]], "properties": question}, "What all types have."),
    ]
    for name in _met({"bank": bank, "question": question, **of_types}, definitions):
        parts.append(_section(_title(name), _mapping(definitions[name]), _remark(definitions[name])))
    return "\n".join(parts)


def _met(node: Any, definitions: dict[str, Any], known: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the definitions that a schema leads to, in the order in which they are met."""
    if isinstance(node, dict):
        name = str(node.get("$ref", "")).rpartition("/")[2]
        if name in definitions and name not in known:
            known = _met(definitions[name], definitions, (*known, name))
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            known = _met(each, definitions, known)
    return known


def types_page() -> str:
    """Return the page of the question types: their own fields, and their examples."""
    definitions = schemas.bank_schema()["definitions"]
    common = fields(Question).keys() | {"type"}
    parts = [_TYPES]
    for name in plugins.names("quizlib.questions"):
        own = {
            **definitions[name],
            "properties": {key: value for key, value in definitions[name]["properties"].items() if key not in common},
        }
        examples = importlib.resources.files(f"quizlib.questions.{name}").joinpath("examples.yaml").read_text("utf-8")
        summary = plugins.load("quizlib.questions", name).QUESTION.SUMMARY
        parts.append(f"## {name}\n\n{summary}\n\n{_rows(own, page='fields.md')}\n```yaml\n{examples.strip()}\n```\n")
    return "\n".join(parts)


def _section(title: str, node: dict[str, Any], remark: str) -> str:
    return f"## {title}\n\n{remark}\n\n{_rows(node)}"


def _rows(node: dict[str, Any], page: str = "") -> str:
    if not node.get("properties"):
        return "No fields of its own.\n"
    return "\n".join(table(node, lambda name: f"[{_title(name).lower()}]({page}#{_anchor(name)})")) + "\n"


def _mapping(definition: dict[str, Any]) -> dict[str, Any]:
    """Return the form as a mapping of what may be a text alone, too."""
    found: dict[str, Any] = next((each for each in definition.get("anyOf", ()) if "properties" in each), definition)
    return found


def _remark(definition: dict[str, Any]) -> str:
    alone = " A text alone stands for its `text`." if "anyOf" in definition else ""
    return f"{definition.get('description', '')}{alone}"


def _title(name: str) -> str:
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", name.removesuffix("Fields")).lower().replace("-", " ")
    return words.capitalize()


def _anchor(name: str) -> str:
    return _title(name).lower().replace(" ", "-")
