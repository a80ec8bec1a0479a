"""The published schemas accept what quizlib accepts, refuse what it refuses, and explain themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import quizlib.questions
from quizlib import plugins
from quizlib.schemas import schema

_ROOT = Path(__file__).resolve().parents[2]
_BANKS = sorted((_ROOT / "banks").glob("*.yaml"))
_EXAMPLES = sorted(Path(quizlib.questions.__file__).parent.glob("*/examples.yaml"))
_SCHEMA = schema("bank")
_VALIDATOR = jsonschema.Draft7Validator(_SCHEMA)


def _errors(data: Any) -> list[str]:
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in _VALIDATOR.iter_errors(data)]


def _bank(*questions: dict[str, Any]) -> dict[str, Any]:
    return {"format": 1, "id": "a", "title": "A", "questions": list(questions)}


def _question(kind: str) -> dict[str, Any]:
    return {"id": "a", "type": kind, "stem": "x"}


@pytest.mark.parametrize("path", _BANKS, ids=lambda path: path.stem)
def test_the_schema_accepts_our_banks(path: Path) -> None:
    assert _errors(yaml.safe_load(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", _EXAMPLES, ids=lambda path: path.parent.name)
def test_the_schema_accepts_the_examples_of_every_type(path: Path) -> None:
    assert _errors(_bank(*yaml.safe_load(path.read_text(encoding="utf-8")))) == []


def test_every_question_type_has_examples() -> None:
    assert [path.parent.name for path in _EXAMPLES] == plugins.names("quizlib.questions")


@pytest.mark.parametrize("kind", plugins.names("quizlib.questions"))
def test_the_schema_refuses_unknown_keys_of_a_question(kind: str) -> None:
    assert any("zzqxv" in error for error in _errors(_bank({**_question(kind), "zzqxv": 1})))


@pytest.mark.parametrize(
    "data",
    [
        {**_bank(), "zzqxv": 1},
        {**_bank(), "defaults": {"zzqxv": 1}},
        {**_bank(), "lesson": {"sections": [{"title": "x", "zzqxv": 1}]}},
        _bank({**_question("essay"), "solution": {"zzqxv": 1}}),
        _bank({**_question("essay"), "code": {"source": "x", "zzqxv": 1}}),
        _bank({**_question("single_choice"), "options": ["x", {"text": "y", "zzqxv": 1}]}),
        _bank({**_question("cloze"), "gaps": {"g": {"answer": 1, "zzqxv": 1}}}),
        {key: value for key, value in _bank().items() if key != "title"},
        _bank({"id": "a", "type": "essay"}),
        _bank({**_question("essay"), "difficulty": "hardish"}),
        _bank({**_question("essay"), "points": 0}),
        _bank({**_question("nope")}),
        {**_bank(), "format": 2},
        {**_bank(), "id": "not an id"},
        _bank({**_question("single_choice"), "options": ["one"]}),
        _bank({**_question("true_false"), "answer": "yes"}),
    ],
)
def test_the_schema_refuses_what_quizlib_refuses(data: dict[str, Any]) -> None:
    assert _errors(data)


@pytest.mark.parametrize("typed", ["x", 0.27, 7, True, None])
def test_a_text_may_be_what_an_editor_takes_for_something_else(typed: object) -> None:
    question = {**_question("single_choice"), "options": [typed, {"text": typed, "correct": True}]}
    assert _errors(_bank(question)) == []


_TEMPLATE = "{{ a }}"


@pytest.mark.parametrize(
    "question",
    [
        {**_question("numeric"), "answer": _TEMPLATE, "tolerance": _TEMPLATE, "points": _TEMPLATE},
        {**_question("true_false"), "answer": _TEMPLATE, "difficulty": _TEMPLATE},
        {**_question("cloze"), "gaps": {"g": {"answer": _TEMPLATE, "points": _TEMPLATE}}},
        {**_question("code_output"), "code": {"source": "x", "timeout": _TEMPLATE}, "answer": 1},
        {**_question("essay"), "solution": {"steps": [{"text": "x", "at": {"line": _TEMPLATE}, "expect": {"x": 1}}]}},
    ],
)
def test_a_question_with_parameters_may_write_a_template_for_any_value(question: dict[str, Any]) -> None:
    parameters = {"a": {"choose": [1, "x"]}, "b": {"range": [1, 2.5], "step": 0.5}, "c": {"value": "a * b"}}
    assert _errors(_bank({**question, "parameters": parameters, "variants": 3, "seed": 1})) == []


@pytest.mark.parametrize(
    "declared",
    [{"parameters": {"a": {"chose": [1]}}}, {"parameters": {"a": [1]}}, {"variants": 0}, {"variants": _TEMPLATE}],
)
def test_the_schema_refuses_parameters_that_quizlib_refuses(declared: dict[str, Any]) -> None:
    assert _errors(_bank({**_question("essay"), **declared}))


def _properties(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, list):
        for index, entry in enumerate(node):
            yield from _properties(entry, f"{path}/{index}")
    elif isinstance(node, dict):
        if isinstance(node.get("properties"), dict) and "if" not in path.rsplit("/", 2):
            yield from ((f"{path}/{name}", found) for name, found in node["properties"].items())
        for key, value in node.items():
            if key not in ("if", "default", "enum", "const", "defaultSnippets"):
                yield from _properties(value, f"{path}/{key}")


def _described(property: dict[str, Any]) -> bool:
    """Whether an editor has something to show: beside the type, or where a reference leads."""
    if "$ref" in property:
        return _described(_SCHEMA["definitions"][property["$ref"].rpartition("/")[2]])
    return bool(property.get("description", "").strip())


def test_every_property_has_a_description() -> None:
    found = dict(_properties(_SCHEMA))
    assert len(found) > 50
    assert [path for path, property in found.items() if not _described(property)] == []


@pytest.mark.parametrize(
    ("which", "dialect"),
    [("bank", "draft-07"), *((name, "2020-12") for name in ("report", "delivery", "result", "grades", "list", "diff"))],
)
def test_every_schema_is_a_schema(which: str, dialect: str) -> None:
    found = schema(which)
    assert dialect in found["$schema"]
    jsonschema.validators.validator_for(found).check_schema(found)


def test_every_type_offers_a_snippet() -> None:
    snippets = _SCHEMA["definitions"]["question"]["defaultSnippets"]
    assert [snippet["body"]["type"] for snippet in snippets] == plugins.names("quizlib.questions")


def test_an_unknown_schema_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        schema("nope")
