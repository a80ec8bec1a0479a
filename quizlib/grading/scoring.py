"""From an interaction and a response to an outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, assert_never

from quizlib.grading.entries import typed, written
from quizlib.grading.outcome import UNANSWERED, Outcome, Problem, Reason, State, graded, invalid
from quizlib.model import (
    Associable,
    Choice,
    ExtendedText,
    Gap,
    InlineChoice,
    Interaction,
    Item,
    Match,
    Order,
    PartialCredit,
    TextEntry,
)


def score(item: Item, response: Any) -> Outcome:
    """Score a response, which may be anything that JSON can hold. Never raises."""
    return score_interaction(item.interaction, response, item.partial_credit)


def score_interaction(interaction: Interaction, response: Any, rule: PartialCredit | None = None) -> Outcome:
    """Score a response to an interaction. A rule that the interaction does not know counts as its default."""
    outcome = _scored(interaction, response, rule)
    if rule is PartialCredit.ALL_OR_NOTHING and outcome.state is State.PARTIAL:
        return Outcome(State.WRONG, 0.0, outcome.parts, outcome.problems, outcome.said)
    return outcome


def _scored(interaction: Interaction, response: Any, rule: PartialCredit | None) -> Outcome:
    match interaction:
        case Choice():
            return _choice(interaction, response, rule)
        case TextEntry():
            return typed(interaction, response)
        case ExtendedText():
            return written(interaction, response)
        case Match():
            return _match(interaction, response)
        case Order():
            return _order(interaction, response, rule)
        case InlineChoice():
            return _gaps(interaction, response)
        case _:
            assert_never(interaction)


def _choice(choice: Choice, response: Any, rule: PartialCredit | None) -> Outcome:
    if response is None or response == []:
        return UNANSWERED
    if not _is_list_of_texts(response):
        return invalid(Reason.WRONG_KIND)
    options = {option.identifier: option for option in choice.options}
    if not options.keys() >= set(response):
        return invalid(Reason.UNKNOWN_OPTION)
    if len(response) > (1 if choice.max_choices == 1 else len(set(response))):
        return invalid(Reason.TOO_MANY_OPTIONS)
    if rule is PartialCredit.EVERY_DECISION and choice.max_choices == 0:
        rightly = sum((option.identifier in response) == option.correct for option in choice.options)
        return graded(rightly / len(options))
    return graded(sum(option.fraction for option in choice.options if option.identifier in response))


def _match(match: Match, response: Any) -> Outcome:
    if response is None:
        response = {}
    if not isinstance(response, dict):
        return invalid(Reason.WRONG_KIND)
    looks = _looks(match.targets)
    wanted = dict(match.pairs)
    parts: list[float | None] = []
    problems = _unknown(response, [source.identifier for source in match.sources], Reason.UNKNOWN_SOURCE)
    for index, source in enumerate(match.sources):
        target = response.get(source.identifier)
        if target is None:
            parts.append(None)
        elif isinstance(target, str) and target in looks:
            parts.append(float(looks[target] == looks[wanted[source.identifier]]))
        else:
            reason = Reason.UNKNOWN_TARGET if isinstance(target, str) else Reason.WRONG_KIND
            problems.append(Problem(reason, index))
            parts.append(0.0)
    return _of_parts(parts, problems)


def _order(order: Order, response: Any, rule: PartialCredit | None) -> Outcome:
    looks = _looks(order.items)
    if response is None or response == []:
        return Outcome(State.UNANSWERED, parts=(None,) * len(looks))
    if not _is_list_of_texts(response):
        return invalid(Reason.WRONG_KIND)
    if sorted(response) != sorted(looks):
        return invalid(Reason.NOT_A_PERMUTATION)
    right, given = list(looks.values()), [looks[name] for name in response]
    parts = tuple(float(one == other) for one, other in zip(right, given, strict=True))
    if rule is PartialCredit.NEIGHBOURS and len(right) > 1:
        kept = Counter(pairwise(right)) & Counter(pairwise(given))
        return graded(kept.total() / (len(right) - 1), parts)
    return graded(sum(parts) / len(parts), parts)


def _gaps(interaction: InlineChoice, response: Any) -> Outcome:
    if response is None:
        response = {}
    if not isinstance(response, dict):
        return invalid(Reason.WRONG_KIND)
    gaps = interaction.gaps
    outcomes = [_scored(gap.interaction, response.get(gap.identifier), None) for gap in gaps]
    problems = _unknown(response, [gap.identifier for gap in gaps], Reason.UNKNOWN_GAP)
    problems += [
        Problem(problem.reason, index) for index, outcome in enumerate(outcomes) for problem in outcome.problems
    ]
    said = [
        f"{index}/{name}"
        for index, (gap, outcome) in enumerate(zip(gaps, outcomes, strict=True))
        for name in (_chosen(outcome, response, gap) if isinstance(gap.interaction, Choice) else outcome.said)
    ]
    parts = [None if outcome.state is State.UNANSWERED else outcome.score for outcome in outcomes]
    return _of_parts(parts, problems, [gap.weight for gap in gaps], said)


def _chosen(outcome: Outcome, response: Mapping[str, Any], gap: Gap) -> Sequence[str]:
    """Return the options that were validly chosen in a gap."""
    return () if outcome.state in (State.UNANSWERED, State.INVALID) else response[gap.identifier]


def _of_parts(
    parts: Sequence[float | None],
    problems: Sequence[Problem],
    weights: Sequence[int] | None = None,
    said: Iterable[str] = (),
) -> Outcome:
    """Return what parts earn by their weights: those that were not answered, or are invalid, earn nothing."""
    if not problems and all(part is None for part in parts):
        return Outcome(State.UNANSWERED, parts=tuple(parts))
    weights = weights or [1] * len(parts)
    earned = sum((part or 0) * weight for part, weight in zip(parts, weights, strict=True))
    return graded(earned / sum(weights), tuple(parts), tuple(problems), tuple(said))


def _looks(parts: Sequence[Associable]) -> dict[str, Hashable]:
    """Return what each part looks like: parts that look the same may stand for each other."""
    return {part.identifier: part.content for part in parts}


def _unknown(response: Mapping[str, Any], known: Sequence[str], reason: Reason) -> list[Problem]:
    return [] if set(response) <= set(known) else [Problem(reason)]


def _is_list_of_texts(response: Any) -> bool:
    return isinstance(response, list) and all(isinstance(entry, str) for entry in response)
