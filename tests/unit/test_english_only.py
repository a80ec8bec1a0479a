"""Rules that know English only say so where a bank is in another language."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizlib.configuration import Overrides
from quizlib.report import text
from quizlib.validation import Report, Settings, rules, validate
from tests.unit.helpers import bank_text


def validated(folder: Path, language: str, **overrides: object) -> Report:
    (folder / "a.yaml").write_text(bank_text("- {id: one, type: essay, stem: x}") + f"language: {language}\n", "utf-8")
    return validate([str(folder)], Settings(run=False, overrides=Overrides(**overrides)))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "en-GB"])
def test_nothing_is_said_about_banks_in_english(language: str, tmp_path: Path) -> None:
    assert "know" not in "\n".join(text.verdict(validated(tmp_path, language)))


def test_the_rules_that_were_to_be_run_are_counted(tmp_path: Path) -> None:
    marked = [rule for rule in rules() if getattr(rule, "ENGLISH_ONLY", False)]
    count = sum(rule.KIND.persona == "default" for rule in marked)
    assert 1 < count < len(marked)
    assert f"{count} rules know English only" in list(text.verdict(validated(tmp_path, "de")))
    pedantic = validated(tmp_path, "de", persona="pedantic")
    assert f"{len(marked)} rules know English only" in list(text.verdict(pedantic))
    assert "1 rule knows English only" in list(text.verdict(validated(tmp_path, "fr", select=("negative-stem",))))
    assert "know" not in "\n".join(text.verdict(validated(tmp_path, "de", select=("QZ103",))))


def test_the_rules_that_are_silent_in_other_languages_are_marked() -> None:
    for rule in rules():
        source = Path(str(getattr(rule, "__file__", ""))).read_text("utf-8")
        is_silent = "if not is_english(bank):" in source or "options_that_say(bank, " in source
        assert is_silent is getattr(rule, "ENGLISH_ONLY", False), rule.KIND.rule
