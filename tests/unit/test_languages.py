"""Every language, found by its plugin, does what authors rely on. A tool that is missing skips its tests, unless
QUIZLIB_REQUIRE_LANGUAGES says that it may not.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from quizlib import plugins
from quizlib.languages import c, javascript, python, sql
from quizlib.model import Program
from quizlib.plugins import Language, Runtime
from quizlib.proof.runs import VARIATIONS, Runner, job
from quizlib.sandbox import RunResult, Status
from quizlib.sandbox.process import ProcessSandbox
from tests.unit.language_samples import SAMPLES, Samples

NAMES = plugins.names("quizlib.languages")
Run = Callable[..., RunResult]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the tools are those of POSIX")


def plugin(name: str) -> Language:
    language: Language = plugins.load("quizlib.languages", name)
    return language


def installed(name: str) -> Runtime:
    found = plugin(name).runtime(None)
    if found is None:
        message = f"no {name} here: {plugin(name).INSTALL}"
        if os.environ.get("QUIZLIB_REQUIRE_LANGUAGES"):
            pytest.fail(message)
        pytest.skip(message)
    return found


def having(sample: str) -> pytest.MarkDecorator:
    """Try the languages that have such a sample."""
    return pytest.mark.parametrize("name", [name for name in NAMES if getattr(SAMPLES.get(name), sample, None)])


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def samples(name: str) -> Samples:
    return SAMPLES[name]


@pytest.fixture
def run(name: str) -> Run:
    runtime = installed(name)

    def run(source: str | None, *arguments: str, stdin: str = "", variation: int = 0, **files: str) -> RunResult:
        assert source is not None
        beside = tuple((file.replace("_", "."), content) for file, content in files.items())
        program = Program(name, source, stdin=stdin, arguments=arguments, files=beside)
        return ProcessSandbox().run(job(plugin(name), runtime, program, VARIATIONS[variation]))

    return run


def test_every_language_has_its_samples() -> None:
    assert set(NAMES) == set(SAMPLES)


def test_a_language_proves_that_it_works(name: str, run: Run) -> None:
    result = run(plugin(name).PROBE)
    assert (result.status, result.stdout.strip()) == (Status.OK, plugin(name).PROBE_OUTPUT)


def test_a_runtime_says_who_it_is_and_is_found_by_its_own_name(name: str) -> None:
    runtime = installed(name)
    assert os.path.isabs(runtime.executable)
    assert os.access(runtime.executable, os.X_OK)
    assert all(os.path.isabs(folder) and os.path.isdir(folder) for folder in runtime.reads)
    assert runtime.version[0].isdigit()
    again = plugin(name).runtime(runtime.name)
    assert again is not None
    assert (again.name, again.version) == (runtime.name, runtime.version)


@pytest.mark.parametrize("nonsense", ["", "nonsense", "../node", "node20; rm", "gcc\n", "bash9" * 9, "node999.9"])
def test_what_is_no_name_of_a_runtime_is_none(name: str, nonsense: str) -> None:
    assert plugin(name).runtime(nonsense) is None


def test_a_program_that_does_not_parse_fails_and_shows_the_place(run: Run, samples: Samples) -> None:
    result = run(samples.unfinished)
    assert result.status in (Status.RUNTIME_ERROR, Status.COMPILE_ERROR)
    assert samples.place in result.stderr


def test_all_of_unicode_is_printed(run: Run, samples: Samples) -> None:
    for variation in range(len(VARIATIONS)):
        assert run(samples.greeting, variation=variation).stdout == "Grüße, 你好 🙂\n"


@having("shouting")
def test_standard_input_is_read(run: Run, samples: Samples) -> None:
    assert run(samples.shouting, stdin="abc\n").stdout == "ABC\n"
    assert run(samples.shouting).stdout == ""


@having("listing")
def test_arguments_arrive_as_they_were_written(run: Run, samples: Samples) -> None:
    assert run(samples.listing, "a b", "$HOME", "'", "--help").stdout == "a b\n$HOME\n'\n--help\n"


@having("reading")
def test_files_stand_beside_the_program(run: Run, samples: Samples) -> None:
    assert run(samples.reading, data_txt="1\nzwölf\n").stdout == "1\nzwölf\n"


def test_an_exit_status_is_the_outcome(run: Run, samples: Samples) -> None:
    result = run(samples.leaving)
    assert (result.status, result.exit_code) == (Status.RUNTIME_ERROR, 7)


@having("raising")
def test_an_error_has_its_name(name: str, run: Run, samples: Samples) -> None:
    result = run(samples.raising)
    assert result.status is Status.RUNTIME_ERROR
    assert plugin(name).ending(result.stderr) == samples.ending


def test_an_error_has_no_name_where_nothing_was_raised(name: str, run: Run, samples: Samples) -> None:
    assert plugin(name).ending(run(samples.leaving).stderr) is None


def test_time_zones_differ_between_the_variations(run: Run, samples: Samples) -> None:
    assert [run(samples.hour, variation=variation).stdout.strip() for variation in (0, 1)] == ["00", "14"]


@having("canary")
def test_nothing_of_the_users_environment_is_seen(run: Run, samples: Samples, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZ_CANARY", "sings")
    assert run(samples.canary).stdout.strip() == "none"


@pytest.fixture
def tool(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, samples: Samples) -> Callable[[str], None]:
    """Put a script in the place of every command by which the language may be had, on a PATH without any other."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("NVM_DIR", str(tmp_path))

    def put(script: str) -> None:
        for command in samples.tools:
            (tmp_path / command).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
            (tmp_path / command).chmod(0o755)

    return put


