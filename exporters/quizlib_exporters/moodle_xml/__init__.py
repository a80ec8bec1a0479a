"""Moodle XML, as Moodle's own importer reads it (observed on 4.5).

One file holds one bank: its category, then its questions, each with the question's id as idnumber, so that
a second import can be told from the first. Moodle counts white space inside a typed answer; quizlib does
not, unless it is told to. All else that Moodle cannot hold is reported as a loss.
"""

from __future__ import annotations

from quizlib.model import Bank, Exported, Item, Loss, Lost
from quizlib.plugins import ExportOptions
from quizlib_exporters.moodle_xml.common import untagged
from quizlib_exporters.moodle_xml.questions import question
from quizlib_exporters.moodle_xml.texts import Texts
from quizlib_exporters.moodle_xml.xml import cdata, element, text_element

SUMMARY = "Moodle XML, for the import into Moodle's question bank."
CAN_OMIT_KEY = False

_CATEGORY_LENGTH = 255


def export(bank: Bank, options: ExportOptions) -> Exported:
    """Write the bank as one Moodle XML file."""
    losses: list[Loss] = []
    if bank.lesson is not None:
        message = "Moodle XML holds questions only: the lesson is left out"
        losses.append(Loss(Lost.LESSON, message, bank.place.at("lesson"), "export it with --to html"))
    parts = [_category(bank, losses)]
    parts += [_question(item, bank, losses) for item in bank.items]
    body = "".join(parts)
    document = f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{body}</quiz>\n'
    return Exported({f"{bank.identifier}.xml": document.encode("utf-8")}, _once(losses))


def _once(losses: list[Loss]) -> tuple[Loss, ...]:
    """Report a loss once, though many questions share it, as they do the bank's tags."""
    return tuple({(loss.kind, loss.message, loss.place): loss for loss in reversed(losses)}.values())[::-1]


def _question(item: Item, bank: Bank, losses: list[Loss]) -> str:
    return question(item, Texts(bank, item, losses))


def _category(bank: Bank, losses: list[Loss]) -> str:
    """Return the category to which the questions belong, with what is to be said of the bank."""
    texts = Texts(bank, None, losses)
    names = [part.strip() for part in bank.category.split("/")] if bank.category else [bank.title.replace("/", "//")]
    path = "/".join(["$course$", "top", *filter(None, (_shortened(name, bank, losses) for name in names))])
    about = [bank.description] if bank.description else []
    if bank.authors:
        about.append(f"Authors: {', '.join(bank.authors)}.")
    if bank.license:
        about.append(f"License: {bank.license}.")
    info = text_element("info", texts.block("\n\n".join(about))) if about else ""
    category = element("category", f"<text>{cdata(texts.plain(untagged(path), bank.place))}</text>")
    return element("question", category + info, type="category")


def _shortened(name: str, bank: Bank, losses: list[Loss]) -> str:
    if len(name) <= _CATEGORY_LENGTH:
        return name
    message = f"the category's name is cut to {_CATEGORY_LENGTH} characters"
    losses.append(Loss(Lost.TEXT_TOO_LONG, message, bank.place.at("category" if bank.category else "title")))
    return name[: _CATEGORY_LENGTH - 1].rstrip("/") + "…"
