"""A bank as plain values for the templates, every text in them rendered."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from quizlib.delivery.digest import digest
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
    Output,
    Prints,
    TextEntry,
    readable,
)
from quizlib_exporters.html import code
from quizlib_exporters.html.gaps import stem_with_gaps
from quizlib_exporters.html.interactions import View, number, shown
from quizlib_exporters.html.messages import Messages, direction_of
from quizlib_exporters.html.mistaken import mistake_data, program_view
from quizlib_exporters.html.texts import Texts, is_phrasing
from quizlib_exporters.html.titles import question_title
from quizlib_exporters.html.truth import say_truth

_DIFFICULTIES: tuple[Difficulty, ...] = ("easy", "medium", "hard")
_KINDS = frozenset(("scenario", "problem", "analogy", "before_after", "enables", "example"))
_GROUPING = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclasses.dataclass(slots=True)
class PageView:
    """The values for the templates, the data for the script, and what is lost."""

    values: View
    questions: list[View]
    losses: tuple[Loss, ...]


def view_of(bank: Bank, words: Messages) -> PageView:
    """Return what the page of one bank shows."""
    texts = Texts(bank)
    questions = _questions(bank, texts, words)
    values = {
        **frame(words, bank.title, [bank]),
        "description": bank.description and texts.block(bank.description, 2),
        "authors": ", ".join(bank.authors),
        "license": bank.license,
        "lesson": _lesson(bank, bank.lesson, texts) if bank.lesson else None,
        "questions": [question.view for question in questions],
    }
    losses = (*(loss for question in questions for loss in question.losses), *texts.losses.values())
    return PageView(values, [question.data for question in questions], losses)


def mixed_view_of(banks: Sequence[Bank], title: str, words: Messages) -> PageView:
    """Return what the page with the questions of several banks shows. Its losses are those of the banks' own pages."""
    questions: list[_Shown] = []
    for bank in banks:
        questions += _questions(bank, Texts(bank), words, first=len(questions) + 1, prefix=f"{bank.identifier}/")
    values = {
        **frame(words, title, banks),
        "description": None,
        "authors": "",
        "license": None,
        "lesson": None,
        "questions": [question.view for question in questions],
    }
    return PageView(values, [question.data for question in questions], ())


def frame(words: Messages, title: str, banks: Sequence[Bank]) -> View:
    """Return what every page has: its words, its language, and how many questions there are."""
    items = [item for bank in banks for item in bank.items]
    counts = Counter(item.difficulty for item in items)
    return {
        "words": words,
        "language": words.language,
        "direction": words.direction,
        "own": own_language(banks[0], words) if len({bank.language for bank in banks}) == 1 else Markup(' dir="auto"'),
        "title": title,
        "counts": [(difficulty, counts[difficulty]) for difficulty in _DIFFICULTIES if counts[difficulty]],
    }


def own_language(bank: Bank, words: Messages) -> Markup:
    """Return the attributes of the bank's texts in the page: their language, where it is not that of the page.

    A text in a script from right to left often begins with a name or a number that is not, which `auto` would go by.
    """
    language = bank.language if _LANGUAGE_TAG.fullmatch(bank.language) else "und"
    direction = Markup(' dir="rtl"') if direction_of(language) == "rtl" else Markup(' dir="auto"')
    return direction if language == words.language else Markup(' lang="{}"').format(language) + direction


@dataclasses.dataclass(frozen=True, slots=True)
class _Shown:
    """A question: for the templates, for the script, and what is lost of it."""

    view: View
    data: View
    losses: tuple[Loss, ...]


def _questions(bank: Bank, texts: Texts, words: Messages, first: int = 1, prefix: str = "") -> list[_Shown]:
    found = []
    for place, item in enumerate(bank.items, start=first):
        texts.about(item.place, item.identifier)
        question = _question(item, place, texts, words)
        question.view["own"] = own_language(bank, words)
        say_truth(question.view, item, words, bank.language)
        question.view["identifier"] = question.data["id"] = prefix + item.identifier
        question.data["bank"] = bank.identifier
        if prefix and item.variant_of:
            question.data["variant_of"] = prefix + item.variant_of
        found.append(question)
    return found


def _lesson(bank: Bank, lesson: Lesson, texts: Texts) -> View:
    return {
        "big_idea": lesson.big_idea and texts.block(lesson.big_idea, 3),
        "sections": [
            {
                "title": section.title,
                "kind": section.kind if section.kind in _KINDS else None,
                "text": section.text and texts.block(section.text, 4),
                "before": section.before and _listing(section.before),
                "after": section.after and _listing(section.after),
                "objectives": section.objectives,
                "practised_by": [
                    (place, item.identifier)
                    for place, item in enumerate(bank.items, start=1)
                    if not set(item.objectives).isdisjoint(section.objectives)
                ],
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


def _question(item: Item, place: int, texts: Texts, words: Messages) -> _Shown:
    interaction = shown(item, texts)
    stem, gaps_after = texts.inline(item.stem, 4), Markup("")
    if isinstance(item.interaction, InlineChoice):
        stem, gaps_after = stem_with_gaps(item.stem, interaction.view["gaps"], f"q{place}", texts, words)
    mistakes = [_mistake(mistake, item, texts) for mistake in item.common_mistakes]
    view = {
        "id": f"q{place}",
        "number": place,
        "name": question_title(item, texts),
        "stem": stem,
        "stem_in_heading": is_phrasing(stem) and interaction.view["kind"] != "inline_choice",
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
        "mistakes": mistakes,
        "feedback": _feedback(item, texts),
        "objectives": list(map(readable, item.objectives)),
        **interaction.view,
    }
    data = {
        "digest": digest(item),
        "type": item.question_type,
        "difficulty": item.difficulty,
        "objectives": item.objectives,
        "tags": item.tags,
        "variant_of": item.variant_of,
        "points": item.max_score,
        "partial_credit": item.partial_credit,
        "interaction": interaction.data,
        "mistakes": [mistake["data"] for mistake in mistakes],
        "outputs": _outputs(item),
    }
    return _Shown(view, data, interaction.losses)


def _outputs(item: Item) -> list[str]:
    """Return what a learner may predict of the program: its output, or the exception that it ends with."""
    for claim in item.claims:
        if isinstance(claim, Prints):
            ends = claim.expected
            text = ends.text if isinstance(ends, Output) else ends.exception
            return [text] if text is not None and text.strip() else []
    return []


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
                for candidate in options:
                    if candidate.content.text.strip() == mistake.yields.strip():
                        option, yields = candidate.identifier, texts.label(candidate.content)
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
        "program": program_view(item, mistake),
        "data": mistake_data(item, mistake, option, arrived_at),
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
