"""JSON Schemas as tables of Markdown: one section for each object, one row for each of its keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

_TYPED = {"string", "number", "boolean", "null"}
_WORDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "`true` or `false`",
    "null": "null",
    "array": "list",
    "object": "mapping",
}
_BOUNDS = {
    "exclusiveMinimum": "above {}",
    "minimum": "at least {}",
    "exclusiveMaximum": "below {}",
    "maximum": "at most {}",
    "maxLength": "at most {} characters",
    "minItems": "at least {}",
}
_OPTION = re.compile(r"(?<![\w-])--?[a-z][\w-]*")
_TEMPLATE = {"type": "string", "pattern": "\\{\\{.*\\}\\}"}
Node = Mapping[str, Any]
Names = Callable[[str], str]


def table(node: Node, names: Names) -> Iterator[str]:
    """Yield the rows of an object's keys. `names` makes the words, or the link, for a definition."""
    required = node.get("required", ())
    yield from ("| field | value | when absent | meaning |", "|---|---|---|---|")
    for key, value in node.get("properties", {}).items():
        default = value.get("default")
        absent = "required" if key in required else f"`{_typed(default)}`" if default not in (None, "") else ""
        yield f"| `{key}` | {words(value, names)} | {absent} | {escaped(value.get('description', ''))} |"


def escaped(text: str) -> str:
    """Return plain words for a cell of a table."""
    return re.sub(r"(?<!\\)\|", "\\|", " ".join(prose(text).split()))


def prose(text: str) -> str:
    """Return plain words as Markdown: options become code, and nothing that stands outside of code is HTML."""
    parts = re.split(r"(`[^`]*`)", text)
    parts[::2] = [_OPTION.sub(r"`\g<0>`", part).replace("<", "&lt;") for part in parts[::2]]
    return "".join(parts)


def words(node: Node, names: Names) -> str:
    """Say in words what a value may be."""
    if "$ref" in node:
        return names(node["$ref"].rpartition("/")[2])
    if node.get("allOf"):
        return words(node["allOf"][0], names)
    for key in ("anyOf", "oneOf"):
        if key in node:
            kinds = [words(each, names) for each in node[key] if each != _TEMPLATE]
            return " or ".join(dict.fromkeys(kinds))
    if "enum" in node or "const" in node:
        return ", ".join(dict.fromkeys(f"`{_typed(value)}`" for value in node.get("enum", [node.get("const")])))
    return _plain(node, names)


def _plain(node: Node, names: Names) -> str:
    kind = node.get("type", "object")
    kinds = {kind} if isinstance(kind, str) else set(kind)
    if kinds in (_TYPED, {"string", "integer"}):
        kinds = {"string"}
    elif kinds == {"number", "string"}:
        kinds = {"number"}
    said = " or ".join(_WORDS[each] for each in _WORDS if each in kinds)
    if "array" in kinds and node.get("items"):
        said = said.replace("list", f"list: {words(node['items'], names)}")
    if "object" in kinds and isinstance(node.get("additionalProperties"), dict):
        said = said.replace("mapping", f"mapping from names: {words(node['additionalProperties'], names)}")
    bounds = [form.format(node[key]) for key, form in _BOUNDS.items() if key in node]
    return ", ".join([said, *bounds])


def _typed(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else "null" if value is None else str(value)
