"""Typed answers: texts and numbers."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from quizlib.model import Accepted, CommonMistake, Item, Lost, TextEntry, Whitespace
from quizlib_exporters.moodle_xml.common import unused_feedback
from quizlib_exporters.moodle_xml.fractions import nearest
from quizlib_exporters.moodle_xml.texts import Texts
from quizlib_exporters.moodle_xml.xml import Html, cdata, element, text_element


def text_entry(item: Item, entry: TextEntry, texts: Texts) -> str:
    """Return the answers of a `shortanswer`, in which `*` stands for any text."""
    if entry.pattern is not None:
        message = "Moodle takes no regular expressions: only the accepted texts are written"
        texts.lose(Lost.PATTERN, message, item.place.at("pattern"))
    body = [element("usecase", "1" if entry.case_sensitive else "0")]
    body += [_answer(item, accepted, _typed(accepted, entry, texts), "", texts) for accepted in entry.accepted]
    taken = {_folded(accepted.text, entry) for accepted in entry.accepted}
    for mistake in item.common_mistakes:
        yields = (mistake.yields or "").strip()
        if yields and "\n" not in yields and _folded(yields, entry) not in taken:
            taken.add(_folded(yields, entry))
            body.append(_wrong(_starred(yields), "", _explained(mistake, texts)))
    return "".join(body) + _others(item, texts)


def number_entry(item: Item, entry: TextEntry, texts: Texts) -> str:
    """Return the answers of a `numerical`: plain decimals, with an absolute tolerance."""
    tolerance = element("tolerance", format(entry.tolerance, "f"))
    body = [_answer(item, accepted, plain_decimal(accepted.text), tolerance, texts) for accepted in entry.accepted]
    right = [Decimal(accepted.text) for accepted in entry.accepted]
    for mistake in item.common_mistakes:
        try:
            wrong = Decimal((mistake.yields or "").strip())
        except InvalidOperation:
            continue
        if wrong.is_finite() and all(abs(wrong - number) > entry.tolerance for number in right):
            right.append(wrong)
            body.append(_wrong(plain_decimal(str(wrong)), element("tolerance", "0"), _explained(mistake, texts)))
    return "".join(body) + _others(item, texts)


def plain_decimal(number: str) -> str:
    """Return a number in plain ASCII decimal, the only form that Moodle reads as it stands."""
    return format(Decimal(number), "f")


def _typed(accepted: Accepted, entry: TextEntry, texts: Texts) -> str:
    text = texts.plain(accepted.text, accepted.place)
    if "\n" in text:
        message = "Moodle's field holds one line: the lines are accepted with one blank between them"
        texts.lose(Lost.WHITESPACE, message, accepted.place, "use options, to keep the lines apart")
        text = " ".join(text.split())
    elif accepted.text.rstrip("\n") != text and entry.whitespace is not Whitespace.ANY:
        message = "Moodle does not count white space at the ends of a typed answer"
        texts.lose(Lost.WHITESPACE, message, accepted.place)
    if entry.whitespace is Whitespace.ANY:
        text = " ".join(text.split())
    return _starred(text)


def _starred(text: str) -> str:
    return text.replace("*", r"\*")


def _folded(text: str, entry: TextEntry) -> str:
    joined = " ".join(text.split())
    return joined if entry.case_sensitive else joined.casefold()


def _answer(item: Item, accepted: Accepted, text: str, extra: str, texts: Texts) -> str:
    fraction, exact = nearest(accepted.fraction)
    if not exact:
        message = f"Moodle has no share of {accepted.fraction:.2%}: {fraction} % is written"
        texts.lose(Lost.FRACTION, message, accepted.place)
    said = accepted.feedback or (item.feedback.correct if accepted.fraction >= 1 else item.feedback.partially_correct)
    feedback = text_element("feedback", texts.block(said)) if said else ""
    content = f"<text>{cdata(text)}</text>{feedback}{extra}"
    return element("answer", content, fraction=fraction, format="moodle_auto_format")


def _wrong(text: str, extra: str, feedback: Html) -> str:
    content = f"<text>{cdata(text)}</text>{text_element('feedback', feedback)}{extra}"
    return element("answer", content, fraction="0", format="moodle_auto_format")


def _explained(mistake: CommonMistake, texts: Texts) -> Html:
    said = texts.inline(mistake.text)
    return said + Html(": ") + texts.inline(mistake.feedback) if mistake.feedback else said


def _others(item: Item, texts: Texts) -> str:
    """Say what is said to a wrong response, through an answer that any other text matches."""
    if not any(accepted.fraction < 1 for accepted in getattr(item.interaction, "accepted", ())):
        unused_feedback(item, texts, "partially_correct")
    return _wrong("*", "", texts.block(item.feedback.incorrect)) if item.feedback.incorrect else ""
