"""Questions in Moodle XML: one test for each fact that is known of Moodle's importer."""

from __future__ import annotations

import re
from base64 import b64decode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.diagnostics import Diagnostic
from quizlib.exporting import export
from quizlib_exporters.moodle_xml.fractions import nearest
from tests.exporters import moodle, samples
from tests.exporters.moodle import Element
from tests.property import html
from tests.property.strategies import double_quoted, loaded
from tests.unit.helpers import HEADER, KEYED, bank_text, codes, load_text, only

_FRACTIONS = [0, 5, 10, 11.11111, 12.5, 14.28571, 16.66667, 20, 25, 30, 33.33333, 40, 50, 60, 66.66667, 70, 75, 80, 83.33333,
              90, 100]  # fmt: skip
_CHOICE = "- {id: a, type: single_choice, stem: x, options: [{text: b, correct: true}, c]}"
_CHOICES = "- {id: a, type: multiple_response, stem: x, options: [{text: b, correct: true}, c]}"
_ORDERING = "- {id: a, type: ordering, stem: x, items: [b, c]}"
_MATCHING = "- {id: a, type: matching, stem: x, pairs: [{source: b, target: c}, {source: d, target: e}]}"
_TRUTH = "- {id: a, type: true_false, stem: x, answer: true}"
_TEXT = "- {id: a, type: short_answer, stem: x, accepted: [b]}"
_NUMBER = "- {id: a, type: numeric, stem: x, answer: 1}"
_ESSAY = "- {id: a, type: essay, stem: x}"
_CLOZE = '- {id: a, type: cloze, stem: "[[g]]", gaps: {g: {accepted: [b]}}}'
_ALL = {"multichoice single": _CHOICE, "multichoice": _CHOICES, "ordering": _ORDERING, "matching": _MATCHING,
        "truefalse": _TRUTH, "shortanswer": _TEXT, "numerical": _NUMBER, "essay": _ESSAY, "cloze": _CLOZE}  # fmt: skip


def _with(question: str, fields: str) -> str:
    return question.removesuffix("}") + f", {fields}}}"


def _exported(*questions: str, header: str = HEADER) -> tuple[bytes, list[Diagnostic]]:
    loaded = samples.of_questions(*questions, header=header)
    assert [found for found in loaded.diagnostics if found.code != "QZ504"] == []
    files, losses = export(loaded, "moodle_xml", KEYED)
    return moodle.file_of(files), losses


def _question(question: str) -> Element:
    (found,) = moodle.questions(_exported(question)[0])
    return found


def _losses(question: str, header: str = HEADER) -> list[str]:
    return [loss.rule for loss in _exported(question, header=header)[1]]


def _shares(question: Element) -> list[str]:
    return [answer.get("fraction") for answer in question.findall("answer")]


# The whole file -------------------------------------------------------------------------------------------


def test_the_file_is_utf8_with_the_root_quiz() -> None:
    content, _ = _exported(_ESSAY)
    assert content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>')
    assert moodle.parsed(content).tag == "quiz"


@pytest.mark.parametrize(("kind", "question"), _ALL.items(), ids=list(_ALL))
def test_every_type_has_moodles_name(kind: str, question: str) -> None:
    assert _question(question).get("type") == kind.split()[0]


def test_no_plugin_of_moodle_is_asked_for() -> None:
    known = {
        "multichoice",
        "truefalse",
        "shortanswer",
        "numerical",
        "matching",
        "essay",
        "ordering",
        "cloze",
        "description",
    }
    for text in samples.EXAMPLES.values():
        content = moodle.file_of(export(samples.of_questions(text), "moodle_xml", KEYED)[0])
        assert {found.get("type") for found in moodle.questions(content)} <= known


def test_the_category_stands_first_and_below_the_course() -> None:
    content, _ = _exported(_ESSAY, header=HEADER + "category: Machine learning / Fine-tuning\n")
    assert moodle.parsed(content)[0].get("type") == "category"
    assert moodle.text(moodle.category(content), "category") == "$course$/top/Machine learning/Fine-tuning"


@pytest.mark.parametrize(
    ("title", "path"),
    [("A/B", "$course$/top/A//B"), ("A/", "$course$/top/A//"), ("List<int>", "$course$/top/List< int>")],
)
def test_a_title_is_one_category_whatever_it_holds(title: str, path: str) -> None:
    content, _ = _exported(_ESSAY, header=f"format: 1\nid: sample\ntitle: {title}\n")
    assert moodle.text(moodle.category(content), "category") == path


