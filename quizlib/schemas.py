"""The published JSON Schemas: of banks as authors type them, of reports, of the JSON export, and of results.

That of banks is made from the authoring models and shaped for editors: a question's type decides which
fields are offered, every field has a description, and every type offers a snippet.
"""

from __future__ import annotations

import importlib.resources
import json
from typing import Any

from quizlib import plugins

_DIALECT = "http://json-schema.org/draft-07/schema#"


def schema(which: str) -> dict[str, Any]:
    """Return `bank`, `report`, `delivery`, `result`, `grades`, `list` or `diff`. Raises KeyError for others."""
    match which:
        case "bank":
            return bank_schema()
        case "report":
            return _stored("quizlib.report", "report.schema.json")
        case "delivery":
            return _stored("quizlib.delivery", "delivery.schema.json")
        case "result":
            return _stored("quizlib.delivery", "result.schema.json")
        case "grades":
            return _stored("quizlib.report", "grades.schema.json")
        case "list" | "diff":
            return _stored("quizlib.report", f"{which}.schema.json")
        case _:
            raise KeyError(which)


def bank_schema() -> dict[str, Any]:
    """Return the schema of a bank, in the dialect that YAML editors know best, draft 7."""
    from quizlib.authoring.header import Header
    from quizlib.authoring.models import model

    definitions: dict[str, Any] = {}
    bank = _collected(model(Header).model_json_schema(ref_template="#/definitions/{model}"), definitions)
    of_bank = set(definitions)
    kinds = {name: plugins.load("quizlib.questions", name).QUESTION for name in plugins.names("quizlib.questions")}
    for name, question in kinds.items():
        found = _collected(model(question).model_json_schema(ref_template="#/definitions/{model}"), definitions)
        found["properties"]["type"] = {"const": name, "description": question.SUMMARY}
        definitions[name] = found
    definitions = {name: each if name in of_bank else _or_template(each) for name, each in definitions.items()}
    definitions["question"] = {
        "type": "object",
        "required": ["id", "type", "stem"],
        "properties": {
            "type": {
                "enum": list(kinds),
                "description": "What the learner does. "
                + " ".join(f"{name}: {question.SUMMARY}" for name, question in kinds.items()),
            }
        },
        "allOf": [
            {
                "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
                "then": {"$ref": f"#/definitions/{name}"},
            }
            for name in kinds
        ],
        "defaultSnippets": [_snippet(name, question.SUMMARY) for name, question in kinds.items()],
    }
    version = bank["properties"]["format"]
    bank["properties"]["format"] = {"enum": [1, "1"], "description": version["description"]}
    bank["properties"]["questions"] = {
        "type": "array",
        "description": "The questions.",
        "items": {"$ref": "#/definitions/question"},
    }
    return {
        "$schema": _DIALECT,
        "title": "A quizlib question bank, format 1",
        **{key: value for key, value in bank.items() if key not in ("title", "$defs")},
        "definitions": dict(sorted(definitions.items())),
    }


def _collected(model: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """Move a model's definitions to the common ones, and leave out the titles that repeat the keys."""
    for name, definition in model.pop("$defs", {}).items():
        definitions[name] = _untitled(definition)
    found: dict[str, Any] = _untitled(model)
    return found


_BOUNDS = {"gt": "exclusiveMinimum", "ge": "minimum", "lt": "exclusiveMaximum", "le": "maximum"}


def _untitled(node: Any) -> Any:
    """Drop titles that repeat the keys and defaults that say nothing; write what is optional plainly."""
    if isinstance(node, list):
        return [_untitled(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    found = {
        _BOUNDS.get(key, key): _untitled(value)
        for key, value in node.items()
        if not (key == "title" and isinstance(value, str))
        and not (key == "default" and not isinstance(value, str | bool))
    }
    if isinstance(found.get("anyOf"), list):
        plain = [entry for entry in found["anyOf"] if entry != {"type": "null"}]
        if len(plain) == 1:
            del found["anyOf"]
            found = {**plain[0], **found}
    if "$ref" in found and len(found) > 1:  # draft 7 ignores what stands beside a reference
        found["allOf"] = [{"$ref": found.pop("$ref")}]
    return found


_TEMPLATE = {"type": "string", "pattern": "\\{\\{.*\\}\\}"}
_DECLARES = ("parameters", "variants", "seed", "type")


def _or_template(node: Any) -> Any:
    """Admit `{{ … }}` for each number, truth value and word below a question, as one with parameters may write it."""
    if isinstance(node, list):
        return [_or_template(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    if "enum" in node or node.get("type") in ("integer", "number", "boolean"):
        described = {key: node[key] for key in ("description", "default") if key in node}
        plain = {key: value for key, value in node.items() if key not in described}
        return {"anyOf": [plain, _TEMPLATE], **described}
    return {
        key: {name: each if name in _DECLARES else _or_template(each) for name, each in value.items()}
        if key == "properties"
        else _or_template(value)
        for key, value in node.items()
    }


def _snippet(name: str, summary: str) -> dict[str, Any]:
    body: dict[str, Any] = {"id": "${1:identifier}", "type": name, "stem": "${2:question}"}
    if name in ("single_choice", "multiple_response"):
        body["options"] = [{"text": "${3:key}", "correct": True}, {"text": "${4:distractor}"}]
    return {"label": name, "description": summary, "body": body}


def _stored(package: str, name: str) -> dict[str, Any]:
    text = importlib.resources.files(package).joinpath(name).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
