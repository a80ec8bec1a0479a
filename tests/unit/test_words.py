"""Identifiers as people read them."""

from __future__ import annotations

import pytest

from quizlib.model import readable


@pytest.mark.parametrize(
    ("identifier", "shown"),
    [
        ("trace-a-loop", "Trace a loop"),
        ("trace_a_loop", "Trace a loop"),
        ("über-schleifen", "Über schleifen"),
        ("حلقات-بسيطة", "حلقات بسيطة"),
        ("loops", "loops"),
        ("sql", "sql"),
        ("__init__", "__init__"),
        ("_", "_"),
        ("Trace a loop", "Trace a loop"),
        ("trace a loop", "trace a loop"),
        ("read-the-SQL", "read-the-SQL"),
        ("*a*", "*a*"),
        ("c++", "c++"),
        ("-1", "-1"),
        ("", ""),
    ],
)
def test_a_slug_becomes_words_and_what_was_written_to_be_read_stays(identifier: str, shown: str) -> None:
    assert readable(identifier) == shown
