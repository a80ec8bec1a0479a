"""Stems with gaps: `[[name]]` gives way to a field, wherever in the text it stands."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Sequence

from markupsafe import Markup

from quizlib_exporters.html.interactions import View
from quizlib_exporters.html.messages import Messages
from quizlib_exporters.html.texts import BLANK, Texts, replace_in_text

_PLACE = re.compile(r"\[\[([^\[\]]*)\]\]")


def stem_with_gaps(
    stem: str, gaps: Sequence[View], question: str, texts: Texts, words: Messages
) -> tuple[Markup, Markup]:
    """Render a stem with its fields, and the fields for which the stem has no place.

    A gap stands in the text as one word while Markdown and Pygments work on it, so that neither takes it
    apart; this makes gaps in code possible.
    """
    word = _unused_word(stem)
    rendered = str(texts.block(_with_words(stem, gaps, word), 4))
    fields = {str(gap["index"]): _field(gap, question, len(gaps), words) for gap in gaps}
    # Each field leaves `fields` when it has found its place.
    rendered = replace_in_text(rendered, rf"{word}([0-9]+)Q", lambda found: str(fields.pop(found[1], BLANK)))
    left_over = [
        Markup("<p>{} {}</p>").format(words("page-gap", place=int(index) + 1, count=len(gaps)), field)
        for index, field in fields.items()
    ]
    return Markup(rendered), Markup("").join(left_over)


def stem_with_blanks(stem: str, gaps: Sequence[View], texts: Texts) -> Markup:
    """Render a stem to be read only: a blank for each gap, and what there is to choose from behind it."""
    word = _unused_word(stem)
    rendered = str(texts.block(_with_words(stem, gaps, word), 4))
    blanks = {str(gap["index"]): _blank(gap) for gap in gaps}
    return Markup(replace_in_text(rendered, rf"{word}([0-9]+)Q", lambda found: str(blanks[found[1]])))


def _blank(gap: View) -> Markup:
    if gap["kind"] != "choice":
        return Markup(BLANK)
    listed = Markup(" / ").join(option["plain"] for option in gap["options"])
    return Markup("{} ({})").format(BLANK, listed)


def _with_words(stem: str, gaps: Sequence[View], word: str) -> str:
    """Put the word of each gap where the stem first names it."""
    waiting: defaultdict[str, deque[int]] = defaultdict(deque)
    for gap in gaps:
        waiting[gap["name"]].append(gap["index"])
    return _PLACE.sub(
        lambda place: f"{word}{indexes.popleft()}Q" if (indexes := waiting.get(place[1])) else place[0], stem
    )


def _unused_word(stem: str) -> str:
    word = "GAPQ"
    while word in stem:
        word += "Q"
    return word


def _field(gap: View, question: str, count: int, words: Messages) -> Markup:
    name = words("page-gap", place=gap["index"] + 1, count=count)
    if gap["kind"] == "choice":
        return _select(gap, question, name, words)
    mode = Markup(' inputmode="decimal"') if gap["base_type"] == "number" else ""
    unit = Markup(' <span class="unit">{}</span>').format(gap["unit"]) if gap["unit"] else ""
    return Markup(
        '<span class="gap"><input type="text" id="{}-g{}" data-gap="{}" aria-label="{}" size="10"'
        '{} autocomplete="off" autocapitalize="off" spellcheck="false">{}<span class="mark"></span></span>'
    ).format(question, gap["index"], gap["id"], name, mode, unit)


def _select(gap: View, question: str, name: str, words: Messages) -> Markup:
    options = Markup("").join(
        Markup('<option value="{}">{}</option>').format(option["id"], option["plain"]) for option in gap["options"]
    )
    listed = Markup(" / ").join(option["plain"] for option in gap["options"])
    return Markup(
        '<span class="gap"><select id="{}-g{}" data-gap="{}" aria-label="{}">'
        '<option value="">{}</option>{}</select><span class="mark"></span>'
        '<span class="on-paper"> ({})</span></span>'
    ).format(question, gap["index"], gap["id"], name, words("page-choose"), options, listed)