@pytest.mark.parametrize("category", ["A/", "/A", "A//B", "/", " A / B "])
def test_a_category_has_no_slash_at_its_end_and_no_empty_part(category: str) -> None:
    content, _ = _exported(_ESSAY, header=HEADER + f'category: "{category}"\n')
    path = moodle.text(moodle.category(content), "category")
    assert path.startswith("$course$/top")
    assert "" not in path.split("/")


@pytest.mark.parametrize("category", ["$system$/x", "$course$/y", "$cat1$"])
def test_a_bank_cannot_write_into_another_context(category: str) -> None:
    content, _ = _exported(_ESSAY, header=HEADER + f"category: {category}\n")
    assert moodle.text(moodle.category(content), "category").startswith("$course$/top/")


def test_what_is_said_of_the_bank_stands_beside_the_category() -> None:
    header = HEADER + "description: About *it*.\nauthors: [A, B]\nlicense: CC-BY-4.0\n"
    info = moodle.category(_exported(_ESSAY, header=header)[0]).find("info")
    assert info.get("format") == "html"
    assert info.findtext("text") == "<p>About <em>it</em>.</p>\n<p>Authors: A, B.</p>\n<p>License: CC-BY-4.0.</p>"


def test_nothing_is_said_of_a_bank_that_says_nothing() -> None:
    assert not moodle.has(moodle.category(_exported(_ESSAY)[0]), "info")


def test_the_lesson_is_a_loss() -> None:
    assert _losses(_ESSAY, HEADER + "lesson: {big_idea: x}\n") == ["lost-lesson"]


def test_a_bank_without_losses_reports_none() -> None:
    assert [_losses(question) for question in _ALL.values()] == [[]] * len(_ALL)


# What all questions have ----------------------------------------------------------------------------------


@pytest.mark.parametrize("question", _ALL.values(), ids=list(_ALL))
def test_every_html_text_says_its_format(question: str) -> None:
    found = _question(_with(question, "hints: [h], feedback: {general: g}, solution: {check: c}"))
    for path in ("questiontext", "generalfeedback", "hint"):
        assert all(element.get("format") == "html" for element in found.findall(path))
    assert moodle.has(found, "generalfeedback")


@pytest.mark.parametrize("question", _ALL.values(), ids=list(_ALL))
def test_a_question_has_a_name_and_its_id_as_idnumber(question: str) -> None:
    found = _question(question)
    assert (moodle.text(found, "name"), moodle.text(found, "idnumber")) == ("a", "a")


@pytest.mark.parametrize("question", _ALL.values(), ids=list(_ALL))
def test_marks_and_penalty_are_numbers(question: str) -> None:
    found = _question(_with(question, "points: 3"))
    assert moodle.text(found, "defaultgrade") == "3"
    assert 0 <= float(moodle.text(found, "penalty")) <= 1


@pytest.mark.parametrize("question", _ALL.values(), ids=list(_ALL))
def test_no_element_is_there_without_its_content(question: str) -> None:
    found = _question(question)
    for path in ("hint", "info", "tags", "tags/tag", "generalfeedback", "correctfeedback", "answer/feedback"):
        assert not moodle.has(found, path), path
    assert moodle.text(found, "penalty")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("List<int> in C++", "List< int> in C++"),
        ("a < b", "a < b"),
        ("<b>", "< b>"),
        ("x & y", "x & y"),
        ("1<2>1", "1< 2>1"),
    ],
)
def test_a_name_keeps_what_looks_like_a_tag(title: str, name: str) -> None:
    assert moodle.text(_question(_with(_ESSAY, f'title: "{title}"')), "name") == name


def test_a_name_that_is_too_long_is_a_loss() -> None:
    question = _with(_ESSAY, f"title: {'t' * 256}")
    assert len(moodle.text(_question(question), "name")) == 255
    assert _losses(question) == ["lost-text-too-long"]
    assert _losses(_with(_ESSAY, f"title: {'t' * 255}")) == []


def test_the_longest_id_is_an_idnumber() -> None:
    longest = "i" * 100
    assert moodle.text(_question(_ESSAY.replace("id: a", f"id: {longest}")), "idnumber") == longest


