"""Gaps in Moodle's cloze notation, taken apart as Moodle does."""

from __future__ import annotations

import dataclasses
import html
import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizlib.diagnostics import Place
from quizlib.model import Accepted, Choice, Content, Gap, InlineChoice, Listing, Option, TextEntry
from quizlib_exporters import moodle_xml
from tests.exporters import moodle, samples
from tests.property.strategies import filled, one_line, several_lines
from tests.unit.helpers import KEYED

_PLACE = Place("sample.yaml")
_SIGNS = filled(
    st.lists(st.sampled_from(list("{}~=%#<>&\"'\\|/*:;@$ \n1a")) | one_line, min_size=1, max_size=8).map("".join)
)
# A sign parts answers unless a backslash or the `&` of a reference stands before it.
_PARTING = r"(?<![\\&])"


@dataclasses.dataclass
class Alternative:
    """One answer of a gap: its share in per cent, its text and its feedback, decoded once, as Moodle does."""

    share: str
    text: str
    feedback: str


@dataclasses.dataclass
class Notation:
    """One gap as Moodle reads it."""

    mark: int
    kind: str
    alternatives: list[Alternative]


def decoded(text: str) -> tuple[str, list[Notation]]:
    """Take a question's text apart: what stands around the gaps, with `[]` for each, and the gaps."""
    gaps = []

    def taken(found: re.Match[str]) -> str:
        gaps.append(Notation(int(found[1]), found[2], list(map(_alternative, re.split(_PARTING + "~", found[3])))))
        return "[]"

    around = re.sub(r"\{(\d+):([A-Z_]+):(.*?)" + _PARTING + r"\}", taken, text, flags=re.DOTALL)
    return around, gaps


def _alternative(written: str) -> Alternative:
    found = re.fullmatch(r"(=|%-?[0-9.]+%)?(.*?)(?:" + _PARTING + r"#(.*))?", written, re.DOTALL)
    assert found
    share = {"=": "100", None: "0"}.get(found[1], (found[1] or "").strip("%"))
    return Alternative(share, html.unescape(found[2]), html.unescape(found[3] or ""))


def _written(*gaps: Gap, stem: str | None = None, **fields: object) -> str:
    text = stem if stem is not None else " and ".join(f"[[{gap.identifier}]]" for gap in gaps)
    known = {"max_score": float(sum(gap.weight for gap in gaps)), "code": None, **fields}
    item = samples.item(InlineChoice(gaps), "text", "cloze", stem=text, **known)
    content = moodle.file_of(moodle_xml.export(samples.bank(item, lesson=None), KEYED).files)
    return moodle.text(moodle.questions(content)[0], "questiontext")


def _gap(interaction: TextEntry | Choice, name: str = "gap", weight: int = 1) -> Gap:
    return Gap(name, interaction, _PLACE, weight)


def _chosen(*texts: str, feedback: str | None = None) -> Choice:
    return Choice(
        tuple(
            Option(f"o{index}", Content(text, "plain"), float(not index), not index, _PLACE, feedback=feedback)
            for index, text in enumerate(texts)
        )
    )


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


@settings(max_examples=150)
@given(_SIGNS, _SIGNS)
def test_accepted_texts_are_read_back(one: str, other: str) -> None:
    entry = TextEntry((Accepted(one, _PLACE), Accepted(other, _PLACE, 0.5)))
    around, (gap,) = decoded(_written(_gap(entry)))
    assert around == "<p>[]</p>"
    assert [found.text.replace(r"\*", "*") for found in gap.alternatives] == [_on_one_line(one), _on_one_line(other)]
    assert [found.share for found in gap.alternatives] == ["100", "50"]


@settings(max_examples=150)
@given(_SIGNS, _SIGNS)
def test_options_are_read_back_as_html_of_their_text(one: str, other: str) -> None:
    """Moodle shows an option as HTML: decoded once it is escaped, and shown it is what was typed."""
    _, (gap,) = decoded(_written(_gap(_chosen(one, other))))
    assert [html.unescape(found.text) for found in gap.alternatives] == [_on_one_line(one), _on_one_line(other)]
    assert not [found.text for found in gap.alternatives if "<" in found.text]
    assert [found.share for found in gap.alternatives] == ["100", "0"]


def test_an_option_in_markdown_is_shown_without_its_marks() -> None:
    options = (
        Option("a", Content("**bold** `code` &lt;"), 1.0, True, _PLACE),
        Option("b", Content("x"), 0.0, False, _PLACE),
    )
    _, (gap,) = decoded(_written(_gap(Choice(options))))
    assert [html.unescape(found.text) for found in gap.alternatives] == ["bold code <", "x"]


@settings(max_examples=100)
@given(filled(several_lines))
def test_feedback_is_read_back_beside_its_answer(text: str) -> None:
    _, (gap,) = decoded(_written(_gap(_chosen("a", "b", feedback=text))))
    assert [found.text for found in gap.alternatives] == ["a", "b"]
    assert all(found.feedback for found in gap.alternatives)


