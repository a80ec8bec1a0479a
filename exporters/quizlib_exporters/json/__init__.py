"""The delivery model as JSON, for programs that show or grade questions. Schema: `quiz schema delivery`."""

from __future__ import annotations

from quizlib.delivery.document import written
from quizlib.model import Bank, Exported
from quizlib.plugins import ExportOptions

SUMMARY = "The delivery model as JSON, with or without its keys."
CAN_OMIT_KEY = True


def export(bank: Bank, options: ExportOptions) -> Exported:
    """Write the bank as one JSON document."""
    return Exported({f"{bank.identifier}.json": written(bank, with_key=options.with_key)})
