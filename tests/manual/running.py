"""Run a block of the manual for what it is, and say what is wrong with it."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import tomllib
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from quizlib import schemas
from quizlib.authoring.header import Header
from quizlib.authoring.question import Question
from quizlib.authoring.reading import fields
from quizlib.validation import validate
from tests.manual.blocks import Block

HEADER = "format: 1\nid: example\ntitle: An example\n"
QUESTION = "questions:\n  - id: example\n    type: short_answer\n    stem: What is an example?\n    accepted: [this]\n"
POSIX = sys.platform != "win32"


def problems(block: Block, folder: Path, names: dict[str, Any]) -> Iterable[str]:
    """Yield what is wrong with a block.

    `folder` is that of its page, and `names` are those of its Python: earlier blocks have left their files and
    their values there.
    """
    if name := block.markers.get("file"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, "utf-8")
    if block.language not in (*_RUN, "python") and not name and "not run" not in block.markers:
        yield f"nothing is known of the language {block.language!r}: say why the block is not run"
    if block.language in _READ:
        yield from _READ[block.language](block)
    if "not run" in block.markers:
        return
    if block.language == "python":
        yield from _run_python(block, folder, names)
    elif block.language in _RUN:
        yield from _RUN[block.language](block, folder)


def _read_yaml(block: Block) -> Iterable[str]:
    if "expect" not in block.markers:
        try:
            yaml.load(block.text, yaml.BaseLoader)
        except yaml.YAMLError as error:
            yield f"is no YAML: {error}"


def _read_json(block: Block) -> Iterable[str]:
    try:
        found = json.loads(block.text)
    except ValueError as error:
        yield f"is no JSON: {error}"
        return
    if which := block.markers.get("schema"):
        name, _, path = which.partition("#")
        schema: Any = schemas.schema(name)
        for key in path.split("/")[1:]:
            schema = schema[key]
        yield from (error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(found))


def _read_toml(block: Block) -> Iterable[str]:
    try:
        tomllib.loads(block.text)
    except tomllib.TOMLDecodeError as error:
        yield f"is no TOML: {error}"


def _run_yaml(block: Block, folder: Path) -> Iterable[str]:
    """Validate a bank, or a part of one in a small bank around it."""
    path = folder / block.markers.get("file", f"block-{block.line}.yaml")
    try:
        path.write_text(_bank(block.text), "utf-8")
        whole = folder / block.markers.get("part of", path)
        found = {diagnostic.code: diagnostic for diagnostic in validate([str(whole)]).diagnostics}
    finally:
        path.write_text(block.text, "utf-8") if "file" in block.markers else path.unlink(missing_ok=True)
    expected = set(filter(None, block.markers.get("expect", "").replace(",", " ").split()))
    yield from (f"{code}: {found[code].message}" for code in sorted(found.keys() - expected))
    yield from (f"{code} is expected, and is not found" for code in sorted(expected - found.keys()))


def _bank(text: str) -> str:
    """Return a whole bank with this part in it: the bank itself, questions, fields of the bank or of a question."""
    try:
        part = yaml.load(text, yaml.BaseLoader)
    except yaml.YAMLError:
        return text
    if isinstance(part, list):
        return f"{HEADER}questions:\n{text}"
    if "format" in part or "questions" in part:
        return text
    if part.keys() <= fields(Header).keys():
        return f"{HEADER}{text}{QUESTION}"
    assert part.keys() <= fields(Question).keys(), f"neither a bank nor a part of one: {', '.join(part)}"
    return f"{HEADER}{QUESTION}" + "".join(f"    {line}" for line in text.splitlines(keepends=True))


def _run_python(block: Block, folder: Path, names: dict[str, Any]) -> Iterable[str]:
    printed = io.StringIO()
    try:
        with contextlib.chdir(folder), contextlib.redirect_stdout(printed):
            exec(compile(block.text, f"the block of line {block.line}", "exec"), names)
    except Exception:
        yield f"ended with an exception:\n{printed.getvalue()}{traceback.format_exc()}"


def _run_sh(block: Block, folder: Path) -> Iterable[str]:
    if POSIX:
        yield from _ended_badly(["/bin/sh", "-e", "-c", block.text], folder)


def _ended_badly(command: list[str], folder: Path) -> Iterable[str]:
    environment = {**os.environ, "PATH": f"{folder / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    run = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, stdin=subprocess.DEVNULL, encoding="utf-8",
        check=False, timeout=300,
    )  # fmt: skip
    if run.returncode:
        yield f"ended with status {run.returncode}:\n{run.stdout}{run.stderr}"


def _passed(block: Block, folder: Path) -> Iterable[str]:
    """Accept what was read already, or is compared by the caller."""
    return ()


_READ: dict[str, Callable[[Block], Iterable[str]]] = {"yaml": _read_yaml, "json": _read_json, "toml": _read_toml}
_RUN: dict[str, Callable[[Block, Path], Iterable[str]]] = {
    "yaml": _run_yaml,
    "sh": _run_sh,
    "json": _passed,
    "toml": _passed,
    "console": _passed,
}
