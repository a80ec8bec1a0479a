"""Questions with parameters: their variants, their faults, and how faults of several variants are said."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest

from quizlib.diagnostics import Diagnostic, Kind, Place, Severity, Span, Variant
from quizlib.exporting import export
from quizlib.model import Choice, Item, TextEntry
from quizlib.plugins import ExportOptions
from quizlib.validation import validate
from quizlib.variants import merged
from tests.unit.helpers import at, bank_text, codes, load_text, only, sound

_LOSS = """
- id: loss
  type: code_output
  parameters:
    start: {choose: [0.8, 1.20]}
    epochs: {range: [2, 5]}
    name: {choose: [loss, cost]}
    final: {value: "start * 0.7 ** epochs"}
  variants: 6
  seed: 3
  stem: A run starts at {{ start }} and has {{ epochs }} epochs. What does the program print?
  code:
    source: |
      {{ name }} = {{ start }}
      for epoch in range({{ epochs }}):
          {{ name }} *= 0.7
      print(round({{ name }}, 4))
  options:
    - {text: "{{ final | round(4) }}", correct: true}
    - {text: "{{ start * 0.7 }}"}
  solution:
    steps:
      - text: "{{ start }} * 0.7**{{ epochs }} = {{ final }}"
        at: {line: 3, time: "{{ epochs }}"}
        expect: {"{{ name }}": "{{ final }}"}
  common_mistakes:
    - {text: One epoch, yields: "{{ start * 0.7 }}", replace: {"range({{ epochs }})": range(1)}}
