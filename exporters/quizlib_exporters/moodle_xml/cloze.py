"""Gaps in Moodle's cloze notation, `{mark:TYPE:…}` in the text of the question.

A gap ends at `}`, its answers are parted by `~`, and Moodle decodes character references once before it
takes an answer: so every character with a meaning is written as a reference, and HTML is escaped first.
"""

from __future__ import annotations

import re

from quizlib.content import html_text
from quizlib.model import Accepted, Choice, Gap, InlineChoice, Item, Lost, Option, TextEntry
from quizlib_exporters.moodle_xml.entries import plain_decimal
from quizlib_exporters.moodle_xml.fractions import nearest
from quizlib_exporters.moodle_xml.texts import Texts
from quizlib_exporters.moodle_xml.xml import Html

_SPECIAL = re.compile(r"[~=%{}#<>&\"'\\|/]")
_GAP = re.compile(r"\[\[([A-Za-z0-9_-]+)\]\]")
_NOTATION = re.compile(r"\{(?=[#\d:])")


def cloze_text(item: Item, gaps: InlineChoice, stem: Html, texts: Texts) -> Html:
    """Return the stem with each `[[gap]]` in Moodle's notation."""
    scale = _scale(item, gaps, texts)
    waiting = {gap.identifier: gap for gap in gaps.gaps}

    def written(found: re.Match[str]) -> str:
        gap = waiting.pop(found[1], None)  # an answer, or the program, may hold the same characters again
        return _gap(gap, gap.weight * scale, texts) if gap else found[0]

    return Html(_GAP.sub(written, _NOTATION.sub("&#123;", stem.text)), stem.files)


def _scale(item: Item, gaps: InlineChoice, texts: Texts) -> int:
    """Return by what to multiply the weights so that they add up to the item's full marks."""
    total = sum(gap.weight for gap in gaps.gaps)
    scale = item.max_score / total
    if scale == int(scale) and scale >= 1:
        return int(scale)
    message = f"the marks of Moodle's gaps are whole numbers: the question counts {total}, not {item.max_score:g}"
    texts.lose(Lost.POINTS, message, item.place.at("points"), f"write `points: {total}`, or a multiple of it")
    return 1


def _gap(gap: Gap, mark: int, texts: Texts) -> str:
    match gap.interaction:
        case Choice(options=options, shuffle=shuffle):
            kind = "MULTICHOICE_S" if shuffle else "MULTICHOICE"
            answers = [_option(option, texts) for option in options]
        case TextEntry(base_type="number", tolerance=tolerance, accepted=accepted):
            kind = "NUMERICAL"
            answers = [f"={plain_decimal(entry.text)}:{format(tolerance, 'f')}" for entry in accepted]
        case TextEntry(accepted=accepted, case_sensitive=case_sensitive):
            kind = "SHORTANSWER_C" if case_sensitive else "SHORTANSWER"
            answers = [_accepted(entry, texts) for entry in accepted]
    return f"{{{mark}:{kind}:{'~'.join(answers)}}}"


def _option(option: Option, texts: Texts) -> str:
    """Write an option. Moodle shows it in a drop-down list, as HTML without tags."""
    text = option.content.text
    if option.content.format == "markdown":
        if "$" in text or "![" in text:
            texts.lose(Lost.FORMAT, "Moodle's drop-down lists show neither maths nor images", option.place)
        text = texts.shown(text)
    shown = _coded(html_text(_one_line(text)))
    return _share(option.fraction, option, texts) + shown + _said(option, texts)


def _accepted(accepted: Accepted, texts: Texts) -> str:
    text = _one_line(texts.plain(accepted.text, accepted.place)).replace("*", r"\*")
    return _share(accepted.fraction, accepted, texts) + _coded(text) + _said(accepted, texts)


def _share(fraction: float, stated: Option | Accepted, texts: Texts) -> str:
    written, exact = nearest(fraction)
    if not exact:
        texts.lose(Lost.FRACTION, f"Moodle has no share of {fraction:.2%}: {written} % is written", stated.place)
    if written == "100":
        return "="
    return f"%{written}%" if written != "0" else ""


def _said(stated: Option | Accepted, texts: Texts) -> str:
    if not stated.feedback:
        return ""
    shown = texts.inline(stated.feedback)
    if shown.files:
        texts.lose(Lost.IMAGE, "a gap's feedback cannot hold images in Moodle", stated.place)
    return "#" + _coded(_one_line(shown.text))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _coded(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"&#{ord(found[0])};", text)
