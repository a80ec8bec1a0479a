"""Practice and tests, line by line."""

from __future__ import annotations

import dataclasses

import pytest

from quizlib.delivery.reading import Delivered
from quizlib.forms import Selection
from quizlib.grades import grade
from quizlib.grading import State
from quizlib.model import Bank, Blueprint, BlueprintPart, Form
from quizlib.taking.dialogue import Dialogue
from quizlib.taking.plan import Asked, planned
from quizlib.taking.screen import Screen
from quizlib.taking.summary import summary_lines
from tests.exporters.samples import BANKS, EXAMPLES, HOSTILE, bank, hostile_item, interactions, item, of_questions
from tests.property.strategies import loaded
from tests.unit.helpers import sound
from tests.unit.taking import Clock, dialogue_of, is_harmless, session_of, typed_key

FINE_TUNING = BANKS["fine-tuning"]
TEST = BANKS["fine-tuning-test"]


@pytest.fixture(scope="module")
def fine_tuning() -> Bank:
    return sound(loaded(FINE_TUNING))


@pytest.fixture(scope="module")
def exam() -> Bank:
    return sound(loaded(TEST))


def said(dialogue: Dialogue, *lines: str) -> str:
    """Return all that is said to lines."""
    return "\n".join(line for typed in lines for line in dialogue.feed(typed))


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("width", [20, 80])
def test_who_knows_everything_gets_everything(name: str, width: int) -> None:
    session = session_of(sound(of_questions(EXAMPLES[name])))
    dialogue = dialogue_of(session, width=width)
    dialogue.opening()
    while not dialogue.is_finished:
        asked = session.item
        answered = said(dialogue, *typed_key(asked, "s"))
        state = session.outcome(asked).state
        assert state is (State.UNGRADED if name == "essay" else State.RIGHT), asked.identifier
        assert name == "essay" or "Right." in answered
        dialogue.feed("")
    assert not session.open_places


def test_the_mistake_that_leads_to_an_answer_comes_first(fine_tuning: Bank) -> None:
    dialogue = dialogue_of(session_of(fine_tuning))
    dialogue.opening()
    text = said(dialogue, "To store the contracts, so that it can look up each clause word for word")
    places = [
        text.index(words) for words in ("Not right.", "Taking the weights for a store", "Right is:", "search index")
    ]
    assert places == sorted(places)
    assert "Taking fine-tuning for training from scratch" not in text
    assert "Taking fine-tuning for training from scratch" in said(dialogue, *[":solution"] * 4)


def test_a_typed_number_is_traced_to_its_mistake() -> None:
    asked = item(interactions("1")["number"], "1", common_mistakes=())
    mistake = dataclasses.replace(item(interactions("1")["text"]).common_mistakes[0], text="Halved", yields="5,00e1")
    text = said(dialogue_of(session_of(bank(dataclasses.replace(asked, common_mistakes=(mistake,))))), "50")
    assert "This leads to your answer:\n- Halved" in text


def test_hints_and_the_solution_are_counted(fine_tuning: Bank) -> None:
    session = session_of(fine_tuning)
    dialogue = dialogue_of(session)
    first, second = fine_tuning.items[:2]
    text = said(dialogue, ":h", ":hint", ":hint")
    assert "Hint 1 of 2:" in text
    assert "There are no more hints." in text
    assert "Step 1 of 3" in said(dialogue, ":solution")
    assert (session.work.hints, session.work.gave_up, session.work.response) == (2, True, None)
    said(dialogue, ":s", ":s", ":s", "")
    assert session.item == second
    (response,) = session.result(None).responses
    assert (response.question, response.hints, response.gave_up) == (first.identifier, 2, True)


def test_a_test_says_nothing_before_its_end(exam: Bank) -> None:
    session = session_of(exam, Asked("test"))
    dialogue = dialogue_of(session)
    dialogue.opening()
    said_until_the_end = "\n".join(
        said(dialogue, *typed_key(asked, "s")) for asked in session.plan.items if asked == session.item
    )
    assert not any(words in said_until_the_end for words in ("Right.", "Not right.", "Partly", "Right is:", "Yes."))
    assert "All questions are answered." in said_until_the_end
    assert said(dialogue, ":solution").startswith("There is no such command here.")
    said(dialogue, "yes")
    assert dialogue.is_finished
    end = "\n".join(summary_lines(session, Screen()))
    assert "9 of 9 points (100 %)" in end
    assert "Test on fine-tuning: 9 of 9 right: strong" in end
    assert "To look at again" not in end


def test_the_end_names_what_to_look_at_again(fine_tuning: Bank) -> None:
    session = session_of(fine_tuning, Asked("test"))
    dialogue = dialogue_of(session, color=True)
    for asked in session.plan.items:
        said(dialogue, *([":skip"] if "diagnose-a-run" in asked.objectives else typed_key(asked, "s")))
    assert said(dialogue, "yes") == ""
    end = "\n".join(summary_lines(session, Screen(color=True)))
    assert "- Diagnose a run (in the lesson: Watching the loss fall)" in end
    assert "- Explain the purpose" not in end
    assert "\x1b[33m" in end


def test_the_result_is_graded_as_the_end_says(exam: Bank) -> None:
    session = session_of(exam, Asked("test", learner="Ada"))
    dialogue = dialogue_of(session)
    for number, asked in enumerate(session.plan.items):
        said(dialogue, *(typed_key(asked, "s") if number % 2 else [":skip"]))
    grades = grade([Delivered(session.plan.bank, session.plan.form)], session.result(None))
    assert grades.remarks == ()
    assert grades.points == len(session.plan.items) // 2
    assert [one.outcome.state for one in grades.questions][:2] == [State.UNANSWERED, State.RIGHT]


