"""How much is proved, in all and in groups, and what the report says of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quizlib.proof.coverage import Coverage, Covered, by_bank, by_difficulty, by_tag, total
from quizlib.report import coverage
from quizlib.report import json as json_report
from quizlib.report import text as text_report
from quizlib.validation import Report, Settings, validate
from tests.unit.helpers import bank_text, codes

_PRINTS = (
    '- {id: %s, type: code_output, stem: x, code: {source: "print(1)"}, options: [{text: "1", correct: true}, "2"]%s}'
)
_TOLD = "- {id: %s, type: true_false, stem: x, answer: true%s}"


def _report(folder: Path, **banks: str) -> Report:
    for name, text in banks.items():
        (folder / f"{name}.yaml").write_text(text.replace("id: sample", f"id: {name}"), encoding="utf-8")
    return validate([str(folder)])


@pytest.mark.parametrize(
    ("proved", "all_keys", "percent", "reached"),
    [(4, 5, 80, True), (4, 5, 80.1, False), (0, 5, 0, True), (5, 5, 100, True), (0, 0, 100, True), (1, 3, 33.3, True)],
)
def test_a_share_is_reached_or_not(proved: int, all_keys: int, percent: float, reached: bool) -> None:
    assert Coverage(proved, all_keys).reaches(percent) is reached


def test_groups_add_up_and_stand_in_order() -> None:
    covered = [
        Covered("b", Coverage(1, 1, 2, 3), "hard", ("y", "x")),
        Covered("a", Coverage(0, 1, 1, 1), "easy", ("x",)),
        Covered("b", Coverage(0, 2), None),
    ]
    assert total(covered) == Coverage(1, 4, 3, 4)
    assert list(by_bank(covered).items()) == [("b", Coverage(1, 3, 2, 3)), ("a", Coverage(0, 1, 1, 1))]
    assert list(by_difficulty(covered)) == ["easy", "hard", None]
    assert list(by_tag(covered).items()) == [("x", Coverage(1, 2, 3, 4)), ("y", Coverage(1, 1, 2, 3))]


def test_a_report_holds_all_groups(tmp_path: Path) -> None:
    one = bank_text(_PRINTS % ("p", ", difficulty: easy, tags: [loops]"), _TOLD % ("t", ", tags: [loops, logic]"))
    two = bank_text(_TOLD % ("t", ", difficulty: hard"), "- {id: bad, type: true_false, stem: x}")
    data = json_report.as_data(_report(tmp_path, one=one, two=two))["coverage"]
    assert (data["keys"], data["distractors"]) == ({"proved": 1, "total": 4}, {"disproved": 1, "total": 3})
    assert [(Path(part["path"]).name, part["keys"]) for part in data["banks"]] == [
        ("one.yaml", {"proved": 1, "total": 2}),
        ("two.yaml", {"proved": 0, "total": 2}),
    ]
    assert [(part["difficulty"], part["keys"]["total"]) for part in data["difficulties"]] == [
        ("easy", 1), ("hard", 1), (None, 2),
    ]  # fmt: skip
    assert [(part["tag"], part["keys"]) for part in data["tags"]] == [
        ("logic", {"proved": 0, "total": 1}),
        ("loops", {"proved": 1, "total": 2}),
    ]


def test_a_line_for_each_bank_only_when_there_are_several(tmp_path: Path) -> None:
    one = bank_text(_PRINTS % ("p", ""))
    (tmp_path / "single").mkdir()
    lines = list(text_report.summary(_report(tmp_path / "single", one=one)))
    assert len(lines) == 2
    (tmp_path / "both").mkdir()
    lines = list(text_report.summary(_report(tmp_path / "both", one=one, two=bank_text(_TOLD % ("t", "")))))
    assert [line.partition(".yaml: ")[2] for line in lines[1:-1]] == [
        "1 of 1 keys proved (100 %), 1 of 1 distractors disproved (100 %)",
        "0 of 1 keys proved (0 %), 0 of 1 distractors disproved (0 %)",
    ]


def test_no_line_of_the_table_starts_with_what_a_bank_holds(tmp_path: Path) -> None:
    tags = json.dumps(["short", "x" * 100, "::error::x", "\x1b[31m\n"])
    rows = list(coverage.table(_report(tmp_path, one=bank_text(_PRINTS % ("p", f", tags: {tags}")))))
    assert [row[45:] for row in rows] == [
        "difficulty", "not stated", "tag", "\\x1b[31m⏎", "::error::x", "short", "x" * 100,
    ]  # fmt: skip
    assert all(row.lstrip().startswith(("keys proved  ", "1 of 1  100 %  ")) for row in rows)


def test_the_table_of_nothing_is_empty(tmp_path: Path) -> None:
    assert list(coverage.table(_report(tmp_path))) == []


def test_a_share_is_never_rounded_up() -> None:
    assert coverage.below(Coverage(1999, 2000), 100) == (
        "key coverage is 99.9 % (1,999 of 2,000 keys proved), and 100 % is demanded"
    )


@pytest.mark.parametrize("code", ["{language: cobol, source: x}", "{runtimes: [python, python3.99], source: print(1)}"])
def test_what_is_not_here_is_an_error_when_it_is_required(code: str, tmp_path: Path) -> None:
    path = tmp_path / "sample.yaml"
    path.write_text(bank_text(f'- {{id: a, type: code_output, stem: x, code: {code}, answer: "1"}}'), "utf-8")
    allowed, demanded = (validate([str(path)], Settings(require_languages=required)) for required in (False, True))
    assert codes(allowed.diagnostics) == codes(demanded.diagnostics)
    assert (allowed.errors, allowed.warnings, demanded.errors, demanded.warnings) == (0, 1, 1, 0)
