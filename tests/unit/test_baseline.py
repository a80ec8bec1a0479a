"""A baseline keeps known findings quiet, tells new ones, and says what of it is not needed any more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from quizlib import baseline
from quizlib.configuration import Overrides
from quizlib.fingerprints import fingerprints
from quizlib.validation import Report, Settings, validate
from tests.unit.helpers import bank_text, codes, only

ALIKE = '- {id: %s, type: single_choice, stem: x, options: [{text: "2", correct: true}, "2", "5"]}'
NO_KEY = "- {id: %s, type: single_choice, stem: x, options: [a, b]}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def validated(*paths: str, known: str | None = "known.json", run: bool = False, select: tuple[str, ...] = ()) -> Report:
    return validate(paths or ["."], Settings(run=run, overrides=Overrides(select, baseline=known)))


def keep(*paths: str, name: str = "known.json") -> None:
    report = validated(*paths, known="")
    Path(name).write_bytes(baseline.written(report.diagnostics, report.documents, Path(name).resolve().parent))


def bank(name: str, *questions: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(bank_text(*questions).replace("id: sample", f"id: {path.stem}"), "utf-8")


def test_known_findings_are_quiet_and_new_ones_are_told(folder: Path) -> None:
    bank("a.yaml", ALIKE % "one")
    keep()
    report = validated()
    assert (codes(report.diagnostics), codes(report.known), report.gone) == ([], ["QZ103"], ())
    bank("a.yaml", "- {id: first, type: essay, stem: x}", ALIKE % "two", ALIKE % "one")
    assert only(validated().diagnostics).question == "two"


def test_findings_on_a_line_that_has_changed_are_new(folder: Path) -> None:
    three = '- {id: q, type: single_choice, stem: x, options: [{text: "2", correct: true}, "2", "2"]}'
    bank("a.yaml", three)
    keep()
    assert validated().diagnostics == ()
    bank("a.yaml", three.replace('"2"]', '"2", "2"]'))
    assert codes(validated().diagnostics) == ["QZ103", "QZ103", "QZ103"]


def test_what_would_let_a_wrong_key_pass_is_never_in_it(folder: Path) -> None:
    bank("a.yaml", ALIKE % "one", NO_KEY % "two")
    keep()
    assert [entry.code for entry in baseline.read(folder / "known.json")] == ["QZ103"]
    assert codes(validated().diagnostics) == ["QZ101"]
    text = Path("known.json").read_text("utf-8").replace("QZ103", "QZ101")
    found = next(found for found in validated(known="").diagnostics if found.code == "QZ101")
    (mark,) = fingerprints([found], validated(known="").documents)
    data = json.loads(text)
    data["files"]["a.yaml"][0]["fingerprint"] = mark
    Path("known.json").write_text(json.dumps(data), "utf-8")
    assert "QZ101" in codes(validated().diagnostics)


def test_it_is_the_same_from_wherever_it_is_written_and_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bank("banks/b.yaml", ALIKE % "one")
    bank("banks/a.yaml", ALIKE % "one", ALIKE % "two")
    keep()
    content = Path("known.json").read_bytes()
    assert list(json.loads(content)["files"]) == ["banks/a.yaml", "banks/b.yaml"]
    keep("banks/b.yaml", str(folder / "banks"))
    assert Path("known.json").read_bytes() == content
    monkeypatch.chdir(folder / "banks")
    assert validated(known="../known.json").diagnostics == ()
    keep(name="../known.json")
    assert (folder / "known.json").read_bytes() == content


def test_what_no_longer_occurs_is_counted_where_it_was_looked_for(folder: Path) -> None:
    bank("a.yaml", ALIKE % "one")
    bank("b.yaml", ALIKE % "one")
    bank("c.yaml", ALIKE % "one")
    keep()
    bank("a.yaml", "- {id: one, type: essay, stem: x}")
    Path("c.yaml").unlink()
    assert [entry.path for entry in validated().gone] == ["a.yaml", "c.yaml"]
    assert [entry.path for entry in validated("b.yaml").gone] == ["c.yaml"]
    assert [entry.path for entry in validated(select=("QZ3",)).gone] == ["c.yaml"]


def test_a_finding_of_the_proof_is_not_gone_where_nothing_was_run(folder: Path) -> None:
    bank("a.yaml", "- {id: one, type: essay, stem: x, solution: {check: 1 + 1 = 3}}")
    report = validated(known="", run=True)
    Path("known.json").write_bytes(baseline.written(report.diagnostics, report.documents, folder))
    assert codes(validated(run=True).known) == ["QZ405"]
    assert validated(run=False).gone == ()


def test_each_configuration_has_its_own(folder: Path) -> None:
    for name in ("one", "two"):
        bank(f"{name}/{name}.yaml", ALIKE % "q")
    Path("one/quizlib.toml").write_text('baseline = "known.json"', "utf-8")
    keep("one", name="one/known.json")
    report = validated(known=None)
    assert [found.span.path for found in report.diagnostics] == ["two/two.yaml"]
    assert [found.span.path for found in report.known] == ["one/one.yaml"]


@pytest.mark.parametrize(
    ("content", "message", "line"),
    [
        (None, "the baseline cannot be read: there is no such file", 0),
        (b'{"version": 1,\n oops}', "the baseline is not JSON: expecting property name enclosed in double quotes", 2),
        (b"\xff", "the baseline is not UTF-8", 0),
        (b"[" * 100_000, "the baseline is nested too deeply", 0),
        (b"[]", "the file is not a baseline", 0),
        (b'{"version": 1}', "the file is not a baseline", 0),
        (b'{"version": 2, "files": {}}', "this version of baselines is not known: 2", 0),
        (b'{"version": 1, "files": {"a.yaml": 3}}', "an entry of `a.yaml` has no code or no fingerprint", 0),
        (b'{"version": 1, "files": {"a.yaml": [{"code": 3}]}}', "an entry of `a.yaml` has no code or no fingerprint", 0),
        (b'{"version": 1, "files": {"a.yaml": {}}}', "an entry of `a.yaml` has no code or no fingerprint", 0),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_a_finding_and_everything_is_told(
    content: bytes | None, message: str, line: int, folder: Path
) -> None:
    bank("a.yaml", ALIKE % "one")
    if content is not None:
        Path("known.json").write_bytes(content)
    alike, bad = validated().diagnostics
    assert (alike.code, bad.code, bad.message) == ("QZ103", "QZ032", message)
    assert (bad.span.path, bad.span.line) == ("known.json", line)


def quiz(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "quizlib", "validate", ".", "--no-verify", *arguments],
        env={**os.environ, "PYTHONUTF8": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_command_writes_reads_and_says_what_can_go(folder: Path) -> None:
    bank("a.yaml", ALIKE % "one", ALIKE % "two")
    run = quiz("--write-baseline", "known.json")
    assert (run.returncode, run.stderr) == (0, "wrote known.json\nquiz: 2 findings are known from the baseline\n")
    bank("a.yaml", ALIKE % "one")
    run = quiz("--baseline", "known.json")
    assert (run.returncode, run.stderr) == (
        0,
        "quiz: 1 finding is known from the baseline\n"
        "quiz: 1 entry of the baseline no longer occurs; --write-baseline leaves them out\n",
    )
    assert quiz("--baseline", "known.json", "--write-baseline", "known.json").returncode == 2
    assert quiz("--baseline", "no.json").returncode == 2
    quiz("--write-baseline", "known.json")
    assert len(baseline.read(folder / "known.json")) == 1


def test_a_wrong_key_fails_while_a_baseline_is_written(folder: Path) -> None:
    bank("a.yaml", NO_KEY % "one")
    run = quiz("--write-baseline", "known.json")
    assert run.returncode == 1
    assert "QZ101" in run.stdout
    assert baseline.read(folder / "known.json") == []


def test_a_baseline_is_written_whole_or_not_at_all(folder: Path) -> None:
    bank("a.yaml", ALIKE % "one")
    run = quiz("--write-baseline", "a.yaml/known.json")
    assert run.returncode == 1
    assert "nothing was written" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("named", ["a.yaml", "link.yaml", "quizlib.toml", "./a.yaml"])
def test_it_never_takes_the_place_of_what_was_checked(named: str, folder: Path) -> None:
    bank("a.yaml", "- {id: one, type: singel_choice, stem: x, options: [{text: a, correct: true}, b]}")
    Path("quizlib.toml").write_text('persona = "pedantic"', "utf-8")
    Path("link.yaml").symlink_to("a.yaml")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    run = quiz("--fix", "--unsafe-fixes", "--write-baseline", named)
    assert run.returncode == 2
    assert "Invalid value for --write-baseline" in run.stderr
    assert "is one of the files that were checked" in run.stderr
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_a_report_and_a_baseline_never_go_to_one_file(folder: Path) -> None:
    bank("a.yaml", ALIKE % "one")
    run = quiz("--write-baseline", "x.json", "--output-file", "json=./x.json")
    assert (run.returncode, "is named for a report, too" in run.stderr) == (2, True)
    assert not Path("x.json").exists()


@pytest.mark.parametrize(
    "content", ["format: 1\n", "[tool.quizlib]\n", '{"files": ["a"], "version": "1"}', "[]", "\udcff", "[" * 200_000]
)
def test_it_never_takes_the_place_of_another_file(content: str, folder: Path) -> None:
    bank("a.yaml", ALIKE % "one")
    Path("other").write_bytes(content.encode("utf-8", "surrogateescape"))
    run = quiz("a.yaml", "--write-baseline", "other")
    assert run.returncode == 2
    assert "'other' is there already, and is no baseline" in run.stderr
    assert Path("other").read_bytes() == content.encode("utf-8", "surrogateescape")


@pytest.mark.parametrize("content", ["", "{}", '{"version": 99, "files": {}}', '{"version": 1, "files": {"a": [1]}}'])
def test_it_takes_the_place_of_a_baseline_whatever_is_wrong_with_it(content: str, folder: Path) -> None:
    bank("a.yaml", ALIKE % "one")
    Path("known.json").write_text(content, "utf-8")
    assert quiz("--write-baseline", "known.json").returncode == 0
    assert len(baseline.read(folder / "known.json")) == 1


def test_its_folder_must_be_there(folder: Path) -> None:
    bank("a.yaml", ALIKE % "one")
    run = quiz("--write-baseline", "nowhere/known.json")
    assert (run.returncode, "there is no folder 'nowhere'" in run.stderr) == (2, True)
    assert not Path("nowhere").exists()


@pytest.mark.parametrize("name", ["other.yaml", "other.YML", "pyproject.toml"])
def test_a_report_never_takes_the_place_of_a_bank_or_a_configuration(name: str, folder: Path) -> None:
    bank("a/a.yaml", ALIKE % "one")
    Path(name).write_text("x: 1\n", "utf-8")
    command = [sys.executable, "-m", "quizlib", "validate", "a", "--no-config", "--output-file", f"json={name}"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, "may be a bank or a configuration" in run.stderr) == (2, True)
    assert Path(name).read_text("utf-8") == "x: 1\n"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
@pytest.mark.parametrize("linked", ["folder", "file"])
def test_behind_a_link_it_is_known_again(linked: str, folder: Path) -> None:
    bank("one.yaml", ALIKE % "one")
    real = folder / "x" / "y" / "real"
    real.mkdir(parents=True)
    if linked == "folder":
        Path("link").symlink_to(real)
        name = "link/known.json"
    else:
        (real / "known.json").write_text("{}", "utf-8")
        Path("link.json").symlink_to(real / "known.json")
        name = "link.json"
    for known in (name, str(real / "known.json")):
        assert quiz("--write-baseline", name).returncode == 0
        assert list(json.loads((real / "known.json").read_text("utf-8"))["files"]) == ["../../../one.yaml"]
        report = validated(known=known)
        assert (codes(report.diagnostics), codes(report.known), report.gone) == ([], ["QZ103"], ())
    assert Path(name.partition("/")[0]).is_symlink()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_bank_is_known_by_whichever_way_it_is_reached(folder: Path) -> None:
    bank("banks/one.yaml", ALIKE % "one")
    keep("banks")
    Path("way").symlink_to(folder / "banks")
    assert codes(validated("way").known) == ["QZ103"]


def test_what_a_run_did_not_look_at_is_kept(folder: Path) -> None:
    for name in "abc":
        bank(f"{name}.yaml", ALIKE % "one", ALIKE % "two")
    keep()
    whole = Path("known.json").read_bytes()

    def write(*arguments: str) -> bytes:
        command = [sys.executable, "-m", "quizlib", "validate", *arguments, "--write-baseline", "known.json"]
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0
        return Path("known.json").read_bytes()

    assert write("b.yaml", "--no-verify") == whole
    assert write(".", "--no-verify", "--select", "QZ3") == whole
    assert write(".", "--shard", "1/2") == whole
    bank("a.yaml", ALIKE % "one")
    bank("b.yaml", ALIKE % "one")
    Path("c.yaml").unlink()
    write("b.yaml", "--no-verify")
    assert [entry.path for entry in baseline.read(Path("known.json"))] == ["a.yaml", "a.yaml", "b.yaml"]
    write(".", "--no-verify")
    assert [entry.path for entry in baseline.read(Path("known.json"))] == ["a.yaml", "b.yaml"]


def test_the_findings_of_the_proof_are_kept_where_nothing_was_run(folder: Path) -> None:
    bank("a.yaml", "- {id: one, type: essay, stem: x, solution: {check: 1 + 1 = 3}}")
    report = validated(known="", run=True)
    Path("known.json").write_bytes(baseline.written(report.diagnostics, report.documents, folder))
    whole = Path("known.json").read_bytes()
    assert quiz("--write-baseline", "known.json").returncode == 0
    assert Path("known.json").read_bytes() == whole
