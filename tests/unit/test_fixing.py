"""Fixes of banks: what is fixed, what is left alone, and how files are written."""

from __future__ import annotations

import dataclasses
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
import yaml

from quizlib.diagnostics import Applicability, Diagnostic, Fix, Repair, SetText, Severity, Span
from quizlib.fixing import Fixed, difference, fixed
from quizlib.rewriting import RewriteError, rewrite
from quizlib.validation import DEFAULTS, Settings, rules, validate

HEAD = "format: 1\nid: bank\ntitle: A bank\nquestions:\n"
CODE = "    stem: What does it print?\n    code: {source: print('a')}\n"


def of_text(folder: Path, text: str, *, unsafe: bool = False, settings: Settings = DEFAULTS) -> Fixed:
    path = folder / "bank.yml"
    path.write_bytes(text.encode("utf-8"))
    return fixed(validate([str(path)], settings), [str(path)], settings, unsafe=unsafe)


def read(text: str) -> Any:
    return yaml.safe_load(text)


def after(found: Fixed) -> str:
    (one,) = found.rewrites
    return one.after


def question(options: str, head: str = "") -> str:
    return f"{HEAD}  - id: q\n    type: code_output\n{head}{CODE}    options:\n{options}"


def test_the_option_that_the_program_prints_is_marked_in_its_own_style(tmp_path: Path) -> None:
    options = "      - b # sure\n      - a # why not?\n      - text: c\n        # remark\n        correct: true\n"
    found = of_text(tmp_path, question(options))
    assert after(found) == question(
        "      - b # sure\n      - {text: a, correct: true} # why not?\n      - text: c\n        # remark\n"
    )
    assert found.report.diagnostics == ()


def test_a_mark_that_says_false_is_turned(tmp_path: Path) -> None:
    options = "      - {text: a, correct: false}\n      - {text: b, correct: true}\n"
    found = of_text(tmp_path, question(options))
    assert after(found) == question("      - {text: a, correct: true}\n      - {text: b}\n")


@pytest.mark.parametrize(
    "options",
    [
        "      - a\n      - 'a '\n      - {text: b, correct: true}\n",  # two options say it
        "      - c\n      - {text: b, correct: true}\n",  # none does
        "      - {text: a, fraction: 0}\n      - {text: b, correct: true}\n",  # shares are written out
        "      - a\n      - {text: b, correct: true, fraction: 1}\n",
        "      - &x a\n      - {text: b, correct: true}\n",
    ],
)
def test_a_key_that_is_in_doubt_is_left_alone(options: str, tmp_path: Path) -> None:
    assert of_text(tmp_path, question(options)).rewrites == ()


@pytest.mark.parametrize("said", ["feedback: Right! It is b.", "rationale: It prints b."])
@pytest.mark.parametrize(
    ("right", "wrong"),
    [("{text: a}", "{text: b, correct: true, SAID}"), ("{text: a, SAID}", "{text: b, correct: true}"),
     ("{text: a, SAID}", "{text: b}")],
)  # fmt: skip
def test_an_option_with_feedback_is_marked_only_when_asked(right: str, wrong: str, said: str, tmp_path: Path) -> None:
    text = question(f"      - {right}\n      - {wrong}\n".replace("SAID", said))
    safe = of_text(tmp_path, text)
    assert (safe.rewrites, safe.unsafe) == ((), 1)
    assert "- {text: a, correct: true" in after(of_text(tmp_path, text, unsafe=True)).replace(f", {said}", "")


def test_the_feedback_of_other_options_is_no_reason_to_ask(tmp_path: Path) -> None:
    options = "      - a\n      - {text: b, correct: true}\n      - {text: c, feedback: Not c.}\n"
    assert "- {text: a, correct: true}\n" in after(of_text(tmp_path, question(options)))


