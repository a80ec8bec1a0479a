"""Which tags a bank may name its language by."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.helpers import load_text

BANK = """\
format: 1
id: tags
title: Tags
language: {tag}
questions:
  - {{id: q, type: true_false, stem: Is it so?, answer: true}}
"""


@pytest.mark.parametrize("tag", ["de", "de-AT", "zh-Hant", "es-419", "sl-rozaj-1994", "x-klingon", "X-a-b"])
def test_a_tag_is_kept_as_it_is_typed(tag: str, tmp_path: Path) -> None:
    loaded = load_text(BANK.format(tag=tag), tmp_path)
    assert loaded.diagnostics == ()
    assert loaded.bank is not None
    assert loaded.bank.language == tag


@pytest.mark.parametrize("tag", ["x", "x-", "d", "de_AT", "de-", "-de", "a language"])
def test_what_is_no_tag_is_refused(tag: str, tmp_path: Path) -> None:
    assert [found.code for found in load_text(BANK.format(tag=tag), tmp_path).diagnostics] == ["QZ014"]
