"""One self-contained page: a lesson and its quiz, for a browser, offline, with no account.

A question's objectives stand at the end of its solution. Tags and the bank's category sort questions for
those who keep them and say nothing to a learner: the page leaves them out, and that is no loss. Several banks
make a site, whose index is searched and filtered by tags.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizlib.model import Exported

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from quizlib.model import Bank
    from quizlib.plugins import ExportOptions, Template

SUMMARY = "one HTML page with lesson and interactive quiz, offline and accessible; a site of several banks"
CAN_OMIT_KEY = False

# jinja2 is imported only by those who export.


def export(bank: Bank, options: ExportOptions) -> Exported:
    """Write the bank as one page. Equal banks give equal bytes."""
    from quizlib_exporters.html.names import page_name
    from quizlib_exporters.html.page import render

    page, losses = render(bank, options)
    return Exported({page_name(bank.identifier, site=options.site): page}, losses)


def export_fragment(bank: Bank, options: ExportOptions) -> Exported:
    """Write the bank as elements for somebody else's page, and the script for them."""
    from quizlib_exporters.html.embed import render_fragment

    return Exported(*render_fragment(bank, options))


def export_site(banks: Sequence[Bank], options: ExportOptions) -> Exported:
    """Write the index of several banks, and the page on which their questions are mixed."""
    from quizlib_exporters.html.index import render_index
    from quizlib_exporters.html.names import INDEX, MIXED
    from quizlib_exporters.html.page import render_mixed

    return Exported({INDEX: render_index(banks, options), MIXED: render_mixed(banks, options)})


def template_names() -> Collection[str]:
    """Return the names of the templates, and that of a user's own styles."""
    from quizlib_exporters.html.environment import template_names

    return template_names()


def check_templates(templates: tuple[Template, ...]) -> None:
    """Raise TemplateError for the first template that cannot be read."""
    from quizlib_exporters.html.environment import check_templates

    check_templates(templates)