def test_an_option_that_a_failing_program_proves_is_marked_only_when_asked(tmp_path: Path) -> None:
    text = question("      - raises KeyError\n      - {text: a, correct: true}\n").replace("print('a')", "'{}[0]'")
    text = text.replace("'{}[0]'", '"{}[0]"')
    safe = of_text(tmp_path, text)
    assert (safe.rewrites, safe.unsafe) == ((), 1)
    assert "- {text: raises KeyError, correct: true}\n" in after(of_text(tmp_path, text, unsafe=True))


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("'it: # x'", '"it: # x"'),
        ("'- [a]'", '"- [a]"'),
        ("'1\\\\n2'", '"1\\n2"'),
        ("'say \\\"hi\\\"'", 'say "hi"'),
        ("'*x'", '"*x"'),
        ("'&x'", '"&x"'),
        ("'!!python/object x'", '"!!python/object x"'),
        ("'{{ 7 * 7 }}'", '"{{ 7 * 7 }}"'),
    ],
)
def test_what_a_program_prints_becomes_a_text_whatever_it_is(printed: str, written: str, tmp_path: Path) -> None:
    source = f'    code: {{source: "print({printed})"}}\n'
    text = f"{HEAD}  - id: q\n    type: code_output\n    stem: What?\n{source}    answer: z # yes\n"
    found = of_text(tmp_path, text)
    assert after(found) == text.replace("answer: z", f"answer: {written}")
    assert found.report.diagnostics == ()


def test_what_no_learner_can_type_is_not_written(tmp_path: Path) -> None:
    for source in ("print(chr(27))", 'print("\\u202e")', "print()"):
        text = f"{HEAD}  - id: q\n    type: code_output\n    stem: What?\n    code:\n      source: |\n        {source}\n    answer: z\n"
        assert of_text(tmp_path, text).rewrites == ()


def test_a_computed_number_is_written_with_the_decimals_of_the_answer(tmp_path: Path) -> None:
    text = f"{HEAD}  - {{id: q, type: numeric, stem: What?, computed: print(0.1 + 0.2), answer: 0.40}}\n"
    assert after(of_text(tmp_path, text)) == text.replace("0.40", "0.30")


@pytest.mark.parametrize(
    ("options", "more"),
    [
        ("- {text: b, correct: true, feedback: Right! It is b.}\n      - a\n", ""),
        ("- {text: b, correct: true}\n      - {text: a, feedback: 'No, it is not a.'}\n", ""),
        ("- {text: b, correct: true}\n      - {text: a, rationale: Who reads too fast.}\n", ""),
        ("- {text: b, correct: true}\n      - a\n", "    common_mistakes: [{text: Too fast, yields: a}]\n"),
        ("- {text: a, feedback: 'No, it is not a.'}\n      - b\n", ""),
    ],
)
def test_an_option_of_which_something_is_told_is_marked_only_when_asked(
    options: str, more: str, tmp_path: Path
) -> None:
    text = question(f"      {options}      - {{text: c, feedback: It is no c.}}\n{more}")
    assert of_text(tmp_path, text).rewrites == ()
    found = read(after(of_text(tmp_path, text, unsafe=True)))["questions"][0]["options"]
    assert [option["text"] for option in found if isinstance(option, dict) and "correct" in option] == ["a"]


def test_a_mistake_that_leads_to_the_former_key_is_right_once_another_is_marked(tmp_path: Path) -> None:
    mistake = "    common_mistakes: [{text: Too slow, yields: b}]\n"
    text = question(f"      - {{text: b, correct: true}}\n      - a\n{mistake}")
    assert of_text(tmp_path, text).report.diagnostics == ()
    assert "- {text: a, correct: true}" in after(of_text(tmp_path, text))


def test_missing_and_misformed_ids_get_names_that_are_free(tmp_path: Path) -> None:
    body = "    type: true_false\n    stem: Is it so?\n    answer: true\n"
    text = f"{HEAD}  - {body.lstrip()}  - {body.lstrip()}  - id: Ça va?\n{body}  - id: is-it-so-2\n{body}"
    found = of_text(tmp_path, text)
    assert [line.split("id: ")[1] for line in after(found).splitlines()[4:] if "id: " in line] == [
        "is-it-so", "is-it-so-3", "Ca-va", "is-it-so-2",
    ]  # fmt: skip
    assert found.report.diagnostics == ()


