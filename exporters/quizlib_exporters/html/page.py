"""The page of a bank, and that with the questions of all banks of a site."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from quizlib.assembly import candidates, default_blueprint, rank, spread
from quizlib.delivery.writing import blueprint_data
from quizlib.model import Bank, Blueprint, Item, Loss, readable
from quizlib.plugins import ExportOptions
from quizlib_exporters.html.document import built, document, in_html
from quizlib_exporters.html.environment import environment, explained, theme
from quizlib_exporters.html.messages import SOURCE, Messages, Text
from quizlib_exporters.html.names import INDEX, MIXED
from quizlib_exporters.html.texts import number_regions
from quizlib_exporters.html.view import PageView, mixed_view_of, view_of

_QUESTIONS = 10  # of a test over all banks of a site
_MIXED_ID = "~mixed"  # no bank has such an id
_MIXED = 1000  # questions that the page of all banks holds at most


def render(bank: Bank, options: ExportOptions) -> tuple[bytes, tuple[Loss, ...]]:
    """Return the page of a bank and what it could not hold. Raises TemplateError for a template of the user's."""
    words = Messages(bank.language)
    view = view_of(bank, words)
    lesson = view.values["lesson"] or {"sections": []}
    data = {
        "id": bank.identifier,
        "storage": bank.identifier,
        "title": bank.title,
        "mixed": MIXED if options.site else None,
        "banks": [_subject(bank)],
        "blueprint": _blueprint(default_blueprint(bank)),
        "sections": [section["objectives"] for section in lesson["sections"]],
    }
    return _page(view, data, words, options), view.losses


def render_mixed(banks: Sequence[Bank], options: ExportOptions) -> bytes:
    """Return the page with the questions of all banks. Its words are in their language when they share one.

    Raises TemplateError for a template of the user's.
    """
    shared = {bank.language.lower() for bank in banks}
    words = Messages(shared.pop() if len(shared) == 1 else SOURCE)
    title = words("page-mixed-title")
    banks = _at_most(_MIXED, banks)
    all_candidates = [candidate for bank in banks for candidate in candidates(bank)]
    data = {
        "id": _MIXED_ID,
        "storage": _place_of(banks),
        "title": title,
        "mixed": None,
        "banks": [_subject(bank) for bank in banks],
        "blueprint": _blueprint(spread(all_candidates, _QUESTIONS)),
        "sections": [],
    }
    return _page(mixed_view_of(banks, title, words), data, words, options)


def _page(view: PageView, data: Mapping[str, Any], words: Messages, options: ExportOptions) -> bytes:
    templates = environment(options.templates)
    values = {**view.values, "index": INDEX if options.site else None}
    known = {
        **data,
        "names": _names(view.questions),
        "language": words.language,
        "words": _script_words(words),
        "questions": view.questions,
    }
    with explained(options.templates):
        body = in_html(number_regions(templates.get_template("body.html.j2").render(values), words))
        template = templates.get_template("page.html.j2")
        style = built("page.css") + theme(options.templates)
        script, packed = built("page.js"), built("page.packed")
        return document(template, values, body=body, style=style, script=script, data=known, packed=packed)


def _names(questions: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the objectives and tags that are shown otherwise than they are written."""
    found = {name for question in questions for name in (*question["objectives"], *question["tags"])}
    return {name: shown for name in sorted(found) if (shown := readable(name)) != name}


def _place_of(banks: Sequence[Bank]) -> str:
    """Return where the progress over these banks is kept: other sites of the same origin mix others."""
    names = "\n".join(sorted(bank.identifier for bank in banks))
    return f"{_MIXED_ID}-{hashlib.sha256(names.encode()).hexdigest()[:16]}"


def _blueprint(blueprint: Blueprint) -> dict[str, Any]:
    """Return a blueprint for the script, which finds its parts even where there is nothing to draw."""
    return {"parts": [], **blueprint_data(blueprint)}


def _at_most(count: int, banks: Sequence[Bank]) -> list[Bank]:
    """Return banks with so many questions in all, as many of each as of another where there are more."""
    if sum(len(bank.items) for bank in banks) <= count:
        return list(banks)
    share = max(1, count // len(banks))
    return [dataclasses.replace(bank, items=_drawn(bank, share)) for bank in banks[:count]]


def _drawn(bank: Bank, count: int) -> tuple[Item, ...]:
    ranked = sorted(bank.items, key=lambda item: rank(bank.identifier, item.identifier))
    kept = {item.identifier for item in ranked[:count]}
    return tuple(item for item in bank.items if item.identifier in kept)


def _subject(bank: Bank) -> dict[str, str]:
    return {"id": bank.identifier, "title": bank.title}


def _script_words(words: Messages) -> dict[str, Text]:
    """Return the words that the script of a page needs; the others stand in the page itself."""
    texts = words.beginning_with("")
    return {key: text for key, text in texts.items() if not key.startswith(("page-", "index-", "embed-"))}
