"""The learner's page, measured: `python benchmarks/page.py`. It needs playwright and Chromium.

A thousand questions in one page: until the start can be used, and until an answer has been checked. The time is that of
the page's main thread, script, style and layout together, the least of several runs; beside it the same for a page of
ten questions, since seconds say little of another machine. Then the size of a page of ten questions and of its parts.
"""

from __future__ import annotations

import gzip
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from quizlib.diagnostics import Place
from quizlib.model import (
    Accepted,
    Associable,
    Bank,
    Choice,
    CommonMistake,
    Content,
    Difficulty,
    Item,
    Listing,
    Match,
    Option,
    Order,
    Solution,
    Step,
    TextEntry,
)
from quizlib.plugins import ExportOptions
from quizlib_exporters import html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

RUNS = 3
MANY, FEW = 1000, 10
PLACE = Place("page.yaml", ())
LEVELS: tuple[Difficulty, ...] = ("easy", "medium", "hard")
STEPS = (
    ("practice", "location.hash = '#practice'"),
    ("an option chosen", "document.querySelector('.question.shown input').click()"),
    ("checked", "document.querySelector('.question.shown [data-do=check]').click()"),
    ("the next question", "document.querySelector('#next').click()"),
    ("mixed", "location.hash = '#mixed'"),
    ("find the mistake", "location.hash = '#mistakes'"),
    ("a test", "location.hash = '#test'"),
    ("back to the start", "location.hash = '#'"),
)


def main() -> None:
    """Print the tables."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        times = {count: measured(browser, written(Path(folder), count)) for count in (MANY, FEW)}
        browser.close()
    print(f"{'main thread':28} {MANY:>8,} q {FEW:>8,} q  ratio")
    for name, time in times[MANY].items():
        few = times[FEW][name]
        print(f"{name:28} {time:7.0f} ms {few:7.0f} ms {time / max(few, 0.1):6.1f}")
    sizes()


def bank(count: int) -> Bank:
    """Return a bank of mixed questions."""
    items = tuple(item(number) for number in range(count))
    return Bank(identifier="bench", title=f"{count} questions", items=items, place=PLACE)


def item(number: int) -> Item:
    """Return one question, each of five kinds in turn, with all that a question can have."""
    texts = tuple(Content(f"Answer {letter} of question {number}, in `code` too") for letter in "abcd")
    entries = tuple(Associable(f"e{place}", text, PLACE) for place, text in enumerate(texts))
    options = tuple(
        Option(f"o{place}", text, float(place == 0), place == 0, PLACE, feedback=f"Why it is {place == 0}.")
        for place, text in enumerate(texts)
    )
    interactions = (
        Choice(options),
        TextEntry((Accepted(str(number), PLACE),), "number"),
        Match(entries, entries, tuple((one.identifier, one.identifier) for one in entries)),
        Order(entries),
        Choice(options, 0),
    )
    return Item(
        identifier=f"question-{number}",
        title=f"Question {number}",
        question_type="bench",
        stem=f"What does program {number} do with **these** values?",
        code=Listing("python", f"total = {number}\nfor step in range(3):\n    total += step\nprint(total)\n"),
        interaction=interactions[number % len(interactions)],
        place=PLACE,
        hints=("Follow the loop.", "Write down each value."),
        solution=Solution((Step("Begin.", "First"), Step("Add `step`.", "Then")), str(number), "Once more."),
        common_mistakes=(CommonMistake(f"Stopping too early in {number}", texts[1].text, "One step is missing."),),
        difficulty=LEVELS[number % 3],
        objectives=(f"objective-{number % 20}",),
        tags=(f"tag-{number % 7}",),
    )


def written(folder: Path, count: int) -> Path:
    """Write the page of so many questions."""
    (page,) = html.export(bank(count), ExportOptions()).files.values()
    path = folder / f"{count}.html"
    path.write_bytes(page)
    return path


def measured(browser: Browser, path: Path) -> dict[str, float]:
    """Return the least milliseconds of the main thread for the start and for each step."""
    found: dict[str, list[float]] = {}
    for _ in range(RUNS):
        context = browser.new_context(reduced_motion="reduce")
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(path.as_uri())
        page.wait_for_selector("#modes a")
        found.setdefault("the start can be used", []).append(busy(session))
        for name, action in STEPS:
            before = busy(session)
            settle(page, action)
            found.setdefault(name, []).append(busy(session) - before)
        context.close()
    return {name: min(times) for name, times in found.items()}


def settle(page: Page, action: str) -> None:
    """Do something, and wait until it has been painted."""
    page.evaluate(f"() => {{ {action} }}")
    page.evaluate("new Promise((done) => setTimeout(() => requestAnimationFrame(() => setTimeout(done)), 20))")


def busy(session: CDPSession) -> float:
    """Return the milliseconds that the main thread has worked."""
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return 1000 * sum(metrics[name] for name in ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration"))


def sizes() -> None:
    """Print the size of a page of ten questions, and of its parts."""
    (page,) = html.export(bank(FEW), ExportOptions()).files.values()
    text = page.decode()
    patterns = {"styles": "<style>.*?</style>", "scripts and data": "<script.*?</script>"}
    parts = {name: "".join(re.findall(pattern, text, re.DOTALL)) for name, pattern in patterns.items()}
    parts["questions and the rest"] = re.sub("|".join(patterns.values()), "", text, flags=re.DOTALL)
    print(f"\n{'a page of ten questions':28} {'plain':>10} {'gzip':>10}")
    for name, part in {"the whole": text, **parts}.items():
        content = part.encode()
        print(f"{name:28} {len(content) / 1000:7.1f} kB {len(gzip.compress(content)) / 1000:7.1f} kB")


if __name__ == "__main__":
    main()
