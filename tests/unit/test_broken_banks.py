"""Each bank in banks/broken shows the fault that its name says."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizlib.validate import validate

_BANKS = sorted((Path(__file__).resolve().parents[2] / "banks" / "broken").glob("*.yaml"))


@pytest.mark.parametrize("path", _BANKS, ids=lambda path: path.stem)
def test_a_broken_bank_has_the_fault_of_its_name(path: Path) -> None:
    code, _, rule = path.stem.partition("-")
    found = {(diagnostic.code.lower(), diagnostic.rule) for diagnostic in validate([str(path)], jobs=1).diagnostics}
    assert found == {(code, rule)}