"""


def _items(question: str, folder: Path) -> tuple[Item, ...]:
    return sound(load_text(bank_text(question), folder)).items


def _stems(question: str, folder: Path) -> list[str]:
    return [item.stem for item in _items(question, folder)]


def _essay(parameters: str, stem: str = "x", rest: str = "") -> str:
    return f'- {{id: q, type: essay, parameters: {parameters}, stem: "{stem}"{rest}}}'


def test_every_variant_is_proved_on_both_sides(tmp_path: Path) -> None:
    (tmp_path / "sample.yaml").write_text(bank_text(_LOSS), "utf-8")
    report = validate([str(tmp_path / "sample.yaml")])
    assert report.diagnostics == ()
    assert report.questions == 6
    assert (report.coverage.keys_proved, report.coverage.distractors_disproved) == (6, 6)


def test_variants_are_items_of_their_own(tmp_path: Path) -> None:
    items = _items(_LOSS, tmp_path)
    assert [item.identifier for item in items] == [f"loss-{number}" for number in range(1, 7)]
    assert len({item.stem + (item.code.source if item.code else "") for item in items}) == 6
    for item in items:
        assert item.code is not None
        assert "{{" not in f"{item.stem}{item.code.source}{item.solution}{item.common_mistakes}"


def test_variants_stay_the_same_and_more_of_them_begin_with_the_same(tmp_path: Path) -> None:
    parameters = "{a: {range: [1, 9]}, b: {choose: [x, y, z]}}"
    five = _stems(_essay(parameters, "{{ a }}{{ b }}"), tmp_path)
    assert five == ["2y", "8x", "5y", "7x", "9x"]
    nine = _stems(_essay(parameters, "{{ a }}{{ b }}", ", variants: 9"), tmp_path)
    assert nine[:5] == five
    assert len(set(nine)) == 9
    assert _stems(_essay(parameters, "{{ a }}{{ b }}", ", seed: 1"), tmp_path) != five


def test_all_combinations_may_be_asked_for(tmp_path: Path) -> None:
    stems = _stems(_essay("{a: {range: [1, 4]}, b: {choose: [x, y]}}", "{{ a }}{{ b }}", ", variants: 8"), tmp_path)
    assert sorted(stems) == ["1x", "1y", "2x", "2y", "3x", "3y", "4x", "4y"]


def test_without_a_number_there_are_as_many_variants_as_there_can_be_up_to_five(tmp_path: Path) -> None:
    assert len(_stems(_essay("{a: {choose: [x, y]}}", "{{ a }}"), tmp_path)) == 2
    assert len(_stems(_essay("{a: {range: [1, 1e9]}}", "{{ a }}"), tmp_path)) == 5


@pytest.mark.parametrize(
    ("declared", "values"),
    [
        ("{range: [2, 5]}", ["2", "3", "4", "5"]),
        ("{range: [2, 5], step: 2}", ["2", "4"]),
        ("{range: [0.5, 2], step: 0.5}", ["0.5", "1.0", "1.5", "2.0"]),
        ("{range: [-1, 1]}", ["-1", "0", "1"]),
        ("{range: [0, 0.3], step: 0.1}", ["0.0", "0.1", "0.2", "0.3"]),
        ("{range: [1e2, 3e2], step: 100}", ["100", "200", "300"]),
        ("{range: [3, 3]}", ["3"]),
        ("{choose: [0.80, 007, no, 1e3]}", ["0.80", "007", "1e3", "no"]),
    ],
)
def test_the_values_of_a_parameter_keep_their_notation(declared: str, values: list[str], tmp_path: Path) -> None:
    stems = _stems(_essay(f"{{a: {declared}}}", "{{ a }}"), tmp_path)
    assert sorted(stems) == sorted(values)


def test_parameters_that_are_worked_out_are_exact_and_may_build_on_each_other(tmp_path: Path) -> None:
    parameters = "{a: {choose: [0.1]}, b: {value: a * 3}, c: {value: b - 0.3 == 0}}"
    assert _stems(_essay(parameters, "{{ b }} {{ c }}"), tmp_path) == ["0.3 True"]


def test_only_questions_with_parameters_are_templates(tmp_path: Path) -> None:
    plain = '- {id: p, type: essay, stem: "{{ a }} {% if %} {{"}'
    items = _items(_essay("{a: {choose: [1]}}", "{{ a }}") + "\n" + plain, tmp_path)
    assert [item.stem for item in items] == ["1", "{{ a }} {% if %} {{"]


def test_numbers_and_truth_values_of_the_schema_may_be_filled_in(tmp_path: Path) -> None:
    question = """
    - id: q
      type: single_choice
      parameters: {n: {choose: [1, 3]}}
      stem: Which is greater than 2?
      points: "{{ n }}"
      options:
        - {text: "{{ n }}", correct: "{{ n > 2 }}"}
        - {text: "2.5", correct: "{{ n <= 2 }}"}
    """
    for item in _items(question, tmp_path):
        assert isinstance(item.interaction, Choice)
        first, second = item.interaction.options
        assert first.correct is (first.content.text == "3")
        assert second.correct is not first.correct
        assert item.max_score == float(first.content.text)


def test_names_of_gaps_and_texts_of_gaps_are_filled_in(tmp_path: Path) -> None:
    question = """
    - id: q
      type: cloze
      parameters: {n: {choose: [4]}}
      stem: "{{ n }} + {{ n }} = [[sum{{ n }}]]"
      gaps: {"sum{{ n }}": {answer: "{{ n + n }}"}}
    """
    (item,) = _items(question, tmp_path)
    assert item.stem == "4 + 4 = [[sum4]]"


@pytest.mark.parametrize(
    ("question", "pointed_to", "message"),
    [
        (_essay("{a: {choose: [1, 2]}}", "{{ a }}", ", variants: 3"), "3",
         "there are only 2 combinations of the parameters, and 3 variants are asked for"),
        (_essay("{a: {choose: [1]}}", "{{ a }}", ", variants: 2"), "2",
         "there is only 1 combination of the parameters, and 2 variants are asked for"),
        (_essay("{a: {choose: [1]}}", "{{ a }}", ", variants: 101"), "101", "`variants` must be at most 100, and is 101"),
        (_essay("{a: {choose: [1, 1]}}", "{{ a }}"), "choose", "the value `1` stands here twice"),
        (_essay("{a: {choose: []}}", "{{ a }}"), "choose", "`choose` needs at least 1 entry"),
        (_essay("{a: {range: [1]}}", "{{ a }}"), "range", "`range` needs at least 2 entries"),
        (_essay("{a: {range: [1, 2, 3]}}", "{{ a }}"), "range", "a range has two ends, and 3 are given"),
        (_essay("{a: {range: [2, 1]}}", "{{ a }}"), "range", "the range ends before it begins: at 1, and begins at 2"),
        (_essay("{a: {range: [1, 2], step: 0}}", "{{ a }}"), "range",
         "the step of a range must be greater than 0, and is 0"),
        (_essay("{a: {range: [1, 1e50]}}", "{{ a }}"), "range",
         "the numbers of a range have 15 decimals and 12 digits before them at most"),
        (_essay("{a: {range: [0, 1], step: 1e-40}}", "{{ a }}"), "range",
         "the numbers of a range have 15 decimals and 12 digits before them at most"),
        (_essay("{a: {choose: [1e99]}}", "{{ a }}"), "choose", "a number becomes too large, or too small"),
        (_essay("{a: {choose: [1], step: 1}}", "{{ a }}"), "1", "a `step` belongs to a `range`"),
        (_essay("{a: {}}", "{{ a }}"), "a", "a parameter needs one of `choose`, `range` and `value`, and `a` has none of them"),
        (_essay("{a: {choose: [1], value: 1}}", "{{ a }}"), "a",
         "a parameter needs one of `choose`, `range` and `value`, and `a` has `choose` and `value`"),
        (_essay("{if: {choose: [1]}}"), "if", "`if` cannot be the name of a parameter"),
        (_essay("{a-b: {choose: [1]}}"), "a-b", "`a-b` cannot be the name of a parameter"),
        (_essay("{a: {choose: [1]}, b: {choose: [1]}}", "{{ a }}"), "b", "the parameter `b` is used nowhere"),
        (_essay("{b: {value: a}, a: {choose: [1]}}", "{{ a }} {{ b }}"), "a", "there is no parameter `a`"),
        (_essay("{a: {choose: [1]}}", "so {{ b }} {{ a }}"), "{{ b }}", "there is no parameter `b`"),
        (_essay("{a: {choose: [1]}}", "{{ a }}", ", points: one"), "one",
         "variant 1 (a=1; seed 0): a number is expected here, and `one` is none"),
        (_essay("{a: {choose: [0]}}", "so {{ 1 / a }}"), "{{ 1 / a }}",
         "variant 1 (a=0; seed 0): `1 / 0` divides by zero"),
        (_essay("{a: {choose: [0]}, b: {value: 1 / a}}", "{{ b }}"), "1 / a",
         "variant 1 (a=0; seed 0): `1 / 0` divides by zero"),
        ("- {id: q, type: essay, stem: x, variants: 2}", "2", "`variants` says nothing without `parameters`"),
        ("- {id: q, type: essay, stem: x, seed: 2}", "2", "`seed` says nothing without `parameters`"),
    ],
)  # fmt: skip
def test_faults_of_parameters(question: str, pointed_to: str, message: str, tmp_path: Path) -> None:
    text = bank_text(question)
    fault = only(load_text(text, tmp_path).diagnostics)
    assert (fault.code, fault.message) == ("QZ014", message)
    assert at(fault, text) == pointed_to


def test_all_faults_of_a_template_are_said_at_once(tmp_path: Path) -> None:
    question = """
    - id: q
      type: numeric
      parameters: {a: {choose: [1, 1]}, b: {range: [1]}}
      stem: "{{ x }}"
      answer: "{{ a"
      hints: ["{% for a in b %}", "{{ a }}"]
    """
    assert codes(load_text(bank_text(question), tmp_path).diagnostics) == ["QZ014"]
    sound_parameters = question.replace("[1, 1]", "[1, 2]").replace("[1]", "[1, 3]")
    assert codes(load_text(bank_text(sound_parameters), tmp_path).diagnostics) == ["QZ014"] * 3


def test_a_faulty_question_with_parameters_counts_as_one(tmp_path: Path) -> None:
    loaded = load_text(bank_text(_essay("{a: {choose: [1, 2]}}", "{{ b }}")), tmp_path)
    assert loaded.questions == 1


def test_variants_that_become_too_long_are_refused(tmp_path: Path) -> None:
    part = "{{ " + " ~ ".join(["a"] * 99) + " }}"
    text = f'- {{id: q, type: essay, parameters: {{a: {{choose: [{"x" * 90}]}}}}, stem: "{part * 12}"}}'
    assert "the text becomes longer than" in only(load_text(bank_text(text), tmp_path).diagnostics).message
    hints = ", ".join([f'"{part * 10}"'] * 115)
    many = f"- {{id: q, type: essay, parameters: {{a: {{choose: [{'x' * 90}]}}}}, stem: x, hints: [{hints}]}}"
    assert only(load_text(bank_text(many), tmp_path).diagnostics).message == (
        "the variants become too long: more than 10 MB"
    )


def test_expressions_are_counted(tmp_path: Path) -> None:
    stem = "{{ a }}" * 1_001
    assert only(load_text(bank_text(_essay("{a: {choose: [1]}}", stem)), tmp_path).diagnostics).message == (
        "the text holds more than 1,000 expressions"
    )
    hints = ", ".join([f'"{"{{ a }}" * 1_000}"'] * 8)
    many = _essay("{a: {choose: [1]}}", "x", f", hints: [{hints}]")
    fault = only(load_text(bank_text(many), tmp_path).diagnostics)
    assert fault.message == "the question holds more than 5,000 expressions"


def test_ids_of_variants_are_checked_against_all_others(tmp_path: Path) -> None:
    template = _essay("{a: {choose: [1, 2]}}", "{{ a }}")
    text = bank_text(template + "\n- {id: q-2, type: essay, stem: x}\n- {id: q, type: essay, stem: x}")
    taken, base = load_text(text, tmp_path).diagnostics
    assert (taken.code, at(taken, text)) == ("QZ501", "q-2")
    assert (base.code, at(base, text)) == ("QZ501", "q")
    reverse = bank_text("- {id: q-1, type: essay, stem: x}\n" + template)
    named = only(load_text(reverse, tmp_path).diagnostics)
    assert named.message == "variant 1 (a=1; seed 0): the id `q-1` is taken by another question of this bank" or (
        named.message == "variant 1 (a=2; seed 0): the id `q-1` is taken by another question of this bank"
    )


@pytest.mark.parametrize("identifier", ["", "id: [x], ", "id: 'a b', "])
def test_a_template_without_a_sound_id_is_a_fault_and_nothing_worse(identifier: str, tmp_path: Path) -> None:
    question = f"- {{{identifier}type: essay, stem: '{{{{ a }}}}', parameters: {{a: {{choose: [1, 2]}}}}}}"
    assert load_text(bank_text(question), tmp_path).diagnostics


def test_a_wrong_key_is_said_once_with_the_first_variant_that_has_it(tmp_path: Path) -> None:
    question = """
    - id: q
      type: code_output
      parameters: {n: {range: [1, 4]}}
      variants: 4
      stem: What?
      code: {source: "print({{ n }} ** 2)"}
      answer: "{{ n * 2 }}"
    """
    (tmp_path / "sample.yaml").write_text(bank_text(question), "utf-8")
    report = validate([str(tmp_path / "sample.yaml")])
    wrong = only(report.diagnostics)
    assert wrong.code == "QZ401"
    assert wrong.question is not None
    number = wrong.question.removeprefix("q-")
    assert wrong.message.startswith(f"variant {number} (n=")
    assert "; seed 0) and 2 more variants: the answer is stated as " in wrong.message
    assert report.coverage.keys_proved == 1


def test_rules_and_losses_name_variants_as_well(tmp_path: Path) -> None:
    question = """
    - id: q
      type: single_choice
      parameters: {n: {range: [1, 3]}}
      stem: Which?
      options: [{text: "{{ n }}"}, "{{ n + 1 }}"]
    """
    (tmp_path / "sample.yaml").write_text(bank_text(question), "utf-8")
    wrong = only(validate([str(tmp_path / "sample.yaml")]).diagnostics)
    assert wrong.code == "QZ101"
    assert "and 2 more variants: " in wrong.message

    patterned = (
        '- {id: q, type: short_answer, parameters: {n: {range: [1, 3]}}, stem: x, accepted: ["{{ n }}"], pattern: "."}'
    )
    loaded = load_text(bank_text(patterned), tmp_path)
    files, losses = export(loaded, "moodle_xml", ExportOptions())
    assert only(losses).message.startswith("variant 1 (n=2; seed 0): Moodle takes no regular expressions")
    (content,) = files.values()
    assert [f"q-{number}".encode() in content for number in (1, 2, 3)] == [True] * 3


def _of_variant(number: int, message: str, line: int = 1, code: str = "QZ001") -> Diagnostic:
    kind = Kind(code, "rule", Severity.ERROR)
    variant = Variant("q", number, f"a={number}", 7)
    found = Diagnostic.of(kind, Span("a.yaml", line, 1, line, 2), message, question=f"q-{number}")
    return dataclasses.replace(found, variant=variant)


def test_faults_at_one_place_are_merged_and_others_are_not() -> None:
    found = merged(
        [_of_variant(2, "two"), _of_variant(1, "one"), _of_variant(1, "line", 2), _of_variant(1, "c", 1, "QZ002")]
    )
    assert [diagnostic.message for diagnostic in found] == [
        "variant 1 (a=1; seed 7) and 1 more variant: one",
        "variant 1 (a=1; seed 7): line",
        "variant 1 (a=1; seed 7): c",
    ]
    assert merged(found) == found


def test_two_faults_of_one_variant_at_one_place_stay_two() -> None:
    found = merged([_of_variant(1, "first"), _of_variant(1, "second"), _of_variant(2, "first")])
    assert [diagnostic.message for diagnostic in found] == [
        "variant 1 (a=1; seed 7) and 1 more variant: first",
        "variant 1 (a=1; seed 7): second",
    ]


def test_places_are_those_of_the_question(tmp_path: Path) -> None:
    items = _items(_essay("{a: {choose: [1, 2]}}", "{{ a }}"), tmp_path)
    assert {item.place for item in items} == {Place("sample.yaml", ("questions", 0))}


def test_typed_answers_of_variants_are_their_own(tmp_path: Path) -> None:
    question = (
        '- {id: q, type: numeric, parameters: {a: {range: [0.5, 1.5], step: 0.5}}, stem: x, answer: "{{ a * 2 }}"}'
    )
    answers = set()
    for item in _items(question, tmp_path):
        assert isinstance(item.interaction, TextEntry)
        answers.add(item.interaction.accepted[0].text)
    assert answers == {"1", "2", "3"}


def test_jinja_is_imported_only_for_a_bank_with_parameters(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom quizlib.validation import Settings, validate\n"
        "validate([sys.argv[1]], Settings(run=False))\nprint('jinja2' in sys.modules)\n"
    )
    for question, imported in (
        ("- {id: q, type: essay, stem: x}", "False"),
        (_essay("{a: {choose: [1]}}", "{{ a }}"), "True"),
    ):
        (tmp_path / "sample.yaml").write_text(bank_text(question), "utf-8")
        command = [sys.executable, "-c", program, str(tmp_path / "sample.yaml")]
        assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == f"{imported}\n"
