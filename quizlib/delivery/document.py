"""A whole bank as one JSON document: for export, or with the questions of a form only."""

from __future__ import annotations

import base64
import json
from typing import Any

from quizlib.content import image_paths, media_type
from quizlib.delivery.writing import blueprint_data, item_data, lesson_data, without_nothing
from quizlib.model import Bank, Form

VERSION = 1
CREATED_BY = "quizlib"


def written(bank: Bank, *, with_key: bool = True, form: Form | None = None) -> bytes:
    """Return the document as it is stored, in UTF-8. Equal values give equal bytes."""
    text = json.dumps(bank_data(bank, with_key=with_key, form=form), ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8")


def bank_data(bank: Bank, *, with_key: bool = True, form: Form | None = None) -> dict[str, Any]:
    """Return a bank as plain data; with a form, `bank` holds the questions that were drawn, in order."""
    items = [item_data(item, with_key=with_key) for item in bank.items]
    lesson = lesson_data(bank.lesson) if bank.lesson else None
    linked = _linked([bank.description, lesson, items], sanitize_html=bank.sanitize_html)
    data = without_nothing(
        {
            "version": VERSION,
            "id": bank.identifier,
            "title": bank.title,
            "description": bank.description,
            "language": bank.language,
            "license": bank.license,
            "authors": list(bank.authors),
            "category": bank.category,
            "tags": list(bank.tags),
            "raw_html": "sanitized" if bank.sanitize_html else "inert",
            "with_key": with_key,
            "form": _form(form) if form else None,
            "blueprint": blueprint_data(bank.blueprint) if bank.blueprint else None,
            "lesson": lesson,
            "images": {
                path: {
                    "media_type": media_type(path) or "application/octet-stream",
                    "base64": base64.b64encode(content).decode("ascii"),
                }
                for path, content in sorted(bank.images.items())
                if path in linked  # an image of the solution tells the key
            },
        }
    )
    data["items"] = items
    return data


def _form(form: Form) -> dict[str, Any]:
    return {"seed": form.seed, "blueprint": blueprint_data(form.blueprint), "created_by": CREATED_BY}


def _linked(data: Any, *, sanitize_html: bool) -> set[str]:
    """Return the paths of the images in all texts that are written."""
    match data:
        case str():
            return set(image_paths(data, sanitize_html=sanitize_html))
        case dict() | list():
            parts = data.values() if isinstance(data, dict) else data
            return {path for part in parts for path in _linked(part, sanitize_html=sanitize_html)}
        case _:
            return set()
