"""The product's own doors: names of files, sizes of sources, links in the folder of a bank."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from quizlib.sandbox import RunResult, Status
from quizlib.validation import Settings, validate
from tests.attacks.boxes import Box
from tests.attacks.conftest import Aims

_LEADING_OUT = ["../escaped", "../../escaped", "a/../../escaped", "/escaped", "/dev/shm/../../escaped", "/usr/escaped"]


def _with_file(box: Box, name: str) -> RunResult:
    return box.run(box.job("print(1)", files={name: "escaped"}))


@pytest.mark.parametrize("name", _LEADING_OUT)
def test_a_file_whose_name_leads_out_is_not_written(box: Box, name: str) -> None:
    before = _outside()
    result = _with_file(box, name)
    assert result.status in (Status.INTERNAL, Status.OK, Status.REFUSED)
    assert _outside() == before
    box.assert_untouched()


def test_a_file_is_not_written_to_where_anyone_could_write(box: Box, aims: Aims) -> None:
    for name in (str(aims.writable / "marker"), f"../../../../../..{aims.writable}/marker"):
        _with_file(box, name)
        aims.assert_untouched()
    box.assert_untouched()


def _outside() -> list[str]:
    return sorted(
        str(path) for folder in ("/", "/tmp", "/usr", "/dev/shm", "/etc") for path in Path(folder).glob("escaped*")
    )


@pytest.mark.parametrize("name", ["", ".", "..", "a\0b", "x" * 300, "program.py/x", "\ud800", "a/" * 3000 + "x"])
def test_a_name_that_is_none_runs_nothing_and_breaks_nothing(box: Box, name: str) -> None:
    assert _with_file(box, name).stdout in ("", "1\n")
    box.assert_untouched()


@pytest.mark.parametrize(
    "source",
    ["print(1)\n" + "#" * 10_000_000, "x = '" + "é" * 4_000_000 + "'\nprint(1)"],
    ids=["comment", "text"],
)
def test_a_source_of_ten_megabytes_is_run(box: Box, source: str) -> None:
    result = box.run(box.job(source))
    assert (result.status, result.stdout) == (Status.OK, "1\n")


@pytest.mark.parametrize(
    "source", ["print(1)\0print(2)", "print('\ud800')", "\ufeff\ufeffprint(1)", "\x1a", "(" * 5000, "-" * 100_000 + "1"]
)
def test_a_source_that_is_no_program_fails_by_itself_alone(box: Box, source: str) -> None:
    assert box.run(box.job(source)).status in (Status.RUNTIME_ERROR, Status.MEMORY, Status.OK)
    box.assert_untouched()


def test_a_source_that_does_not_fit_runs_nothing(box: Box) -> None:
    assert box.run(box.job("print(1)\n" + "#" * 20_000_000)).status is Status.REFUSED
    box.assert_untouched()


@pytest.mark.parametrize("argument", ["", "\0", "\ud800", "-c", "x" * 200_000, "\x1b[31m"])
@pytest.mark.parametrize("warm", [True, False])
def test_an_argument_of_any_kind_reaches_the_program_or_nobody(box: Box, argument: str, warm: bool) -> None:
    result = box.run(box.job("import sys; print(len(sys.argv))", argument, warm=warm))
    assert result.stdout in ("", "2\n")
    box.assert_untouched()


def test_standard_input_of_any_kind_reaches_the_program(box: Box) -> None:
    result = box.run(box.job("import sys; print(len(sys.stdin.buffer.read()))", stdin="\0\ud800" * 100_000))
    assert result.stdout == "400000\n"


_BANK = """
format: 1
id: sample
title: Sample
questions:
  - id: a
    type: code_output
    stem: What is printed?
    code: |
      print(1)
    answer: "1"
"""


@pytest.mark.parametrize("how", ["link", "way_out", "absolute", "link_to_folder"])
def test_a_bank_names_no_picture_outside_its_folder(tmp_path: Path, how: str) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"\x89PNG\r\n\x1a\n" + b"canary")
    folder = tmp_path / "bank"
    folder.mkdir()
    named = {"link": "link.png", "way_out": "../secret.png", "absolute": str(secret), "link_to_folder": "up/secret.png"}
    os.symlink(secret, folder / "link.png")
    os.symlink(tmp_path, folder / "up")
    bank = folder / "sample.yaml"
    bank.write_text(_BANK.replace("What is printed?", f"'See ![a picture]({named[how]})'"), encoding="utf-8")
    report = validate([str(bank)], Settings(run=False))
    assert [found.code for found in report.diagnostics if "QZ" in found.code]
    assert "canary" not in json.dumps([found.message for found in report.diagnostics])
