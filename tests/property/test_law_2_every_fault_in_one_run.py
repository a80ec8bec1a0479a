"""Law 2: every fault has file, line and column, and all are reported in one run, in a teacher's words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.bank import load
from quizlib.diagnostics import Diagnostic
from quizlib.discovery import find
from tests.property import strategies
from tests.property.strategies import Mapping, Written
from tests.unit.helpers import bank_text, codes, only

_FOREIGN_WORDS = (
    "Input should be", "validation error", "pydantic", "type=", "Field required", "Extra inputs", "valid string",
    "instance of", "NoneType", "<class", "Traceback", "Value error", "yaml.", "libyaml", "while parsing",
)  # fmt: skip

# What to do to a mapping, the code that must be reported, and the keys, from the mapping, at whose line.
Fault = tuple[str, str, tuple[str, ...]]
_IN_QUESTION: list[Fault] = [
    ("unknown", "QZ011", ("zzqxv",)),
    ("misspelt", "QZ011", ("hnits",)),
    ("missing", "QZ012", ()),
    ("wrong-type", "QZ013", ("objectives",)),
    ("duplicate", "QZ004", ("title", "again")),
    ("bad-word", "QZ014", ("difficulty",)),
    ("bad-number", "QZ014", ("points",)),
]
_IN_HEADER: list[Fault] = [
    ("unknown", "QZ011", ("zzqxv",)),
    ("wrong-type", "QZ013", ("authors",)),
    ("duplicate", "QZ004", ("title", "again")),
    ("bad-language", "QZ014", ("language",)),
]


def _inject(mapping: Mapping, fault: str) -> None:
    match fault:
        case "unknown":
            mapping.set("zzqxv", "1")
        case "misspelt":
            mapping.set("hnits", ["a"])
        case "missing":
            mapping.remove("stem")
        case "wrong-type":
            mapping.set("objectives" if "stem" in dict(mapping.pairs) or "type" in dict(mapping.pairs) else "authors",
                        "a text")  # fmt: skip
        case "duplicate":
            mapping.pairs.append(("title", "again"))
        case "bad-word":
            mapping.set("difficulty", "hardish")
        case "bad-number":
            mapping.set("points", "-1")
        case _:
            mapping.set("language", "not a language")


def _messages(diagnostics: tuple[Diagnostic, ...]) -> str:
    return "\n".join(f"{diagnostic.message} {diagnostic.help}" for diagnostic in diagnostics)


@given(strategies.bank_data())
def test_a_sound_bank_has_no_fault(data: Mapping) -> None:
    assert strategies.loaded(strategies.written(data).text).diagnostics == ()


@given(strategies.bank_data(), st.data())
def test_all_faults_are_reported_at_their_lines(bank: Mapping, data: st.DataObject) -> None:
    expected: list[tuple[str, tuple[str | int, ...]]] = []
    for fault, code, keys in data.draw(st.lists(st.sampled_from(_IN_HEADER), unique=True)):
        _inject(bank, fault)
        expected.append((code, keys))
    for index, question in enumerate(bank["questions"]):
        for fault, code, keys in data.draw(st.lists(st.sampled_from(_IN_QUESTION), unique=True)):
            _inject(question, fault)
            expected.append((code, ("questions", index, *keys)))
    written = strategies.written(bank)
    found = strategies.loaded(written.text).diagnostics
    assert sorted((diagnostic.code, diagnostic.span.line) for diagnostic in found) == sorted(
        (code, written.line_of[keys]) for code, keys in expected
    )
    _assert_all_lie_in(found, written)
    assert not [word for word in _FOREIGN_WORDS if word in _messages(found)]


def _assert_all_lie_in(found: tuple[Diagnostic, ...], written: Written) -> None:
    for diagnostic in found:
        line = written.lines[diagnostic.span.line - 1]
        assert diagnostic.span.path == strategies.PATH
        assert 1 <= diagnostic.span.column <= diagnostic.span.end_column <= len(line) + 1


_SHAPES = st.recursive(
    st.text(max_size=5) | st.sampled_from(strategies.TELLTALE),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(st.tuples(st.sampled_from(["text", "id", "x", "source"]), inner), max_size=3).map(Mapping)
    ),
    max_leaves=5,
)


@given(strategies.bank_data(questions=1), st.data())
def test_values_of_any_shape_are_refused_in_a_teachers_words(bank: Mapping, data: st.DataObject) -> None:
    (question,) = bank["questions"]
    for mapping in (bank, question):
        keys = [key for key, _ in mapping.pairs if key != "questions"]
        for key in data.draw(st.lists(st.sampled_from(keys), max_size=3, unique=True)):
            mapping.set(key, data.draw(_SHAPES))
    written = strategies.written(bank)
    found = strategies.loaded(written.text).diagnostics
    _assert_all_lie_in(found, written)
    assert not [word for word in _FOREIGN_WORDS if word in _messages(found)]


_FIELDS = ["id", "title", "difficulty", "objectives", "tags", "points", "code", "hints", "solution", "common_mistakes",
           "feedback", "stem"]  # fmt: skip


@given(st.sampled_from(_FIELDS), st.data())
def test_a_misspelt_key_names_the_one_that_was_meant(field: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(field) - 2))
    misspelt = field[:place] + field[place + 1] + field[place] + field[place + 2 :]
    if len(field) < 5 or misspelt == field:
        misspelt = field + "s"
    text = bank_text(f"id: a\ntype: essay\nstem: x\n{misspelt}: y".replace("id:", "- id:").replace("\n", "\n  "))
    unknown = [found for found in strategies.loaded(text).diagnostics if found.code == "QZ011"]
    assert only(unknown).help == f"did you mean `{field}`?"


def test_a_key_that_is_missing_because_it_is_misspelt_is_said_once() -> None:
    found = only(strategies.loaded(bank_text("- {id: a, type: essay, stme: x}")).diagnostics)
    assert (found.code, found.help) == ("QZ011", "did you mean `stem`?")


def test_a_misspelt_question_type_names_the_one_that_was_meant() -> None:
    found = only(strategies.loaded(bank_text("- {id: a, type: single-choise, stem: x}")).diagnostics)
    assert (found.code, found.help) == ("QZ015", "did you mean `single_choice`?")


def test_faults_of_a_question_as_a_whole_are_reported_beside_those_of_its_fields() -> None:
    question = "- {id: a, type: code_output, stem: x, code: {source: print(1)}, zzqxv: 1}"
    found = strategies.loaded(bank_text(question)).diagnostics
    assert sorted(codes(found)) == ["QZ011", "QZ012"]  # the unknown key; neither `options` nor `answer`


def test_a_question_whose_id_is_taken_has_its_other_faults_reported_as_well() -> None:
    found = strategies.loaded(bank_text("- {id: a, type: essay, stem: x}", "- {id: a, type: essay, zzqxv: 1}"))
    assert sorted(codes(found.diagnostics)) == ["QZ011", "QZ012", "QZ501"]


def test_a_yaml_fault_of_one_file_hides_nothing_of_the_others(tmp_path: Path) -> None:
    question = "- {id: a, type: essay, stem: x, zzqxv: 1}"
    (tmp_path / "bank.yaml").write_text(bank_text(question), encoding="utf-8")
    (tmp_path / "b.yaml").write_text("questions:\n\t- x\n", encoding="utf-8")
    (tmp_path / "c.yaml").write_text(f"questions:\n  {question.replace('id: a', 'id: c')}\n", encoding="utf-8")
    (files,), _ = find([str(tmp_path)])
    found = [(Path(found.span.path).name, found.code) for found in load(files).diagnostics]
    assert sorted(found) == [("b.yaml", "QZ003"), ("bank.yaml", "QZ011"), ("c.yaml", "QZ011")]


@pytest.mark.parametrize(
    ("typed", "help"),
    [("yes", "write `true`"), ("off", "write `false`"), ("0", None), ("TRUE ", None)],
)
def test_a_truth_value_in_other_words_is_refused_with_the_right_one(typed: str, help: str | None) -> None:
    found = only(strategies.loaded(bank_text(f'- {{id: a, type: true_false, stem: x, answer: "{typed}"}}')).diagnostics)
    assert (found.code, found.help) == ("QZ014", help)


@pytest.mark.parametrize("typed", ["1,5", "nan", "inf", "1_000", "0x10", "１", "", "1e9999"])
def test_what_is_no_number_is_refused_where_one_is_wanted(typed: str) -> None:
    text = bank_text(f'- {{id: a, type: essay, stem: x, points: "{typed}"}}')
    found = only(strategies.loaded(text).diagnostics)
    assert (found.code, found.span.line) == ("QZ014", 5)
