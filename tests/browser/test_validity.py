"""The Nu HTML checker, which decides what is HTML, finds no error in the pages."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from quizlib.model import Bank
from tests.browser import sample
from tests.browser.conftest import exported
from tests.conftest import ROOT
from tests.exporters import samples
from tests.property.strategies import loaded
from tests.unit.helpers import sound


def hostile(text: str) -> Bank:
    """Return a bank that says `text` in all its places."""
    return samples.bank(*(samples.hostile_item(name, text) for name in samples.interactions("")), text=text)


# Beside the tests, or above them where these are a copy.
CHECKER = Path("node_modules", "vnu-jar", "build", "dist", "vnu.jar")
BANKS: Mapping[str, Bank] = {
    "sample": sample.BANK,
    "hostile": sample.hostile(),
    "without questions": dataclasses.replace(sample.BANK, items=()),
    "without a lesson": dataclasses.replace(sample.BANK, lesson=None),
    **{f"examples of {name}": sound(samples.of_questions(text)) for name, text in samples.EXAMPLES.items()},
    **{f"bank {name}": sound(loaded(text)) for name, text in samples.BANKS.items()},
    **{f"text with {name}": hostile(text) for name, text in samples.HOSTILE.items()},
}


def errors_in(pages: Mapping[str, bytes], folder: Path) -> dict[str, list[str]]:
    """Return what the checker calls an error, by the name of the page; one run sees all pages.

    Skips when Java or the checker is missing, unless the environment demands them.
    """
    jar = next((place / CHECKER for place in (ROOT, *ROOT.parents) if (place / CHECKER).is_file()), None)
    java = shutil.which("java")
    if jar is None or java is None:
        message = "the Nu HTML checker needs Java, and: python tests/npm.py ci"
        if os.environ.get("QUIZLIB_REQUIRE_BROWSER") == "1":
            pytest.fail(message)
        pytest.skip(message)
    files = {f"{number}.html": name for number, name in enumerate(pages)}
    for file, name in files.items():
        (folder / file).write_bytes(pages[name])
    command = [java, "-Xss4m", "-jar", str(jar), "--format", "json", "--exit-zero-always", *files]
    run = subprocess.run(command, cwd=folder, capture_output=True, check=True)
    found: dict[str, list[str]] = {name: [] for name in pages}
    for message in json.loads(run.stderr)["messages"]:
        if message["type"] != "info":
            where = f"{message.get('extract', '')} (line {message.get('lastLine')})"
            found[files[Path(message["url"]).name]].append(f"{message['message']} {where}")
    return found


@pytest.fixture(scope="module")
def errors(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return the errors in the page of each bank."""
    pages = {name: exported(bank) for name, bank in BANKS.items()}
    return errors_in(pages, tmp_path_factory.mktemp("pages"))


@pytest.mark.parametrize("name", BANKS)
def test_a_page_is_html(errors: dict[str, list[str]], name: str) -> None:
    assert errors[name] == []


def test_the_checker_finds_what_is_no_html(tmp_path: Path) -> None:
    page = exported(sample.BANK).replace(b"</fieldset>", b"</fieldset></p>", 1)
    assert errors_in({"broken": page}, tmp_path)["broken"]
