"""`docs/reference/json.md`, made from the published schemas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quizlib import schemas
from tests.manual.schema_tables import escaped, table

_HEAD = """# JSON documents

Made from the schemas that `quiz schema NAME` prints. Within one version, keys are only added.
"""
_DOCUMENTS = {
    "report": "What `quiz validate --format json` prints. [For machines](../machine-output.md) shows one.",
    "delivery": "What `quiz export --to json` and `quiz assemble` write.",
    "result": "What the learner's page and `quiz take` save, and `quiz grade` reads.",
    "grades": "What `quiz grade --format json` prints.",
}


def json_page() -> str:
    """Return the page of all documents, each with a table for every object in it."""
    return "\n".join([_HEAD, *(_document(name, said) for name, said in _DOCUMENTS.items())])


def _document(name: str, said: str) -> str:
    schema = schemas.schema(name)
    parts = [f"## {name}\n\n{said} Schema: [{name}.schema.json](../schemas/{name}.schema.json).\n"]
    for title, node in _objects("", schema):
        heading = f"### {name}: {title}\n\n" if title else ""
        parts.append(heading + _rows(name, node))
    for title, node in schema.get("$defs", {}).items():
        parts += [f"### {name}: {each}\n\n{_rows(name, found)}" for each, found in _objects(title, node)]
    return "\n".join(parts)


def _rows(name: str, node: dict[str, Any]) -> str:
    said = f"{escaped(node['description'])}\n\n" if node.get("description") else ""
    return said + "\n".join(table(node, lambda title: f"[{title}](#{name}-{title})")) + "\n"


def _objects(path: str, node: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the object and those that stand in it, each with the keys that lead to it."""
    if "properties" in node:
        yield path, node
    for key, value in node.get("properties", {}).items():
        yield from _objects(f"{path}.{key}".removeprefix("."), value)
    for key, ending in (("items", "[]"), ("additionalProperties", ".*")):
        if isinstance(node.get(key), dict):
            yield from _objects(path + ending, node[key])
    for each in [*node.get("anyOf", ()), *node.get("oneOf", ())]:
        yield from _objects(path, each)
