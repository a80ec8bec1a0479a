"""The Nu HTML checker, which decides what is HTML, finds no error in the pages."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizlib.model import Bank
from quizlib.plugins import ExportOptions
from quizlib_exporters import html
from tests.browser import driver, sample
from tests.browser.conftest import OpenPage, exported
from tests.conftest import ROOT
from tests.exporters import samples
from tests.property.strategies import loaded
from tests.unit.helpers import sound

if TYPE_CHECKING:
    from playwright.sync_api import Page


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


def site() -> dict[str, bytes]:
    """Return the files of a site, of banks in several languages and of hostile texts."""
    banks = [
        sample.BANK,
        sample.hostile(),
        *(dataclasses.replace(sample.BANK, identifier=language, language=language) for language in ("de", "ar")),
    ]
    options = ExportOptions(site=True)
    made = [html.export_site(banks, options), *(html.export(bank, options) for bank in banks)]
    return {name: content for exported in made for name, content in exported.files.items()}


@pytest.fixture(scope="module")
def errors(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return the errors in the page of each bank."""
    pages = {name: exported(bank) for name, bank in BANKS.items()}
    pages |= {f"site: {name}": content for name, content in site().items()}
    return errors_in(pages, tmp_path_factory.mktemp("pages"))


@pytest.mark.parametrize("name", BANKS)
def test_a_page_is_html(errors: dict[str, list[str]], name: str) -> None:
    assert errors[name] == []


@pytest.mark.parametrize("name", site())
def test_a_file_of_a_site_is_html(errors: dict[str, list[str]], name: str) -> None:
    assert errors[f"site: {name}"] == []


def seen(page: Page, address: str) -> str:
    """Go to an address in the page; return the document once it is shown."""
    page.evaluate(
        "address => new Promise((done) => {"
        "addEventListener('hashchange', () => setTimeout(done), { once: true }); location.hash = address })",
        address,
    )
    return page.content()


def errors_found(made: Mapping[str, str], folder: Path) -> dict[str, list[str]]:
    found = errors_in({name: content.encode() for name, content in made.items()}, folder)
    return {name: errors for name, errors in found.items() if errors}


@pytest.mark.parametrize("bank", [sample.BANK, sample.hostile()], ids=lambda bank: bank.identifier)
def test_what_the_scripts_make_of_a_mode_is_html(open_page: OpenPage, bank: Bank, tmp_path: Path) -> None:
    page = open_page(bank)
    modes = page.locator("#modes a.mode-name").evaluate_all("links => links.map(link => link.hash)")
    made = {"start": page.content(), **{mode: seen(page, mode) for mode in modes}}
    assert len(set(made.values())) > 5
    assert errors_found(made, tmp_path) == {}


@pytest.mark.parametrize("bank", [sample.BANK, sample.hostile()], ids=lambda bank: bank.identifier)
def test_what_the_scripts_make_of_a_question_is_html(open_page: OpenPage, bank: Bank, tmp_path: Path) -> None:
    page = open_page(bank)
    driver.begin(page)
    made = {}
    for number, item in enumerate(bank.items, start=1):
        page.click(f"#q{number} [data-do=give-up]")
        made[item.identifier] = page.content()
        driver.go_on(page)
    made["the end"] = page.content()
    assert errors_found(made, tmp_path) == {}


def test_the_checker_finds_what_is_no_html(tmp_path: Path) -> None:
    page = exported(sample.BANK).replace(b"</fieldset>", b"</fieldset></p>", 1)
    assert errors_in({"broken": page}, tmp_path)["broken"]
