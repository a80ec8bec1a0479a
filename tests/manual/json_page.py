"""`docs/reference/json.md`, made from the published schemas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from quizlib import schemas
from quizlib.cli.schema import command
from tests.manual.schema_tables import escaped, table

_HEAD = """# JSON documents

Made from the schemas that `quiz schema NAME` prints. Within one version, keys are only added. [For
machines](../machine-output.md) shows a report, [Scoring](../assessment.md#results) a result.
"""


def json_page() -> str:
    """Return the page of all documents, each with a table for every object in it."""
    which = command.params[0].type
    assert isinstance(which, click.Choice)
    return "\n".join([_HEAD, *(_document(name) for name in which.choices if name != "bank")])


def _document(name: str) -> str:
    schema = schemas.schema(name)
    link = f"Schema: [{name}.schema.json](../schemas/{name}.schema.json)."
    parts = [f"## {name}\n\n{schema['title']}. {link}\n"]
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
