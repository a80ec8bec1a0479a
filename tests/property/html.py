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


def document(page: bytes) -> Element:
    """Parse a whole page."""
    return lxml.html.document_fromstring(page.decode("utf-8"))


def select(root: Element, selector: str) -> list[Element]:
    """Return the elements below `root` that fit a selector of names, `.class`, `#id`, `[attribute]`, blanks and commas."""
    paths = [path.split() for path in selector.split(",")]
    below = [found for found in root.iter() if found is not root and isinstance(found.tag, str)]
    return [found for found in below if any(_leads_to(found, path) for path in paths)]


def _leads_to(element: Element, path: list[str]) -> bool:
    if not _fits(element, path[-1]):
        return False
    rest = path[:-1]
    return not rest or any(_leads_to(above, rest) for above in element.iterancestors())


def _fits(element: Element, simple: str) -> bool:
    if simple.startswith("["):
        return simple[1:-1] in element.attrib
    name, _, css_class = simple.partition(".")
    name, _, identifier = name.partition("#")
    return (
        name in ("", element.tag)
        and (not css_class or css_class in element.get("class", "").split())
        and (not identifier or identifier == element.get("id"))
    )
