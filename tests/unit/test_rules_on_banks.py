"""What the rules on a whole bank, on code, on feedback and on texts say beyond their examples."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib import plugins
from quizlib.bank import LoadedBank
from quizlib.diagnostics import Diagnostic
from quizlib.model import Bank
from tests.property.strategies import Mapping, bank_data, filled, loaded, several_lines, written
from tests.unit.helpers import HEADER, at, bank_text, load_text, only, sound

OURS = [
    *("distractor_without_feedback", "solution_without_key", "mistake_without_distractor", "contradicting_feedback"),
    *("repeated_feedback", "repeated_hint", "no_solution", "unparsable_code", "long_code_line", "tab_in_code"),
    *("unused_variable", "key_position", "key_is_longest", "similar_stems", "cueing", "lopsided_difficulty"),
    *("lone_tag", "question_without_objective", "lopsided_truth", "image_without_description", "sight_only_reference"),
    *("color_only_cue", "skipped_heading", "table_without_header", "vague_link", "capitals"),
]
IN_ENGLISH = ["contradicting_feedback", "cueing", "sight_only_reference", "color_only_cue", "vague_link", "capitals"]


def told(rule: str, bank: LoadedBank) -> list[Diagnostic]:
    found = plugins.load("quizlib.rules", rule)
    return [
        bank.diagnostic(found.KIND, finding, item.identifier if item else None)
        for item, finding in found.check(sound(bank), bank.folder)
    ]


def choice(number: int, options: str, extra: str = "") -> str:
    return f"- id: q-{number}\n  type: single_choice\n  stem: Is {number} odd?\n  options: {options}\n{extra}"


def keyed(position: int, of: int = 4) -> str:
    """Write options of which the one at a position, from 0, is the key."""
    names = [f"{{text: opt-{n}, correct: true}}" if n == position else f"opt-{n}" for n in range(of)]
    return f"[{', '.join(names)}]"


def bank_of_keys(positions: list[int], folder: Path, shuffle: str = "false", of: int = 4) -> LoadedBank:
    questions = [choice(number, keyed(position, of)) for number, position in enumerate(positions)]
    return load_text(bank_text(*questions, header=f"{HEADER}defaults: {{shuffle: {shuffle}}}\n"), folder)


def test_the_position_of_keys_is_told_with_its_chance(tmp_path: Path) -> None:
    found = only(told("key_position", bank_of_keys([1] * 14 + [0, 2, 3] * 2, tmp_path)))
    assert found.message == (
        "the key is option B in 14 of 20 questions; by chance that happens in fewer than 1 of 1,000 banks"
    )


@pytest.mark.parametrize(
    ("positions", "shuffle"),
    [
        ([1] * 9, "false"),  # too few questions to tell
        ([1] * 20, "true"),  # learners see another order
        ([0, 1, 2, 3] * 10, "false"),  # balanced
        ([1] * 9 + [0, 2, 3] * 4, "false"),  # chance gives the like now and then
        (([0, 1, 2, 3] * 9 + [1] * 4) * 10, "false"),  # no accident, and too little to help a guesser
    ],
)
def test_what_chance_gives_is_not_told(positions: list[int], shuffle: str, tmp_path: Path) -> None:
    assert told("key_position", bank_of_keys(positions, tmp_path, shuffle)) == []


def test_a_position_that_is_never_the_key_is_told(tmp_path: Path) -> None:
    found = only(told("key_position", bank_of_keys([1, 2, 3] * 12, tmp_path)))
    assert found.message.startswith("the key is option A in none of 36 questions; by chance that happens in fewer than")


def test_the_statements_that_are_true_are_counted(tmp_path: Path) -> None:
    def statements(true: int, false: int) -> LoadedBank:
        answers = ["true"] * true + ["false"] * false
        questions = [f"- {{id: q-{n}, type: true_false, stem: S {n}, answer: {a}}}" for n, a in enumerate(answers)]
        return load_text(bank_text(*questions), tmp_path)

    assert told("lopsided_truth", statements(14, 6)) == []
    assert told("lopsided_truth", statements(9, 0)) == []
    assert "19 of 20 statements are true" in only(told("lopsided_truth", statements(19, 1))).message
    assert "20 of 21 statements are false" in only(told("lopsided_truth", statements(1, 20))).message


def test_lengths_are_compared_only_in_words(tmp_path: Path) -> None:
    def bank(key: str, form: str) -> LoadedBank:
        options = f"[{{text: {key}, correct: true}}, '3', '4']"
        questions = [choice(n, options, f"  options_format: {form}\n") for n in range(12)]
        return load_text(bank_text(*questions), tmp_path)

    assert len(told("key_is_longest", bank("it depends", "markdown"))) == 1
    assert told("key_is_longest", bank("5", "markdown")) == []
    assert told("key_is_longest", bank("it depends", "code")) == []


def stems(folder: Path, *texts: str, key: str = "Paris") -> list[Diagnostic]:
    questions = [
        f"- id: q-{n}\n  type: short_answer\n  stem: {text}\n  accepted: [{key}]" for n, text in enumerate(texts)
    ]
    return told("similar_stems", load_text(bank_text(*questions), folder))


def test_similar_stems_are_told_once_each(tmp_path: Path) -> None:
    first = "Which city on the river Seine is the capital of France today?"
    assert [one.question for one in stems(tmp_path, first, first.upper(), first.replace("today", "now"))] == [
        "q-1",
        "q-2",
    ]
    assert stems(tmp_path, first, "Which city was the seat of the kings of France for long?") == []
    assert stems(tmp_path, "How many cities had 12 theatres then?", "How many cities had 13 theatres then?") == []


def test_the_same_stem_on_another_program_is_another_question(tmp_path: Path) -> None:
    def question(n: int, source: str, answer: str) -> str:
        code = f"{{source: '{source}'}}"
        return (
            f"- {{id: q-{n}, type: code_output, stem: What does this program print?, code: {code}, answer: {answer}}}"
        )

    same = load_text(bank_text(question(1, "print(1)", "1"), question(2, "print(1)", "1")), tmp_path)
    assert only(told("similar_stems", same)).question == "q-2"
    other = load_text(bank_text(question(1, "print(1)", "1"), question(2, "print(+1)", "1")), tmp_path)
    assert told("similar_stems", other) == []


@pytest.mark.parametrize(
    ("tags", "meant"),
    [
        (["loops", "loops", "loop"], "loops"),
        (["for-loop", "for-loop", "For Loop"], "for-loop"),
        (["iteration", "iteration", "itreation"], "iteration"),
        (["level-1", "level-1", "level-2"], None),
        (["style", "style", "r-style"], None),
        (["sets", "sets", "maps"], None),
        (["loop", "loops"], None),  # neither is the usual one
    ],
)
def test_lone_tags(tags: list[str], meant: str | None, tmp_path: Path) -> None:
    questions = [f"- {{id: q-{n}, type: numeric, stem: S {n}, answer: 1, tags: [{t}]}}" for n, t in enumerate(tags)]
    bank = load_text(bank_text(*questions, header=f"{HEADER}tags: [all]\n"), tmp_path)
    found = told("lone_tag", bank)
    assert [one.help for one in found] == ([f"write `{meant}`, if it is meant"] if meant else [])


def program(source: str, language: str = "python", stem: str = "How often does it loop?") -> str:
    options = "[{text: Once, correct: true}, Twice]"
    code = f"  code:\n    language: {language}\n    source: |\n{textwrap.indent(source, '      ')}\n"
    return f"- id: code\n  type: single_choice\n  stem: {stem}\n  options: {options}\n{code}"


@pytest.mark.parametrize(
    ("source", "language", "faulty"),
    [
        ("for n in x\n    print(n)", "python", "for n in x"),
        ('{"a": 1,}', "json", '{"a": 1,}'),
        ("[a]\nb = ", "toml", "b ="),
        ("x = '\\d'", "python", None),  # a doubtful escape is no error
        (">>> for n in x\n...   print(n)", "python", None),
        ("for n in x {", "javascript", None),
        ("for ____ in x\n    print(1)", "python", None),
        ("1. x = 1\n2. y = 2", "python", None),
    ],
)
def test_code_that_does_not_parse(source: str, language: str, faulty: str | None, tmp_path: Path) -> None:
    text = bank_text(program(source, language))
    found = told("unparsable_code", load_text(text, tmp_path))
    assert [at(one, text) for one in found] == ([faulty] if faulty else [])


def test_code_whose_error_is_asked_for_is_left_alone(tmp_path: Path) -> None:
    text = bank_text(program("for n in x\n    print(n)", stem="Which error does Python report?"))
    assert told("unparsable_code", load_text(text, tmp_path)) == []


@pytest.mark.parametrize("source", ["(" * 5000, "[" * 300 + "]" * 300, "-" * 50_000 + "1", "9" * 5000, "x" * 200_000])
def test_no_program_is_too_much_for_the_parser(source: str, tmp_path: Path) -> None:
    told("unparsable_code", load_text(bank_text(program(source)), tmp_path))


def test_tabs_become_blanks_in_a_repair(tmp_path: Path) -> None:
    bank = load_text(bank_text('- id: t\n  type: essay\n  stem: S\n  code: {source: "if x:\\n\\ty\\n"}'), tmp_path)
    rule = plugins.load("quizlib.rules", "tab_in_code")
    ((_, finding),) = rule.check(sound(bank), bank.folder)
    assert [change.text for change in finding.repair.changes] == ["if x:\n    y\n"]
    go = load_text(bank_text('- id: t\n  type: essay\n  stem: "```go\\nif x {\\n\\ty\\n}\\n```"'), tmp_path)
    assert told("tab_in_code", go) == []


@pytest.mark.parametrize(
    ("feedback", "correct", "said"),
    [
        ("Correct!", False, "Correct"),
        ("Yes, that's right.", False, "Yes, that's right"),
        ("Correct, but not all of it.", False, None),
        ("Correctness is not the point.", False, None),
        ("Right of the colon stands the value.", False, None),
        ("Wrong, look again.", True, "Wrong"),
        ("Sorry, no.", True, "Sorry"),
        ("Wrongly typed names do this.", True, None),
    ],
)
def test_feedback_that_contradicts(feedback: str, correct: bool, said: str | None, tmp_path: Path) -> None:
    key, other = f'{{text: One, correct: {str(correct).lower()}, feedback: "{feedback}"}}', "{text: Two, correct: true}"
    text = bank_text(choice(1, f"[{key}, {other if not correct else 'Two'}]"))
    found = told("contradicting_feedback", load_text(text, tmp_path))
    assert [one.message.split("`")[1] for one in found] == ([said] if said else [])


def test_feedback_that_names_the_option_is_no_contradiction(tmp_path: Path) -> None:
    text = bank_text(choice(1, "[{text: Wrong, correct: true, feedback: Wrong. It is even.}, Right]"))
    assert told("contradicting_feedback", load_text(text, tmp_path)) == []


def test_keys_may_share_their_feedback_and_so_may_some_distractors(tmp_path: Path) -> None:
    options = (
        "[{text: A, correct: true}, {text: B, feedback: No.}, {text: C, feedback: No.}, {text: D, feedback: Odd.}]"
    )
    assert told("repeated_feedback", load_text(bank_text(choice(1, options)), tmp_path)) == []
    shared = "[{text: A, correct: true, feedback: No.}, {text: B, feedback: No.}]"
    found = only(told("repeated_feedback", load_text(bank_text(choice(1, shared)), tmp_path)))
    assert found.message == "the key and a distractor have the same feedback"


@pytest.mark.parametrize("rule", IN_ENGLISH)
def test_rules_on_words_are_silent_in_other_languages(rule: str, tmp_path: Path) -> None:
    page = plugins.load("quizlib.rules", rule).__doc__ or ""
    bad = textwrap.dedent(page.partition("Bad:\n")[2].partition("\nGood:")[0]).replace(" # <-", "").strip("\n")
    assert len(told(rule, load_text(bank_text(bad), tmp_path))) == 1
    assert told(rule, load_text(bank_text(bad, header=f"{HEADER}language: de\n"), tmp_path)) == []


def test_variants_of_a_question_count_once(tmp_path: Path) -> None:
    text = bank_text(
        "- id: sum\n  type: numeric\n  parameters: {a: {from: 1, to: 9}}\n  variants: 9\n"
        '  stem: "What is {{a}} + 1, of all the sums that there are?"\n  answer: "{{= a + 1 }}"\n'
    )
    bank = load_text(text, tmp_path)
    assert bank.bank is not None
    for rule in ("similar_stems", "cueing", "lopsided_difficulty", "no_solution"):
        found = plugins.load("quizlib.rules", rule)
        assert list(found.check(bank.bank, bank.folder)) == []


@given(bank_data(questions=6), st.sampled_from(OURS))
def test_no_bank_is_too_much(data: Mapping, rule: str) -> None:
    """Whatever stands in a bank, a rule ends, and what it says can be placed and has a help."""
    bank = loaded(written(data).text)
    if bank.bank is not None:
        for diagnostic in told_of(rule, bank, bank.bank):
            assert diagnostic.help
            assert diagnostic.message[0] == diagnostic.message[0].lower()


def told_of(rule: str, bank: LoadedBank, model: Bank) -> list[Diagnostic]:
    found = plugins.load("quizlib.rules", rule)
    return [bank.diagnostic(found.KIND, finding) for _, finding in found.check(model, bank.folder)]


@given(st.lists(filled(several_lines), min_size=1, max_size=5), st.sampled_from(OURS))
def test_no_text_is_too_much(texts: list[str], rule: str) -> None:
    questions = [
        Mapping([("id", f"q-{n}"), ("type", "essay"), ("stem", text), ("hints", [text, text])])
        for n, text in enumerate(texts)
    ]
    data = Mapping([("format", "1"), ("id", "b"), ("title", "B"), ("questions", questions)])
    bank = loaded(written(data).text)
    if bank.bank is not None:
        told_of(rule, bank, bank.bank)
