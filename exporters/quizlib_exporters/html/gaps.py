"""Stems with gaps: `[[name]]` gives way to a field, wherever in the text it stands."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from quizlib_exporters.html.interactions import View
from quizlib_exporters.html.texts import Texts, replace_in_text


def stem_with_gaps(stem: str, gaps: Sequence[View], question: str, texts: Texts) -> tuple[Markup, Markup]:
    """Render a stem with its fields, and the fields for which the stem has no place.

    A gap stands in the text as one word while Markdown and Pygments work on it, so that neither takes it
    apart; this makes gaps in code possible.
    """
    word = _unused_word(stem)
    for gap in gaps:
        stem = stem.replace(f"[[{gap['name']}]]", f"{word}{gap['index']}Q", 1)
    rendered = str(texts.block(stem, 4))
    left_over = []
    for gap in gaps:
        field = _field(gap, question, len(gaps))
        rendered, found = replace_in_text(rendered, f"{word}{gap['index']}Q", str(field))
        if not found:
            left_over.append(Markup("<p>Gap {}: {}</p>").format(gap["index"] + 1, field))
    return Markup(rendered), Markup("").join(left_over)


def _unused_word(stem: str) -> str:
    word = "GAPQ"
    while word in stem:
        word += "Q"
    return word


def _field(gap: View, question: str, count: int) -> Markup:
    name = f"Gap {gap['index'] + 1} of {count}"
    if gap["kind"] == "choice":
        return _select(gap, question, name)
    mode = Markup(' inputmode="decimal"') if gap["base_type"] == "number" else ""
    unit = Markup(' <span class="unit">{}</span>').format(gap["unit"]) if gap["unit"] else ""
    return Markup(
        '<span class="gap"><input type="text" id="{}-g{}" data-gap="{}" aria-label="{}" size="10"'
        '{} autocomplete="off" autocapitalize="off" spellcheck="false">{}<span class="mark"></span></span>'
    ).format(question, gap["index"], gap["index"], name, mode, unit)


def _select(gap: View, question: str, name: str) -> Markup:
    options = Markup("").join(
        Markup('<option value="{}">{}</option>').format(option["index"], option["plain"]) for option in gap["options"]
    )
    listed = Markup(" / ").join(option["plain"] for option in gap["options"])
    return Markup(
        '<span class="gap"><select id="{}-g{}" data-gap="{}" aria-label="{}">'
        '<option value="">Choose …</option>{}</select><span class="mark"></span>'
        '<span class="on-paper"> ({})</span></span>'
    ).format(question, gap["index"], gap["index"], name, options, listed)
