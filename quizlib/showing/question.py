"""One question in full, as its author wants to see it: with its key, hints, solution, mistakes and feedback."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quizlib.bank import LoadedBank
from quizlib.diagnostics import Variant
from quizlib.model import Content, Feedback, InlineChoice, Item, Solution
from quizlib.showing.interaction import interaction_lines
from quizlib.taking.screen import BOLD, FAINT, Screen

_FEEDBACK = {
    "general": "Always",
    "correct": "When right",
    "partially_correct": "When partly right",
    "incorrect": "When not right",
}


def question_lines(loaded: LoadedBank, items: Sequence[Item], screen: Screen) -> list[str]:
    """Return a question: one item, or the first of its variants and what the others have in place of its values."""
    item = items[0]
    gaps = [gap.identifier for gap in item.interaction.gaps] if isinstance(item.interaction, InlineChoice) else []
    lines = [*_heading(loaded, item, screen), "", *screen.markdown(item.stem, gaps=gaps)]
    if item.code is not None:
        lines += ["", *screen.listing(item.code)]
    lines += interaction_lines(item, screen)
    lines += _titled("Hints", _numbered(item.hints, screen), screen)
    lines += _titled("Solution", _solution(item.solution, screen), screen)
    lines += _titled("Common mistakes", _mistakes(item, screen), screen)
    lines += _titled("Feedback", _feedback(item.feedback, screen), screen)
    variants = [loaded.variants[one.identifier] for one in items if one.identifier in loaded.variants]
    return lines + _titled("Variants", _variants(variants, screen), screen)


def _heading(loaded: LoadedBank, item: Item, screen: Screen) -> list[str]:
    span = loaded.locate(item.place)
    points = f"{item.max_score:g} point{'' if item.max_score == 1 else 's'}"
    lines = screen.words(item.identifier, BOLD)
    if item.title != item.identifier:
        lines += screen.words(item.title, BOLD)
    lines += screen.words(", ".join(word for word in (item.question_type, item.difficulty, points) if word))
    if item.tags:
        lines += screen.words(", ".join(item.tags), first="tags: ")
    if item.objectives:
        lines += screen.words(", ".join(item.objectives), first="objectives: ")
    return [*lines, *screen.words(f"{span.path}:{span.line}", FAINT)]


def _titled(title: str, lines: Sequence[str], screen: Screen) -> list[str]:
    """Return lines below their title; nothing where there are none."""
    return ["", *screen.words(title, BOLD), *lines] if lines else []


def _numbered(texts: Iterable[str], screen: Screen) -> list[str]:
    return [line for number, text in enumerate(texts, 1) for line in screen.markdown(text, f"  {number}. ")]


def _solution(solution: Solution, screen: Screen) -> list[str]:
    lines = []
    for number, step in enumerate(solution.steps, 1):
        if step.title:
            lines += [*screen.markdown(step.title, f"  {number}. "), *screen.markdown(step.text, "     ")]
        else:
            lines += screen.markdown(step.text, f"  {number}. ")
    lines += screen.markdown(solution.final_answer, "  Final answer: ") if solution.final_answer else []
    return lines + (screen.markdown(solution.check, "  Quick check: ") if solution.check else [])


def _mistakes(item: Item, screen: Screen) -> list[str]:
    lines = []
    for mistake in item.common_mistakes:
        lines += screen.markdown(mistake.text, "  - ")
        lines += screen.content(Content(mistake.yields, "code"), "    yields: ") if mistake.yields else []
        lines += screen.markdown(mistake.feedback, "    feedback: ") if mistake.feedback else []
    return lines


def _feedback(feedback: Feedback, screen: Screen) -> list[str]:
    texts = {words: getattr(feedback, name) for name, words in _FEEDBACK.items()}
    return [line for words, text in texts.items() if text for line in screen.markdown(text, f"  {words}: ")]


def _variants(variants: Sequence[Variant], screen: Screen) -> list[str]:
    told = [f"{variant.identifier}: {variant.values}; seed {variant.seed}" for variant in variants]
    return [line for text in told for line in screen.words(text, first="  ")]
