"""A digest of a question: two that learners meet alike and that score alike have the same one."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from quizlib.delivery.writing import interaction_data, listing_data, without_nothing
from quizlib.model import Item

_NOT_SCORED = ("feedback", "rationale")


def digest(item: Item) -> str:
    """Return 16 hexadecimal digits that tell whether a question is still the one that was answered.

    Of SHA-256 over the stem, the program, the interaction with its key, the rule of partial credit and the full
    marks, as canonical JSON. Feedback, hints and solutions may be mended without a change.
    """
    data = without_nothing(
        {
            "stem": item.stem,
            "code": listing_data(item.code) if item.code else None,
            "interaction": _without_feedback(interaction_data(item.interaction, item.identifier, with_key=True)),
            "partial_credit": item.partial_credit,
            "max_score": item.max_score,
        }
    )
    canonical = json.dumps(_alike(data), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()[:16]


def _without_feedback(data: Any) -> Any:
    if isinstance(data, list):
        return [_without_feedback(entry) for entry in data]
    if isinstance(data, dict):
        return {key: _without_feedback(value) for key, value in data.items() if key not in _NOT_SCORED}
    return data


def _alike(data: Any) -> Any:
    """Write whole numbers alike, be they typed as 1 or as 1.0."""
    if isinstance(data, list):
        return list(map(_alike, data))
    if isinstance(data, dict):
        return {key: _alike(value) for key, value in data.items()}
    return int(data) if isinstance(data, float) and data.is_integer() else data
