"""The delivery model as JSON, for programs that show or grade questions. Schema: `quiz schema delivery`."""

from __future__ import annotations

import base64
import json
from typing import Any

from quizlib.content import image_paths, media_type
from quizlib.model import Bank, Exported
from quizlib.plugins import ExportOptions
from quizlib_exporters.json.items import item_data, lesson_data, without_nothing

SUMMARY = "The delivery model as JSON, with or without its keys."
CAN_OMIT_KEY = True
VERSION = 1


def export(bank: Bank, options: ExportOptions) -> Exported:
    """Write the bank as one JSON document."""
    items = [item_data(item, with_key=options.with_key) for item in bank.items]
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
            "with_key": options.with_key,
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
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return Exported({f"{bank.identifier}.json": text.encode("utf-8")})


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
