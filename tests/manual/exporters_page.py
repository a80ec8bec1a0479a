"""`docs/reference/exporters.md`, made from the exporters: what each says of itself, and the losses that it declares."""

from __future__ import annotations

import ast
import importlib.resources
from collections.abc import Iterator
from importlib.resources.abc import Traversable

from quizlib import plugins
from quizlib.model import Lost
from quizlib.plugins import FragmentExporter, SiteExporter, TemplateExporter

_HEAD = """# What each format loses

Made from the exporters. What a format cannot hold is reported as a warning at its place in the bank, and refused with
`--strict`. [Formats](../export.md) says more of each.
"""


def exporters_page() -> str:
    """Return the page of all exporters."""
    return "\n".join([_HEAD, *map(_section, plugins.names("quizlib.exporters"))])


def _section(name: str) -> str:
    exporter = plugins.load("quizlib.exporters", name)
    summary = exporter.SUMMARY[0].upper() + exporter.SUMMARY[1:].removesuffix(".")
    abilities = {
        "`--without-key`": exporter.CAN_OMIT_KEY,
        "several banks as one site": isinstance(exporter, SiteExporter),
        "`--embed`": isinstance(exporter, FragmentExporter),
        "`--template-dir`": isinstance(exporter, TemplateExporter),
    }
    takes = ", ".join(what for what, can in abilities.items() if can) or "nothing more"
    lost = sorted({*_declared(importlib.resources.files(f"quizlib_exporters.{name}"))}, key=lambda each: each.value)
    losses = [f"| {each.value} | `{each.rule}` |" for each in lost]
    table = "\n".join(["| loss | rule |", "|---|---|", *losses]) if losses else "It declares no loss."
    return f"## {name}\n\n{summary}. Besides: {takes}.\n\n{table}\n"


def _declared(folder: Traversable) -> Iterator[Lost]:
    """Yield the kinds of loss that an exporter's modules name."""
    for path in folder.iterdir():
        if path.name.endswith(".py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Lost":
                    yield Lost[node.attr]
