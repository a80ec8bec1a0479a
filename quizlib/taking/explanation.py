"""What is said of a response in practice: the verdict, the mistake that leads to it, feedback, why each option."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from quizlib.grading import ALMOST, Outcome, State
from quizlib.grading.numbers import Number, is_within, number
from quizlib.grading.texts import comparable
from quizlib.model import (
    Choice,
    CommonMistake,
    ExtendedText,
    InlineChoice,
    Interaction,
    Item,
    Match,
    Option,
    Order,
    TextEntry,
)
from quizlib.taking import arrangement
from quizlib.taking.responses import key_of, response_lines
from quizlib.taking.screen import BOLD, GREEN, RED, YELLOW, Screen
from quizlib.taking.session import Session

_GROUPING = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")  # in `yields`, as on the page
_EXACTLY = Number(0, 0)
_VERDICTS = {
    State.RIGHT: ("Right.", GREEN),
    State.PARTIAL: ("Partly right.", YELLOW),
    State.WRONG: ("Not right.", RED),
    State.UNGRADED: ("This is not scored. Compare it with what a good answer has.", BOLD),
}


def explanation_lines(session: Session, screen: Screen) -> list[str]:
    """Return what is said once the question is answered; of one that was given up, next to nothing."""
    item, work = session.item, session.work
    if work.response is None:
        return screen.words("Given up: the solution is shown.", BOLD)
    outcome = session.outcome(item)
    lines = _verdict(item, outcome, screen)
    if outcome.state in (State.WRONG, State.PARTIAL):
        for mistake in item.common_mistakes:
            if leads_to(mistake, item.interaction, work.response):
                lines += ["", *screen.words("This leads to your answer:", BOLD), *mistake_lines(mistake, screen)]
    for text in _feedback(item, outcome):
        lines += ["", *screen.markdown(text)]
    lines += _parts(item, outcome, screen)
    if outcome.state in (State.WRONG, State.PARTIAL):
        lines += right_answer(item, session.plan.seed, screen)
    lines += _why(item, work.response, outcome, session.plan.seed, screen)
    if isinstance(item.interaction, ExtendedText) and item.interaction.rubric:
        lines += ["", *screen.words("A good answer has:", BOLD)]
        for row in item.interaction.rubric:
            points = f" ({row.points:g})" if row.points is not None else ""
            lines += screen.markdown(f"{row.text}{points}", "- ")
    return lines


def right_answer(item: Item, seed: str, screen: Screen) -> list[str]:
    """Return the key, where there is one."""
    lines = response_lines(item, key_of(item.interaction), seed, screen)
    return ["", *screen.words("Right is:", BOLD), *lines] if lines else []


def mistake_lines(mistake: CommonMistake, screen: Screen) -> list[str]:
    """Return a common mistake, and what is said to it."""
    lines = screen.markdown(mistake.text, "- ")
    return lines + (screen.markdown(mistake.feedback, "  ") if mistake.feedback else [])


def leads_to(mistake: CommonMistake, interaction: Interaction, response: Any) -> bool:
    """Whether a mistake leads to this response."""
    if mistake.yields is None:
        return False
    match interaction:
        case Choice():
            stated = mistake.yields.strip()
            options = [option.identifier for option in interaction.options if option.content.text.strip() == stated]
            return any(name in response for name in options[:1])
        case TextEntry(base_type="number"):
            made, given = number(_GROUPING.sub("", mistake.yields)), number(response, comma=interaction.decimal_comma)
            return made is not None and given is not None and is_within(made, given, _EXACTLY)
        case TextEntry():
            return comparable(mistake.yields, interaction) == comparable(response, interaction)
        case _:
            return False


def _verdict(item: Item, outcome: Outcome, screen: Screen) -> list[str]:
    words, style = _VERDICTS.get(outcome.state, _VERDICTS[State.WRONG])
    if outcome.state is State.PARTIAL:
        words = f"{words} {outcome.score * item.max_score:.3g} of {item.max_score:g} points."
    return ["", *screen.words(words, style)]


def _feedback(item: Item, outcome: Outcome) -> Iterator[str]:
    feedback = item.feedback
    earned = {
        State.RIGHT: feedback.correct,
        State.PARTIAL: feedback.partially_correct,
        State.WRONG: feedback.incorrect,
    }
    return (text for text in (earned.get(outcome.state), feedback.general) if text)


def _parts(item: Item, outcome: Outcome, screen: Screen) -> list[str]:
    """Say which parts are not right, where a question has parts."""
    kind = {Match: "sources", Order: "places", InlineChoice: "gaps"}.get(type(item.interaction))
    if kind is None or outcome.state is not State.PARTIAL:
        return []
    right = sum(part is not None and part >= 1 - ALMOST for part in outcome.parts)
    return ["", *screen.words(f"{right} of {len(outcome.parts)} {kind} right.")]


def _why(item: Item, response: Any, outcome: Outcome, seed: str, screen: Screen) -> list[str]:
    """Say of each option why it is right or not, and of typed texts what the bank says to them."""
    interaction = item.interaction
    lines: list[str] = []
    if isinstance(interaction, Choice):
        for letter, option in arrangement.options(interaction, item.identifier, seed).items():
            if option.feedback or option.identifier in response:
                yours = ", your answer" if option.identifier in response else ""
                lines += screen.words(f"{letter}) {_word_for(option)}{yours}", first="")
                lines += screen.markdown(option.feedback, "   ") if option.feedback else []
    elif isinstance(interaction, TextEntry | InlineChoice):
        for text in _said(interaction, outcome):
            lines += screen.markdown(text)
    return ["", *lines] if lines else []


def _word_for(option: Option) -> str:
    return "right" if option.correct else "right in part" if 0 < option.fraction < 1 else "not right"


def _said(interaction: TextEntry | InlineChoice, outcome: Outcome) -> Iterator[str]:
    """Yield the feedback to accepted texts, and to options of gaps, that was earned."""
    for name in outcome.said:
        asked: Interaction = interaction
        if isinstance(interaction, InlineChoice):
            index, _, name = name.partition("/")
            asked = interaction.gaps[int(index)].interaction
        feedback: str | None = None
        if isinstance(asked, TextEntry):
            feedback = asked.accepted[int(name)].feedback
        elif isinstance(asked, Choice):
            feedback = next(option.feedback for option in asked.options if option.identifier == name)
        if feedback:
            yield feedback
