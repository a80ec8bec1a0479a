"""The benchmark of proof finds what it spoils, says nothing of what is right, and does the same twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

KEYS = ROOT / "benchmarks" / "keys"
HISTORICAL = sorted((KEYS / "historical").iterdir())
BANKS = [str(ROOT / "banks" / f"{name}.yaml") for name in ("fine-tuning", "fine-tuning-test")]
LINES = """
format: 1
id: lines
title: Lines
questions:
  - id: lines
    type: code_output
    stem: What is printed?
    code: {source: "for n in (1, 2): print('turn', n)"}
    answer: "turn 1\\nturn 2"
"""
NAMES = """
import pathlib, sys
sys.path.insert(0, sys.argv[1])
import measure, questions
banks = [questions.read(pathlib.Path(path)) for path in sys.argv[3:]]
for mutant in measure.mutants(banks, int(sys.argv[2]), 5):
    print(mutant.kind, mutant.name, mutant.question)
"""
HOLDS = """
import sys
sys.path.insert(0, sys.argv[1])
import oracle
for left, right in zip(sys.argv[2::2], sys.argv[3::2]):
    print(oracle.holds(left, right))
"""


def _said(*command: str, hash_seed: str = "0") -> str:
    """Return what Python prints, run as somebody would run the benchmark."""
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    ended = subprocess.run(
        [sys.executable, *command], capture_output=True, encoding="utf-8", env=environment, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    lines = tmp_path_factory.mktemp("banks") / "lines.yaml"
    lines.write_text(LINES, "utf-8")
    counts: dict[str, Any] = json.loads(_said(str(KEYS / "run.py"), "--json", "--limit", "4", *BANKS, str(lines)))
    return counts


def test_no_alarm_is_false_and_no_historical_error_is_missed(found: dict[str, Any]) -> None:
    assert found["false_alarms"] == []
    assert len(found["historical"]) >= 24
    assert [count["kind"] for count in found["historical"] if not count["detected"]] == []


def test_what_a_program_or_an_equation_decides_is_found_by_proof(found: dict[str, Any]) -> None:
    counts = {count["kind"]: count for count in found["mutants"]}
    words = counts.pop("key swapped, words")
    assert len(words["undetected"]) == words["mutants"] - words["detected"]
    for count in counts.values():
        assert count["mutants"] > 0, count["kind"]
        assert count["proved"] == count["mutants"], count["undetected"]


def test_the_same_seed_makes_the_same_mutants_and_another_one_others() -> None:
    first, again, other = (
        _said("-c", NAMES, str(KEYS), seed, *BANKS, hash_seed=hash_seed)
        for seed, hash_seed in (("3", "1"), ("3", "2"), ("4", "1"))
    )
    assert first == again
    assert first != other


def test_the_oracle_of_equations_is_right_by_itself() -> None:
    pairs = ["0.8 * 0.7", "0.56", "2 / 3", "0.66", "2 ** 3", "8", "2 × (3 + 1)", "9", "7 / 0", "1", "(2 + 3", "5"]
    assert _said("-c", HOLDS, str(KEYS), *pairs).split() == ["True", "False", "True", "False", "None", "None"]


@pytest.mark.parametrize("folder", HISTORICAL, ids=lambda folder: folder.name)
def test_a_historical_error_and_its_twin_differ_in_the_key_alone(folder: Path) -> None:
    wrong, right = (yaml.safe_load((folder / f"{twin}.yaml").read_text("utf-8")) for twin in ("wrong", "right"))
    assert wrong["questions"] != right["questions"]
    (one,), (other,) = wrong["questions"], right["questions"]
    differing = {field for field in one.keys() | other.keys() if one.get(field) != other.get(field)}
    assert len(differing) == 1
    assert one.get("code") == other.get("code")
