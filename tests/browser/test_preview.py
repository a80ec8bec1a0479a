"""A browser beside the author: the page changes and findings come as the file is saved."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import WATCH_POLICY
from tests.browser.slowness import slow_down
from tests.browser.test_access import faults

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BANK = """\
format: 1
id: watched
title: A watched bank
questions:
  - id: first
    type: essay
    stem: The first stem?
  - id: sum
    type: code_output
    stem: What does this print?
    code: {source: print(1 + 1)}
    options:
      - {text: 2, correct: true}
      - {text: 3}
"""
HOSTILE = "<img src=x onerror=document.title='taken'><script>document.title='taken'</script>"
Started = Callable[..., "tuple[subprocess.Popen[str], str]"]


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    path = tmp_path / "bank.yml"
    path.write_text(BANK, "utf-8")
    return path


@pytest.fixture
def start() -> Iterator[Started]:
    """Return what starts a preview; it is ended as by Ctrl-C."""
    running: list[subprocess.Popen[str]] = []

    def started(bank: Path, *options: str) -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "quizlib", "preview", str(bank), "--no-open", "--isolation", "best-effort", *options],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1"},
        )  # fmt: skip
        running.append(process)
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/\S+/", process.stdout.readline())
        assert found
        return process, found[0]

    yield started
    for process in running:
        process.kill()
        process.communicate()


def look(browser: Browser, address: str, **options: object) -> tuple[Page, list[str]]:
    """Open the preview; return the page, and what goes wrong in it."""
    troubles: list[str] = []
    page = browser.new_context(reduced_motion="reduce", **options).new_page()  # type: ignore[arg-type]
    slow_down(page)
    page.set_default_timeout(30_000)
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "request", lambda request: None if request.url.startswith(("data:", address)) else troubles.append(request.url)
    )
    page.add_init_script(WATCH_POLICY)
    page.goto(address)
    return page, troubles


def test_the_page_changes_and_findings_come_as_the_file_is_saved(browser: Browser, start: Started, bank: Path) -> None:
    _, address = start(bank)
    page, troubles = look(browser, address)
    inside = page.frame_locator("#frame")
    inside.locator("html:not([data-view='loading']) #modes").wait_for()
    page.wait_for_selector("text=1 of 1 keys proved")
    assert page.title() == "Preview of A watched bank"
    assert page.locator("section").count() == 0

    bank.write_text(BANK.replace("The first stem?", "The second stem?").replace("{text: 2,", "{text: 4,"), "utf-8")
    finding = page.locator("section[data-question=sum]")
    finding.wait_for()
    assert "QZ401" in finding.inner_text()
    finding.get_by_role("button").click()
    inside.locator("#q2").wait_for()
    page.wait_for_selector("section[data-question=sum][data-current]")
    assert inside.locator("#q2 .option").filter(has_text="4").count() == 1
    assert inside.locator("#q1 >> text=The second stem?").count() == 1

    bank.write_text(BANK + "  - [\n", "utf-8")
    page.wait_for_selector("text=QZ003")
    assert inside.locator("#q2").is_visible()  # the last page that there was
    bank.unlink()
    page.wait_for_selector("text=QZ001")
    bank.write_text(BANK.replace("The first stem?", "The third stem?"), "utf-8")
    inside.locator("#q1 >> text=The third stem?").wait_for(state="attached")
    page.wait_for_selector("text=1 of 1 keys proved")
    assert page.locator("section").count() == 0
    assert troubles == []
    page.context.close()


@pytest.mark.parametrize(("width", "options"), [(1200, {"color_scheme": "light"}), (320, {"color_scheme": "dark"})])
def test_axe_finds_nothing_and_hostile_texts_are_texts(
    browser: Browser, start: Started, bank: Path, width: int, options: dict[str, str]
) -> None:
    bank.write_text(BANK.replace("{text: 2,", "{text: 4,").replace("id: first", f'id: "{HOSTILE}"'), "utf-8")
    _, address = start(bank)
    page, troubles = look(browser, address, viewport={"width": width, "height": 800}, **options)
    page.wait_for_selector("section[data-question=sum]")
    page.frame_locator("#frame").locator("html:not([data-view='loading']) #modes").wait_for()
    assert "<script>" in page.locator("#findings").inner_text()
    assert page.locator("#findings :is(img, script)").count() == 0
    assert "taken" not in page.title()
    assert faults(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert troubles == []
    page.context.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent as a signal")
def test_ctrl_c_ends_it_cleanly(start: Started, bank: Path) -> None:
    process, address = start(bank)
    assert process.stdout is not None
    assert process.stdout.readline() == "Ctrl-C ends it.\n"
    from urllib.request import urlopen

    with urlopen(f"{address}state?after=0") as answer:  # the work has begun
        assert answer.status == 200
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert said == "\n"
    # CPython ends by the signal although it was handled, when it met code that is made of a text, as dataclasses are.
    assert process.returncode in (0, -signal.SIGINT)


def test_a_port_that_is_taken_is_said(start: Started, bank: Path) -> None:
    _, address = start(bank)
    port = address.split(":")[2].split("/")[0]
    run = subprocess.run(
        [sys.executable, "-m", "quizlib", "preview", str(bank), "--no-open", "--port", port],
        capture_output=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == f"quiz: the port {port} is taken; name another one with --port\n"
