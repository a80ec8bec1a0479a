"""What may stand where in a bank, told by the JSON Schema that is made from the authoring models."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Any

from quizlib.diagnostics import Key
from quizlib.schemas import bank_schema

Schema = dict[str, Any]


@functools.cache
def _bank() -> Schema:
    return bank_schema()


def properties(keys: Sequence[Key], question_type: str | None) -> dict[str, Schema]:
    """Return the keys that a mapping may have, with the schema of each; those of all types where none is known."""
    found: dict[str, Schema] = {}
    for schema in _at(keys, question_type):
        for name, each in schema.get("properties", {}).items():
            found.setdefault(name, each)
    return found


def required(keys: Sequence[Key], question_type: str | None) -> frozenset[str]:
    """Return the keys that a mapping must have."""
    return frozenset(name for schema in _at(keys, question_type) for name in schema.get("required", ()))


def values(schema: Schema) -> list[str]:
    """Return the words that a value may be, where they are few."""
    found: list[str] = []
    for each in _resolved(schema):
        found += [str(word) for word in each.get("enum", ())]
        found += [str(each["const"])] if "const" in each else []
        if each.get("type") == "boolean":
            found += ["true", "false"]
        if each.get("type") == "array":
            found += values(each.get("items", {}))
    return list(dict.fromkeys(found))


def description(schema: Schema) -> str:
    """Return what a schema says of itself."""
    return next((str(each["description"]) for each in (schema, *_resolved(schema)) if "description" in each), "")


def is_mapping(schema: Schema) -> bool:
    """Whether a value is written as keys below it."""
    return any("properties" in each for each in _resolved(schema))


def is_list(schema: Schema) -> bool:
    """Whether a value is a list."""
    return any(each.get("type") == "array" for each in _resolved(schema))


def question_types() -> dict[str, str]:
    """Return all types of question, with what the learner does."""
    definitions = _bank()["definitions"]
    names = definitions["question"]["properties"]["type"]["enum"]
    return {name: definitions[name]["properties"]["type"]["description"] for name in names}


def _at(keys: Sequence[Key], question_type: str | None) -> list[Schema]:
    """Return the schemas of what `keys` lead to."""
    found = list(_resolved(_bank()))
    for index, key in enumerate(keys):
        if key == 0 and index == 1 and keys[0] == "questions":
            found = list(_questions(question_type))
        else:
            found = [below for schema in found for below in _below(schema, key)]
    return found


def _below(schema: Schema, key: Key) -> Iterator[Schema]:
    if isinstance(key, int):
        below = schema.get("items")
    else:
        below = schema.get("properties", {}).get(key)
        if below is None and isinstance(schema.get("additionalProperties"), dict):
            below = schema["additionalProperties"]
    if below is not None:
        yield from _resolved(below)


def _questions(question_type: str | None) -> Iterator[Schema]:
    definitions = _bank()["definitions"]
    for name in question_types():
        if question_type in (None, name) or question_type not in question_types():
            yield definitions[name]


def _resolved(schema: Schema) -> Iterator[Schema]:
    """Yield a schema without references, or each of its alternatives."""
    if "$ref" in schema:
        yield from _resolved(_bank()["definitions"][schema["$ref"].rpartition("/")[2]])
        return
    yield schema
    for each in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
        if "if" not in each:
            yield from _resolved(each)
