"""TeX to MathML, and MathML to words for the places where only a plain text is read out.

latex2mathml writes text and attributes without escaping all of them, and a formula is hostile text like
any other. So its tree is taken, not its string, and written here with known elements and attributes only.
"""

from __future__ import annotations

import functools
import html
import re
from xml.etree import ElementTree

from quizlib.content import html_attribute, html_text

_ELEMENTS = frozenset(
    {
        "math", "menclose", "mfrac", "mi", "mmultiscripts", "mn", "mo",
        "mover", "mpadded", "mphantom", "mroot", "mrow", "ms", "mspace",
        "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd",
        "mtext", "mtr", "munder", "munderover",
    }
)  # fmt: skip
_ATTRIBUTES = frozenset(
    {
        "accent", "accentunder", "columnalign", "columnlines", "columnspacing", "depth", "display",
        "displaystyle", "fence", "form", "height", "largeop", "linethickness", "lspace",
        "mathvariant", "maxsize", "minsize", "movablelimits", "notation", "rowlines", "rowspacing",
        "rspace", "scriptlevel", "separator", "stretchy", "symmetric", "voffset", "width",
    }
)  # fmt: skip
# Browsers flatten what is nested in more than 512 elements, and what is written here is written by recursion.
_DEEPEST = 100
_VALUE = re.compile(r"[\w%.+\- ]*")
_SPOKEN_SIGNS = {
    "+": "plus", "-": "minus", "−": "minus", "±": "plus or minus", "·": "times", "⋅": "times", "×": "times",
    "*": "times", "÷": "divided by", "/": "over", "=": "equals", "≠": "is not equal to", "<": "is less than",
    ">": "is greater than", "≤": "is at most", "≥": "is at least", "≈": "is about", "∈": "in", "∞": "infinity",
    "→": "to", "∑": "sum", "∏": "product", "∫": "integral", "√": "root", "∂": "partial", "∇": "nabla",
    "\u2061": "of", "%": "percent", "!": "factorial", "|": "bar", "…": "and so on",
}  # fmt: skip


@functools.lru_cache(maxsize=1024)
def mathml(tex: str, display: bool, spoken: bool = False) -> str:
    """Write a formula as MathML, or as its TeX in `<code>` when it cannot be understood.

    With `spoken`, the element gets its reading in words as its accessible name: inside a label a screen
    reader would else read the bare characters of a fraction or a power one after another.
    """
    root = tree(tex, display)
    if root is None:
        return f"<code>{html_text(tex)}</code>"
    name = f' aria-label="{html_attribute(_words(root))}"' if spoken else ""
    opening = f'<math display="{"block" if display else "inline"}"{name}>'
    return opening + "".join(map(_written, root)) + "</math>"


def tree(tex: str, display: bool = False) -> ElementTree.Element | None:
    """Return a formula as a tree of MathML, of any elements; None when it cannot be understood, or is too deep."""
    from latex2mathml.converter import convert_to_element  # slow to import, and seldom needed

    try:
        root = convert_to_element(tex, display="block" if display else "inline")
    except Exception:  # the library raises many kinds, IndexError and RecursionError among them
        return None
    if r"\style" in tex or r"\href" in tex or _unknown_command(root) or _too_deep(root):
        return None
    return root


def _unknown_command(root: ElementTree.Element) -> bool:
    return any((element.text or "").startswith("\\") and len(element.text or "") > 1 for element in root.iter())


def _too_deep(root: ElementTree.Element) -> bool:
    level = [root]
    for _ in range(_DEEPEST):
        level = [child for element in level for child in element]
    return bool(level)


def _written(element: ElementTree.Element) -> str:
    tag = element.tag if element.tag in _ELEMENTS else "mrow"
    attributes = "".join(
        f' {name}="{html_attribute(value)}"'
        for name, value in element.attrib.items()
        if name in _ATTRIBUTES and _VALUE.fullmatch(value)
    )
    return f"<{tag}{attributes}>{html_text(_text(element))}{''.join(map(_written, element))}</{tag}>"


def _text(element: ElementTree.Element) -> str:
    return html.unescape(element.text or "")


def _words(element: ElementTree.Element) -> str:
    parts = [words for child in element if (words := _words(child))]
    match element.tag, parts:
        case "mfrac", [above, below]:
            return f"{above} over {below}"
        case "msup", [base, power]:
            return f"{base} to the power of {power}"
        case "msub", [base, index]:
            return f"{base} sub {index}"
        case "msubsup" | "munderover", [base, low, high]:
            limits = base in ("sum", "product", "integral")
            return f"{base} from {low} to {high}" if limits else f"{base} sub {low} to the power of {high}"
        case "mroot", [base, degree]:
            return f"root of degree {degree} of {base}"
        case "msqrt", [_, *_]:
            return f"square root of {' '.join(parts)}"
        case _:
            text = _text(element).strip()
            return " ".join([_SPOKEN_SIGNS.get(text, text), *parts]).strip()
