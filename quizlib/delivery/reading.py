"""Delivery JSON back to items and banks. Nothing in it is trusted; what nobody knows in it is ignored."""

from __future__ import annotations

import base64
import binascii
import dataclasses
from collections.abc import Mapping
from typing import Any, cast

from quizlib.delivery.checking import DocumentError, Fault, Node, parsed
from quizlib.delivery.interactions import interaction_of, rules_of
from quizlib.diagnostics import Place
from quizlib.model import (
    Bank,
    Blueprint,
    BlueprintPart,
    CommonMistake,
    Difficulty,
    Feedback,
    Form,
    Item,
    Lesson,
    LessonSection,
    Listing,
    Solution,
    Step,
)

VERSION = 1
_LEVELS: tuple[Difficulty, ...] = ("easy", "medium", "hard")
_MOST = 1000
_NOWHERE = Place("")


@dataclasses.dataclass(frozen=True, slots=True)
class Delivered:
    """What a document holds: a bank, and how its questions were drawn where it is a form."""

    bank: Bank
    form: Form | None = None


def read(content: bytes | str, path: str = "") -> Delivered:
    """Read what `quiz export --to json` or `quiz assemble` has written; `path` is how the user knows the file.

    Raises DocumentError with all that is wrong with it; without its keys a document cannot be read either.
    """
    return delivered(parsed(content), path)


def delivered(data: Any, path: str = "") -> Delivered:
    """Return what plain data hold, as `read` does."""
    faults: list[Fault] = []
    node = Node(data, faults)
    found = _delivered(node, path) if _is_document(node) else None
    if faults or found is None:
        raise DocumentError(faults)
    return found


def item_of(data: Any, place: Place = _NOWHERE) -> Item:
    """Return the item that plain data hold. Raises DocumentError."""
    faults: list[Fault] = []
    found = _item(Node(data, faults), place)
    if faults:
        raise DocumentError(faults)
    return found


def _is_document(node: Node) -> bool:
    if not node.is_mapping():
        return False
    if node.has("responses") and not node.has("items"):
        node.fault("this is a result, and a form or an exported bank is expected here")
        return False
    if node.raw("version") != VERSION:
        node.fault(f"this version of quizlib reads version {VERSION} of the JSON export", "version")
        return False
    if node.truth("with_key", True):
        return True
    node.fault("the document was written without its keys, and nothing can be graded by it", "with_key")
    return False


def _delivered(node: Node, path: str) -> Delivered:
    place = Place(path)
    items = tuple(_item(entry, place.at("items", index)) for index, entry in enumerate(node.list("items")))
    seen: set[str] = set()
    for index, item in enumerate(items):
        if item.identifier in seen:
            node.fault(f"another question has the id `{item.identifier}`, too", "items", index, "id")
        seen.add(item.identifier)
    bank = Bank(
        identifier=node.text("id"),
        title=node.text("title"),
        items=items,
        place=place,
        description=node.optional_text("description"),
        language=node.text("language", "en"),
        license=node.optional_text("license"),
        authors=node.texts("authors"),
        category=node.optional_text("category"),
        tags=node.texts("tags"),
        lesson=_lesson(node.part("lesson")) if node.has("lesson") else None,
        blueprint=_blueprint(node.part("blueprint")) if node.has("blueprint") else None,
        sanitize_html=node.word("raw_html", ("inert", "sanitized"), "inert") == "sanitized",
        images=_images(node),
    )
    return Delivered(bank, _form(node.part("form")) if node.has("form") else None)


def _item(node: Node, place: Place) -> Item:
    node.is_mapping()
    interaction = interaction_of(node.part("interaction"), place.at("interaction"))
    rules = rules_of(interaction)
    return Item(
        identifier=node.text("id"),
        title=node.text("title"),
        question_type=node.text("question_type"),
        stem=node.text("stem"),
        interaction=interaction,
        place=place,
        code=_listing(node.part("code")) if node.has("code") else None,
        max_score=node.number("max_score", 1.0, least=0, most=1e6),
        hints=node.texts("hints"),
        solution=_solution(node.part("solution")) if node.has("solution") else Solution(),
        common_mistakes=tuple(map(_mistake, node.list("common_mistakes"))),
        feedback=_feedback(node.part("feedback")) if node.has("feedback") else Feedback(),
        difficulty=node.word("difficulty", _LEVELS) if node.has("difficulty") else None,
        tags=node.texts("tags"),
        objectives=node.texts("objectives"),
        partial_credit=node.word("partial_credit", rules) if node.has("partial_credit") else None,
        variant_of=node.optional_text("variant_of"),
    )


def _listing(node: Node) -> Listing:
    return Listing(
        node.text("language"),
        node.text("source"),
        node.text("stdin", ""),
        node.texts("arguments"),
        tuple((name, content.own_text()) for name, content in node.mapping("files")),
    )


def _solution(node: Node) -> Solution:
    return Solution(
        tuple(Step(step.text("text"), step.optional_text("title")) for step in node.list("steps")),
        node.optional_text("final_answer"),
        node.optional_text("check"),
    )


def _mistake(node: Node) -> CommonMistake:
    return CommonMistake(
        node.text("text"), node.optional_text("yields"), node.optional_text("feedback"), node.optional_text("source")
    )


def _feedback(node: Node) -> Feedback:
    names = ("general", "correct", "partially_correct", "incorrect")
    return Feedback(**{name: node.optional_text(name) for name in names})


def _lesson(node: Node) -> Lesson:
    return Lesson(node.optional_text("big_idea"), tuple(map(_section, node.list("sections"))), node.texts("takeaways"))


def _section(node: Node) -> LessonSection:
    return LessonSection(
        node.text("title"),
        node.text("kind", "text"),
        node.optional_text("text"),
        _listing(node.part("before")) if node.has("before") else None,
        _listing(node.part("after")) if node.has("after") else None,
        node.texts("objectives"),
    )


def _blueprint(node: Node) -> Blueprint:
    limit = node.optional_number("time_limit", least=0, most=1440)
    return Blueprint(tuple(map(_blueprint_part, node.list("parts", most=100))), limit)


def _blueprint_part(node: Node) -> BlueprintPart:
    return BlueprintPart(
        node.whole("count", least=1, most=_MOST),
        node.word("difficulty", _LEVELS) if node.has("difficulty") else None,
        node.texts("tags"),
        node.texts("objectives"),
        node.texts("question_types"),
    )


def _form(node: Node) -> Form:
    return Form(node.text("seed"), _blueprint(node.part("blueprint")))


def _images(node: Node) -> Mapping[str, bytes]:
    images = {}
    for path, image in node.mapping("images"):
        try:
            images[path] = base64.b64decode(image.text("base64"), validate=True)
        except (binascii.Error, ValueError):
            image.fault("this is not base64", "base64")
    return cast("Mapping[str, bytes]", images)