def test_a_category_name_that_is_too_long_is_a_loss() -> None:
    assert _losses(_ESSAY, HEADER + f"category: A/{'c' * 256}\n") == ["lost-text-too-long"]
    assert _losses(_ESSAY, HEADER + f"category: {'b' * 255}/{'c' * 255}\n") == []


def test_tags_stand_in_one_block() -> None:
    found = _question(_with(_ESSAY, 'tags: [x, "y z", X], difficulty: easy, objectives: [o]'))
    assert len(found.findall("tags")) == 1
    assert moodle.texts(found, "tags/tag") == ["x", "y z", "difficulty:easy", "objective:o"]


def test_a_tag_0_is_a_loss_and_never_written() -> None:
    question = _with(_ESSAY, 'tags: ["0", x]')
    assert moodle.texts(_question(question), "tags/tag") == ["x"]
    assert _losses(question) == ["lost-tag"]
    assert not moodle.has(_question(_with(_ESSAY, 'tags: ["0"]')), "tags")


def test_a_tag_that_is_too_long_is_a_loss() -> None:
    assert _losses(_with(_ESSAY, f"tags: [{'t' * 256}]")) == ["lost-text-too-long"]


_HELD = {"multichoice single": {"clearwrong"}, "multichoice": {"shownumcorrect", "clearwrong"},
         "matching": {"shownumcorrect", "clearwrong"}, "ordering": {"shownumcorrect", "clearwrong"},
         "cloze": {"shownumcorrect", "clearwrong"}, "truefalse": set(), "shortanswer": set(), "numerical": set()}  # fmt: skip


@pytest.mark.parametrize("kind", _HELD)
def test_hints_hold_what_their_type_allows(kind: str) -> None:
    hints = _question(_with(_ALL[kind], "hints: [one, two]")).findall("hint")
    assert [hint.findtext("text") for hint in hints] == ["<p>one</p>", "<p>two</p>"]
    assert all({child.tag for child in hint} - {"text"} <= _HELD[kind] for hint in hints)


def test_an_essay_has_no_hints_and_each_is_a_loss() -> None:
    question = _with(_ESSAY, "hints: [one, two]")
    assert not moodle.has(_question(question), "hint")
    assert _losses(question) == ["lost-hint", "lost-hint"]


@pytest.mark.parametrize("kind", ["multichoice single", "multichoice", "matching", "ordering"])
def test_combined_feedback_is_written_where_moodle_has_it(kind: str) -> None:
    question = _with(_ALL[kind], "feedback: {correct: r, partially_correct: p, incorrect: w}")
    found = _question(question)
    names = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
    assert [moodle.text(found, name) for name in names] == ["<p>r</p>", "<p>p</p>", "<p>w</p>"]
    assert _losses(question) == []


@pytest.mark.parametrize("kind", ["essay", "cloze"])
def test_feedback_that_has_no_place_is_a_loss(kind: str) -> None:
    question = _with(_ALL[kind], "feedback: {correct: r, partially_correct: p, incorrect: w}")
    assert _losses(question) == ["lost-feedback"] * 3


def test_the_solution_and_the_mistakes_are_general_feedback() -> None:
    fields = "solution: {steps: [{title: First, text: do *it*}], final_answer: b, check: 1 + 1 = 2}"
    found = _question(_with(_CHOICE, f"{fields}, common_mistakes: [{{text: Slip, yields: c, feedback: f}}]"))
    shown = html.text(moodle.text(found, "generalfeedback"))
    for text in ("First. do it", "Final answer: b", "Quick check: 1 + 1 = 2", "Slip (leads to c): f"):
        assert text in shown


def test_a_rationale_is_never_written() -> None:
    content, _ = _exported(
        "- {id: a, type: single_choice, stem: x, options: [{text: b, correct: true, rationale: zzqxv}, c]}"
    )
    assert b"zzqxv" not in content


# Fractions ------------------------------------------------------------------------------------------------


@given(st.floats(-1, 1, allow_nan=False))
def test_every_share_is_one_that_moodle_takes(share: float) -> None:
    written, exact = nearest(share)
    assert abs(float(written)) in _FRACTIONS
    assert exact is (abs(float(written) - share * 100) <= 0.001)
    assert written == "0" or float(written) * share > 0


@pytest.mark.parametrize("share", [*_FRACTIONS[1:], *(-share for share in _FRACTIONS[1:])])
def test_moodles_own_shares_are_written_as_they_are(share: float) -> None:
    assert nearest(share / 100) == (f"{share:.7g}", True)


