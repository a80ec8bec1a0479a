"""A question is shown in full, in the width of the terminal, and gives it no orders."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizlib import plugins
from quizlib.bank import LoadedBank
from quizlib.catalogue import questions
from quizlib.diagnostics import printable
from quizlib.showing.question import question_lines
from quizlib.taking.screen import Screen
from tests.property import strategies
from tests.unit.helpers import bank_text, load_text, sound


def shown(loaded: LoadedBank, identifier: str, screen: Screen | None = None) -> str:
    assert loaded.bank is not None
    items = dict(questions(loaded.bank.items))[identifier]
    return "\n".join(question_lines(loaded, items, screen or Screen(100)))


def one(text: str, folder: Path, screen: Screen | None = None) -> str:
    loaded = load_text(bank_text(text), folder)
    (item, *_) = sound(loaded).items
    return shown(loaded, item.variant_of or item.identifier, screen)


def test_all_that_an_author_wrote_is_there(tmp_path: Path) -> None:
    text = one(
        """
        - id: a
          type: single_choice
          title: The title
          difficulty: hard
          points: 2
          tags: [t1, t2]
          objectives: [o1]
          stem: Which *one*?
          code: {language: python, source: print(1), stdin: typed, arguments: [--arg], files: {f.txt: held}}
          shuffle: false
          options:
            - {text: the key, correct: true, rationale: for reviewers}
            - {text: the other, feedback: not that, fixed: true}
          hints: [first hint, second hint]
          solution: {steps: [{title: step one, text: do it}], final_answer: the key, check: looks right}
          common_mistakes: [{text: slipping, yields: the other, feedback: hold on}]
          feedback: {general: to all, correct: well done, partially_correct: nearly, incorrect: try again}
        """,
        tmp_path,
    )
    expected = [
        "a", "The title", "single_choice, hard, 2 points", "tags: t1, t2", "objectives: o1", "sample.yaml:5", "Which one?",
        "    print(1)", "    --arg", "    typed", "    held", "Options, in this order", "  [x] the key",
        "      rationale: for reviewers", "  [ ] the other", "      keeps its place", "      feedback: not that",
        "  1. first hint", "  2. second hint", "  1. step one", "     do it", "  Final answer: the key",
        "  Quick check: looks right", "  - slipping", "    yields: the other", "    feedback: hold on",
        "  Always: to all", "  When right: well done", "  When partly right: nearly", "  When not right: try again",
    ]  # fmt: skip
    lines = iter(text.splitlines())
    assert [line for line in expected if line not in lines] == []


def test_the_key_is_green_only_where_colours_are_wanted(tmp_path: Path) -> None:
    question = "- {id: a, type: single_choice, stem: x, options: [{text: b, correct: true}, c]}"
    assert "\x1b[32m  [x] b\x1b[0m" in one(question, tmp_path, Screen(80, color=True))
    assert "\x1b" not in one(question, tmp_path)


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("{type: numeric, answer: 2, tolerance: 0.5, unit: m}", ["  [x] 2 m", "  tolerance 0.5"]),
        ("{type: short_answer, accepted: [b, {text: c, fraction: 50%}], pattern: 'b+', case_sensitive: true}",
         ["  [x] b", "  [50%] c", "  pattern: b+", "  case counts"]),
        ("{type: matching, pairs: [{source: s, target: t}, {source: v, target: w}], extra_targets: [u]}",
         ["  - s", "    = t", "  - v", "    = w", "  - nothing = u"]),
        ("{type: ordering, items: [b, c], partial_credit: neighbours}",
         ["  1. b", "  2. c", "  partial credit: neighbours"]),
        ("{type: essay, rubric: [{text: r, points: 1}], response_format: code, template: tpl}",
         ["  - r (1 point)", "  starts from:", "    tpl"]),
        ("{type: true_false, answer: false}", ["  [ ] True", "  [x] False"]),
        ("{type: code_output, code: {source: print(1)}, answer: 1}", ["  [x] 1"]),
    ],
)  # fmt: skip
def test_what_a_learner_does(question: str, lines: list[str], tmp_path: Path) -> None:
    text = one(f"- {{id: a, stem: x, {question.strip('{}')}}}", tmp_path)
    found = iter(text.splitlines())
    assert [line for line in lines if line not in found] == []


def test_variants_are_listed_with_their_values(tmp_path: Path) -> None:
    question = (
        "- {id: a, type: numeric, stem: 'Double {{ n }}?', answer: '{{ 2 * n }}', parameters: {n: {choose: [3, 4]}}}"
    )
    loaded = load_text(bank_text(question), tmp_path)
    text = shown(loaded, "a")
    first = next(item for item in sound(loaded).items if item.identifier == "a-1")
    assert first.stem in text
    assert "\nVariants\n" in text
    for variant in ("a-1", "a-2"):
        assert f"  {variant}: {loaded.variants[variant].values}; seed 0" in text
    alone = "\n".join(question_lines(loaded, [first], Screen(100)))
    assert "a-2" not in alone


@pytest.mark.parametrize("kind", plugins.names("quizlib.questions"))
@pytest.mark.parametrize("width", [20, 80])
def test_the_examples_of_every_type_can_be_shown(kind: str, width: int, tmp_path: Path) -> None:
    folder = Path(str(importlib.import_module(f"quizlib.questions.{kind}").__file__)).parent
    loaded = load_text(bank_text((folder / "examples.yaml").read_text("utf-8")), tmp_path)
    for item in sound(loaded).items:
        text = shown(loaded, item.identifier, Screen(width))
        assert text.startswith(item.identifier[:20])


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(data=strategies.bank_data(), width=st.integers(1, 200))
def test_hostile_questions_give_the_terminal_no_orders(data: strategies.Mapping, width: int) -> None:
    loaded = strategies.loaded(strategies.written(data).text)
    for _, items in questions(loaded.bank.items if loaded.bank else ()):
        for line in question_lines(loaded, items, Screen(width)):
            assert printable(line) == line
            assert not line.lstrip().startswith("::")


def test_a_narrow_terminal_cuts_no_word_for_an_indent(tmp_path: Path) -> None:
    text = one(
        """
        - id: a
          type: single_choice
          stem: Which?
          options: [{text: key, correct: true}, {text: other, feedback: Nobody multiplied anything.}]
        """,
        tmp_path,
        Screen(20),
    )
    assert "      feedback:\n        Nobody\n        multiplied\n        anything." in text
