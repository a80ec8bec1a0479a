"""Common mistakes that do not yield what is said of them, and how that can be put right."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from quizlib.diagnostics import Applicability, Finding, Kind, Place, Repair, SetText
from quizlib.model import Choice, Ending, Item, NeverPrints, Option, Output, Yields
from quizlib.proof import words
from quizlib.proof.collisions import same
from quizlib.proof.outcomes import Outcome
from quizlib.proof.repairs import number_of, to_be_typed
from quizlib.sandbox import RunResult

WRONG_MISTAKE = Kind("QZ404", "wrong-mistake")


def stopped_mistake(claim: Yields, stopped: RunResult) -> Finding:
    """Say that a changed program met a limit."""
    message = f"the program changed by this mistake {words.stopped(stopped, claim.program.timeout)}"
    return Finding(claim.place, message, "change `replace`, or leave it out")


def wrong_mistake(claim: Yields, wrong: Outcome, repair: Repair | None) -> Finding:
    """Say what a changed program does instead of what is said of it."""
    message = (
        f"the mistake is said to yield {words.stated(claim.expected)},"
        f" but the changed program {words.happened(wrong.result, wrong.ending)}"
    )
    written = words.to_write(wrong.result, wrong.ending)
    help = f"write `yields: {written.strip('`')}`, or change `replace`" if written else "change `replace`"
    return Finding(claim.place, message, help, (claim.place._replace(keys=claim.place.keys[:-1]),), repair)


def yielded_instead(
    item: Item, claim: Yields, found: Sequence[Outcome], disproved: Collection[Place], kept: Sequence[Output | Ending]
) -> Repair | None:
    """Return the repair that says what a mistake really yields.

    Of a choice that is the one distractor that the changed program prints in every run; `disproved` are the places of
    those that are known to be distractors. It is surely meant where `yields` names no option, and may else not be: the
    changed program may be what is wrong. There is none where another mistake yields the same; `kept` is what those
    yield of which the truth is said.
    """
    if not isinstance(item.interaction, Choice):
        text = to_be_typed(found, claim.expected)
        if text is None or any(same(Output(text), other) for other in kept):
            return None
        return _written(claim, text, "write what the changed program prints as what the mistake yields")
    printed = _printed(item, item.interaction, found)
    if len(printed) != 1:
        return None
    ((option, stated),) = printed
    if option.place not in disproved or any(same(stated, other) for other in kept):
        return None
    message = f"write that the mistake yields option {number_of(option)}, which is what the changed program does"
    return _written(claim, option.content.text, message, is_sure=not _names_an_option(item, item.interaction, claim))


def _written(claim: Yields, text: str, message: str, *, is_sure: bool = False) -> Repair:
    applicability = Applicability.SAFE if is_sure else Applicability.UNSAFE
    return Repair(message, (SetText(claim.place, text),), applicability)


def _printed(item: Item, choice: Choice, found: Sequence[Outcome]) -> list[tuple[Option, Output | Ending]]:
    """Return the options not marked that say how the changed program ended in every run, with what they state."""
    stated = {claim.place: claim.excluded for claim in item.claims if isinstance(claim, NeverPrints)}
    of_options = [(option, stated[option.place]) for option in choice.options if option.place in stated]
    return [one for one in of_options if all(outcome.holds(one[1]) for outcome in found)]


def _names_an_option(item: Item, choice: Choice, claim: Yields) -> bool:
    """Whether what is said of a mistake is the text of an option."""
    index = claim.place.keys[-2]
    yields = item.common_mistakes[index].yields if isinstance(index, int) else None
    return any(option.content.text.strip() == (yields or "").strip() for option in choice.options)
