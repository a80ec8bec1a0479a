"""The manual is made from the code where it repeats it, and is run where it shows commands."""

from __future__ import annotations

import re
import textwrap
import tomllib

from quizlib.diagnostics import Kind
from quizlib.validation import rules
from tests.conftest import ROOT
from tests.kinds import kinds


def test_the_pages_of_the_rules_are_made_from_their_docstrings(accept: bool) -> None:
    _expect("rules.md", "\n".join([_RULES, *(_page(rule.KIND, rule.__doc__ or "") for rule in rules())]), accept)


def test_every_code_stands_in_the_table_of_codes(accept: bool) -> None:
    found = sorted(kinds(), key=lambda kind: kind.code)
    assert len({kind.code for kind in found}) == len(found)
    paged = {rule.KIND for rule in rules()}
    names = {kind: f"[`{kind.rule}`]({_address(kind)})" if kind in paged else f"`{kind.rule}`" for kind in found}
    rows = [f"| {kind.code} | {names[kind]} | {_weight(kind)} |" for kind in found]
    families = (
        "QZ0xx reading and schema · 1xx key and scoring · 2xx item writing · 3xx feedback, hints, solution · "
        "4xx execution and proof · 5xx bank-wide · 6xx accessibility · 7xx losses on import and export"
    )
    table = ["# Codes", "", families, "", "| code | rule | severity |", "|---|---|---|", *rows, ""]
    _expect("codes.md", "\n".join(table), accept)


def test_the_links_of_the_readme_lead_somewhere() -> None:
    """Those of the manual are looked at by mkdocs."""
    for link in re.findall(r"\]\(([^)#]+)\)", (ROOT / "README.md").read_text("utf-8")):
        assert (ROOT / link).exists(), link


def test_contributors_see_the_layers_that_are_held() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = "".join(f"{layer}\n".replace("quizlib.", "") for layer in contracts[0]["layers"])
    assert f"```\n{layers}```\n" in (ROOT / "CONTRIBUTING.md").read_text("utf-8")


_SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FIRST = (
    "python3 -m venv .venv && .venv/bin/pip install --quiet . && .venv/bin/quiz export banks/fine-tuning.yaml"
    " --to html --output site\n"
)


def test_the_first_commands_of_the_readme_stand_alone() -> None:
    first, second, _ = _SHELL.findall((ROOT / "README.md").read_text("utf-8"))
    assert first == _FIRST
    assert second == "python3 tests/check.py\n"


_RULES = """# Rules

What `quiz validate` looks at without running a program. A rule that is marked *pedantic* speaks only when it is asked for,
by `--pedantic`: [how often the lint is right](lint-precision.md) says why. [Configuration](configuration.md) says how
rules are chosen, and how one is kept quiet at one place. `# <-` marks the line that is reported.

Each rule names its source. Three are named most:

- Haladyna, Downing and Rodriguez 2002: *A Review of Multiple-Choice Item-Writing Guidelines for Classroom Assessment*,
  Applied Measurement in Education 15, 309-334. Its 31 guidelines are cited by their numbers.
- Moore, Nguyen, Chen and Stamper 2023: *Assessing the Quality of Multiple-Choice Questions Using GPT-4 and Rule-Based
  Methods*, EC-TEL 2023, 229-245. Its 19 item-writing flaws are those of SAQUET (Moore, Costello, Nguyen and Stamper
  2024: *An Automatic Question Usability Evaluation Toolkit*, AIED 2024).
- NBME Item-Writing Guide 2024: National Board of Medical Examiners, *Constructing Written Test Questions for the Health
  Sciences*, whose third chapter is about technical flaws."""


def _address(kind: Kind) -> str:
    return f"rules.md#{kind.rule}-{kind.code.lower()}"


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
