"""HTML as a browser would take it apart: which elements, attributes and texts a piece of it holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import lxml.html  # type: ignore[import-untyped]

Element = Any  # lxml has no types


def elements(rendered: str) -> Iterator[Element]:
    """Yield all elements, and comments, of a piece of HTML."""
    for piece in lxml.html.fragments_fromstring(f"<div>{rendered}</div>"):
        yield from list(piece.iter())[1:]


def tags(rendered: str) -> set[str]:
    """Return the names of all elements; a comment is named `#comment`."""
    return {found.tag if isinstance(found.tag, str) else "#comment" for found in elements(rendered)}


def attributes(rendered: str) -> set[str]:
    """Return the names of all attributes."""
    return {name for found in elements(rendered) for name in getattr(found, "attrib", {})}


def addresses(rendered: str) -> list[str]:
    """Return all that is linked or loaded."""
    return [found.get(name) for found in elements(rendered) for name in ("href", "src") if found.get(name)]


def text(rendered: str) -> str:
    """Return the text that is seen."""
    found: str = lxml.html.fromstring(f"<div>{rendered}</div>").text_content()
    return found