def test_an_answer_can_be_changed_in_a_test_and_kept_by_enter(exam: Bank) -> None:
    session = session_of(exam, Asked("test", Blueprint((BlueprintPart(3, "easy"),))))
    dialogue = dialogue_of(session)
    dialogue.opening()
    first = session.item
    key = typed_key(first, "s")
    said(dialogue, *key)
    assert "Your answer so far, which Enter keeps:" in said(dialogue, ":back")
    said(dialogue, "")
    assert session.place == 1
    assert session.outcome(first).state is State.RIGHT
    assert said(dialogue, ":back", ":back").endswith("This is the first question.")


def test_what_was_skipped_can_be_gone_to(fine_tuning: Bank) -> None:
    session = session_of(fine_tuning)
    dialogue = dialogue_of(session)
    text = said(dialogue, *[":skip"] * 8)
    assert "Without an answer: 1, 2, 3, 4, 5, 6, 7, 8." in text
    assert said(dialogue, "9", "0", "x", ":skip", "").count("Type yes, or the number of a question.") == 5
    said(dialogue, "3")
    assert session.place == 2
    assert not dialogue.is_finished


def test_the_time_ends_a_test(exam: Bank) -> None:
    clock = Clock()
    session = session_of(exam, Asked("test", minutes=2))
    dialogue = dialogue_of(session, clock=clock)
    assert "time left: 2 min" in "\n".join(dialogue.opening())
    first, second = session.plan.items[:2]
    clock.now += 61
    assert "time left: 1 min" in said(dialogue, *typed_key(first, "s"))
    clock.now += 59
    assert "The time is over." in said(dialogue, typed_key(second, "s")[0])
    assert dialogue.is_finished
    assert session.work_on(second).response is None
    assert [session.work_on(one).seconds for one in (first, second)] == [61, 59]


def test_the_blueprint_has_a_time_for_tests_only(exam: Bank) -> None:
    timed = dataclasses.replace(exam, blueprint=Blueprint((BlueprintPart(2, "easy"),), 15))
    assert session_of(timed, Asked("test")).plan.minutes == 15
    assert session_of(timed, Asked("test", minutes=3)).plan.minutes == 3
    assert session_of(timed).plan.minutes is None


def test_practice_asks_all_that_fit_and_one_of_variants(exam: Bank) -> None:
    easy = Selection(None, BlueprintPart(0, "easy"))
    assert [one.difficulty for one in session_of(exam, Asked(selection=easy)).plan.items] == ["easy"] * 3
    assert session_of(exam).plan.items == exam.items
    alike = [dataclasses.replace(exam.items[0], identifier=f"v{n}", variant_of="v") for n in range(9)]
    many = dataclasses.replace(exam, items=(*alike, exam.items[1]))
    drawn = {session_of(many, seed=seed).plan.items[0].identifier for seed in "abcdefgh"}
    assert len(session_of(many).plan.items) == 2
    assert len(drawn) > 1


def test_a_form_is_asked_as_it_is(exam: Bank) -> None:
    form = Form("own", Blueprint((BlueprintPart(3, "hard"),), 7))
    plan, draw = planned(Delivered(exam, form), Asked("test"), "other")
    assert (plan.items, plan.seed, plan.minutes, draw) == (exam.items, "own", 7, None)


def test_a_draw_that_falls_short_says_so(exam: Bank) -> None:
    _, draw = planned(Delivered(exam), Asked(selection=Selection(99)), "s")
    assert draw is not None
    assert draw.shortfalls[0].found == 9


@pytest.mark.parametrize("kind", interactions("x"))
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_harmless(kind: str, name: str) -> None:
    session = session_of(bank(hostile_item(kind, HOSTILE[name]), text=HOSTILE[name]))
    dialogue = dialogue_of(session, width=40)
    lines = [*dialogue.opening(), *dialogue.feed(":hint"), *dialogue.feed(":solution"), *dialogue.feed(":solution")]
    lines += [*dialogue.feed(""), *dialogue.feed("yes"), *summary_lines(session, Screen())]
    assert all(is_harmless(line) for line in lines)


@pytest.mark.parametrize("text", ["1,000", "75 updates", "७"])
def test_what_is_no_number_is_asked_again(fine_tuning: Bank, text: str) -> None:
    session = session_of(
        fine_tuning, Asked("test", selection=Selection(None, BlueprintPart(0, objectives=("count-training-steps",))))
    )
    dialogue = dialogue_of(session)
    said(dialogue, text)
    assert session.work.response is None
    said(dialogue, "75.0")
    assert session.outcome(session.plan.items[0]).state is State.RIGHT


def test_several_lines_end_with_a_dot() -> None:
    asked = item(interactions("x\n..\n\n:quit")["output"], code=None)
    session = session_of(bank(asked))
    dialogue = dialogue_of(session)
    dialogue.opening()
    said(dialogue, "x", "...", "", "::quit", "b")
    assert dialogue.prompt == ""
    assert "Right." in said(dialogue, ".")


def test_gaps_may_stay_open() -> None:
    session = session_of(bank(item(interactions("x")["gaps"], stem="[[typed]] [[chosen]] [[number]]")))
    dialogue = dialogue_of(session)
    dialogue.opening()
    assert "Nothing was answered." in said(dialogue, "", "", "")
    assert dialogue.prompt == "Gap 1 of 3"
    assert "2 of 3 gaps right." not in said(dialogue, "x", "")
    text = said(dialogue, "one", "-0.001")
    assert "This is not a number." in text
    assert "2 of 3 gaps right." in text
    assert session.work.response == {"typed": "x", "number": "-0.001"}