def test_the_head_of_a_bank_is_completed(tmp_path: Path) -> None:
    text = "# mine\nid: a bank\ntitle: T\nquestions:\n  - {id: q, type: true_false, stem: So?, answer: True}\n"
    found = of_text(tmp_path, text)
    assert after(found) == text.replace("id: a bank", "format: 1\nid: a-bank")
    assert found.report.diagnostics == ()


def test_a_key_whose_right_name_is_taken_is_left(tmp_path: Path) -> None:
    text = f"{HEAD}  - {{id: q, type: true_false, stem: So?, stemm: So?, answer: true}}\n"
    assert of_text(tmp_path, text).rewrites == ()


def test_remarks_that_suppress_nothing_go_and_others_stay(tmp_path: Path) -> None:
    body = "  - id: q\n    type: true_false\n    stem: So? {}\n    answer: true\n"
    text = (
        HEAD
        + "  # quiz: ignore[duplicate-options, QZ214] because\n"
        + body.format("# mine # quiz: ignore[negative-stem] for ever")
    )
    found = of_text(tmp_path, text)
    assert after(found) == HEAD + body.format("# mine")
    assert len(found.applied) == 3


def test_duplicate_options_are_removed_only_when_asked_and_never_the_key(tmp_path: Path) -> None:
    text = f"{HEAD}  - id: q\n    type: single_choice\n    stem: Where?\n    options:\n"
    text += "      - Paris\n      - Lyon\n      - {text: paris, correct: true}\n"
    assert of_text(tmp_path, text).unsafe == 1
    assert after(of_text(tmp_path, text, unsafe=True)) == text.replace("      - Paris\n", "")


def test_a_fix_must_be_right_for_all_variants(tmp_path: Path) -> None:
    head = "    parameters:\n      n: {choose: [a, b]}\n"
    options = "      - a\n      - {text: b, correct: true}\n      - c\n"
    of_one = question(options, head).replace("print('a')", "\"print('{{ n }}')\"")
    assert of_text(tmp_path, of_one).rewrites == ()
    of_all = question(options, head).replace("print('a')", "\"print('a')  # {{ n }}\"")
    assert "- {text: a, correct: true}" in after(of_text(tmp_path, of_all))


def test_fixing_again_changes_nothing(tmp_path: Path, root: Path) -> None:
    for path in sorted((root / "banks" / "broken").glob("*.yaml")):
        settings = Settings(run="qz4" in path.name)
        first = of_text(tmp_path, path.read_bytes().decode("utf-8", "replace"), unsafe=True, settings=settings)
        for one in first.rewrites:
            assert of_text(tmp_path, one.after, unsafe=True, settings=settings).rewrites == (), path.name


def test_a_bank_that_is_a_folder_is_fixed_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "bank.yaml").write_text(HEAD + "  - {type: true_false, stem: So?, answer: true}\n", "utf-8")
    part = tmp_path / "more.yaml"
    part.write_bytes(b"question:\r\n  - {type: true_false, stem: So?, answer: yes}")
    found = fixed(validate([str(tmp_path)]), [str(tmp_path)], DEFAULTS)
    texts = {Path(one.path).name: one.after for one in found.rewrites}
    assert texts["bank.yaml"].endswith("- {id: so, type: true_false, stem: So?, answer: true}\n")
    assert texts["more.yaml"] == "questions:\r\n  - {id: so-2, type: true_false, stem: So?, answer: true}"
    assert found.report.diagnostics == ()


def test_a_difference_shows_a_missing_last_line_end(tmp_path: Path) -> None:
    text = f"{HEAD}  - {{id: q, type: true_false, stem: So?, answer: yes}}"
    shown = list(difference(of_text(tmp_path, text).rewrites))
    assert shown[-4:] == [
        "-  - {id: q, type: true_false, stem: So?, answer: yes}", "\\ No newline at end of file",
        "+  - {id: q, type: true_false, stem: So?, answer: true}", "\\ No newline at end of file",
    ]  # fmt: skip


