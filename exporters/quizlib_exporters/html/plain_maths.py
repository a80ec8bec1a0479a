"""Formulas on one line of plain text, for names and lists that hold no mark-up: x² = 4, 1/2, √(a + b), x_1."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from quizlib_exporters.html.maths import tree

_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_CAN_BE_RAISED = re.compile(r"[0-9+\-−=()ni]+")
_ONE = re.compile(r"\d[\d.,]*|\w?[⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿⁱ]*|[^\w\s]")  # what needs no parentheses around it
_BETWEEN = frozenset("+-−±∓·⋅×÷=≠<>≤≥≈≡∼∈∉⊂⊆∪∩∧∨→←⇒⇔↦∣:")
_ABOVE = {"¯": "\u0304", "‾": "\u0304", "^": "\u0302", "~": "\u0303", "˙": "\u0307", "→": "\u20d7"}
_OPENING = frozenset("([{⟨")
_WORD = re.compile(r"[^\W\d_]{2,}")


@functools.lru_cache(maxsize=1024)
def plain_maths(tex: str) -> str:
    """Return a formula as a line of text; its TeX where it cannot be understood."""
    root = tree(tex)
    return " ".join((tex if root is None else _line(root)).split())


def _line(element: ElementTree.Element) -> str:
    parts = [part for child in element if (part := _line(child))]
    match element.tag, parts:
        case "mfrac", [above, below]:
            return f"{_grouped(above)}/{_grouped(below)}"
        case "mover", [base, mark] if len(base) == 1 and mark in _ABOVE:
            return base + _ABOVE[mark]
        case "msup", [base, power] if not power.strip("′"):
            return base + power
        case "msup", [base, power]:
            return f"{_grouped(base)}{_raised(power)}"
        case "msub" | "munder", [base, index]:
            return f"{base}_{_grouped(index)}"
        case "msubsup" | "munderover", [base, low, high]:
            return f"{base}_{_grouped(low)}^{_grouped(high)}"
        case "mroot", [base, degree]:
            return f"{_raised(degree).removeprefix('^')}√{_grouped(base)}"
        case "msqrt", [_, *_]:
            return f"√{_grouped(_row(element))}"
        case "mtable", _:
            return "; ".join(parts)
        case "mtr", _:
            return ", ".join(parts)
        case "mspace", _:
            return " "
        case _:
            return html.unescape(element.text or "") + _row(element)


def _row(element: ElementTree.Element) -> str:
    """Join what stands side by side: blanks around signs between two things, and beside words."""
    return "".join(_spaced(element))


def _spaced(element: ElementTree.Element) -> Iterator[str]:
    last = ""
    for child in element:
        part = _line(child)
        if not part:
            continue
        is_between = part in _BETWEEN and bool(last) and last not in _BETWEEN | _OPENING
        apart = part[0].isalnum() and (_has_index(last) or (last[-1:].isalnum() and _is_word(last, part)))
        yield f" {part} " if is_between else f" {part}" if apart else part
        last = part


def _has_index(line: str) -> bool:
    return "_" in line or "^" in line


def _is_word(*lines: str) -> bool:
    return any(_WORD.fullmatch(line) for line in lines)


def _grouped(line: str) -> str:
    return line if _ONE.fullmatch(line) else f"({line})"


def _raised(line: str) -> str:
    bare = line.replace(" ", "")
    return bare.translate(_RAISED) if _CAN_BE_RAISED.fullmatch(bare) else f"^{_grouped(line)}"
