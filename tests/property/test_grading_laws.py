"""Laws of scoring: no response is an error, every key earns everything, and a score is a share."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizlib.delivery.checking import Node
from quizlib.delivery.interactions import interaction_of, rules_of
from quizlib.diagnostics import Place
from quizlib.grading import Outcome, State, guess, score, score_interaction
from quizlib.model import (
    Bank,
    Choice,
    ExtendedText,
    InlineChoice,
    Interaction,
    Match,
    Order,
    PartialCredit,
    TextEntry,
)
from tests.conftest import ROOT
from tests.exporters import samples
from tests.property.strategies import loaded
from tests.unit.helpers import sound

_CASES = json.loads((ROOT / "tests" / "shared" / "grading.json").read_text("utf-8"))["cases"]
_INTERACTIONS: dict[str, Interaction] = {
    json.dumps(case["interaction"]): interaction_of(Node(case["interaction"], []), Place("")) for case in _CASES
}
_interactions = st.sampled_from(list(_INTERACTIONS.values()))
_rules = st.none() | st.sampled_from(PartialCredit)
_words = st.sampled_from(
    ["a", "b", "c", "d", "t", "u", "typed", "chosen", "number", "o1", "1,000", "12.5", "1e9999", ""]
)
_scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | _words
_json = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3) | _words, inner, max_size=5),
    max_leaves=10,
)


def key_of(interaction: Interaction) -> Any:
    """Return the response that is right in full."""
    match interaction:
        case Choice(options=options, max_choices=1):
            return [max(options, key=lambda option: option.fraction).identifier]
        case Choice(options=options):
            return [option.identifier for option in options if option.correct]
        case TextEntry(accepted=accepted):
            return max(accepted, key=lambda entry: entry.fraction).text
        case Match(pairs=pairs):
            return dict(pairs)
        case Order(items=items):
            return [item.identifier for item in items]
        case InlineChoice(gaps=gaps):
            return {gap.identifier: key_of(gap.interaction) for gap in gaps}
        case ExtendedText():
            return "something"


def _sound(outcome: Outcome) -> bool:
    return (
        0 <= outcome.score <= 1
        and (outcome.score == 1) == (outcome.state is State.RIGHT)
        and (0 < outcome.score < 1) == (outcome.state is State.PARTIAL)
        and all(part is None or 0 <= part <= 1 for part in outcome.parts)
        and (outcome.state is not State.INVALID or bool(outcome.problems))
    )


@settings(max_examples=600)
@given(_interactions, _json, _rules)
def test_any_response_has_an_outcome(interaction: Interaction, response: Any, rule: PartialCredit | None) -> None:
    assert _sound(score_interaction(interaction, response, rule))


@settings(max_examples=300)
@given(st.data(), _rules)
def test_any_response_made_of_what_is_there_has_an_outcome(data: st.DataObject, rule: PartialCredit | None) -> None:
    interaction = data.draw(_interactions)
    assert _sound(score_interaction(interaction, data.draw(_responses(interaction)), rule))


def _responses(interaction: Interaction) -> st.SearchStrategy[Any]:
    match interaction:
        case Choice(options=options):
            return st.lists(st.sampled_from([option.identifier for option in options]), max_size=4)
        case Match(sources=sources, targets=targets):
            names = st.sampled_from([source.identifier for source in sources])
            return st.dictionaries(names, st.sampled_from([target.identifier for target in targets]))
        case Order(items=items):
            return st.permutations([item.identifier for item in items])
        case InlineChoice(gaps=gaps):
            return st.fixed_dictionaries({}, optional={gap.identifier: _responses(gap.interaction) for gap in gaps})
        case TextEntry(accepted=accepted):
            return st.sampled_from([entry.text for entry in accepted]) | st.text()
        case ExtendedText():
            return st.text()


@pytest.mark.parametrize("kind", sorted(samples.EXAMPLES))
def test_the_key_of_every_example_earns_everything(kind: str) -> None:
    for item in _examples(kind).items:
        expected = State.UNGRADED if kind == "essay" else State.RIGHT
        assert score(item, key_of(item.interaction)).state is expected, item.identifier


@pytest.mark.parametrize("name", sorted(samples.BANKS))
def test_the_key_of_every_question_of_our_banks_earns_everything(name: str) -> None:
    for item in sound(loaded(samples.BANKS[name])).items:
        expected = State.UNGRADED if item.question_type == "essay" else State.RIGHT
        assert score(item, key_of(item.interaction)).state is expected, item.identifier


@pytest.mark.parametrize("kind", sorted(samples.EXAMPLES))
@pytest.mark.parametrize("response", [None, [], {}, "", 0, True, ["nope"], {"nope": "nope"}])
def test_nothing_and_nonsense_earn_nothing(kind: str, response: Any) -> None:
    for item in _examples(kind).items:
        outcome = score(item, response)
        assert outcome.score == 0
        assert outcome.state in (State.UNANSWERED, State.INVALID)


@given(_interactions)
def test_every_rule_gives_the_key_everything(interaction: Interaction) -> None:
    key = key_of(interaction)
    if score_interaction(interaction, key).state is State.RIGHT and not isinstance(interaction, Choice):
        assert all(score_interaction(interaction, key, rule).score == 1 for rule in rules_of(interaction))


@given(st.data())
def test_all_or_nothing_is_right_where_the_default_rule_is(data: st.DataObject) -> None:
    interaction = data.draw(_interactions)
    response = data.draw(_responses(interaction))
    default = score_interaction(interaction, response)
    strict = score_interaction(interaction, response, PartialCredit.ALL_OR_NOTHING)
    assert strict.score == (default.score == 1)
    assert (strict.state, strict.parts) == (
        State.WRONG if default.state is State.PARTIAL else default.state,
        default.parts,
    )


@given(_interactions)
def test_a_blind_response_has_a_chance(interaction: Interaction) -> None:
    assert 0 <= guess(interaction) <= 1


def _examples(kind: str) -> Bank:
    return sound(samples.of_questions(samples.EXAMPLES[kind]))
