"""Take the pictures of the README and the tutorial: `python docs/images/make.py`. Needs playwright and Chromium."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
BANK = HERE.parents[1] / "banks" / "fine-tuning.yaml"
TUTORIAL = HERE.parent / "tutorial.md"
QUESTION = "loss-after-three-epochs"


def main() -> None:
    """Export the bank, and take each picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        address = exported(BANK, Path(folder))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        start(browser, address)
        practise(browser, address, "practise")
        verdict(browser, address)
        practise(browser, of_the_tutorial(Path(folder)), "tutorial")
        browser.close()


def exported(bank: Path, folder: Path) -> str:
    """Write the page of a bank, and return its address."""
    export = (sys.executable, "-m", "quizlib", "export", str(bank), "--to", "html", "--output", str(folder))
    subprocess.run((*export, "--no-verify"), check=True, capture_output=True)
    return (folder / f"{bank.stem}.html").as_uri()


def of_the_tutorial(folder: Path) -> str:
    """Write the page of the bank that the tutorial ends with, and return its address."""
    *_, bank = re.findall(r"```yaml\n(format: 1\n.*?)```", TUTORIAL.read_text("utf-8"), re.DOTALL)
    (folder / "loops.yaml").write_text(bank, "utf-8")
    return exported(folder / "loops.yaml", folder)


def opened(browser: Browser, address: str, *, width: int, height: int, dark: bool = False) -> Page:
    """Open the page in a window of its own."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("[data-view]:not([data-view=loading])")
    return page


def start(browser: Browser, address: str) -> None:
    """The start screen."""
    page = opened(browser, address, width=860, height=900)
    page.screenshot(path=HERE / "start.png")


def practise(browser: Browser, address: str, name: str) -> None:
    """A wrong answer on a phone: why, and the mistake that leads to it."""
    page = opened(browser, f"{address}#practice/{QUESTION}", width=390, height=900)
    page.click(".question.shown .option:has-text('0.56') .content")
    page.click(".question.shown [data-do=check]")
    page.evaluate("document.querySelector('.question.shown .response').scrollIntoView()")
    page.screenshot(path=HERE / f"{name}.png")


def verdict(browser: Browser, address: str) -> None:
    """The result of a test with one answer left out and one that is wrong, in the dark."""
    page = opened(browser, f"{address}#test/seed/1", width=390, height=900, dark=True)
    page.click("#begin-test")
    wrong = True
    while page.is_visible("#bar"):
        wrong = answer(page, wrong=wrong)
        page.click("#next")
        if page.is_visible("text=Finish anyway"):
            page.click("text=Finish anyway")
    page.screenshot(path=HERE / "verdict.png")


def answer(page: Page, *, wrong: bool) -> bool:
    """Answer the question by its key, or wrongly while `wrong`; return whether the next one is to be wrong."""
    spec = page.evaluate(
        "JSON.parse(document.getElementById('quiz-data').textContent).questions"
        ".find(({id}) => id === decodeURIComponent(location.hash.split('/').pop())) ?? null"
    )
    interaction = spec["interaction"] if spec else {}
    shown = ".question.shown"
    if interaction.get("kind") == "choice":
        for option in interaction["options"]:
            if (option["fraction"] > 0) is not wrong:
                page.check(f"{shown} [value='{option['id']}']", force=True)
                if interaction["max_choices"] == 1:
                    break
        return False
    if interaction.get("kind") == "text_entry":
        page.fill(f"{shown} .response :is(input, textarea)", interaction["accepted"][0]["text"])
    return wrong


if __name__ == "__main__":
    main()