@given(
    st.lists(
        st.sampled_from(["{1:SHORTANSWER:=x}", "{", "}", "{#1}", "{:", "a", "~", "{2:MC:x}", " "]), max_size=6
    ).map("".join)
)
def test_the_text_around_makes_no_gap(text: str) -> None:
    written = _written(_gap(_chosen("a", "b")), stem=f"x{text}x [[gap]] x{text}x")
    _, gaps = decoded(written)
    assert [gap.kind for gap in gaps] == ["MULTICHOICE_S"]
    assert not re.search(r"\{#?\d", re.sub(r"\{1:MULTICHOICE_S:", "", written))


def test_a_program_under_the_text_makes_no_gap() -> None:
    code = Listing("python", 'x = {1: "a"}\ny = {1:SHORTANSWER:=x}\n{#1}')
    written = _written(_gap(_chosen("a", "b")), code=code)
    assert len(decoded(written)[1]) == 1
    assert 'x = {1: "a"}' in html.unescape(written)


def test_gaps_stand_in_the_order_and_places_of_the_stem() -> None:
    gaps = (_gap(_chosen("a", "b"), "one", 2), _gap(TextEntry((Accepted("c", _PLACE),)), "two"))
    around, found = decoded(_written(*gaps, stem="First [[one]], then [[two]]."))
    assert around == "<p>First [], then [].</p>"
    assert [(gap.mark, gap.kind) for gap in found] == [(2, "MULTICHOICE_S"), (1, "SHORTANSWER")]


@pytest.mark.parametrize(
    ("interaction", "kind"),
    [
        (_chosen("a", "b"), "MULTICHOICE_S"),
        (dataclasses.replace(_chosen("a", "b"), shuffle=False), "MULTICHOICE"),
        (TextEntry((Accepted("a", _PLACE),)), "SHORTANSWER"),
        (TextEntry((Accepted("a", _PLACE),), case_sensitive=True), "SHORTANSWER_C"),
        (TextEntry((Accepted("1", _PLACE),), "number"), "NUMERICAL"),
    ],
)
def test_each_kind_of_gap_has_its_type_in_upper_case(interaction: TextEntry | Choice, kind: str) -> None:
    _, (gap,) = decoded(_written(_gap(interaction)))
    assert gap.kind == kind


@pytest.mark.parametrize(
    ("answer", "tolerance", "written"),
    [("1e3", "0.5", "1000:0.5"), ("-0.50", "0", "-0.50:0"), ("1E-3", "1E-4", "0.001:0.0001"), ("+7", "0E-2", "7:0.00")],
)
def test_numbers_are_plain_decimals_with_their_tolerance(answer: str, tolerance: str, written: str) -> None:
    entry = TextEntry((Accepted(answer, _PLACE),), "number", Decimal(tolerance))
    _, (gap,) = decoded(_written(_gap(entry)))
    assert [(found.share, found.text) for found in gap.alternatives] == [("100", written)]


def test_a_star_means_itself() -> None:
    _, (gap,) = decoded(_written(_gap(TextEntry((Accepted("a*b", _PLACE),)))))
    assert gap.alternatives[0].text == r"a\*b"


def test_marks_add_up_to_the_points_where_whole_numbers_can() -> None:
    gaps = (_gap(_chosen("a", "b"), "one", 2), _gap(_chosen("c", "d"), "two"))
    _, found = decoded(_written(*gaps, max_score=6.0))
    assert [gap.mark for gap in found] == [4, 2]


@pytest.mark.parametrize("points", [1.0, 0.5, 4.0, 4.5])
def test_points_that_whole_marks_cannot_hold_are_a_loss(points: float) -> None:
    gaps = (_gap(_chosen("a", "b"), "one", 2), _gap(_chosen("c", "d"), "two"))
    item = samples.item(InlineChoice(gaps), kind="cloze", stem="[[one]] [[two]]", max_score=points)
    rules = [loss.kind.rule for loss in moodle_xml.export(samples.bank(item, lesson=None), KEYED).losses]
    assert "lost-points" in rules


def test_no_blank_stands_before_a_share() -> None:
    written = _written(_gap(TextEntry((Accepted(" a ", _PLACE), Accepted("b", _PLACE, 0.5)))))
    assert ":SHORTANSWER:=a~%50%b}" in written


def test_a_gap_whose_name_begins_another_is_told_from_it() -> None:
    gaps = (_gap(_chosen("a", "b"), "x"), _gap(_chosen("c", "d"), "xy"))
    _, found = decoded(_written(*gaps, stem="[[xy]] [[x]]"))
    assert [gap.alternatives[0].text for gap in found] == ["c", "a"]


def test_an_answer_that_looks_like_a_gap_is_no_gap() -> None:
    gaps = (_gap(_chosen("[[two]]", "b"), "one"), _gap(_chosen("c", "d"), "two"))
    _, found = decoded(_written(*gaps))
    assert [html.unescape(gap.alternatives[0].text) for gap in found] == ["[[two]]", "c"]


def test_a_program_that_holds_the_name_of_a_gap_makes_no_gap() -> None:
    written = _written(_gap(_chosen("a", "b")), code=Listing("python", "x = [[gap]]"))
    assert len(decoded(written)[1]) == 1
    assert "x = [[gap]]" in written