@pytest.mark.parametrize(
    ("right", "share"), [(1, "100"), (2, "50"), (3, "33.33333"), (6, "16.66667"), (7, "14.28571"), (9, "11.11111")]
)
def test_positive_shares_reach_the_full_marks(right: int, share: str) -> None:
    options = ", ".join(f"{{text: b{index}, correct: true}}" for index in range(right))
    found = _shares(_question(f"- {{id: a, type: multiple_response, stem: x, options: [{options}, c]}}"))
    assert found == [share] * right + ["-100"]


def test_a_single_choice_has_one_share_of_100() -> None:
    assert _shares(_question(_CHOICE)) == ["100", "0"]


def test_a_share_that_moodle_has_not_is_a_loss() -> None:
    question = "- {id: a, type: short_answer, stem: x, accepted: [b, {text: c, fraction: 0.43}]}"
    assert _shares(_question(question)) == ["100", "40"]
    assert _losses(question) == ["lost-fraction"]


def test_all_shares_of_our_banks_are_moodles() -> None:
    for text in samples.BANKS.values():
        content = moodle.file_of(export(loaded(text), "moodle_xml", KEYED)[0])
        written = [
            float(answer.get("fraction")) for answer in moodle.parsed(content).iter("answer") if answer.get("fraction")
        ]
        assert written
        assert {abs(share) for share in written} <= set(_FRACTIONS)


# Types ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("question", "single"), [(_CHOICE, "true"), (_CHOICES, "false")])
def test_a_choice_says_true_or_false_in_lower_case(question: str, single: str) -> None:
    found = _question(question)
    assert moodle.text(found, "single") == single
    assert moodle.text(found, "shuffleanswers") == "true"
    assert moodle.text(_question(_with(question, "shuffle: false")), "shuffleanswers") == "false"
    assert moodle.text(found, "answernumbering") in ("none", "abc", "ABCD", "123", "iii", "IIII")


def test_a_choice_has_its_options_and_their_feedback_in_order() -> None:
    found = _question("- {id: a, type: single_choice, stem: x, options: [{text: b, correct: true, feedback: f}, c, d]}")
    assert moodle.texts(found, "answer") == ["b", "c", "d"]
    assert [answer.findtext("feedback/text") for answer in found.findall("answer")] == ["<p>f</p>", None, None]


def test_a_fixed_option_is_a_loss_and_nothing_is_shuffled() -> None:
    question = _CHOICE.replace(", c]", ", {text: c, fixed: true}]")
    assert moodle.text(_question(question), "shuffleanswers") == "false"
    assert _losses(question) == ["lost-fixed-option"]
    assert _losses(_with(question, "shuffle: false")) == []


@pytest.mark.parametrize(("answer", "shares"), [("true", ["100", "0"]), ("false", ["0", "100"])])
def test_truth_has_both_answers_by_their_exact_names(answer: str, shares: list[str]) -> None:
    found = _question(_TRUTH.replace("answer: true", f"answer: {answer}"))
    assert (moodle.texts(found, "answer"), _shares(found)) == (["true", "false"], shares)


def test_truth_holds_feedback_on_right_and_wrong_responses() -> None:
    question = _with(_TRUTH, "feedback: {correct: r, incorrect: w, partially_correct: p}")
    assert moodle.texts(_question(question), "answer/feedback") == ["<p>r</p>", "<p>w</p>"]
    assert _losses(question) == ["lost-feedback"]


@pytest.mark.parametrize(
    ("typed", "written"), [("a*b", r"a\*b"), ("*", r"\*"), ("a < b & c", "a < b & c"), ("<b>", "<b>")]
)
def test_a_typed_answer_is_plain_text_in_which_a_star_means_itself(typed: str, written: str) -> None:
    found = _question(f"- {{id: a, type: short_answer, stem: x, accepted: [{double_quoted(typed)}]}}")
    assert (moodle.texts(found, "answer"), _shares(found)) == ([written], ["100"])


@pytest.mark.parametrize(("case", "written"), [("true", "1"), ("false", "0")])
def test_case_counts_as_0_or_1(case: str, written: str) -> None:
    assert moodle.text(_question(_with(_TEXT, f"case_sensitive: {case}")), "usecase") == written


