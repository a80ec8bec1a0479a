"""True and false in the language of the interface: the only options that are not the author's own words."""

from __future__ import annotations

from markupsafe import Markup

from quizlib.model import Item
from quizlib_exporters.html.interactions import View
from quizlib_exporters.html.messages import Messages

_WORDS = {"True": "page-true", "False": "page-false"}


def say_truth(view: View, item: Item, words: Messages, language: str) -> None:
    """Put the words of the interface in the options of a statement; `language` is that of the texts around them."""
    if item.question_type != "true_false" or view["kind"] != "choice":
        return
    for option in view["options"]:
        if option["plain"] in _WORDS:
            option["plain"] = words(_WORDS[option["plain"]])
            option["content"] = _marked(option["plain"], words, language)


def _marked(word: str, words: Messages, language: str) -> Markup:
    if language.lower().partition("-")[0] == words.language.partition("-")[0]:
        return Markup("{}").format(word)
    return Markup('<span lang="{}" dir="{}">{}</span>').format(words.language, words.direction, word)