def test_a_file_keeps_its_permissions_its_link_and_its_mark(tmp_path: Path) -> None:
    path, link = tmp_path / "a.yaml", tmp_path / "b.yaml"
    path.write_bytes(b"\xef\xbb\xbfold")
    path.chmod(0o640)
    link.symlink_to(path)
    rewrite(link, "old", "new é")
    assert link.is_symlink()
    assert path.read_bytes() == b"\xef\xbb\xbfnew \xc3\xa9"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(os.listdir(tmp_path)) == ["a.yaml", "b.yaml"]


def test_a_file_that_is_read_only_or_has_changed_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("other", "utf-8")
    with pytest.raises(RewriteError, match="it has been changed meanwhile"):
        rewrite(path, "old", "new")
    path.chmod(0o444)
    with pytest.raises(RewriteError, match="it is read-only"):
        rewrite(path, "other", "new")
    assert path.read_text("utf-8") == "other"
    with pytest.raises(RewriteError, match="no such file"):
        rewrite(tmp_path / "none.yaml", "old", "new")


def test_a_file_that_a_fix_would_spoil_is_left_alone_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizlib.fixing.apply", lambda text, edits: "[")
    found = of_text(tmp_path, HEAD + "  - id: a\n    type: essay\n    stem: x\n    difficulty: medum\n")
    assert (found.rewrites, found.applied) == ((), ())
    assert found.left_alone == (str(tmp_path / "bank.yml"),)


def test_a_fix_without_edits_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "bank.yml"
    path.write_text(HEAD + "  - id: a\n    type: essay\n    stem: x\n", encoding="utf-8")
    report = validate([str(path)])
    empty = Diagnostic("XX101", "x", Severity.WARNING, "x", Span(str(path), 1, 1, 1, 2), fix=Fix("do nothing", ()))
    found = fixed(dataclasses.replace(report, diagnostics=(empty,)), [str(path)], DEFAULTS)
    assert (found.rewrites, found.applied) == ((), ())


LEGS = (
    "  - id: legs\n    type: single_choice\n    shuffle: false\n    stem: How many legs has an ant?\n    options:\n"
    '      - "8"\n      - {text: "4", correct: true}\n      - "6"\n'
)


@pytest.mark.parametrize(
    ("more", "is_safe"),
    [
        ("", True),
        ("    feedback: {general: An ant has few legs.}\n", True),
        ("    feedback: {general: Option A counts a spider.}\n", False),
        ("    feedback: {general: Only B is right.}\n", False),
        ("    hints: [The second one is right.]\n", False),
        ("    hints: [A spider has more of them than a beetle, a fly or a bee.]\n", True),
        ("    hints: [A well-fed ant is fast (e.g. on sand); I'd count again, i.e. look.]\n", True),
        ("    hints: ['The sum of both is 2. It is not 8.']\n", True),
        *(
            (f"    feedback: {{incorrect: {json.dumps(text)}}}\n", False)
            for text in (
                "The right answer is A.", "(a) is right.", "(A) is right", "A is right.", "A) is right", "a) is right",
                "b is too small.", "Answer: a", "Number 1 is right.", "No. 2 is wrong", "1. is right", "(1) is right",
                "Look at #1.", "The uppermost.", "A counts a spider.", "A or B", "**A**", "number one", "a. is right",
                "2) is right", "It is a", "2 is wrong", "a is right", "The answer is (b)", "It was c.", "a/b",
            )
        ),
    ],
)  # fmt: skip
def test_options_that_a_text_names_are_sorted_only_when_asked(more: str, is_safe: bool, tmp_path: Path) -> None:
    found = of_text(tmp_path, HEAD + LEGS + more, settings=Settings(run=False))
    assert (bool(found.rewrites), found.unsafe) == (is_safe, 0 if is_safe else 1)


def test_options_are_sorted_only_when_asked_where_the_words_of_the_language_are_not_known(tmp_path: Path) -> None:
    head = HEAD.replace("title:", "language: de\ntitle:")
    found = of_text(
        tmp_path, head + LEGS + "    feedback: {general: Die zweite stimmt.}\n", settings=Settings(run=False)
    )
    assert (found.rewrites, found.unsafe) == ((), 1)


def test_the_manual_names_every_rule_that_brings_a_fix(root: Path) -> None:
    page = (root / "docs" / "fixes.md").read_text(encoding="utf-8")
    sources = {rule.KIND.code: Path(vars(rule)["__file__"]).read_text(encoding="utf-8") for rule in rules()}
    fixing = [code for code, source in sources.items() if "Repair(" in source]
    assert len(fixing) >= 4
    assert [code for code in fixing if f"| {code} |" not in page] == []


def changing_rule(monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> None:
    """Let the tab rule offer another program, as a fix that means something else would."""
    monkeypatch.setattr(
        "quizlib.rules.tab_in_code._repair",
        lambda listing, *_: Repair(
            "change it", (SetText(listing.place, listing.source.replace(old, new)),), Applicability.UNSAFE
        ),
    )


TABBED = f"{HEAD}  - id: q\n    type: code_output\n    stem: What?\n    code:\n      source: |\n        if 1:\n        \tprint('a')\n"


def test_a_key_stays_where_another_fix_has_changed_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changing_rule(monkeypatch, "\tprint('a')", " print('b')")
    text = TABBED + "    options: [{text: a, correct: true}, b]\n"
    found = of_text(tmp_path, text, unsafe=True)
    assert after(found) == text.replace("\tprint('a')", " print('b')")
    assert [one.code for one in found.held] == ["QZ401"]
    assert "QZ401" in [one.code for one in found.report.diagnostics]


def test_a_key_is_put_right_for_the_program_that_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changing_rule(monkeypatch, "\tprint('a')", " print('b')")
    found = of_text(tmp_path, TABBED + "    options: [a, {text: b, correct: true}]\n", unsafe=True)
    assert "[{text: a, correct: true}, {text: b}]" in after(found)
    assert [one.code for one in found.held] == ["QZ401"]


def test_a_key_stays_where_another_fix_has_removed_an_option(tmp_path: Path) -> None:
    text = question("      - a\n      - A.\n      - 'a '\n      - {text: c, correct: true}\n")
    found = of_text(tmp_path, text, unsafe=True)
    assert "correct: true" in after(found).split("text: c")[1]


def test_a_key_is_put_right_in_a_question_that_could_not_be_read_before(tmp_path: Path) -> None:
    found = of_text(tmp_path, question("      - a\n      - {text: b, corect: true}\n"))
    assert after(found) == question("      - {text: a, correct: true}\n      - {text: b}\n")
    assert found.held == ()


def test_a_tab_inside_a_text_keeps_program_and_key(tmp_path: Path) -> None:
    source = '        x = """\n        \ta\tb\n        """\n        print(len(x))\n'
    text = f"{HEAD}  - id: q\n    type: code_output\n    stem: What?\n    code:\n      source: |\n{source}"
    assert of_text(tmp_path, f"{text}    options: [{{text: 6, correct: true}}, 9, 5]\n", unsafe=True).rewrites == ()


@pytest.mark.parametrize(
    ("replace", "yields", "is_mended"),
    [
        (r'{"print(i)": "print(i)\n\tprint(i)"}', r"0\n0\n1\n1", False),
        (r'{"\tprint(i)": "\tprint(i + 1)"}', r"1\n2", False),
        ('{"2": "3"}', r"0\n1\n2", True),
    ],
)
def test_tabs_stay_where_a_mistake_is_made_in_a_program_with_tabs(
    replace: str, yields: str, is_mended: bool, tmp_path: Path
) -> None:
    text = (
        f"{HEAD}  - id: q\n    type: code_output\n    stem: What?\n"
        '    code: {source: "for i in range(2):\\n\\tprint(i)\\n"}\n'
        '    options: [{text: "0\\n1", correct: true}, "0\\n0\\n1\\n1", "1\\n2", "0\\n1\\n2"]\n'
        f'    common_mistakes: [{{text: Too many., yields: "{yields}", replace: {replace}}}]\n'
    )
    found = of_text(tmp_path, text, unsafe=True)
    assert bool(found.rewrites) == is_mended
    assert found.left_alone == ()
