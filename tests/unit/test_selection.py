"""Which rules a selection means, and what can never be switched off."""

from __future__ import annotations

import pytest

from quizlib.diagnostics import Kind, Severity
from quizlib.explanations import known
from quizlib.selection import Selection, is_fixed, unknown

TASTE = Kind("QZ210", "all-of-the-above", Severity.WARNING)
STRICT = Kind("QZ212", "absolute-terms", Severity.WARNING, "pedantic")
OTHER = Kind("QZ301", "hint-contains-answer")
FOREIGN = Kind("ACME101", "too-many-puns", Severity.WARNING)
ALL_FOUR = (TASTE, STRICT, OTHER, FOREIGN)


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), (TASTE, OTHER, FOREIGN)),
        (Selection(persona="pedantic"), ALL_FOUR),
        (Selection(("QZ2",)), (TASTE,)),
        (Selection(("QZ2",), persona="pedantic"), (TASTE, STRICT)),
        (Selection(("QZ21", "QZ3")), (TASTE, OTHER)),
        (Selection(("QZ",)), (TASTE, OTHER)),
        (Selection(("Q",)), ()),
        (Selection(("A",)), ()),
        (Selection(("ACME",)), (FOREIGN,)),
        (Selection(("ACME101",)), (FOREIGN,)),
        (Selection(("ALL",)), ALL_FOUR),
        (Selection(("absolute-terms",)), (STRICT,)),
        (Selection(("QZ", "QZ212")), (TASTE, STRICT, OTHER)),
        (Selection(ignore=("QZ2",)), (OTHER, FOREIGN)),
        (Selection(ignore=("QZ2",), persona="pedantic"), (OTHER, FOREIGN)),
        (Selection(ignore=("ALL",)), ()),
        (Selection(ignore=("hint-contains-answer",)), (TASTE, FOREIGN)),
        (Selection(("QZ2",), ("QZ210",)), ()),
        (Selection(("QZ210",), ("QZ2",)), (TASTE,)),
        (Selection(("QZ210",), ("QZ210",)), ()),
        (Selection(("ALL",), ("QZ",)), (FOREIGN,)),
    ],
)
def test_what_is_selected(selection: Selection, expected: tuple[Kind, ...]) -> None:
    assert tuple(kind for kind in ALL_FOUR if selection.includes(kind)) == expected


def test_a_code_is_no_family_of_longer_ones() -> None:
    assert not Selection(("QZ2",)).includes(Kind("QZX2", "other"))


@pytest.mark.parametrize(
    ("name", "help"),
    [
        ("qz103", "did you mean `QZ103`?"),
        ("duplicate_options", "did you mean `duplicate-options`?"),
        ("duplicate-option", "did you mean `duplicate-options`?"),
        ("all", "did you mean `ALL`?"),
        ("QZ999", "`quiz explain --list` names them all"),
        ("Q", "`quiz explain --list` names them all"),
        ("QZ9", "`quiz explain --list` names them all"),
        ("", "`quiz explain --list` names them all"),
    ],
)
def test_an_unknown_name_is_said_with_what_was_meant(name: str, help: str) -> None:
    assert unknown(name, (kind for kind, _ in known())) == (f"there is no rule, code or family `{name}`", help)


@pytest.mark.parametrize("name", ["QZ103", "duplicate-options", "QZ1", "QZ10", "QZ", "QZ2", "ALL", "wrong-key"])
def test_a_known_name_is_known(name: str) -> None:
    assert unknown(name, (kind for kind, _ in known())) is None


def test_what_guards_the_key_is_fixed_and_what_is_taste_is_not() -> None:
    fixed = {kind.rule for kind, is_rule in known() if is_fixed(kind.code, kind.severity, is_rule=is_rule)}
    assert fixed >= {"wrong-key", "no-key", "several-keys", "yaml-syntax", "language-unavailable", "wrong-equation",
                     "isolation-unavailable", "failing-rule", "bad-configuration", "bad-baseline", "lost-hint"}  # fmt: skip
    assert not fixed & {"not-a-bank", "unused-suppression", "duplicate-options", "colliding-mistakes", "no-questions",
                        "hint-contains-answer", "check-is-not-the-key"}  # fmt: skip
    assert is_fixed("QZ408", Severity.ERROR, is_rule=False)
