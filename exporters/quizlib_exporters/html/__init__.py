"""One self-contained page: a lesson and its quiz, for a browser, offline, with no account.

A question's objectives stand at the end of its solution. Tags and the bank's category sort questions for
those who keep them and say nothing to a learner: the page leaves them out, and that is no loss.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizlib.model import Exported

if TYPE_CHECKING:
    from quizlib.model import Bank
    from quizlib.plugins import ExportOptions

SUMMARY = "one HTML page with lesson and interactive quiz, offline and accessible"
CAN_OMIT_KEY = False


def export(bank: Bank, options: ExportOptions) -> Exported:
    """Write the bank as one page. Equal banks give equal bytes."""
    from quizlib_exporters.html.page import render  # jinja2 is imported only by those who export

    page, losses = render(bank)
    return Exported({f"{bank.identifier}.html": page}, losses)