def test_a_pattern_is_a_loss() -> None:
    assert _losses(_with(_TEXT, 'pattern: "b+"')) == ["lost-pattern"]


def test_a_typed_output_of_several_lines_is_a_loss() -> None:
    question = '- {id: a, type: code_output, stem: x, code: {source: f}, answer: "1\\n2\\n"}'
    assert moodle.texts(_question(question), "answer") == ["1 2"]
    assert _losses(question) == ["lost-whitespace"]


@pytest.mark.parametrize(
    ("answer", "written"),
    [("1e3", "1000"), ("-0.50", "-0.50"), ("1E-3", "0.001"), ("+7", "7"), (".5", "0.5"), ("007", "7")],
)
def test_a_number_is_a_plain_decimal(answer: str, written: str) -> None:
    found = _question(_NUMBER.replace("answer: 1", f"answer: {answer}"))
    assert (moodle.texts(found, "answer"), _shares(found)) == ([written], ["100"])
    assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", written)


@pytest.mark.parametrize(
    ("fields", "written"),
    [
        ("tolerance: 0.05", "0.05"),
        ("tolerance: 2%", "0.02"),
        ("significant_figures: 2", "0.05"),
        ("tolerance: 1e-3", "0.001"),
    ],
)
def test_a_tolerance_is_absolute_and_a_plain_decimal(fields: str, written: str) -> None:
    assert float(moodle.text(_question(_with(_NUMBER, fields)), "answer/tolerance")) == float(written)
    assert "E" not in moodle.text(_question(_with(_NUMBER, fields)), "answer/tolerance")


def test_a_wrong_number_behind_a_right_one_has_its_own_feedback() -> None:
    found = _question(
        _with(_NUMBER, "tolerance: 0.5, common_mistakes: [{text: Slip, yields: 2}, {text: Near, yields: 1.2}]")
    )
    assert (moodle.texts(found, "answer"), _shares(found)) == (["1", "2"], ["100", "0"])


def test_the_unit_of_a_number_is_shown_under_the_question() -> None:
    assert "Unit: m/s" in html.text(moodle.text(_question(_with(_NUMBER, "unit: m/s")), "questiontext"))


def test_an_extra_target_has_an_empty_source() -> None:
    found = _question(_with(_MATCHING, "extra_targets: [f]"))
    assert moodle.texts(found, "subquestion") == ["b", "d", ""]
    assert moodle.texts(found, "subquestion/answer") == ["c", "e", "f"]


def test_no_answer_of_a_matching_is_empty() -> None:
    for text in ("&", "<b>", "\\u200b", "&nbsp;", "\\x1f"):
        found = _question(_MATCHING.replace("target: c", f'target: "{text}"'))
        assert all(answer.strip() for answer in moodle.texts(found, "subquestion/answer"))


def test_sources_that_share_a_target_share_one_choice() -> None:
    found = _question(_MATCHING.replace("target: e", "target: c"))
    assert moodle.texts(found, "subquestion/answer") == ["c", "c"]


def test_a_target_that_is_too_long_is_a_loss() -> None:
    question = _MATCHING.replace("target: c", f"target: {'t' * 256}")
    assert max(map(len, moodle.texts(_question(question), "subquestion/answer"))) == 255
    assert _losses(question) == ["lost-text-too-long"]
    assert _losses(_MATCHING.replace("target: c", f"target: {'t' * 255}")) == []


def test_ordering_shows_the_number_of_right_items_by_a_text() -> None:
    assert moodle.text(_question(_ORDERING), "shownumcorrect") == "1"


def test_ordering_has_its_items_in_their_order() -> None:
    assert moodle.texts(_question(_ORDERING), "answer") == ["b", "c"]


def test_lines_of_a_program_keep_their_indentation() -> None:
    found = _question('- {id: a, type: ordering, stem: x, items_format: code, items: ["if x:", "    y()"]}')
    assert moodle.texts(found, "answer") == ["<pre><code>if x:</code></pre>", "<pre><code>    y()</code></pre>"]


@pytest.mark.parametrize(("form", "written"), [("text", "editor"), ("code", "monospaced")])
def test_an_essay_says_how_it_is_written(form: str, written: str) -> None:
    found = _question(
        _with(_ESSAY, f"response_format: {form}, expected_lines: 7, template: t, rubric: [{{text: r, points: 2}}]")
    )
    assert moodle.text(found, "responseformat") == written
    assert moodle.text(found, "responsefieldlines") == "7"
    assert "t" in html.text(moodle.text(found, "responsetemplate"))
    assert html.text(moodle.text(found, "graderinfo")).strip() == "r (2)"


