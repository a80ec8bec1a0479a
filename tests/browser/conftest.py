"""A real browser that watches the page: no request, no message, no violation goes unseen."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quizlib.model import Bank
from quizlib.plugins import ExportOptions
from quizlib_exporters import html
from tests.browser import driver, sample
from tests.browser.slowness import slow_down

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WATCH_POLICY = """
addEventListener("securitypolicyviolation", (event) => console.error("violated", event.violatedDirective));
"""
OpenPage = Callable[..., "Page"]
Visit = Callable[..., "Page"]


def exported(bank: Bank) -> bytes:
    """Return the page of a bank."""
    (page,) = html.export(bank, ExportOptions()).files.values()
    return page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once; skip when it is not here, unless the environment demands it."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None or importlib.util.find_spec("playwright") is None:
        if os.environ.get("QUIZLIB_REQUIRE_BROWSER") == "1":
            pytest.fail("playwright or chromium is missing")
        pytest.skip("playwright or chromium is missing")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Bank], Path]:
    """Return what writes a bank's page, once for each bank."""
    folder = tmp_path_factory.mktemp("pages")
    written: dict[int, tuple[Bank, Path]] = {}

    def write(bank: Bank) -> Path:
        if id(bank) not in written:
            path = folder / f"{len(written)}.html"
            path.write_bytes(exported(bank))
            written[id(bank)] = (bank, path)
        return written[id(bank)][1]

    return write


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Return what opens a file; at the end, nothing may have gone wrong in any, or been asked for outside its folder."""
    troubles: list[str] = []
    contexts = []

    def visit(path: Path, *, fragment: str = "", init: str = "", width: int = 1000, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce", **options)
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        page.on("dialog", lambda dialog: troubles.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: _watch(request.url, path, troubles))
        if options.get("java_script_enabled", True):
            slow_down(page)
            page.add_init_script(WATCH_POLICY + init)
        page.goto(path.as_uri() + fragment)
        if options.get("java_script_enabled", True) and page.locator("#modes").count():
            driver.ready(page)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def open_page(visit: Visit, page_file: Callable[[Bank], Path]) -> OpenPage:
    """Return what opens a bank's page."""

    def open_bank(bank: Bank = sample.BANK, **options: Any) -> Page:
        return visit(page_file(bank), **options)

    return open_bank


def _watch(url: str, path: Path, troubles: list[str]) -> None:
    """Note a request for anything but the page, or one that is linked from it and stands beside it."""
    beside = (
        path.name == "index.html" and url.startswith(path.parent.as_uri()) and url.partition("#")[0].endswith(".html")
    )
    if not url.startswith("data:") and not beside and url.partition("#")[0] != path.as_uri():
        troubles.append(f"request: {url}")
