"""One item to one question of Moodle's."""

from __future__ import annotations

import re
from typing import assert_never

from quizlib.content import html_text
from quizlib.model import (
    Associable,
    Choice,
    ExtendedText,
    InlineChoice,
    Item,
    Lost,
    Match,
    Option,
    Order,
    PartialCredit,
    TextEntry,
)
from quizlib_exporters.moodle_xml.cloze import cloze_text
from quizlib_exporters.moodle_xml.common import (
    combined_feedback,
    general_feedback,
    head,
    hints,
    stem,
    tail,
    unused_feedback,
)
from quizlib_exporters.moodle_xml.entries import number_entry, text_entry
from quizlib_exporters.moodle_xml.fractions import shares
from quizlib_exporters.moodle_xml.texts import Texts
from quizlib_exporters.moodle_xml.xml import Html, cdata, element, plain_element, text_element

_TARGET_LENGTH = 255
_GRADING = {
    None: "ABSOLUTE_POSITION",
    PartialCredit.NEIGHBOURS: "RELATIVE_NEXT_EXCLUDE_LAST",
    PartialCredit.ALL_OR_NOTHING: "ALL_OR_NOTHING",
}
_LIKE_HTML = re.compile(r"<\S|&#?\w+;")


def question(item: Item, texts: Texts) -> str:
    """Return the question as XML, and report through `texts` what it cannot hold."""
    match item.interaction:
        case Choice() as choice if item.question_type == "true_false":
            return _true_false(item, choice, texts)
        case Choice() as choice:
            return _multichoice(item, choice, texts)
        case TextEntry(base_type="number") as entry:
            return _question(item, texts, "numerical", number_entry(item, entry, texts))
        case TextEntry() as entry:
            return _question(item, texts, "shortanswer", text_entry(item, entry, texts))
        case ExtendedText() as extended:
            return _essay(item, extended, texts)
        case Match() as match:
            return _matching(item, match, texts)
        case Order() as order:
            return _ordering(item, order, texts)
        case InlineChoice() as gaps:
            return _cloze(item, gaps, texts)
        case _:
            assert_never(item.interaction)


def _question(item: Item, texts: Texts, kind: str, body: str, *, text: Html | None = None, hint: str = "text") -> str:
    """Join what all questions have with the `body` of one kind. `hint`: what its hints may hold."""
    if kind != "ordering" and item.partial_credit is not None:
        message = f"Moodle's {kind} gives its marks by shares, and not as `{item.partial_credit}` says"
        texts.lose(Lost.SCORING, message, item.place.at("partial_credit"))
    given = hints(item, texts, hint)
    content = head(item, texts, text or stem(item, texts)) + general_feedback(item, texts) + body + given
    return element("question", f"\n{content}{tail(item, texts)}", type=kind)


def _multichoice(item: Item, choice: Choice, texts: Texts) -> str:
    single = choice.max_choices == 1
    try:
        written, exact = shares([option.fraction for option in choice.options], single=single)
    except ValueError as error:
        texts.lose(Lost.QUESTION, f"{error}: the question is left out", item.place.at("options"))
        return ""
    if not exact:
        message = f"Moodle's list of shares holds not all of these: {', '.join(written)} % are written"
        texts.lose(Lost.FRACTION, message, item.place.at("options"))
    shuffle = choice.shuffle
    if shuffle and any(option.fixed for option in choice.options):
        shuffle = False
        place = next(option.place for option in choice.options if option.fixed)
        texts.lose(Lost.FIXED_OPTION, "Moodle shuffles all options or none: none are shuffled", place)
    body = [
        element("single", "true" if single else "false"),
        element("shuffleanswers", "true" if shuffle else "false"),
        element("answernumbering", "abc"),
        element("showstandardinstruction", "0" if single else "1"),
        combined_feedback(item, texts, show_number=not single),
        *(_answer(option, share, texts) for option, share in zip(choice.options, written, strict=True)),
    ]
    return _question(item, texts, "multichoice", "".join(body), hint="clear" if single else "count")


def _answer(option: Option, fraction: str, texts: Texts) -> str:
    feedback = text_element("feedback", texts.block(option.feedback)) if option.feedback else ""
    return text_element("answer", texts.content(option.content), feedback, fraction=fraction)


