"""Skeletons validate as they stand, are proved where they are code, and take any id and title that a bank may have."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from quizlib import plugins, skeletons
from quizlib.cli import group
from quizlib.formatting import formatted
from quizlib.source import read
from quizlib.validation import Settings, validate
from tests.property import strategies
from tests.unit.helpers import load_text, sound
from tests.unit.test_plugins import Make, make_distribution  # noqa: F401 - a fixture

_KINDS = plugins.names("quizlib.questions")
_PROVED = {"code_output", "matching", "multiple_response", "numeric", "true_false"}


@pytest.mark.parametrize("kind", _KINDS)
def test_the_skeleton_of_a_type_validates_and_is_commented(kind: str, tmp_path: Path) -> None:
    bank = tmp_path / "bank.yaml"
    question = skeletons.question(kind)
    bank.write_text("format: 1\nid: a\ntitle: A\nquestions:\n" + question, "utf-8")
    report = validate([str(bank)])
    assert report.diagnostics == ()
    assert report.coverage.keys_proved == (kind in _PROVED)
    assert report.banks[0].bank is not None
    (item,) = report.banks[0].bank.items
    assert item.question_type == kind
    assert question.count("#") >= 5
    assert max(map(len, question.splitlines())) <= 118


@pytest.mark.parametrize("kind", _KINDS)
def test_the_skeleton_of_a_type_is_formatted(kind: str) -> None:
    bank = skeletons.bank("a", kind=kind)
    document, _ = read("a", (bank + "\n" + textwrap.indent(skeletons.question(kind), "  ")).encode())
    assert document is not None
    assert formatted(document) == document.text


def test_the_command_makes_the_bank_that_is_made_without_a_type() -> None:
    assert CliRunner().invoke(group, ["new", "bank", "--id", "a"]).output == skeletons.bank("a")
    assert CliRunner().invoke(group, ["new", "bank", "--type", "true-false"]).output == skeletons.bank(
        "my-bank", kind="true_false"
    )


@pytest.mark.parametrize("kind", _KINDS)
def test_a_new_bank_begins_with_a_question_of_any_type(kind: str, tmp_path: Path) -> None:
    loaded = sound(load_text(skeletons.bank("week-3", kind=kind), tmp_path))
    assert [(item.identifier, item.question_type) for item in loaded.items] == [("first-question", kind)]


def test_a_new_bank_validates_and_points_an_editor_to_the_schema(tmp_path: Path) -> None:
    bank = tmp_path / "bank.yaml"
    bank.write_text(skeletons.bank("week-3"), "utf-8")
    report = validate([str(bank)])
    assert report.diagnostics == ()
    assert report.coverage.keys_proved == 1
    assert report.banks[0].bank is not None
    assert (report.banks[0].bank.identifier, report.banks[0].bank.title) == ("week-3", "Week 3")
    assert bank.read_text("utf-8").startswith("# yaml-language-server: $schema=bank.schema.json\n")


@given(title=strategies.filled(st.text(strategies.one_line_characters | strategies.YAMLISH, min_size=1, max_size=40)))
def test_any_title_is_what_the_bank_is_called(title: str) -> None:
    try:
        text = skeletons.bank("a", title)
    except skeletons.SkeletonError:
        assert not title.isprintable()
        return
    loaded = strategies.loaded(text)
    assert loaded.bank is not None
    assert loaded.diagnostics == ()
    assert loaded.bank.title == title


@pytest.mark.parametrize("identifier", ["", "-a", "a b", "a\n", "ä", "a" * 101, "a/b", "a: b"])
def test_what_is_no_id_is_refused(identifier: str) -> None:
    with pytest.raises(skeletons.SkeletonError, match="is no id"):
        skeletons.bank(identifier, "A title")
    with pytest.raises(skeletons.SkeletonError, match="is no id"):
        skeletons.question("essay", identifier)


@pytest.mark.parametrize(
    ("file", "identifier"),
    [
        ("Week 3.yaml", "week-3"),
        ("loops.yml", "loops"),
        (".yaml", "yaml"),
        ("äöü.yaml", "my-bank"),
        ("a.b.yaml", "a.b"),
    ],
)
def test_a_bank_is_named_after_its_file(file: str, identifier: str) -> None:
    assert skeletons.identifier_of(file) == identifier
    assert skeletons.checked(identifier) == identifier


def test_an_id_that_is_taken_is_refused_and_one_that_is_made_gets_a_number(tmp_path: Path) -> None:
    with pytest.raises(skeletons.SkeletonError, match="taken"):
        skeletons.question("essay", "a", {"a"})
    assert skeletons.question("essay", taken={"new-essay", "new-essay-2"}).startswith("- id: new-essay-3\n")


def test_a_type_of_another_distribution_gives_its_first_example(
    make_distribution: Make,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_distribution("quiz_extra_types", "quizlib.questions", plain="QUESTION = None\n")
    folder = tmp_path / "quiz_extra_types" / "haiku"
    folder.mkdir()
    (folder / "__init__.py").write_text("QUESTION = None\n")
    (folder / "examples.yaml").write_text(
        "# Two.\n- type: haiku\n  id: one # kept\n  stem: A\n\n- id: two\n  stem: B\n"
    )
    assert skeletons.question("haiku", "mine") == "# Two.\n- type: haiku\n  id: mine # kept\n  stem: A\n"
    (folder / "examples.yaml").write_text("- 1\n")
    with pytest.raises(skeletons.SkeletonError, match="cannot be read as a question"):
        skeletons.question("haiku")
    with pytest.raises(skeletons.SkeletonError, match="brings no skeleton"):
        skeletons.question("plain")


def test_the_ids_of_skeletons_can_be_referred_to(tmp_path: Path) -> None:
    """All of them fit into one bank."""
    questions = "".join(textwrap.indent(skeletons.question(kind), "  ") for kind in _KINDS)
    bank = sound(load_text(f"format: 1\nid: a\ntitle: A\nquestions:\n{questions}", tmp_path))
    assert [item.identifier for item in bank.items] == [f"new-{kind.replace('_', '-')}" for kind in _KINDS]


@pytest.mark.parametrize("kind", _KINDS)
def test_several_skeletons_of_a_type_validate_together(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "bank.yaml"
    path.write_text(skeletons.bank("b"), "utf-8")
    for _ in range(3):
        CliRunner().invoke(group, ["new", "question", "--type", kind, str(path)], catch_exceptions=False)
    report = validate([str(path)], Settings(run=False))
    assert report.questions == 4
    assert [one.message for one in report.diagnostics] == []


def test_a_stem_that_is_no_plain_text_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for stem in ("'Why?'", "|\n    Why?\n"):
        monkeypatch.setattr(skeletons, "_entry", lambda kind, stem=stem: f"- id: a\n  type: essay\n  stem: {stem}\n")
        assert skeletons.question("essay", "b", (), ("Why?", "Why?\n")).count("(2)") == 0
