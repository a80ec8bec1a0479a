"""The public Python API: what it returns, what it raises, and what it costs to import."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import quizlib
from quizlib.api import Options
from quizlib.validation import Settings
from tests.conftest import ROOT

GOOD = ROOT / "banks" / "fine-tuning.yaml"
BROKEN = ROOT / "banks" / "broken" / "qz401-wrong-key.yaml"
PAGE = (ROOT / "docs" / "python-api.md").read_text("utf-8")


def test_the_examples_of_the_page_run_in_their_order(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "banks", tmp_path / "banks")
    code = "\n".join(re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, run.stderr
    assert "QZ401 the option marked correct says `0.41`" in run.stdout


@pytest.mark.parametrize("name", quizlib.__all__)
def test_every_public_name_is_there_and_on_the_page(name: str) -> None:
    assert getattr(quizlib, name) is not None
    assert name in dir(quizlib)
    assert name == "__version__" or f"`{name}" in PAGE or f"quizlib.{name}" in PAGE


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'validation_of_all'"):
        _ = quizlib.validation_of_all


def test_importing_the_package_imports_nothing_else() -> None:
    code = (
        "import sys\nbefore = set(sys.modules)\nimport quizlib\n"
        "new = {name for name in set(sys.modules) - before if name.partition('.')[0] != 'encodings'}\n"
        "sys.exit(repr(new) if new - {'quizlib', '__future__', 'typing'} and any(n.startswith('quizlib.') or n in"
        " ('yaml', 'pydantic', 'dataclasses', 'importlib.metadata') for n in new) else 0)"
    )
    run = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_every_option_is_a_setting_and_stands_on_the_page() -> None:
    of_configuration = {"select", "ignore", "persona", "config", "baseline"}
    assert set(Options.__annotations__) - of_configuration <= set(Settings.__dataclass_fields__)
    for name in Options.__annotations__:
        assert f"| `{name}` |" in PAGE
        assert f"`{name}`" in (Options.__doc__ or "")


@pytest.mark.parametrize(
    "paths", [str(GOOD), GOOD, [GOOD], (path for path in [str(GOOD)])], ids=["str", "Path", "list", "generator"]
)
def test_a_path_or_several(paths: object) -> None:
    assert quizlib.validate(paths, run=False).questions == 8  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("paths", "options", "error"),
    [
        (b"banks", {}, TypeError),
        ([1], {}, TypeError),
        ([], {}, ValueError),
        (GOOD, {"isolation": "weak"}, ValueError),
        (GOOD, {"jobs": 0}, ValueError),
        (GOOD, {"shard": "3/2"}, ValueError),
        (GOOD, {"shard": "x"}, ValueError),
        (GOOD, {"speed": 1}, TypeError),
        (GOOD, {"changed_since": "-x"}, quizlib.ChangesError),
    ],
)
def test_what_means_nothing_is_refused(paths: object, options: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        quizlib.validate(paths, run=False, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("exclude", None), ("exclude", [1]), ("exclude", b"x"), ("select", None), ("select", [1]), ("ignore", [b"QZ1"]),
        ("jobs", "2"), ("jobs", 2.5), ("jobs", True), ("shard", (1, 2)), ("changed_since", 1), ("run", "no"),
        ("cache", None), ("require_languages", 1), ("config", True), ("config", 1), ("baseline", b"x"),
    ],
)  # fmt: skip
def test_an_option_of_another_type_is_named(name: str, value: object) -> None:
    with pytest.raises(TypeError, match=rf"^{name}: .* is expected, and "):
        quizlib.validate(GOOD, **{name: value})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "value"),
    [("jobs", 0), ("shard", "3/2"), ("shard", "x"), ("shard", ""), ("config", ""), ("baseline", "none")],
)
def test_an_option_that_means_nothing_is_named(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"^{name}: "):
        quizlib.validate(GOOD, **{name: value})  # type: ignore[arg-type]


def test_an_empty_path_is_not_the_working_folder() -> None:
    for paths in ("", [""], [GOOD, ""]):
        with pytest.raises(ValueError, match=r"^paths: the path is empty$"):
            quizlib.validate(paths)  # type: ignore[arg-type]
        with pytest.raises(ValueError, match=r"^paths: the path is empty$"):
            quizlib.load(paths)  # type: ignore[arg-type]


def test_what_an_export_cannot_take_is_named() -> None:
    with pytest.raises(TypeError, match=r"^to: "):
        quizlib.export(GOOD, [1], run=False)  # type: ignore[list-item]
    with pytest.raises(TypeError, match=r"^output: "):
        quizlib.export(GOOD, "json", output=1, run=False)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^output: the path is empty$"):
        quizlib.export(GOOD, "json", output="", run=False)
    with pytest.raises(quizlib.WriteError, match="null character"):
        quizlib.export(GOOD, "json", output="a\0b", run=False)


def test_a_path_may_be_excluded(tmp_path: Path) -> None:
    for name in ("good.yaml", "loops.yaml"):
        shutil.copy(GOOD, tmp_path / name)
    for exclude in (Path("loops.yaml"), [Path("loops.yaml")], "loops.yaml"):
        assert len(quizlib.load(tmp_path, exclude=exclude)) == 1
        assert quizlib.validate(tmp_path, exclude=exclude, run=False).files == 1


def test_what_is_wrong_with_banks_is_never_raised(tmp_path: Path) -> None:
    (tmp_path / "torn.yaml").write_bytes(b"\xff\x00{")
    report = quizlib.validate([tmp_path, "no-such.yaml"])
    assert report.errors == 2


def test_options_reach_the_validation() -> None:
    report = quizlib.validate(GOOD.parent, run=False, exclude=["fine-*", "python-*", "broken"], shard="1/2")
    assert (report.proved, report.files, report.questions) == (False, 1, 8)
    assert quizlib.validate(BROKEN.with_name("qz409-language-unavailable.yaml"), require_languages=True).errors == 1


def test_load_says_all_that_is_wrong_at_once(tmp_path: Path) -> None:
    for name in "abcde":
        (tmp_path / f"{name}.yaml").write_text("format: 1\nquestions: 5\n", "utf-8")
    with pytest.raises(quizlib.BankError, match=r"(?s)^15 errors in the banks.*and 12 more$") as caught:
        quizlib.load(tmp_path)
    assert len(caught.value.diagnostics) == 15


def test_export_in_memory_is_what_quiz_export_writes(tmp_path: Path) -> None:
    made = quizlib.export(GOOD, ["html", "moodle-xml", "json"], run=False)
    command = [sys.executable, "-m", "quizlib", "export", str(GOOD), "--no-verify", "--output", str(tmp_path)]
    formats = ["--to", "html", "--to", "moodle_xml", "--to", "json"]
    subprocess.run([*command, *formats], check=True, capture_output=True)
    assert dict(made.files) == {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert {loss.code for loss in made.losses} == {"QZ708"}
    assert made.paths == ()


def test_export_into_a_folder(tmp_path: Path) -> None:
    made = quizlib.export(GOOD, "json", output=tmp_path / "out", run=False, with_key=False)
    assert made.paths == (tmp_path / "out" / "fine-tuning.json",)
    assert "0.27" in json.dumps(json.loads(made.paths[0].read_bytes()))
    (tmp_path / "file").write_text("mine")
    with pytest.raises(quizlib.WriteError):
        quizlib.export(GOOD, "json", output=tmp_path / "file", run=False)


def test_a_refused_bank_keeps_all_from_being_written(tmp_path: Path) -> None:
    with pytest.raises(quizlib.BankError, match=r"the option marked correct says `0\.41`"):
        quizlib.export([GOOD, BROKEN], "html", output=tmp_path / "out")
    with pytest.raises(quizlib.BankError, match="something would be lost") as caught:
        quizlib.export(GOOD, "moodle_xml", output=tmp_path / "out", strict=True, run=False)
    assert caught.value.diagnostics[0].code == "QZ708"
    assert not os.listdir(tmp_path)


@pytest.mark.parametrize(
    ("to", "options", "error"),
    [
        ("scrolls", {}, quizlib.PluginError),
        ([], {}, ValueError),
        ("html", {"with_key": False}, ValueError),
        ("json", {"embed": True}, ValueError),
        ("json", {"title": "x"}, ValueError),
        ("json", {"shard": "1/2"}, ValueError),
    ],
)
def test_what_a_format_cannot_do(to: object, options: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        quizlib.export(GOOD, to, run=False, **options)  # type: ignore[arg-type]
