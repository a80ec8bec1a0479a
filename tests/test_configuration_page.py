"""docs/configuration.md shows every key, and what it shows as configuration is sound."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quizlib.configuration_file import read
from quizlib.configuration_keys import KEYS
from quizlib.validation import Settings, validate
from tests.conftest import ROOT
from tests.unit.helpers import bank_text

TEXT = (ROOT / "docs" / "configuration.md").read_text("utf-8")
SHOWN = re.findall(r"^```toml\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def test_every_key_is_in_the_table_and_in_an_example() -> None:
    assert set(re.findall(r"^\| `([a-z-]+)` \|", TEXT, re.MULTILINE)) == set(KEYS)
    assert set(KEYS) <= set(re.findall(r"^\[?([a-z-]+)(?: =|\]$)", "\n".join(SHOWN), re.MULTILINE))


@pytest.mark.parametrize("text", SHOWN)
def test_what_is_shown_is_sound(text: str, tmp_path: Path) -> None:
    path = tmp_path / ("pyproject.toml" if "[tool." in text else "quizlib.toml")
    path.write_text(text, "utf-8")
    found = read(path, path.name)
    assert found is not None
    assert found.diagnostics == ()


def test_the_example_is_the_one_that_is_executed() -> None:
    assert (ROOT / "tests" / "cli" / "configured" / "quizlib.toml").read_text("utf-8") == SHOWN[0]


def test_the_remark_that_is_shown_keeps_its_finding_quiet(tmp_path: Path) -> None:
    (shown,) = re.findall(r"^```yaml\n(- id:.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    bare = re.sub(r" # quiz: ignore\[([a-z-]+)\].*", "", shown)
    assert bare != shown
    path = tmp_path / "a.yaml"
    for text, expected in ((bare, ["unordered-numbers"]), (shown, [])):
        path.write_text(bank_text(text), "utf-8")
        found = validate([str(path)], Settings(run=False)).diagnostics
        assert [one.rule for one in found] == expected
