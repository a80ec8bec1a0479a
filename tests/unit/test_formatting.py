"""`quiz fmt`: remarks stay with what they are about, and one odd question does not keep the others as they are."""

from __future__ import annotations

import pytest

from quizlib.formatting import formatted
from quizlib.source import read

HEAD = "format: 1\nid: bank\ntitle: A bank\nquestions:\n"


def form(text: str) -> str:
    document, problems = read("bank.yaml", text.encode("utf-8"))
    assert document is not None
    assert not problems
    found = formatted(document)
    again, _ = read("bank.yaml", found.encode("utf-8"))
    assert again is not None
    assert formatted(again) == found
    return found


@pytest.mark.parametrize(
    ("odd", "formed"),
    [
        (
            "    -\n        # first thing in the question ---\n        stem: x\n        id: b\n",
            "  -\n    # first thing in the question ---\n    id: b\n    stem: x\n",
        ),
        ("    - # the second\n        stem: x\n        id: b\n", "  - # the second\n    id: b\n    stem: x\n"),
    ],
)
def test_a_remark_behind_a_dash_keeps_nothing_from_being_formatted(odd: str, formed: str) -> None:
    text = HEAD + "    -   id: a\n        stem: x\n" + odd
    assert form(text) == HEAD + "  - id: a\n    stem: x\n\n" + formed


def test_a_remark_goes_with_its_key_though_there_are_blank_lines_around_it() -> None:
    question = "  - id: a\n    type: numeric\n    stem: x\n\n    # --- the answer part ---\n\n    answer: 3\n"
    assert form(f"{HEAD}{question}    points: 2\n") == HEAD + question.replace(
        "    stem: x\n", "    points: 2\n    stem: x\n"
    )


def test_a_remark_at_the_end_of_a_question_stays_with_it() -> None:
    text = HEAD + "  - id: a\n    stem: x\n    # tail of a\n  # head of b\n  - id: b\n    stem: y\n"
    assert form(text) == text.replace("  # head", "\n  # head")


@pytest.mark.parametrize("mark", ["|+", ">+", "|2+", "|+2"])
def test_a_text_that_keeps_blank_lines_leaves_no_others_behind(mark: str) -> None:
    head = "format: 1\nid: k\ntitle: T\nquestions:\n  - id: q\n    type: essay\n"
    kept = f"    hints:\n      - {mark}\n        b\n\n\n"
    rest = "      - c  \n  - id: r\n    type: essay\n    stem: What?\n"
    text = f"{head}    stem: What?   \n\n\n\n{kept}{rest}"
    assert form(text) == f"{head}    stem: What?\n\n{kept}      - c\n\n" + rest.split("\n", 1)[1]


@pytest.mark.parametrize("blanks", ["", "\n", "\n\n\n"])
def test_no_blank_line_becomes_a_part_of_the_text_above(blanks: str) -> None:
    one = f"  - id: q\n    type: essay\n    stem: |+\n      What?\n{blanks}"
    other = "  - id: r\n    type: essay\n    stem: What?\n"
    head = "format: 1\nid: k\ntitle: T\nquestions:\n"
    assert (
        form(f"{head}{one}{other}{other.replace('r', 's', 1)}\n\n")
        == f"{head}{one}{other}\n{other.replace('r', 's', 1)}"
    )
