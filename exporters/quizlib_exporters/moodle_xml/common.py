"""What all questions have: name, text, general feedback with the worked solution, hints, tags."""

from __future__ import annotations

import re

from quizlib.diagnostics import Place
from quizlib.model import Content, Item, Listing, Lost, Solution, TextEntry
from quizlib_exporters.moodle_xml.texts import Texts
from quizlib_exporters.moodle_xml.xml import Html, cdata, element, plain_element, text_element

_NAME_LENGTH = 255
_IDNUMBER_LENGTH = 100
_TAG_LENGTH = 50  # characters that Moodle keeps of a tag's name

# Moodle strips tags from names: `List<int>` is kept when a blank stands behind the sign.
_TAG_LIKE = re.compile(r"<(?=\S)")


def untagged(name: str) -> str:
    """Return a name of which Moodle strips nothing."""
    return _TAG_LIKE.sub("< ", name)


def head(item: Item, texts: Texts, text: Html) -> str:
    """Return the name, the text, the marks and the identity of a question."""
    title_place = item.place.at("title") if item.title != item.identifier else item.place.at("id")
    name = texts.plain(untagged(item.title), title_place, _NAME_LENGTH)
    identifier = texts.plain(item.identifier, item.place.at("id"), _IDNUMBER_LENGTH)
    penalty = "0.3333333" if item.question_type != "essay" else "0"
    return (
        plain_element("name", name)
        + text_element("questiontext", text)
        + element("defaultgrade", f"{item.max_score:.7f}".rstrip("0").rstrip("."))
        + element("penalty", penalty)
        + element("hidden", "0")
        + element("idnumber", cdata(identifier))
    )


def stem(item: Item, texts: Texts) -> Html:
    """Return the stem, under it the program with what it is given, and the unit of a number."""
    shown = texts.block(item.stem)
    if item.code is not None:
        shown += _listing(item.code, texts)
    if isinstance(item.interaction, TextEntry) and item.interaction.unit:
        shown += Html("\n<p>Unit: ") + texts.content(Content(item.interaction.unit, "plain")) + Html("</p>")
    return shown


def general_feedback(item: Item, texts: Texts) -> str:
    """Return the general feedback: what is said to everybody, the worked solution, the common mistakes."""
    shown = Html("")
    if item.feedback.general:
        shown += texts.block(item.feedback.general) + Html("\n")
    if item.solution:
        shown += _solution(item.solution, texts)
    if item.common_mistakes:
        shown += Html("<h5>Common mistakes</h5>\n<ul>\n")
        for mistake in item.common_mistakes:
            shown += Html("<li>") + texts.inline(mistake.text)
            if mistake.yields is not None:
                shown += Html(" (leads to ") + texts.code_or_text(item, mistake.yields) + Html(")")
            if mistake.feedback:
                shown += Html(": ") + texts.inline(mistake.feedback)
            shown += Html("</li>\n")
        shown += Html("</ul>")
    return text_element("generalfeedback", shown) if shown.text else ""


def combined_feedback(item: Item, texts: Texts, *, show_number: bool) -> str:
    """Return the feedback by how a response scored, for the kinds that hold it."""
    said = (
        ("correctfeedback", item.feedback.correct),
        ("partiallycorrectfeedback", item.feedback.partially_correct),
        ("incorrectfeedback", item.feedback.incorrect),
    )
    written = "".join(text_element(name, texts.block(text)) for name, text in said if text)
    return written + ("<shownumcorrect/>\n" if show_number else "")


def unused_feedback(item: Item, texts: Texts, *names: str) -> None:
    """Report the feedback that a kind of question has no place for."""
    for name in names:
        if getattr(item.feedback, name):
            message = f"Moodle's {item.question_type.replace('_', ' ')} has no place for this feedback"
            texts.lose(Lost.FEEDBACK, message, item.place.at("feedback", name))


def hints(item: Item, texts: Texts, holds: str) -> str:
    """Return the hints. `holds`: "text"; "clear" wrong choices as well; "count" the right ones as well."""
    if holds == "none":
        return ""
    extra = {"text": "", "clear": "<clearwrong/>", "count": "<shownumcorrect/><clearwrong/>"}[holds]
    return "".join(text_element("hint", texts.block(hint), extra) for hint in item.hints)


def tail(item: Item, texts: Texts) -> str:
    """Return the tags: the item's own, its difficulty and its objectives."""
    names = [(tag, _tag_place(tag, item, texts)) for tag in item.tags]
    if item.difficulty is not None:
        names.append((f"difficulty:{item.difficulty}", item.place.at("difficulty")))
    names += [(f"objective:{name}", item.place.at("objectives", index)) for index, name in enumerate(item.objectives)]
    written: dict[str, str] = {}
    for name, place in names:
        if name.strip() == "0":
            texts.lose(Lost.TAG, "Moodle cannot hold a tag `0`", place)
            continue
        tag = texts.plain(" ".join(untagged(name).split()), place, _TAG_LENGTH)
        written.setdefault(tag.casefold(), plain_element("tag", tag))
    return element("tags", "".join(written.values())) if written else ""


def _tag_place(tag: str, item: Item, texts: Texts) -> Place:
    if tag in texts.bank.tags:
        return texts.bank.place.at("tags", texts.bank.tags.index(tag))
    return item.place.at("tags")


def _solution(solution: Solution, texts: Texts) -> Html:
    shown = Html("<h5>Solution</h5>\n")
    if solution.steps:
        shown += Html("<ol>\n")
        for step in solution.steps:
            title = Html("<strong>") + texts.inline(step.title) + Html(".</strong> ") if step.title else Html("")
            shown += Html("<li>") + title + texts.inline(step.text) + Html("</li>\n")
        shown += Html("</ol>\n")
    for label, text in (("Final answer", solution.final_answer), ("Quick check", solution.check)):
        if text is not None:
            shown += _labelled(label, texts.inline(text))
    return shown


def _labelled(label: str, content: Html) -> Html:
    heading = f"<strong>{label}:</strong>"
    if content.text.startswith(("<pre", "<p>", "<ul", "<ol", "<table")):
        return Html(f"<p>{heading}</p>\n") + content + Html("\n")
    return Html(f"<p>{heading} ") + content + Html("</p>\n")


def _listing(listing: Listing, texts: Texts) -> Html:
    shown = Html("\n") + texts.code(listing.source, listing.language)
    if listing.arguments:
        shown += _given("Arguments", " ".join(listing.arguments), texts)
    if listing.stdin:
        shown += _given("Standard input", listing.stdin, texts)
    for name, content in listing.files:
        shown += _given(f"File `{name}`", content, texts)
    return shown


def _given(label: str, text: str, texts: Texts) -> Html:
    return Html("\n<p>") + texts.inline(label) + Html(":</p>\n") + texts.code(text, None)
