"""Identifiers made of titles and stems."""

from __future__ import annotations

import pytest

from quizlib.authoring.identifiers import named_after, normalized


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Wie groß ist die Straße", "wie-gross-ist-die-strasse"),
        ("Ærø og Øl", "aero-og-ol"),
        ("Łódź, œuvre", "lodz-oeuvre"),
        ("Déjà vu", "deja-vu"),
        ("日本", None),
    ],
)
def test_an_identifier_keeps_the_letters_of_its_title(title: str, name: str | None) -> None:
    assert named_after(title) == name


@pytest.mark.parametrize("text", ["emoji-🙂-q", "emoji-🙂🙂 - q", "emoji - q", "-emoji-\u65e5-\u672c-q-"])
def test_what_is_left_out_leaves_no_doubled_dash(text: str) -> None:
    assert normalized(text) == "emoji-q"
