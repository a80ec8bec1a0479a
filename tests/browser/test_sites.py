"""Pages of one origin: what each keeps, and the page that mixes the questions of a site."""

from __future__ import annotations

import dataclasses
import itertools
from typing import TYPE_CHECKING

from quizlib.plugins import ExportOptions
from quizlib_exporters import html
from tests.browser import driver, learning

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Visit

BANK = learning.BANK


def test_banks_of_one_origin_do_not_know_of_each_other(visit: Visit, tmp_path: Path) -> None:
    other = dataclasses.replace(BANK, identifier="learning-2", items=(learning.NUMBER, learning.SINGLE))
    for bank in (BANK, other):
        (page_bytes,) = html.export(bank, ExportOptions()).files.values()
        (tmp_path / f"{bank.identifier}.html").write_bytes(page_bytes)
    (tmp_path / "index.html").write_text("<!DOCTYPE html><title>Two</title>", encoding="utf-8")
    page = visit(tmp_path / "index.html")
    for name, question in (("learning", 1), ("learning-2", 2)):
        page.goto((tmp_path / f"{name}.html").as_uri() + "#practice/single")
        driver.respond(page, question, learning.SINGLE, right=True)
        driver.check(page, question)
        page.click("#all-modes")
    assert "1 of 2 right" in page.inner_text("#progress-box")
    driver.clear(page)
    page.goto((tmp_path / "learning.html").as_uri())
    assert "1 of 8 right" in page.inner_text("#progress-box")


def test_the_mixed_page_of_a_site(visit: Visit, tmp_path: Path) -> None:
    banks = [dataclasses.replace(learning.many(4, name), title=name.title()) for name in ("one", "two")]
    asked = ExportOptions(site=True)
    for made in (*(html.export(bank, asked) for bank in banks), html.export_site(banks, asked)):
        for name, content in made.files.items():
            (tmp_path / name).write_bytes(content)
    page = visit(tmp_path / "index.html")
    page.goto((tmp_path / "one.html").as_uri())
    page.click("text=Mix all quizzes")
    page.click("#modes a[href='#mixed']")
    place = page.evaluate("JSON.parse(document.getElementById('quiz-data').textContent).storage")
    queue = driver.kept_round(page, place, "mixed")["queue"]
    subjects = [name.partition("/")[0] for name in queue]
    assert sorted(subjects) == ["one"] * 4 + ["two"] * 4
    assert all(one != following for one, following in itertools.pairwise(subjects))
    page.click(".question.shown [data-do=give-up]")
    assert page.inner_text(".question.shown .subject") == f"Subject: {subjects[0].title()}"
    driver.go_on(page)
    assert page.url.endswith("#mixed/" + queue[1].replace("/", "%2F"))
    driver.reload(page)
    assert page.inner_text("#position") == "2 / 8"


def test_the_mixed_pages_of_two_sites_do_not_know_of_each_other(visit: Visit, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!DOCTYPE html><title>Two</title>", encoding="utf-8")
    page = visit(tmp_path / "index.html")
    shared = dataclasses.replace(BANK, identifier="shared", items=BANK.items[:2])
    for name in ("one", "two"):
        banks = [shared, dataclasses.replace(BANK, identifier=name, items=BANK.items[:2])]
        made = html.export_site(banks, ExportOptions(site=True)).files["mixed.html"]
        (tmp_path / f"{name}.html").write_bytes(made)
        page.goto((tmp_path / f"{name}.html").as_uri() + "#practice/shared%2Fsingle")
        driver.respond(page, 1, BANK.items[0], right=True)
        driver.check(page, 1)
        page.click("#all-modes")
    driver.clear(page)
    page.goto((tmp_path / "one.html").as_uri())
    assert "1 of 4 right" in page.inner_text("#progress-box")


def test_what_the_mixed_page_of_an_earlier_version_has_kept_is_read(visit: Visit, tmp_path: Path) -> None:
    banks = [dataclasses.replace(BANK, identifier=name, items=BANK.items[:2]) for name in ("one", "two")]
    (tmp_path / "mixed.html").write_bytes(html.export_site(banks, ExportOptions(site=True)).files["mixed.html"])
    page = visit(tmp_path / "mixed.html")
    page.evaluate("""() => {
      const { questions } = JSON.parse(document.getElementById("quiz-data").textContent);
      const records = { "two/single": { state: "right", when: "2026-01-01T00:00:00Z" } };
      const digests = Object.fromEntries(questions.map(({ id, digest }) => [id, digest]));
      localStorage.setItem("quizlib:~mixed", JSON.stringify({ version: 1, rounds: {}, records, digests }));
    }""")
    driver.reload(page)
    assert "1 of 4 right" in page.inner_text("#progress-box")
    driver.clear(page)
    driver.reload(page)
    assert not page.is_visible("#progress-box")