def _true_false(item: Item, choice: Choice, texts: Texts) -> str:
    """Write the native form, whose two answers hold the feedback on a right and on a wrong response."""
    body = []
    for option in choice.options:
        written = "true" if option.content.text == "True" else "false"
        said = item.feedback.correct if option.correct else item.feedback.incorrect
        feedback = text_element("feedback", texts.block(said)) if said else ""
        fraction = "100" if option.correct else "0"
        body.append(
            element("answer", f"<text>{written}</text>{feedback}", fraction=fraction, format="moodle_auto_format")
        )
    unused_feedback(item, texts, "partially_correct")
    return _question(item, texts, "truefalse", "".join(body))


def _matching(item: Item, match: Match, texts: Texts) -> str:
    targets = {target.identifier: target for target in match.targets}
    wanted = dict(match.pairs)
    rows = [(texts.content(source.content), targets[wanted[source.identifier]]) for source in match.sources]
    rows += [(Html(""), target) for target in match.targets if target.identifier not in wanted.values()]
    body = [
        element("shuffleanswers", "true" if match.shuffle else "false"),
        combined_feedback(item, texts, show_number=True),
        *(
            text_element(
                "subquestion",
                source,
                plain_element("answer", _target(target, texts)),
            )
            for source, target in rows
        ),
    ]
    return _question(item, texts, "matching", "".join(body), hint="count")


def _target(target: Associable, texts: Texts) -> str:
    """Return a target's text. Moodle takes it for HTML when it is shown, so what looks like that is escaped."""
    text = texts.plain(target.content.text, target.place, _TARGET_LENGTH)
    if not _LIKE_HTML.search(text):
        return text
    return texts.plain(html_text(text), target.place, _TARGET_LENGTH)


def _ordering(item: Item, order: Order, texts: Texts) -> str:
    """Write the items in their order. The element `shownumcorrect` must be there, or hints end the import."""
    body = [
        element("layouttype", "VERTICAL"),
        element("selecttype", "ALL"),
        element("selectcount", len(order.items)),
        element("gradingtype", _GRADING.get(item.partial_credit, "ABSOLUTE_POSITION")),
        element("showgrading", "SHOW"),
        element("numberingstyle", "none"),
        combined_feedback(item, texts, show_number=False),
        element("shownumcorrect", "1"),
    ]
    for part in order.items:
        shown = texts.code(part.content.text, None) if part.content.format == "code" else texts.content(part.content)
        body.append(text_element("answer", shown, fraction="100"))
    return _question(item, texts, "ordering", "".join(body), hint="count")


def _essay(item: Item, extended: ExtendedText, texts: Texts) -> str:
    body = [
        element("responseformat", "monospaced" if extended.response_format == "code" else "editor"),
        element("responserequired", "1"),
        element("responsefieldlines", extended.expected_lines),
        element("attachments", "0"),
        element("attachmentsrequired", "0"),
    ]
    if extended.rubric:
        rows = []
        for row in extended.rubric:
            points = f" ({row.points:g})" if row.points is not None else ""
            rows.append(Html("<li>") + texts.inline(row.text) + Html(f"{points}</li>\n"))
        joined = sum(rows, Html("<ul>\n")) + Html("</ul>")
        body.append(text_element("graderinfo", joined))
    if extended.template:
        body.append(_template(item, extended.template, code=extended.response_format == "code", texts=texts))
    unused_feedback(item, texts, "correct", "partially_correct", "incorrect")
    for index in range(len(item.hints)):
        texts.lose(Lost.HINT, "Moodle's essay has no hints", item.place.at("hints", index))
    return _question(item, texts, "essay", "".join(body), hint="none")


def _template(item: Item, template: str, *, code: bool, texts: Texts) -> str:
    """Return what the learner starts from. Where code is written Moodle shows it as it is, and trims it before."""
    if not code:
        return text_element("responsetemplate", texts.block(template))
    if template[:1].isspace():
        message = "Moodle removes the white space before the first line"
        texts.lose(Lost.WHITESPACE, message, item.place.at("template"))
    plain = texts.plain(template, item.place.at("template"))
    return element("responsetemplate", f"<text>{cdata(plain)}</text>", format="plain_text")


def _cloze(item: Item, gaps: InlineChoice, texts: Texts) -> str:
    unused_feedback(item, texts, "correct", "partially_correct", "incorrect")
    return _question(item, texts, "cloze", "", text=cloze_text(item, gaps, stem(item, texts), texts), hint="count")