@having("tools")
def test_a_tool_that_is_missing_is_none(name: str, tool: Callable[[str], None]) -> None:
    assert plugin(name).runtime(None) is None


@having("tools")
@pytest.mark.parametrize(
    "script",
    [
        "exit 1",
        "echo 'command not found'; exit 127",
        "echo nonsense",
        "printf '\\377\\376'",
        "kill -9 $$",
        "echo; echo; echo",
        "echo '1.2.3'; echo relative/path",
        "/bin/sleep 1000 & exit 0",
    ],
)
def test_a_tool_that_talks_nonsense_is_none(name: str, tool: Callable[[str], None], script: str) -> None:
    tool(script)
    assert plugin(name).runtime(None) is None


@having("tools")
@pytest.mark.parametrize("script", ["exec /bin/sleep 1000", "while :; do echo 1.2.3; done"])
def test_a_tool_that_hangs_is_none(
    name: str, tool: Callable[[str], None], script: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizlib.languages._tools._SECONDS", 0.2)
    tool(script)
    assert plugin(name).runtime(None) is None


@having("tools")
def test_a_tool_that_cannot_be_started_is_none(
    name: str, tool: Callable[[str], None], samples: Samples, tmp_path: Path
) -> None:
    for command in samples.tools:
        (tmp_path / command).write_bytes(b"\x7fELF and no more")
        (tmp_path / command).chmod(0o755)
    assert plugin(name).runtime(None) is None


@having("tools")
def test_a_tool_in_a_relative_folder_of_the_path_is_passed_over(
    name: str, tool: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool(f"touch {tmp_path}/was-run")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", ".:")
    assert plugin(name).runtime(None) is None
    assert not (tmp_path / "was-run").exists()


_ANSWERS = {
    "bash": ("GNU bash, version 5.9.1(1)-release (x86_64-pc-linux-gnu)", "bash5.9"),
    "c": ("gcc (Debian 19.2.0-14) 19.2.0", "gcc19"),
    "javascript": (None, "node98"),
    "sql": ("3.99.1 2022-12-28 14:03:47 df5c253c0b", "sqlite3.99"),
}


@having("tools")
def test_a_tool_that_vanishes_after_it_was_found_runs_nothing_and_says_why(
    name: str, tool: Callable[[str], None], samples: Samples, tmp_path: Path
) -> None:
    line, runtime = _ANSWERS[name]
    said = f"echo '{line}'" if line else f"echo 98.1.0; echo {tmp_path / samples.tools[0]}"
    tool(said)
    found = plugin(name).runtime(None)
    assert found is not None
    assert (found.name, found.reads) == (runtime, (str(tmp_path),))
    assert plugin(name).runtime(runtime) == found
    program = Program(name, samples.greeting)
    runner = Runner(ProcessSandbox(), variations=VARIATIONS[:1])
    assert runner.runtimes(program) == {name: found}
    for command in samples.tools:
        (tmp_path / command).unlink()
    assert runner.run_all([program]) == {program: ()}
    failed = runner.failed_probe(program, name)
    assert failed is not None
    assert (failed.status, failed.detail) == (Status.INTERNAL, f"{runtime} is no longer where it was")


@pytest.mark.parametrize(
    ("line", "name", "version"),
    [
        ("gcc (Ubuntu 11.4.0-1ubuntu1~22.04) 11.4.0", "gcc11", "11.4.0"),
        ("gcc (GCC) 13.2.1 20231011 (Red Hat 13.2.1-4)", "gcc13", "13.2.1"),
        ("Debian clang version 14.0.6", "clang14", "14.0.6"),
        ("Apple clang version 15.0.0 (clang-1500.3.9.4)", "clang15", "15.0.0"),
    ],
)
def test_a_compiler_is_what_it_says_and_not_what_it_is_called(
    line: str, name: str, version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gcc").write_text(f"#!/bin/sh\necho '{line}'\n", "utf-8")
    (tmp_path / "gcc").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = c.runtime(None)
    assert found is not None
    assert (found.name, found.version) == (name, version)
    assert (c.runtime("gcc") is None) == name.startswith("clang")
    assert c.runtime("gcc7") is None


def test_a_tool_in_a_home_folder_does_not_open_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "sqlite3").write_text("#!/bin/sh\necho '3.99.1 2022'\n", "utf-8")
    (tmp_path / "sqlite3").chmod(0o755)
    found = sql.runtime(None)
    assert found is not None
    assert found.reads == ()


def test_a_private_installation_is_read_without_what_lies_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("bin", "lib", "share"):
        (tmp_path / "node" / folder).mkdir(parents=True)
    node = tmp_path / "node" / "bin" / "node"
    node.write_text(f"#!/bin/sh\necho 98.1.0; echo {node}\n", "utf-8")
    node.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "node" / "bin"))
    found = javascript.runtime("node98")
    assert found is not None
    assert found.reads == (str(node.parent), str(tmp_path / "node" / "lib"))


