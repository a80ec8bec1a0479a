"""A bank as plain values for the templates, every text in them rendered."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from markupsafe import Markup

from quizlib.model import (
    Bank,
    Choice,
    CommonMistake,
    Content,
    Difficulty,
    InlineChoice,
    Item,
    Lesson,
    Listing,
    Loss,
    TextEntry,
)
from quizlib_exporters.html import code
from quizlib_exporters.html.gaps import stem_with_gaps
from quizlib_exporters.html.interactions import View, number, shown
from quizlib_exporters.html.texts import Texts, is_phrasing

_DIFFICULTIES: tuple[Difficulty, ...] = ("easy", "medium", "hard")
_KINDS = {
    "scenario": "Scenario",
    "problem": "Problem",
    "analogy": "Analogy",
    "before_after": "Before and after",
    "enables": "What it enables",
    "example": "Example",
}
_GROUPING = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_RIGHT_TO_LEFT = frozenset(("ar", "ckb", "dv", "fa", "he", "iw", "ks", "ku", "ps", "sd", "syr", "ug", "ur", "yi"))


def view_of(bank: Bank) -> tuple[View, list[dict[str, Any]], tuple[Loss, ...]]:
    """Return the values for the templates, the data for the script, and what is lost."""
    texts = Texts(bank)
    losses: list[Loss] = []
    questions: list[View] = []
    data: list[dict[str, Any]] = []
    view = {
        "language": bank.language if _LANGUAGE_TAG.fullmatch(bank.language) else "und",
        "direction": "rtl" if bank.language.lower().partition("-")[0] in _RIGHT_TO_LEFT else "ltr",
        "title": bank.title,
        "description": bank.description and texts.block(bank.description, 2),
        "authors": ", ".join(bank.authors),
        "license": bank.license,
        "counts": _counts(bank),
        "lesson": _lesson(bank.lesson, texts) if bank.lesson else None,
        "questions": questions,
    }
    for index, item in enumerate(bank.items):
        texts.about(item.place, item.identifier)
        question, item_data, item_losses = _question(item, index + 1, texts)
        questions.append(question)
        data.append(item_data)
        losses += item_losses
    return view, data, (*losses, *texts.losses.values())


def _counts(bank: Bank) -> list[tuple[str, int]]:
    counts = Counter(item.difficulty for item in bank.items)
    return [(difficulty, counts[difficulty]) for difficulty in _DIFFICULTIES if counts[difficulty]]


def _lesson(lesson: Lesson, texts: Texts) -> View:
    return {
        "big_idea": lesson.big_idea and texts.block(lesson.big_idea, 3),
        "sections": [
            {
                "title": section.title,
                "kind": _KINDS.get(section.kind),
                "text": section.text and texts.block(section.text, 3),
                "before": section.before and _listing(section.before),
                "after": section.after and _listing(section.after),
            }
            for section in lesson.sections
        ],
        "takeaways": [texts.inline(takeaway, 3) for takeaway in lesson.takeaways],
    }


def _listing(listing: Listing) -> View:
    return {
        "language": code.language_name(listing.language),
        "source": Markup(code.highlighted(listing.language, listing.source.removesuffix("\n"))),
        "stdin": listing.stdin,
        "arguments": listing.arguments,
        "files": listing.files,
    }


def _question(item: Item, place: int, texts: Texts) -> tuple[View, dict[str, Any], tuple[Loss, ...]]:
    interaction = shown(item, texts)
    stem, gaps_after = texts.inline(item.stem, 4), Markup("")
    if isinstance(item.interaction, InlineChoice):
        stem, gaps_after = stem_with_gaps(item.stem, interaction.view["gaps"], f"q{place}", texts)
    view = {
        "id": f"q{place}",
        "number": place,
        "name": item.title if item.title != item.identifier else "",
        "stem": stem,
        "stem_in_heading": is_phrasing(stem) and interaction.view["kind"] != "cloze",
        "gaps_after": gaps_after,
        "code": item.code and _listing(item.code),
        "difficulty": item.difficulty,
        "points": number(item.max_score),
        "hints": [texts.inline(hint) for hint in item.hints],
        "steps": [
            (step.title and _heading(step.title, texts), texts.block(step.text, 5)) for step in item.solution.steps
        ],
        "final_answer": item.solution.final_answer and _final_answer(item, texts),
        "check": item.solution.check and texts.inline(item.solution.check),
        "mistakes": [_mistake(mistake, item, texts) for mistake in item.common_mistakes],
        "feedback": _feedback(item, texts),
        "objectives": item.objectives,
        **interaction.view,
    }
    data = {
        "points": item.max_score,
        "difficulty": item.difficulty,
        "mistakes": [mistake["data"] for mistake in view["mistakes"]],
        **interaction.data,
    }
    return view, data, interaction.losses


def _heading(title: str, texts: Texts) -> Markup | str:
    rendered = texts.label(Content(title))
    return rendered if is_phrasing(rendered) else title


def _final_answer(item: Item, texts: Texts) -> Markup:
    """Render the final answer; one that repeats an option or a typed answer is shown in the same form."""
    answer = item.solution.final_answer or ""
    match item.interaction:
        case Choice(options=options):
            for option in options:
                if option.content.text.strip() == answer.strip() and option.content.format == "code":
                    return texts.label(option.content)
        case TextEntry(base_type="output"):
            if any(accepted.text.strip() == answer.strip() for accepted in item.interaction.accepted):
                return Markup('<code class="block">{}</code>').format(answer)
        case _:
            pass
    return texts.inline(answer)


def _mistake(mistake: CommonMistake, item: Item, texts: Texts) -> View:
    option = None
    yields: Markup | None = None
    arrived_at = mistake.yields
    if mistake.yields is not None:
        yields = texts.inline(mistake.yields)
        match item.interaction:
            case Choice(options=options):
                for index, candidate in enumerate(options):
                    if candidate.content.text.strip() == mistake.yields.strip():
                        option, yields = index, texts.label(candidate.content)
            case TextEntry(base_type=base_type):
                yields = Markup("<code>{}</code>").format(mistake.yields)
                if base_type == "number":
                    arrived_at = _GROUPING.sub("", mistake.yields)  # as the rest of the project reads it
            case _:
                pass
    return {
        "text": texts.inline(mistake.text),
        "yields": yields,
        "feedback": mistake.feedback and texts.block(mistake.feedback, 5),
        "data": {"option": option, "yields": arrived_at},
    }


def _feedback(item: Item, texts: Texts) -> list[tuple[str, Markup]]:
    feedback = item.feedback
    by_outcome = (
        ("right", feedback.correct),
        ("partial", feedback.partially_correct),
        ("wrong", feedback.incorrect),
        ("always", feedback.general),
    )
    return [(when, texts.block(text, 5)) for when, text in by_outcome if text]
