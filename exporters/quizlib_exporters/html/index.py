"""The index of a site: every bank with what helps to choose it, to be searched and filtered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from quizlib.model import Bank, Difficulty, Item
from quizlib.plugins import ExportOptions
from quizlib_exporters.html.document import built, document, in_html
from quizlib_exporters.html.environment import environment, explained, theme
from quizlib_exporters.html.messages import SOURCE, Messages, direction_of
from quizlib_exporters.html.names import page_name
from quizlib_exporters.html.teaser import teaser
from quizlib_exporters.html.texts import Texts
from quizlib_exporters.html.titles import plain_stem, question_title, shortened

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_SEARCHED = 200  # characters of a stem
DIFFICULTIES: tuple[Difficulty, ...] = ("easy", "medium", "hard")


def render_index(banks: Sequence[Bank], options: ExportOptions) -> bytes:
    """Return the index. Its words are in the language of the banks when they share one, else in English.

    Raises TemplateError for a template of the user's.
    """
    view = _view(banks, options)
    data = {
        "words": view["words"].beginning_with("index-"),
        "questions": [_questions(bank) for bank in banks],
    }
    templates = environment(options.templates)
    style = built("index.css") + theme(options.templates)
    with explained(options.templates):
        body = in_html(templates.get_template("index.html.j2").render(view))
        template = templates.get_template("page.html.j2")
        return document(template, view, body=body, style=style, script=built("index.js"), data=data)


def _view(banks: Sequence[Bank], options: ExportOptions) -> dict[str, Any]:
    shared = {bank.language.lower() for bank in banks}
    words = Messages(shared.pop() if len(shared) == 1 else SOURCE)
    cards = [_card(bank, words.language) for bank in banks]
    return {
        "words": words,
        "language": words.language,
        "direction": words.direction,
        "title": options.title or words("index-title"),
        "banks": cards,
        "questions": sum(len(bank.items) for bank in banks),
        "difficulties": [(level, count) for level in DIFFICULTIES if (count := _having(cards, "levels", level))],
        "tags": _tags(cards),
    }


def _card(bank: Bank, language: str) -> dict[str, Any]:
    levels = Counter(item.difficulty for item in bank.items)
    return {
        "page": page_name(bank.identifier, site=True),
        "title": bank.title,
        "description": teaser(bank),
        "language": _tag(bank.language) if bank.language.lower() != language else None,
        "direction": direction_of(bank.language),
        "questions": len(bank.items),
        "levels": {level: levels[level] for level in DIFFICULTIES if levels[level]},
        "tags": list(dict.fromkeys([*bank.tags, *(tag for item in bank.items for tag in item.tags)])),
        "lesson": bank.lesson is not None,
    }


def _tag(language: str) -> str:
    """Return a language as HTML may have it; `und` is what has no language tag."""
    return language if _LANGUAGE_TAG.fullmatch(language) else "und"


def _having(cards: Sequence[dict[str, Any]], field: str, value: str) -> int:
    return sum(value in card[field] for card in cards)


def _tags(cards: Sequence[dict[str, Any]]) -> list[tuple[str, int]]:
    """Return every tag with the number of banks that have it, the most frequent first."""
    counts = Counter(tag for card in cards for tag in card["tags"])
    return sorted(counts.items(), key=lambda tag: (-tag[1], tag[0].casefold(), tag[0]))


def _questions(bank: Bank) -> list[tuple[str, str]]:
    """Return what the questions of a bank are called and what else finds them; variants of one are called alike."""
    texts = Texts(bank)
    found: dict[str, str] = {}
    for item in bank.items:
        found.setdefault(question_title(item, texts), _more(item, texts))
    return list(found.items())


def _more(item: Item, texts: Texts) -> str:
    stem = shortened(plain_stem(item, texts), _SEARCHED)
    return stem if item.title != item.identifier else f"{stem} {item.identifier}"
