"""Everything that CI runs, with all its own set-up: `python3 tests/check.py`. Needs Python 3.11 and pip only.

It makes two environments in `.venv-check`: one for the tools, one in which the built wheel is installed. The
tests run against the wheel, in a folder without the sources, so that what is tested is what ships.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

try:
    import tomllib
except ImportError:
    sys.exit("check: Python 3.11 or later is needed")

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / ".venv-check"
STAGE = WORK / "stage"
Result = TypeVar("Result")
LANGUAGE_TOOLS = ("node", "bash", "sqlite3", "gcc")
REQUIRED = "QUIZLIB_REQUIRE_LANGUAGES"
AGREEMENT = "tests/property/test_the_scripts_agree.py"  # needs the sources, which the other tests do without
SECOND_TRIES = 3  # more than these, and it is no busy machine
ONLY_TRY = (  # an attack that succeeds now and then has succeeded
    "tests/attacks/", "tests/property/", "tests/unit/test_contained.py", "tests/unit/test_levels.py",
    "tests/unit/test_sandbox_process.py",
)  # fmt: skip
COPIED = (
    "tests", "banks", "benchmarks", "docs", "mkdocs.yml", "README.md", "CONTRIBUTING.md", "pyproject.toml", "action.yml",
    ".pre-commit-hooks.yaml",
)  # fmt: skip


def main(pytest_arguments: Sequence[str]) -> None:
    """Run every step; stop at the first that fails."""
    os.environ["QUIZLIB_REQUIRE_SCRIPTS"] = "1"  # they are installed here
    os.environ["NO_MKDOCS_2_WARNING"] = "1"  # the theme's announcement of its successor
    tools = step("set up the tools", lambda: environment("tools", "."))
    step("lint", lambda: run(tools / "ruff", "check"))
    step("format", lambda: run(tools / "ruff", "format", "--check"))
    step("layers", lambda: run(tools / "lint-imports"))
    step("types", lambda: run(tools / "mypy"))
    step("the manual", lambda: run(tools / "mkdocs", "build", "--quiet", "--site-dir", WORK / "manual"))
    step("install the tools of the scripts", lambda: run(tools / "python", "tests/npm.py", "ci"))
    step("scripts", lambda: run(tools / "python", "tests/npm.py", "run", "--silent", "check"))
    step("scripts and quizlib agree", lambda: run(tools / "python", "-m", "pytest", AGREEMENT))
    wheel = step("build the wheel", lambda: built(tools))
    step("contents of the wheel", lambda: run(tools / "check-wheel-contents", wheel))
    step("hooks", lambda: run(tools / "python", "tests/try_hooks.py"))
    installed = step("install the wheel", lambda: environment("wheel", str(wheel)))
    step("copy the tests, without the sources", stage)
    step("tests", lambda: test(installed / "python", pytest_arguments))
    step("banks", lambda: banks(installed / "quiz"))
    print("check: all is well")


def step(name: str, action: Callable[[], Result]) -> Result:
    """Run one step, with its name and time."""
    print(f"== {name}", flush=True)
    start = time.monotonic()
    result = action()
    print(f"   {time.monotonic() - start:.1f} s", flush=True)
    return result


def environment(name: str, what: str) -> Path:
    """Make a virtual environment with quizlib and the development tools; return the folder of its commands."""
    folder = WORK / name
    if not folder.exists():
        venv.create(folder, with_pip=True, symlinks=os.name != "nt")
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    pip = (commands / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--constraint", "constraints.txt", *groups["dev"], *(["--editable", what] if what == "." else []))
    if what != ".":
        run(*pip, "--constraint", "constraints.txt", what)
        run(*pip, "--force-reinstall", "--no-deps", what)
    return commands


def built(tools: Path) -> Path:
    """Build the wheel by way of the sdist, as it would be published."""
    dist = WORK / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    run(tools / "python", "-m", "build", "--outdir", dist, ".")
    (wheel,) = dist.glob("*.whl")
    return wheel


def stage() -> None:
    """Copy what the tests need, and none of the sources."""
    shutil.rmtree(STAGE, ignore_errors=True)
    STAGE.mkdir(parents=True)
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, STAGE / name)


def test(python: Path, arguments: Sequence[str]) -> None:
    """Run all tests. A few that fail beside the others, on a busy machine, are tried once more alone, and named."""
    status = call(python, "-m", "pytest", "-n", "auto", *arguments, folder=STAGE)
    record = STAGE / ".pytest_cache/v/cache/lastfailed"
    failed = list(json.loads(record.read_text("utf-8"))) if status == 1 and record.exists() else []
    if status and (not 0 < len(failed) <= SECOND_TRIES or any(name.startswith(ONLY_TRY) for name in failed)):
        sys.exit(f"check: failed with status {status}: the tests")
    if status:
        run(python, "-m", "pytest", *arguments, "--last-failed", "-n", "0", folder=STAGE)
        print("check: passed only at a second try, alone:", *failed, sep="\n  ", flush=True)


def banks(quiz: Path) -> None:
    """Validate and export the banks by the tool itself. A bank in many languages needs their tools."""
    unproved = () if all(map(shutil.which, LANGUAGE_TOOLS)) or REQUIRED in os.environ else (
        "--exclude", "banks/languages.yaml")  # fmt: skip
    run(quiz, "validate", "banks", "--exclude", "banks/broken", *unproved, "--fail-on", "warning")
    formats = ("--to", "html", "--to", "moodle_xml", "--to", "json")
    run(quiz, "export", "banks", "--exclude", "banks/broken", *formats, "--output", WORK / "site")


def run(*command: object, folder: Path = ROOT) -> None:
    """Run a command; end with its status when it fails."""
    status = call(*command, folder=folder)
    if status:
        sys.exit(f"check: failed with status {status}: {' '.join(map(str, command))}")


def call(*command: object, folder: Path) -> int:
    """Run a command; return its status."""
    # What the caller's environment says of Python must not reach into ours.
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    return subprocess.run([str(word) for word in command], cwd=folder, env=clean, check=False).returncode


if __name__ == "__main__":
    main(sys.argv[1:])
