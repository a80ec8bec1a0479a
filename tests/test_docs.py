"""The manual is made from the code where it repeats it, and is run where it shows commands."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import jsonschema
import pytest

from quizlib import schemas
from quizlib.diagnostics import Kind
from quizlib.validation import rules
from tests.conftest import ROOT
from tests.kinds import kinds


def test_the_pages_of_the_rules_are_made_from_their_docstrings(accept: bool) -> None:
    _expect("rules.md", "\n".join(["# Rules", *(_page(rule.KIND, rule.__doc__ or "") for rule in rules())]), accept)


def test_every_code_stands_in_the_table_of_codes(accept: bool) -> None:
    found = sorted(kinds(), key=lambda kind: kind.code)
    assert len({kind.code for kind in found}) == len(found)
    rows = [f"| {kind.code} | `{kind.rule}` | {_weight(kind)} |" for kind in found]
    families = (
        "QZ0xx reading and schema · 1xx key and scoring · 2xx item writing · 3xx feedback, hints, solution · "
        "4xx execution and proof · 5xx bank-wide · 6xx accessibility · 7xx losses on import and export"
    )
    table = ["# Codes", "", families, "", "| code | rule | severity |", "|---|---|---|", *rows, ""]
    _expect("codes.md", "\n".join(table), accept)


def test_the_report_in_the_manual_fits_its_schema() -> None:
    text = (ROOT / "docs" / "machine-output.md").read_text("utf-8")
    found = re.search(r"```json\n(.*?)```", text, re.DOTALL)
    assert found
    jsonschema.validate(json.loads(found[1]), schemas.schema("report"))


def test_the_run_in_the_manual_fits_its_schema() -> None:
    text = (ROOT / "docs" / "machine-output.md").read_text("utf-8")
    _, run, *_ = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    jsonschema.validate(json.loads(run), schemas.schema("report")["properties"]["runs"]["items"])


@pytest.mark.parametrize("page", ["README.md", "docs/bank-format.md", "docs/decisions/README.md"])
def test_links_lead_somewhere(page: str) -> None:
    path = ROOT / page
    for link in re.findall(r"\]\(([^)#]+)\)", path.read_text("utf-8")):
        assert (path.parent / link).exists() or link in ("CONTRIBUTING.md", "path"), link


_SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FIRST = (
    "python3 -m venv .venv && .venv/bin/pip install --quiet . && .venv/bin/quiz export banks/fine-tuning.yaml"
    " --to html --output site\n"
)


def test_the_first_commands_of_the_readme_stand_alone() -> None:
    first, second, _ = _SHELL.findall((ROOT / "README.md").read_text("utf-8"))
    assert first == _FIRST
    assert second == "python3 tests/check.py\n"


@pytest.mark.skipif(sys.platform == "win32", reason="commands of a POSIX shell")
def test_what_the_readme_shows_can_be_pasted(tmp_path: Path) -> None:
    """Every line ends well, in a clone whose environment has been made."""
    *_, pasted = _SHELL.findall((ROOT / "README.md").read_text("utf-8"))
    shutil.copytree(ROOT / "banks", tmp_path / "banks")
    commands = tmp_path / ".venv" / "bin"
    commands.mkdir(parents=True)
    (commands / "activate").write_text(f'PATH="{commands}:$PATH"\n', "utf-8")
    (commands / "quiz").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m quizlib "$@"\n', "utf-8")
    (commands / "quiz").chmod(0o755)
    run = subprocess.run(
        ["/bin/sh", "-e", "-c", pasted],
        cwd=tmp_path, capture_output=True, stdin=subprocess.DEVNULL, encoding="utf-8", check=False, timeout=300,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert "wrote site/fine-tuning.html\n" in run.stdout
    assert json.loads((tmp_path / "bank.schema.json").read_text("utf-8"))["properties"]


def _page(kind: Kind, docstring: str) -> str:
    title, _, rest = docstring.strip().partition("\n\n")
    body = re.sub(r"^(Bad|Good):\n\n((?: {4}.*\n?|\n)+)", _fenced, rest + "\n", flags=re.MULTILINE)
    return f"\n## {kind.rule} ({kind.code})\n\n*{_weight(kind)}*\n\n{title}\n\n{body.strip()}\n"


def _weight(kind: Kind) -> str:
    return f"{kind.severity}, pedantic" if kind.persona == "pedantic" else str(kind.severity)


def _fenced(found: re.Match[str]) -> str:
    return f"{found[1]}:\n\n```yaml\n{textwrap.dedent(found[2]).strip()}\n```\n\n"


def _expect(name: str, text: str, accept: bool) -> None:
    path = ROOT / "docs" / name
    if accept:
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text
