"""A description in a few lines: its words with emphasis, code and formulas, and nothing that leads or loads."""

from __future__ import annotations

import html
import re

from markupsafe import Markup

from quizlib.content import Renderer, html_text
from quizlib.model import Bank
from quizlib_exporters.html import maths

_TAG = re.compile(r'<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?:[^>"]|"[^"]*")*>')
_ALTERNATIVE = re.compile(r' alt="([^"]*)"')
_KEPT = frozenset({"b", "code", "em", "i", "strong", "sub", "sup"})
_IN_A_LINE = frozenset({"a", "del", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "u"})


def teaser(bank: Bank) -> Markup:
    """Return the description of a bank as it may stand in a list: on one line, without links, images and blocks."""
    formulas: list[str] = []

    def kept_aside(tex: str, display: bool) -> str:
        formulas.append(maths.mathml(tex, False))
        return f"<formula{len(formulas) - 1}>"

    renderer = Renderer(sanitize_html=bank.sanitize_html, maths=kept_aside, code_block=_code)
    return Markup(" ".join(_TAG.sub(lambda tag: _kept(tag, formulas), renderer.block(bank.description or "")).split()))


def _kept(tag: re.Match[str], formulas: list[str]) -> str:
    name = tag["name"].lower()
    if name in _KEPT:
        return f"<{tag['end']}{name}>"
    if name.startswith("formula") and name[7:].isdecimal():
        return formulas[int(name[7:])]
    if name == "img" and (alternative := _ALTERNATIVE.search(tag[0])):
        return html_text(html.unescape(alternative[1]))
    return "" if name in _IN_A_LINE else " "


def _code(language: str | None, source: str) -> str:
    return f" <code>{html_text(source)}</code> "
