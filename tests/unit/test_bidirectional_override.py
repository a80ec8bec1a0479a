"""Characters that turn the direction of writing are found wherever a learner or an author reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizlib.rules import bidirectional_override
from quizlib.source import Document
from tests.unit.helpers import load_text, sound

_BANK = """\
format: 1
id: a
title: A bank$1
tags: [loops, "of all$2"]
lesson:
  sections:
    - title: Before$3
      before: {language: python, source: "x = 1 #$4"}
questions:
  - id: one
    type: essay
    title: First$5
    tags: [loops, own, "other$6"]
    objectives: ["read$7"]
    stem: Why?
"""
_LINES = {1: 3, 2: 4, 3: 7, 4: 8, 5: 12, 6: 13, 7: 14}


@pytest.mark.parametrize("number", _LINES)
def test_each_place_is_looked_at(number: int, tmp_path: Path) -> None:
    text = _BANK
    for other in _LINES:
        text = text.replace(f"${other}", "\u202e" if other == number else "")
    loaded = load_text(text, tmp_path)
    ((item, finding),) = bidirectional_override.check(sound(loaded), loaded.folder)
    assert (item is not None) is (number > 4)
    data = loaded.documents["sample.yaml"]
    assert isinstance(data, Document)
    assert data.span(finding.place).line == _LINES[number]


def test_writing_from_right_to_left_is_no_override(tmp_path: Path) -> None:
    text = _BANK.replace("A bank$1", "שאלות \u2067123\u2069")
    for number in _LINES:
        text = text.replace(f"${number}", "")
    loaded = load_text(text, tmp_path)
    assert list(bidirectional_override.check(sound(loaded), loaded.folder)) == []