def test_a_program_is_shown_under_the_stem_with_all_that_it_is_given() -> None:
    code = '{source: "print(1)", stdin: "in", arguments: [arg], files: {data.txt: content}}'
    stem = moodle.text(_question(_with(_ESSAY, f"code: {code}")), "questiontext")
    assert '<pre><code class="language-python">print(1)</code></pre>' in stem
    for text in ("in", "arg", "data.txt", "content"):
        assert text in html.text(stem)


@pytest.mark.parametrize(
    ("question", "rule", "lost"),
    [
        (_CHOICES, "every_decision", True),
        (_CHOICES, "all_or_nothing", True),
        (_CHOICES, "shares", False),
        (_MATCHING, "all_or_nothing", True),
        (_MATCHING, "parts", False),
        (_CLOZE, "all_or_nothing", True),
        (_ORDERING, "neighbours", False),
        (_ORDERING, "all_or_nothing", False),
    ],
)
def test_a_rule_of_partial_credit_that_moodle_has_not_is_a_loss(question: str, rule: str, lost: bool) -> None:
    assert _losses(_with(question, f"partial_credit: {rule}")) == (["lost-scoring"] if lost else [])


@pytest.mark.parametrize(
    ("rule", "written"),
    [
        ("parts", "ABSOLUTE_POSITION"),
        ("neighbours", "RELATIVE_NEXT_EXCLUDE_LAST"),
        ("all_or_nothing", "ALL_OR_NOTHING"),
    ],
)
def test_an_ordering_has_its_rule_of_partial_credit(rule: str, written: str) -> None:
    assert moodle.text(_question(_with(_ORDERING, f"partial_credit: {rule}")), "gradingtype") == written


# Files ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["stem: {}", "stem: x, hints: [{}]", "stem: x, feedback: {{general: {}}}"])
def test_an_image_stands_beside_its_text_and_is_linked(place: str, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a b.png").write_bytes(b"picture")
    loaded = load_text(
        bank_text(
            f"- {{id: a, type: true_false, answer: true, {place.format(chr(34) + '![x](<sub/a b.png>)' + chr(34))}}}"
        ),
        tmp_path,
    )
    files, losses = export(loaded, "moodle_xml", KEYED)
    file = next(moodle.parsed(moodle.file_of(files)).iter("file"))
    assert (file.get("name"), file.get("path"), file.get("encoding")) == ("a b.png", "/", "base64")
    assert b64decode(file.text) == b"picture"
    assert '<img src="@@PLUGINFILE@@/a%20b.png" alt="x" />' in file.getparent().findtext("text")
    assert losses == []


def test_images_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.png").write_bytes(folder.encode())
    loaded = load_text(bank_text('- {id: a, type: essay, stem: "![](one/a.png) ![](two/a.png)"}'), tmp_path)
    files = list(moodle.parsed(moodle.file_of(export(loaded, "moodle_xml", KEYED)[0])).iter("file"))
    assert sorted(b64decode(file.text) for file in files) == [b"one", b"two"]
    assert len({file.get("name") for file in files}) == 2


def test_an_image_that_is_not_there_is_a_loss(tmp_path: Path) -> None:
    loaded = load_text(bank_text('- {id: a, type: essay, stem: "![x](missing.png)"}'), tmp_path)
    assert codes(export(loaded, "moodle_xml", KEYED)[1]) == ["QZ713"]


def test_the_name_of_a_file_has_no_sign_that_moodle_removes(tmp_path: Path) -> None:
    (tmp_path / "a'b&c.png").write_bytes(b"x")
    loaded = load_text(bank_text('- {id: a, type: essay, stem: "![x](<a\'b&c.png>)"}'), tmp_path)
    (file,) = moodle.parsed(moodle.file_of(export(loaded, "moodle_xml", KEYED)[0])).iter("file")
    assert not set(file.get("name")) & set("\"':/\\<>|&*?")


def test_a_loss_stands_where_the_bank_says_it() -> None:
    _, losses = _exported(_with(_TEXT, 'pattern: "b+"'))
    assert (only(losses).span.line, only(losses).question) == (5, "a")