@pytest.mark.parametrize(
    ("stderr", "ending"),
    [
        ("/w/program.js:1\nnull.x\n     ^\n\nTypeError: Cannot\n    at x\n\nNode.js v20.1.0\n", "TypeError: Cannot"),
        ("x:1\n  ^\n\nTypeError [ERR_X]: bad\n    at x\n", "TypeError: bad"),
        ("x:1\nthrow e\n^\n\nMyError\n    at x\n", "MyError"),
        ("\nx:1\nthrow 'x'\n^\nx\n(Use `node --trace-uncaught ...`)\n", None),
        ("TypeError: printed, and not raised\n", None),
        ("", None),
        ("FATAL ERROR: Reached heap limit - JavaScript heap out of memory\n", "JavaScript heap out of memory"),
    ],
)
def test_endings_of_javascript(stderr: str, ending: str | None) -> None:
    assert javascript.ending(stderr) == ending


@pytest.mark.parametrize(
    ("stderr", "ending"),
    [
        ("Runtime error near line 4: UNIQUE constraint failed: t.id (19)\n", "UNIQUE constraint failed: t.id"),
        ("Error: near line 4: UNIQUE constraint failed: t.id\n", "UNIQUE constraint failed: t.id"),
        ("Parse error near line 1: no such table: u\n  x\n  ^---\n", "no such table: u"),
        ("line 2: cannot run .shell in safe mode\n", None),
    ],
)
def test_endings_of_sql(stderr: str, ending: str | None) -> None:
    assert sql.ending(stderr) == ending


def test_an_old_sqlite_is_not_asked_for_what_it_does_not_know() -> None:
    old, new = (Runtime("sqlite3", version, "/usr/bin/sqlite3") for version in ("3.31.1", "3.37.0"))
    assert "-safe" not in sql.command(old, "program.sql")[2]
    assert "-safe" in sql.command(new, "program.sql")[2]


def test_sql_reaches_neither_files_nor_the_shell() -> None:
    runtime = installed("sql")
    if "-safe" not in sql.command(runtime, "program.sql")[2]:
        pytest.skip("this sqlite3 has no safe mode")
    for statement in (".shell echo hi", ".read data.txt", "ATTACH 'x.db' AS x;", "SELECT writefile('x', 'y');"):
        program = Program("sql", f"{statement}\nSELECT 2;\n", files=(("data.txt", "SELECT 1;"),))
        result = ProcessSandbox().run(job(plugin("sql"), runtime, program, VARIATIONS[0]))
        assert (result.status, result.stdout) == (Status.RUNTIME_ERROR, ""), statement


def test_what_the_standard_of_c_forbids_is_an_error_on_every_compiler() -> None:
    runtime = installed("c")
    program = Program("c", "int main(void)\n{\n    return undeclared();\n}\n")
    result = ProcessSandbox().run(job(plugin("c"), runtime, program, VARIATIONS[0]))
    assert result.status is Status.COMPILE_ERROR
    assert "program.c:3:12: error: " in result.stderr


def test_a_heap_that_grows_for_ever_ends_before_the_limit_of_the_sandbox() -> None:
    runtime = installed("javascript")
    program = Program("javascript", "const a = [];\nfor (;;) a.push(new Array(1000).fill(1.5));\n", timeout=30)
    result = ProcessSandbox().run(job(plugin("javascript"), runtime, program, VARIATIONS[0]))
    assert javascript.ending(result.stderr) == "JavaScript heap out of memory"


def test_pythons_of_other_versions_are_found_on_absolute_folders_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", ".")
    monkeypatch.setenv("PYENV_ROOT", "/nowhere")
    assert list(python._candidates("python3.98")) == []


def test_node_does_not_look_for_the_configuration_of_openssl() -> None:
    """Where it may not be read, Node stops before the program."""
    runtime = installed("javascript")
    source = "console.log(process.env.OPENSSL_CONF, require('crypto').createHash('sha256').update('a').digest('hex'))"
    result = ProcessSandbox().run(job(javascript, runtime, Program("javascript", source), VARIATIONS[0]))
    assert result.stdout.split() == [
        "/dev/null",
        "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
    ]
