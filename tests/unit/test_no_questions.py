"""A bank without questions: the help speaks of what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.helpers import HEADER, load_text, only


@pytest.mark.parametrize(
    ("written", "help"),
    [
        ("", "add `questions:` with a list"),
        ("questions:\n", "write a question below `questions:`"),
        ("questions: []\n", "write a question below `questions:`"),
    ],
)
def test_the_key_is_asked_for_only_where_it_is_not_there(written: str, help: str, tmp_path: Path) -> None:
    found = only(load_text(HEADER + written, tmp_path).diagnostics)
    assert (found.code, found.help) == ("QZ504", help)
