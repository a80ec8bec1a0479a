"""The page itself: style, script, data and body put together under a strict content security policy."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup

from quizlib.model import Bank, Loss
from quizlib_exporters.html.texts import number_regions
from quizlib_exporters.html.view import view_of

# What HTML does not allow in a text: control characters, and halves of surrogate pairs.
_NOT_IN_HTML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def render(bank: Bank) -> tuple[bytes, tuple[Loss, ...]]:
    """Return the page and what it could not hold."""
    view, items, losses = view_of(bank)
    body = number_regions(_environment().get_template("body.html.j2").render(view))
    body = _NOT_IN_HTML.sub("\ufffd", body)
    data = {"id": bank.identifier, "hash": _digest_of(body, items), "items": items}
    template = _environment().get_template("page.html.j2")
    page = template.render(
        view,
        policy=Markup(_policy()),
        style=Markup(_style()),
        script=Markup(_script()),
        data=Markup(_script_json(data)),
        body=Markup(body),
    )
    return _NOT_IN_HTML.sub("\ufffd", page).encode(), losses


def _digest_of(body: str, items: list[dict[str, Any]]) -> str:
    content = body + json.dumps(items, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def _script_json(data: dict[str, Any]) -> str:
    """Write data as JSON that no HTML parser can take for the end of the script element."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


@functools.cache
def _policy() -> str:
    return (
        f"default-src 'none'; script-src '{_source_hash(_script())}'; "
        f"style-src '{_source_hash(_style())}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _source_hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _style() -> str:
    return _built("page.css")


def _script() -> str:
    return _built("page.js")


@functools.cache
def _built(name: str) -> str:
    return resources.files(__package__).joinpath("built", name).read_text(encoding="utf-8")


@functools.cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("quizlib_exporters.html", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
