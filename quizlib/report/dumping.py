"""Data as JSON for a terminal or a log."""

from __future__ import annotations

import json
from typing import Any

from quizlib.diagnostics import without_orders


def dumped(data: Any) -> str:
    """Return data as JSON in ASCII, so that no character can upset a terminal.

    Nor can a text in it give an order to a CI service that reads the log: such orders need a bare bracket, which
    is written as an escape. What a reader of JSON gets is the same.
    """
    return without_orders(json.dumps(data, indent=2), "\\u005b")
