"""The command line: exit statuses, streams, files, and what happens when somebody pulls the plug."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
import jsonschema
import pytest

from quizlib import questions, schemas
from quizlib.cli import group, main
from tests.conftest import ROOT, plant_modules

GOOD = ROOT / "banks" / "fine-tuning.yaml"
BROKEN = ROOT / "banks" / "broken" / "qz401-wrong-key.yaml"
WARNING = ROOT / "banks" / "broken" / "qz409-language-unavailable.yaml"


Result = TypeVar("Result")


def quiz(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "quizlib", *map(str, arguments)],
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["validate", GOOD], 0),
        (["validate", BROKEN], 1),
        (["validate", WARNING], 0),
        (["validate", WARNING, "--fail-on", "warning"], 1),
        (["validate", BROKEN, "--no-verify"], 0),
        (["validate", WARNING, "--require-languages"], 1),
        (["validate", GOOD, "--min-coverage", "37.5"], 0),
        (["validate", GOOD, "--min-coverage", "37.6"], 1),
        (["validate", GOOD, "--min-coverage", "1", "--no-verify"], 1),
        (["validate", GOOD, "--min-coverage", "101"], 2),
        (["validate", GOOD, "--min-coverage", "nan"], 2),
        (["validate", GOOD, "--min-coverage", "inf"], 2),
        (["validate", GOOD, "--min-coverage", "-inf"], 2),
        (["validate", GOOD, "--include-runs"], 2),
        (["validate", GOOD, "--shard", "1/1"], 0),
        (["validate", GOOD, "--shard", "2/1"], 2),
        (["validate", GOOD, "--shard", "half"], 2),
        (["validate", GOOD, "--changed-since", ""], 2),
        (["validate", GOOD, "--changed-since=-x"], 2),
        (["run", GOOD, "loss-after-three-epochs"], 0),
        (["run", GOOD, "no-such-question"], 2),
        (["run", WARNING], 1),
        (["run", "no-such-file.yaml"], 1),
        (["run"], 2),
        (["run", "--help"], 0),
        (["export", WARNING, "--to", "json", "--output", os.devnull + "/x", "--require-languages"], 1),
        (["validate", "no-such-file.yaml"], 1),
        (["validate"], 2),
        (["validate", GOOD, "--format", "xml"], 2),
        (["frobnicate"], 2),
        (["export", GOOD, "--to", "scrolls", "--output", "x"], 2),
        (["--help"], 0),
        (["validate", "--help"], 0),
        (["export", "--help"], 0),
        (["--version"], 0),
        (["types"], 0),
        (["types", "cloze"], 0),
        (["types", "haiku"], 2),
    ],
)
def test_exit_status(arguments: list[str | Path], status: int) -> None:
    run = quiz(*arguments)
    assert run.returncode == status, run.stdout + run.stderr
    assert "Traceback" not in run.stdout + run.stderr


def test_what_has_not_changed_is_passed_over_and_said_so(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", "-C", str(tmp_path), *who, *arguments], check=True, capture_output=True)

    if shutil.which("git") is None:
        pytest.skip("needs git")
    shutil.copy(BROKEN, tmp_path)
    git("init", "-q")
    git("add", "-A")
    git("commit", "-q", "-m", "all")
    run = quiz("validate", tmp_path, "--changed-since", "HEAD")
    assert (run.returncode, run.stderr) == (0, "quiz: 1 bank has not changed since HEAD\n")
    run = quiz("validate", tmp_path, "--changed-since", "no-such")
    assert run.returncode == 2
    assert "there is no revision `no-such` in this repository" in run.stderr


def test_json_is_all_there_is_on_standard_output_and_fits_its_schema() -> None:
    run = quiz("validate", BROKEN, GOOD, "--format", "json")
    data = json.loads(run.stdout)
    jsonschema.validate(data, schemas.schema("report"))
    assert data["summary"] == {"files": 2, "questions": 9, "errors": 1, "warnings": 0}
    (wrong,) = data["diagnostics"]
    assert (wrong["code"], wrong["rule"], wrong["question"]) == ("QZ401", "wrong-key", "loss")
    assert run.stderr == ""


def test_colour_is_for_terminals_only() -> None:
    assert "\x1b[" not in quiz("validate", BROKEN).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("no_color", "colored"), [("", True), ("1", False)])
def test_no_color_is_honoured_on_a_terminal(no_color: str, colored: bool) -> None:
    import pty

    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "quizlib", "validate", str(BROKEN)],
        stdout=follower,
        stderr=follower,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "NO_COLOR": no_color, "TERM": "xterm"},
    )
    os.close(follower)
    written = b""
    while True:
        try:
            chunk = os.read(leader, 4096)
        except OSError as error:  # Linux says so when the last writer is gone
            assert error.errno == errno.EIO
            break
        if not chunk:
            break
        written += chunk
    os.close(leader)
    assert process.wait() == 1
    assert (b"\x1b[31m" in written) is colored


def test_a_bank_with_a_wrong_key_is_not_exported(tmp_path: Path) -> None:
    run = quiz("export", BROKEN, "--to", "json", "--output", tmp_path / "out")
    assert run.returncode == 1
    assert "wrong-key" in run.stderr
    assert not (tmp_path / "out").exists()


def test_a_bad_bank_does_not_stop_a_good_one(tmp_path: Path) -> None:
    run = quiz("export", BROKEN, GOOD, "--to", "json", "--output", tmp_path)
    assert run.returncode == 1
    assert f"refused to export {BROKEN}" in run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["fine-tuning.json"]


def test_a_bank_of_which_a_part_cannot_be_read_is_not_exported(tmp_path: Path) -> None:
    bank = tmp_path / "bank"
    bank.mkdir()
    question = "  - {id: %s, type: true_false, stem: x, answer: true}\n"
    (bank / "bank.yaml").write_text(f"format: 1\nid: b\ntitle: B\nquestions:\n{question % 'one'}", "utf-8")
    (bank / "part.yaml").write_text(f"questions:\n{question % 'two'}", "utf-16")
    run = quiz("export", bank, "--to", "json", "--output", tmp_path / "out")
    assert run.returncode == 1
    assert "QZ002" in run.stderr
    assert not (tmp_path / "out").exists()


def test_a_part_of_a_folder_stands_for_its_bank(tmp_path: Path) -> None:
    question = "  - {id: %s, type: true_false, stem: x, answer: true}\n"
    (tmp_path / "bank.yaml").write_text(f"format: 1\nid: b\ntitle: B\nquestions:\n{question % 'one'}", "utf-8")
    (tmp_path / "part.yaml").write_text(f"questions:\n{question % 'two'}", "utf-8")
    for name in ("bank.yaml", "part.yaml"):
        assert json.loads(quiz("validate", tmp_path / name, "--format", "json").stdout)["summary"] == {
            "files": 2, "questions": 2, "errors": 0, "warnings": 0,
        }  # fmt: skip


def test_no_verify_says_loudly_that_nothing_was_checked(tmp_path: Path) -> None:
    run = quiz("export", BROKEN, "--to", "json", "--output", tmp_path, "--no-verify")
    assert run.returncode == 0
    assert "NOT VERIFIED: no program was run" in run.stderr
    assert (tmp_path / "qz401-wrong-key.json").exists()


def test_strict_refuses_losses(tmp_path: Path) -> None:
    run = quiz("export", GOOD, "--to", "moodle_xml", "--output", tmp_path / "out", "--strict")
    assert run.returncode == 1
    assert "QZ708" in run.stderr
    assert not (tmp_path / "out").exists()


def test_every_format_says_where_its_file_is(tmp_path: Path) -> None:
    run = quiz("export", GOOD, "--to", "html", "--to", "moodle_xml", "--to", "json", "--output", tmp_path)
    assert run.returncode == 0, run.stderr
    files = [tmp_path / f"fine-tuning.{suffix}" for suffix in ("html", "xml", "json")]
    assert run.stdout == "".join(f"wrote {path}\n" for path in files)
    assert all(path.stat().st_size > 1000 for path in files)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_a_folder_whose_name_is_a_command_of_a_ci_service_is_shown_without_effect(tmp_path: Path) -> None:
    run = quiz("export", GOOD, "--to", "json", "--no-verify", "--output", tmp_path / "##[error]x")
    assert run.stdout == f"wrote {tmp_path}/##\\x5berror]x/fine-tuning.json\n"


def test_a_second_export_replaces_the_first_with_the_same_bytes(tmp_path: Path) -> None:
    quiz("export", GOOD, "--to", "json", "--output", tmp_path)
    first = (tmp_path / "fine-tuning.json").read_bytes()
    assert quiz("export", GOOD, "--to", "json", "--output", tmp_path).returncode == 0
    assert (tmp_path / "fine-tuning.json").read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == ["fine-tuning.json"]


def test_the_output_may_not_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    run = quiz("export", GOOD, "--to", "json", "--output", tmp_path / "out")
    assert run.returncode == 2
    assert "is a file, not a folder" in run.stderr
    assert (tmp_path / "out").read_text() == "mine"


def test_a_file_in_the_way_of_the_output_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    run = quiz("export", GOOD, "--to", "json", "--output", tmp_path / "file" / "out")
    assert run.returncode == 1
    assert "nothing was written" in run.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_a_full_device_is_said_to_be_full() -> None:
    with open("/dev/full", "w") as full:
        run = subprocess.run(
            [sys.executable, "-m", "quizlib", "schema"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert run.returncode == 1
    assert run.stderr == "quiz: the report cannot be written: no space left on device\n"


@pytest.mark.parametrize("name", ["a" * 300 + ".yaml", "a" * 300 + "/b.yaml"])
def test_a_name_that_is_too_long_is_what_is_wrong(name: str, tmp_path: Path) -> None:
    run = quiz("new", "bank", tmp_path / name, "--id", "a")
    assert (run.returncode, "report" in run.stderr) == (1, False)
    assert "nothing was written: " in run.stderr


def test_a_fault_of_a_file_is_not_one_of_the_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*arguments: object, **more: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "a\x1b[2J.yaml")

    monkeypatch.setattr(group, "main", refused)
    with pytest.raises(SystemExit, match="1"):
        main([])
    assert capsys.readouterr().err == "quiz: a\\x1b[2J.yaml: permission denied\n"


def test_the_command_imports_nothing_of_the_folder_it_runs_in(tmp_path: Path) -> None:
    command = shutil.which("quiz", path=str(Path(sys.executable).parent))
    assert command is not None
    plant_modules(tmp_path)
    run = subprocess.run([command, "validate", str(GOOD)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.returncode, "no faults" in run.stdout) == (0, True), run.stdout + run.stderr
    assert not (tmp_path / "stolen").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_a_reader_that_goes_away_ends_it_quietly() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "quizlib", "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait() in (1, 128 + signal.SIGPIPE)


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interruption_leaves_nothing_behind(number: signal.Signals, status: int, tmp_path: Path) -> None:
    marker = tmp_path / "started"
    (tmp_path / "slow.yaml").write_text(
        "format: 1\nid: slow\ntitle: Slow\nquestions:\n"
        "  - id: slow\n    type: code_output\n    stem: What does it print?\n    answer: x\n"
        f"    code: {{timeout: 60, source: \"import os, time; open({str(marker)!r}, 'w').write(str(os.getpid()));"
        ' time.sleep(50)"}\n',
        "utf-8",
    )
    trusted = ["--isolation", "none", "--trust-programs"]
    export = ["export", str(tmp_path / "slow.yaml"), "--to", "json", "-o", "out"]
    process = subprocess.Popen(
        [sys.executable, "-m", "quizlib", *export, *trusted],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    pid = _pid_in(marker)
    process.send_signal(number)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == status
    assert ("interrupted" in stderr) is (number is signal.SIGINT)
    assert "Traceback" not in stderr
    assert not (tmp_path / "out").exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_interruption_leaves_nothing_in_the_sandbox(number: signal.Signals, tmp_path: Path) -> None:
    from quizlib.sandbox.contained import descendants

    (tmp_path / "slow.yaml").write_text(
        "format: 1\nid: slow\ntitle: Slow\nquestions:\n"
        "  - id: slow\n    type: code_output\n    stem: What does it print?\n    answer: x\n"
        '    code: {timeout: 60, source: "import time; held = bytearray(200_000_000); time.sleep(50)"}\n',
        "utf-8",
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "quizlib", "validate", "slow.yaml", "--isolation", "best-effort", "--no-cache"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    program = _waited_for(lambda: [pid for pid in descendants(process.pid) if _megabytes(pid) > 150])
    every = descendants(process.pid)
    process.send_signal(number)
    _, stderr = process.communicate(timeout=60)
    assert b"Traceback" not in stderr
    assert program
    assert _waited_for(lambda: not any(_megabytes(pid) for pid in every))


def _megabytes(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _waited_for(condition: Callable[[], Result]) -> Result:
    for _ in range(400):
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError("it never came")


def _pid_in(marker: Path) -> int:
    for _ in range(400):
        if marker.exists() and (text := marker.read_text()):
            return int(text)
        time.sleep(0.05)
    raise AssertionError("the program never started")


def test_ctrl_c_while_click_is_being_imported_ends_quietly(tmp_path: Path) -> None:
    (tmp_path / "click.py").write_text("raise KeyboardInterrupt\n", "utf-8")
    run = quiz("--help", PYTHONPATH=str(tmp_path))
    assert (run.returncode, run.stdout, run.stderr) == (130, "", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["validate", "--help"],
        ["run", "--help"],
        ["export", "--help"],
        ["--version"],
        ["new", "question", "--help"],
        ["list", "--help"],
        ["show", "--help"],
        ["diff", "--help"],
        ["completion", "--help"],
        ["preview", "--help"],
    ],
)
def test_help_imports_neither_pydantic_nor_jinja2_nor_a_plugin(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom quizlib.cli import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit:\n    pass\n"
        "heavy = {'pydantic', 'jinja2', 'yaml', 'comrak', 'quizlib_exporters', 'quizlib.questions', 'quizlib.rules'}\n"
        "sys.exit(repr(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(
    "path", sorted(Path(questions.__file__).parent.glob("*/examples.yaml")), ids=lambda path: path.parent.name
)
def test_sound_questions_are_checked_without_pydantic(path: Path, tmp_path: Path) -> None:
    bank = tmp_path / "bank.yaml"
    bank.write_text("format: 1\nid: examples\ntitle: Examples\nquestions:\n" + path.read_text("utf-8"), "utf-8")
    code = (
        "import sys\nfrom quizlib.validation import Settings, validate\n"
        f"report = validate([{str(bank)!r}], Settings(run=False))\n"
        "heavy = {'pydantic', 'pydantic_core', 'jinja2', 'importlib.metadata', 'difflib', 'unicodedata'}\n"
        "sys.exit(repr(heavy & set(sys.modules)) if heavy & set(sys.modules) or report.errors else 0)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_scoring_and_drawing_need_no_pydantic_and_no_yaml() -> None:
    code = (
        "import sys\nimport quizlib.grading, quizlib.mastery, quizlib.assembly, quizlib.results\n"
        "import quizlib.delivery.reading, quizlib.delivery.digest\n"
        "heavy = {'pydantic', 'pydantic_core', 'yaml', 'jinja2', 'comrak', 'click'} & set(sys.modules)\n"
        "sys.exit(repr(heavy) if heavy else 0)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("name", ["form.json", "a-folder/form.json"])
def test_a_form_is_written_whole_or_not_at_all(name: str, tmp_path: Path) -> None:
    (tmp_path / "form.json").mkdir()
    run = quiz("assemble", GOOD, "--no-verify", "--seed", "a", "--output", tmp_path / name)
    expected = ["form.json"] if name == "form.json" else ["a-folder", "form.json"]
    assert sorted(path.name for path in tmp_path.iterdir()) == expected
    assert run.returncode == (1 if name == "form.json" else 0)
    assert "Traceback" not in run.stderr


def test_the_commands_are_listed_again_when_all_of_them_have_been_imported() -> None:
    root = click.Context(group)
    names = group.list_commands(root)
    assert all(group.get_command(root, name) for name in names)
    assert group.list_commands(root) == names


def test_there_is_no_form_of_no_bank(tmp_path: Path) -> None:
    (tmp_path / "notes.yaml").write_text("a: b\n", "utf-8")
    for command in (("assemble", tmp_path), ("grade", tmp_path, tmp_path / "result.json")):
        run = quiz(*command)
        assert run.returncode == 1
        assert "internal error" not in run.stderr


@pytest.mark.parametrize("command", [("preview", "--no-open"), ("assemble",), ("take", "--mode", "practice")])
def test_one_bank_is_wanted_where_there_are_two(command: tuple[str, ...], tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.yaml").write_text(f"format: 1\nid: {name}\ntitle: T\nquestions: []\n", "utf-8")
    run = quiz(*command, tmp_path)
    assert run.returncode == 2
    assert "one bank is wanted, and there are 2 here: " in " ".join(run.stderr.split())
    assert "form" not in run.stderr.partition("Error")[2]


def test_a_form_on_standard_output_is_the_file_and_nothing_else(tmp_path: Path) -> None:
    run = quiz("assemble", GOOD, "--no-verify", "--seed", "a")
    quiz("assemble", GOOD, "--no-verify", "--seed", "a", "--output", tmp_path / "form.json")
    assert run.stdout == (tmp_path / "form.json").read_text("utf-8")
    assert "questions drawn by the seed a" in run.stderr


def test_the_published_schemas_are_up_to_date(accept: bool) -> None:
    for which in ("bank", "report", "delivery", "result", "grades", "list", "diff"):
        path = ROOT / "docs" / "schemas" / f"{which}.schema.json"
        expected = quiz("schema", which).stdout
        if accept:
            path.write_text(expected, "utf-8")
        assert path.read_text("utf-8") == expected


def test_no_isolation_needs_a_second_word_in_ci(tmp_path: Path) -> None:
    (tmp_path / "bank.yaml").write_text(
        "format: 1\nid: a\ntitle: A\nquestions:\n"
        "  - {id: a, type: code_output, stem: What?, code: {source: print(1)}, answer: 1}\n",
        encoding="utf-8",
    )
    for environment, more, status in (({"CI": "true"}, [], 2), ({"CI": "true"}, ["--trust-programs"], 0), ({}, [], 0)):
        clean = {name: value for name, value in os.environ.items() if name != "CI"}
        run = subprocess.run(
            [sys.executable, "-m", "quizlib", "validate", "bank.yaml", "--isolation", "none", *more],
            cwd=tmp_path,
            env=clean | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == status, run.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="a plain process does on Linux too, which is looked at here")
def test_the_doctor_tries_every_level_and_language() -> None:
    run = subprocess.run([sys.executable, "-m", "quizlib", "doctor"], capture_output=True, text=True, check=False)
    assert run.returncode == (0 if "is met by strict-" in run.stdout else 1)
    assert " python: python3" in run.stdout
    assert "strict-ns" in run.stdout
    assert "strict-ro" in run.stdout
