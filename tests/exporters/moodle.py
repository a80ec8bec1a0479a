"""Moodle XML as Moodle's importer takes it apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

Element = Any  # lxml has no types


def parsed(content: bytes) -> Element:
    """Parse a file. Fails when it is not well-formed."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, strip_cdata=False, huge_tree=True))


def questions(content: bytes) -> list[Element]:
    """Return the questions of a file, without its categories."""
    return [question for question in parsed(content).findall("question") if question.get("type") != "category"]


def category(content: bytes) -> Element:
    """Return the one category of a file."""
    (found,) = parsed(content).findall("question[@type='category']")
    return found


def file_of(files: Mapping[str, bytes]) -> bytes:
    """Return the one file that the exporter makes."""
    (content,) = files.values()
    return content


def text(element: Element, path: str) -> str:
    """Return the text of the one element at `path`; of its `<text>`, where it holds one."""
    (found,) = element.findall(path)
    inner = found.find("text")
    return (found if inner is None else inner).text or ""


def texts(element: Element, path: str) -> list[str]:
    """Return the texts of all elements at `path`."""
    return [found.findtext("text") or "" for found in element.findall(path)]


def has(element: Element, path: str) -> bool:
    """Whether there is an element at `path`, even an empty one."""
    return element.find(path) is not None
