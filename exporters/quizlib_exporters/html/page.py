"""The page itself: style, script, data and body put together under a strict content security policy."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from quizlib.model import Bank, Loss
from quizlib.plugins import ExportOptions
from quizlib_exporters.html.document import built, document, in_html
from quizlib_exporters.html.environment import environment, explained, theme
from quizlib_exporters.html.messages import Messages
from quizlib_exporters.html.names import INDEX
from quizlib_exporters.html.texts import number_regions
from quizlib_exporters.html.view import view_of


def render(bank: Bank, options: ExportOptions) -> tuple[bytes, tuple[Loss, ...]]:
    """Return the page and what it could not hold. Raises TemplateError for a template of the user's."""
    view, items, losses = view_of(bank)
    view |= {"index": INDEX if options.site else None, "words": Messages(bank.language)}
    templates = environment(options.templates)
    style = built("page.css") + theme(options.templates)
    with explained(options.templates):
        body = in_html(number_regions(templates.get_template("body.html.j2").render(view)))
        data = {"id": bank.identifier, "hash": _digest_of(body, items), "items": items}
        template = templates.get_template("page.html.j2")
        page = document(template, view, body=body, style=style, script=built("page.js"), data=data)
    return page, losses


def _digest_of(body: str, items: list[dict[str, Any]]) -> str:
    content = body + json.dumps(items, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:16]
