"""A fragment for somebody else's page: a `<quiz-question>` for each question of a bank, and the script that they share.

Each element holds the question twice: once to be read where no script runs, and once as a template for the script,
which moves it into a shadow root. What is long, the images, stands in the first only.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from quizlib.model import Bank, InlineChoice, Item, Loss
from quizlib.plugins import ExportOptions, Template, TemplateError
from quizlib_exporters.html.document import built, in_html, script_json
from quizlib_exporters.html.environment import THEME, environment, explained
from quizlib_exporters.html.gaps import stem_with_blanks
from quizlib_exporters.html.interactions import View
from quizlib_exporters.html.messages import Messages, Text
from quizlib_exporters.html.names import SCRIPT
from quizlib_exporters.html.texts import Regions, Texts
from quizlib_exporters.html.view import view_of

# What the script says, by the beginnings of the keys.
WORDS = (
    *("again", "answer-is-shown", "checked", "copied", "copy", "do-", "hint-of", "leads-to-yours", "move-", "moved"),
    *("no-more-hints", "not-scored", "not-yet", "parts-of", "points-of", "problem-", "question-number"),
    *("show-all", "show-end", "show-first-step", "show-it", "show-next-step", "show-options", "state-"),
)
_IMAGE = re.compile(r'<img src="(data:[^"]*)"')


def render_fragment(bank: Bank, options: ExportOptions) -> tuple[dict[str, bytes], tuple[Loss, ...]]:
    """Return the fragment of a bank, its script, and what they could not hold. Raises TemplateError."""
    _refuse_theme(options.templates)
    words = Messages(bank.language)
    view = view_of(bank, words)
    with explained(options.templates):
        elements = _Elements(bank, words, view.values, options)
        parts = [
            elements.element(item, question, data)
            for item, question, data in zip(bank.items, view.values["questions"], view.questions, strict=True)
        ]
    fragment = "".join([*parts, f'<script src="{SCRIPT}" defer></script>\n'])
    name = f"{bank.identifier}.embed.html"
    return {name: in_html(fragment).encode(), SCRIPT: built("embed.js").encode()}, view.losses


class _Elements:
    """Writes the elements of one bank."""

    def __init__(self, bank: Bank, words: Messages, values: Mapping[str, Any], options: ExportOptions) -> None:
        self._texts, self._words, self._values = Texts(bank), words, values
        self._templates = environment(options.templates)
        self._readable_regions, self._regions = Regions(words), Regions(words)
        self._known = {"language": words.language, "words": _script_words(words)}

    def element(self, item: Item, question: View, data: View) -> str:
        for mistake in question["mistakes"]:
            mistake["program"] = None  # which only the page's modes use
        question["plain_stem"] = self._plain_stem(item, question)
        readable = self._readable_regions.number(self._rendered("readable.html.j2", question))
        article = self._regions.number(self._rendered("question.html.j2", question))
        readable, article = _images_once(readable, article)
        return self._templates.get_template("embed.html.j2").render(
            self._values,
            identifier=question["identifier"],
            readable=Markup(readable),
            article=Markup(article),
            data=Markup(script_json({**self._known, "index": question["number"] - 1, "spec": data})),
        )

    def _rendered(self, template: str, question: View) -> str:
        return self._templates.get_template(template).render(self._values, q=question)

    def _plain_stem(self, item: Item, question: View) -> Markup:
        if isinstance(item.interaction, InlineChoice):
            return stem_with_blanks(item.stem, question["gaps"], self._texts)
        return Markup(question["stem"])


def _images_once(readable: str, article: str) -> tuple[str, str]:
    """Let the article name the images that the readable part has, by their numbers there."""
    counter = itertools.count()
    numbers: dict[str, int] = {}

    def numbered(found: re.Match[str]) -> str:
        number = numbers.setdefault(found[1], next(counter))
        return f'<img data-image="{number}" src="{found[1]}"'

    readable = _IMAGE.sub(numbered, readable)
    return readable, _IMAGE.sub(lambda found: _named(found, numbers), article)


def _named(found: re.Match[str], numbers: Mapping[str, int]) -> str:
    number = numbers.get(found[1])
    return found[0] if number is None else f'<img data-image="{number}" src="data:,"'


def _script_words(words: Messages) -> dict[str, Text]:
    return words.beginning_with(*WORDS)


def _refuse_theme(templates: tuple[Template, ...]) -> None:
    for template in templates:
        if template.name == THEME:
            raise TemplateError(template.path, 0, "an embedded question takes its styles from the page that it is in")
