"""A whole HTML document: body, styles, script and data under a content security policy that allows no more."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
import zlib
from collections.abc import Mapping
from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup

# What HTML does not allow in a text: control characters, and halves of surrogate pairs.
_NOT_IN_HTML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def document(
    template: jinja2.Template,
    view: Mapping[str, Any],
    *,
    body: str,
    style: str,
    script: str,
    data: Mapping[str, Any],
    packed: str | None = None,
) -> bytes:
    """Render the template of a document around its body. Style and script go in as they are, under their hashes.

    `packed` is `script` as `script/loader` unpacks it. Then it goes in in its place, the data are packed as well, and
    the policy allows the loader and what it unpacks.
    """
    style, script = in_html(style), in_html(script)
    allowed = (script,) if packed is None else (built("loader.js"), script)
    page = template.render(
        view,
        policy=Markup(_policy(style, allowed)),
        packed=packed and Markup(packed),
        style=Markup(style),
        script=Markup(allowed[0]),
        data=Markup(script_json(data) if packed is None else _packed(script_json(data))),
        body=Markup(body),
    )
    return in_html(page).encode()


@functools.cache
def built(name: str) -> str:
    """Return a script or a style sheet as `npm run build` made it."""
    return resources.files(__package__).joinpath("built", name).read_text(encoding="utf-8")


def in_html(text: str) -> str:
    """Replace the characters that HTML does not allow. A line ends as a browser reads it, else no hash would fit."""
    return _NOT_IN_HTML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def script_json(data: Mapping[str, Any]) -> str:
    """Write data as JSON that no HTML parser can take for the end of the script element."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _packed(text: str) -> str:
    packer = zlib.compressobj(9, wbits=-15)
    return base64.b64encode(packer.compress(text.encode()) + packer.flush()).decode()


@functools.lru_cache(maxsize=8)
def _policy(style: str, scripts: tuple[str, ...]) -> str:
    hashes = " ".join(f"'{_source_hash(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; "
        f"style-src '{_source_hash(style)}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _source_hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
