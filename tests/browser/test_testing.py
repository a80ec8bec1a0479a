"""The test: drawn as `quiz assemble` draws, silent until its end, and judged as `quiz grade` judges."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizlib import assembly, results
from quizlib.delivery.reading import Delivered
from quizlib.grades import Grades, grade
from quizlib.model import Bank, Choice, readable
from tests.browser import driver, learning, sample

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

MANY = learning.many(24)
WORDS = {"strong": "Strong", "not_yet": "Not yet", "undecided": "Undecided"}


def begin(page: Page, seed: str) -> None:
    """Begin the test that a seed draws."""
    page.evaluate("seed => { location.hash = `#test/seed/${encodeURIComponent(seed)}` }", seed)
    page.locator("#panel").filter(has_text=seed).wait_for()
    page.click("#begin-test")


def number_of(bank: Bank, identifier: str) -> int:
    return [item.identifier for item in bank.items].index(identifier) + 1


def answer(page: Page, bank: Bank, *, right: set[int], skip: frozenset[int] = frozenset()) -> list[str]:
    """Answer the questions of a test by their places, from 1, up to the end; return their ids."""
    asked = driver.kept_round(page, bank.identifier, "test")["queue"]
    for place, identifier in enumerate(asked, start=1):
        number = number_of(bank, identifier)
        page.wait_for_selector(f"#q{number}.shown")
        if place not in skip:
            driver.respond(page, number, bank.items[number - 1], right=place in right)
        driver.go_on(page)
    return list(asked)


@pytest.mark.parametrize("bank", [MANY, learning.TIMED], ids=["even", "its own blueprint"])
def test_the_page_draws_what_quiz_assemble_draws(open_page: OpenPage, bank: Bank) -> None:
    page = open_page(bank)
    parts = assembly.default_blueprint(bank).parts
    for seed in ("1", "größe/7 %", "'\"<b>"):
        begin(page, seed)
        drawn = assembly.draw(assembly.candidates(bank), parts, seed).identifiers
        assert driver.kept_round(page, bank.identifier, "test")["queue"] == list(drawn)
        item = bank.items[number_of(bank, drawn[0]) - 1]
        number = number_of(bank, drawn[0])
        if isinstance(item.interaction, Choice):
            names = [option.identifier for option in item.interaction.options]
            fixed = [option.fixed for option in item.interaction.options]
            rows = page.locator(f"#q{number} .option").evaluate_all("rows => rows.map(row => row.dataset.id)")
            assert rows == assembly.option_order(seed, item.identifier, names, fixed)


def test_nothing_is_shown_before_the_end_and_everything_after_it(open_page: OpenPage) -> None:
    page = open_page(learning.BANK)
    begin(page, "3")
    asked = driver.kept_round(page, "learning", "test")["queue"]
    assert "essay" not in asked
    for identifier in asked:
        number = number_of(learning.BANK, identifier)
        driver.respond(page, number, learning.BANK.items[number - 1], right=False)
        page.keyboard.press("Enter")
        for hidden in (".controls", ".explanation", ".hints-panel", ".verdict", ".why-inline", ".mark *"):
            assert page.locator(f"#q{number} {hidden} >> visible=true").count() == 0, hidden
        driver.go_on(page)
    assert "0 of 8 right: not yet strong." in page.inner_text("#panel-body")
    advice = page.locator(".advice li").all_inner_texts()
    assert any(text.startswith("Trace a loop · Read: Letters from a heart clinic · ") for text in advice)
    page.click(".review-list a >> nth=0")
    first = number_of(learning.BANK, asked[0])
    assert page.is_visible(f"#q{first} .verdict-line")
    assert page.is_visible(f"#q{first} .explanation")
    driver.reload(page)
    assert page.is_visible(f"#q{first} .verdict-line")
    page.click("#navigator li:last-child button")
    driver.go_on(page)
    assert page.is_visible(".verdict-box")
    page.click("text=Another test")
    page.wait_for_selector("#begin-test")
    assert page.locator(".verdict-box").count() == 0


def test_what_is_not_answered_is_named_before_the_end(open_page: OpenPage) -> None:
    page = open_page(learning.TIMED)
    page.goto(page.url + "#test/seed/5")
    page.uncheck("#panel input")
    page.click("#begin-test")
    answer(page, learning.TIMED, right={1}, skip=frozenset({2}))
    assert "1 question is not answered." in page.inner_text("#panel-body")
    page.click("#panel >> text=Question 2")
    page.wait_for_selector("#position:text('2 / 3')")
    page.click("#navigator li:last-child button")
    driver.go_on(page)
    page.click("text=Back to the test")
    assert page.inner_text("#position") == "3 / 3"
    driver.go_on(page)
    page.click("text=Finish anyway")
    assert "1 of 3 right" in page.inner_text("#panel-body")
    assert page.locator(".review-list .verdict").all_inner_texts()[1] == "Not answered"


def test_what_cannot_be_read_is_told_on_leaving_the_question_and_keeps_nobody(open_page: OpenPage) -> None:
    page = open_page(dataclasses.replace(learning.BANK, items=(learning.NUMBER, sample.CLOZE, learning.SINGLE)))
    begin(page, "1")
    asked = driver.kept_round(page, "learning", "test")["queue"]
    number, cloze, single = (asked.index(name) + 1 for name in ("number", "cloze", "single"))
    driver.go_to(page, number)
    page.fill("#q1-a", "4 kg")
    assert page.inner_text("#notice") == ""
    driver.go_to(page, cloze)
    assert page.is_visible("#q2.shown")
    told = page.inner_text("#notice").strip()
    assert told == f"Question {number}: This is not a number. Write it with digits, such as 12 or 0.5."
    page.fill("#q2 [data-gap=verb]", "training")
    page.fill("#q2 [data-gap=count]", "1,000")
    page.select_option("#q2 [data-gap=noun]", "a")
    page.click("#notice a")
    page.wait_for_selector("#q1.shown")
    assert page.inner_text("#notice") == ""
    assert "not a number" in page.inner_text("#q1 .problem")
    assert page.evaluate("document.activeElement.id") == "q1-heading"
    driver.go_to(page, cloze)
    assert "Gap 3: This can be read in two ways." in page.inner_text("#q2 .problem")
    driver.go_to(page, single)
    assert f"Question {cloze}: Gap 3: This can be read in two ways." in page.inner_text("#notice")
    assert page.inner_text("#tally") == "0 answered"


def test_what_cannot_be_read_is_named_with_the_reason_before_the_end(open_page: OpenPage) -> None:
    page = open_page(dataclasses.replace(learning.BANK, items=(learning.NUMBER, sample.CLOZE)))
    begin(page, "1")
    asked = driver.kept_round(page, "learning", "test")["queue"]
    driver.go_to(page, asked.index("number") + 1)
    page.fill("#q1-a", "1,000")
    driver.go_to(page, 2)
    driver.go_on(page)
    body = page.inner_text("#panel-body")
    assert "1 answer cannot be read." in body
    assert "This can be read in two ways." in page.inner_text(".unreadable li")
    assert "1 question is not answered." in body
    page.click(".unreadable button")
    page.fill("#q1-a", "0.39")
    driver.go_to(page, 2)
    assert page.inner_text("#notice") == ""
    driver.go_on(page)
    assert page.locator(".unreadable").count() == 0
    page.click("text=Finish anyway")
    assert "1 of 2 right" in page.inner_text("#panel-body")


def test_the_time_limit(open_page: OpenPage) -> None:
    page = open_page(learning.TIMED)
    page.clock.install(time="2026-03-02T08:00:00")
    driver.reload(page)
    page.clock.pause_at("2026-03-02T09:00:00")
    page.evaluate("location.hash = '#test'")
    page.click("#begin-test")
    assert page.inner_text("#clock .time") == "15:00"
    page.clock.fast_forward("10:30")
    assert page.inner_text("#notice") == "5 minutes left."
    driver.reload(page)
    assert page.inner_text("#clock .time") == "4:30"
    page.clock.fast_forward("00:02")
    assert page.inner_text("#notice") == ""  # it has been said, and is no longer true
    page.click("#all-modes")
    page.click("#modes a[href='#test']")
    page.clock.fast_forward("03:40")
    assert page.inner_text("#notice") == "1 minute left."
    page.clock.fast_forward("01:00")
    page.wait_for_selector(".verdict-box")
    assert page.inner_text("#notice") == "The time is up."
    assert "None of 3 answered" in page.inner_text("#panel-body")


def test_the_clock_can_be_stopped(open_page: OpenPage) -> None:
    page = open_page(learning.TIMED)
    page.clock.install(time="2026-03-02T08:00:00")
    driver.reload(page)
    page.evaluate("location.hash = '#test'")
    page.click("#begin-test")
    page.click("#clock button")
    assert not page.is_visible("#clock")
    assert "q" in page.evaluate("document.activeElement.id")
    page.clock.fast_forward("20:00")
    driver.reload(page)
    assert page.inner_text("#position") == "1 / 3"
    assert not page.is_visible("#clock")


def test_time_that_runs_out_calls_nobody_away_from_something_else(open_page: OpenPage) -> None:
    page = open_page(learning.TIMED)
    page.clock.install(time="2026-03-02T08:00:00")
    driver.reload(page)
    page.evaluate("location.hash = '#test'")
    page.click("#begin-test")
    page.evaluate("location.hash = '#practice'")
    page.wait_for_selector("html[data-mode=practice]", state="attached")
    page.clock.fast_forward("16:00")
    page.wait_for_selector("#notice:text('The time is up.')")
    assert page.is_visible("#q1")
    page.click("#all-modes")
    page.click("#modes a[href='#test']")
    assert page.is_visible(".verdict-box")


def test_the_saved_result_is_graded_to_what_the_page_shows(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(MANY)
    begin(page, "7")
    asked = answer(page, MANY, right={1, 2, 4, 5, 7, 8, 10}, skip=frozenset({6}))
    page.click("text=Finish anyway")
    with page.expect_download() as download:
        page.click("text=Save as a file")
    path = tmp_path / "result.json"
    download.value.save_as(path)
    result = results.read(path.read_bytes())
    assert [response.question for response in result.responses] == asked
    assert result.responses[5].response is None
    assert result.seed == "7"
    made = assembly.form(MANY, assembly.default_blueprint(MANY), "7")
    grades = grade([Delivered(made.bank, made.form)], result)
    assert grades.remarks == ()
    score = re.findall(r"[\d.]+", page.inner_text(".score"))
    assert [float(number) for number in score] == [round(grades.points, 2), round(grades.max_points, 2)]
    whole, *others = grades.verdicts
    assert page.inner_text(".verdict-word") == WORDS[whole.verdict.word]
    words = page.inner_text(".verdict-words")
    assert words.startswith(f"{whole.verdict.right} of {whole.verdict.total} right: ")
    assert f"1 of {whole.verdict.luck} such cases" in words
    assert (f"{whole.verdict.settle} more" in words) == (whole.verdict.settle is not None)
    rows = [" ".join(row.split()) for row in page.locator(".verdicts tbody tr").all_inner_texts()]
    for row, one in zip(rows, others, strict=True):
        assert row.casefold().startswith(f"{readable(one.name)} ".casefold())
        assert f" {one.verdict.right} of {one.verdict.total} {WORDS[one.verdict.word]}" in row


def test_more_questions_are_answered_and_what_was_seen_stays(open_page: OpenPage) -> None:
    page = open_page(MANY)
    begin(page, "2")
    asked = answer(page, MANY, right={1, 2, 3, 4, 5, 6, 7})
    assert page.inner_text(".verdict-word") == "Undecided"
    more = page.locator("#panel button:has-text('more question')")
    count = int(re.findall(r"\d+", more.inner_text())[0])
    more.click()
    assert page.inner_text("#position") == f"11 / {10 + count}"
    further = driver.kept_round(page, "many", "test")["queue"]
    assert further[:10] == asked
    assert len(set(further)) == 10 + count
    page.click("#navigator li:nth-child(10) button")
    number = number_of(MANY, asked[9])
    fields = page.locator(f"#q{number} :is(input, select, textarea, .movers button)")
    assert fields.evaluate_all("all => all.every(one => one.readOnly || one.getAttribute('aria-disabled') === 'true')")
    assert not page.locator(f"#q{number} .verdict >> visible=true").count()
    page.click("#navigator li:last-child button")
    driver.go_on(page)
    assert f"{count} question" in page.inner_text("#panel-body")
    page.click("text=Finish anyway")
    assert f"of {10 + count} right" in page.inner_text(".verdict-words")
    graded = saved_and_graded(page, Delivered(MANY))
    assert [one.item.identifier for one in graded.questions] == further
    parts = assembly.default_blueprint(MANY).parts
    assert tuple(further) == assembly.draw(assembly.candidates(MANY), parts, "2", count).identifiers
    whole = graded.verdicts[0].verdict
    assert whole.looks == 2
    assert page.inner_text(".verdict-word") == WORDS[whole.word]
    assert f"{whole.right} of {whole.total} right" in page.inner_text(".verdict-words")
    assert "questions were added once" in page.inner_text(".verdict-words")


def saved_and_graded(page: Page, form: Delivered) -> Grades:
    with page.expect_download() as download:
        page.click("text=Save as a file")
    grades = grade([form], results.read(Path(download.value.path()).read_bytes()))
    assert grades.remarks == ()
    return grades


def test_a_test_on_questions_that_were_explained_before_has_its_reserve(open_page: OpenPage) -> None:
    page = open_page(MANY)
    begin(page, "3")
    asked = answer(page, MANY, right=set())
    assert "answered before" not in page.inner_text(".verdict-words")
    page.evaluate("location.hash = '#test/seed/4'")
    page.click("#begin-test")
    again = answer(page, MANY, right=set(range(1, 11)))
    words = page.inner_text(".verdict-words")
    graded = saved_and_graded(page, Delivered(MANY))
    seen = {one.item.identifier for one in graded.questions if one.response.seen}
    assert seen == set(asked) & set(again) != set()
    assert f"{len(seen)} of these 10 questions had been answered before" in words
    assert graded.verdicts[0].verdict.seen == len(seen)


@pytest.mark.parametrize(
    ("count", "right", "words"),
    [(1, {1}, "1 of 1 right: too few to tell."), (3, set(), "None of 2 answered: not yet strong.")],
)
def test_what_tells_nothing_is_said_to_tell_nothing(
    open_page: OpenPage, count: int, right: set[int], words: str
) -> None:
    bank = dataclasses.replace(MANY, items=MANY.items[:count])
    page = open_page(bank)
    begin(page, "5")
    answer(page, bank, right=right, skip=frozenset() if right else frozenset({1, 2, 3}))
    if not right:
        page.click("text=Finish anyway")
    assert page.inner_text(".verdict-words") == words


def test_the_result_can_be_copied_as_text(open_page: OpenPage) -> None:
    page = open_page(dataclasses.replace(learning.BANK, items=(learning.SINGLE, learning.NUMBER)))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    begin(page, "copy")
    answer(page, dataclasses.replace(learning.BANK, items=(learning.SINGLE, learning.NUMBER)), right={1, 2})
    page.click("text=Copy as text")
    page.wait_for_selector("#notice:text('Copied.')")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Why fine-tuning adapts models\n2 of 2 right: ")
    assert copied.endswith("\n\nDraw copy")
    assert ": Right\n" in copied


def test_the_link_to_a_draw_goes_on_with_the_test_that_it_has_begun(open_page: OpenPage) -> None:
    page = open_page(MANY)
    begin(page, "term/1")
    page.wait_for_selector("#bar")
    assert driver.kept_round(page, MANY.identifier, "test")["seed"] == "term/1"
    driver.go_to(page, 2)
    page.click("#all-modes")
    page.evaluate("location.hash = '#test/seed/term/1'")
    page.wait_for_selector("#bar")
    assert page.inner_text("#position").startswith("2 / ")
    page.evaluate("location.hash = '#test/seed/other'")
    page.wait_for_selector("#begin-test")
    assert "A test is under way." in page.inner_text("#panel-body")
    page.click("text=Back to the test")
    assert page.inner_text("#position").startswith("2 / ")


def test_what_was_left_open_was_not_given_up(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(MANY)
    begin(page, "1")
    answer(page, MANY, right=set(), skip=frozenset(range(1, 100)))
    page.click("text=Finish anyway")
    with page.expect_download() as download:
        page.click("text=Save as a file")
    download.value.save_as(tmp_path / "result.json")
    assert {response.gave_up for response in results.read((tmp_path / "result.json").read_bytes()).responses} == {False}


def test_a_leaning_to_not_yet_says_what_would_settle_it(open_page: OpenPage) -> None:
    page = open_page(MANY)
    begin(page, "2")
    answer(page, MANY, right={1, 2, 3, 4, 5})
    words = page.inner_text(".verdict-words")
    whole = saved_and_graded(page, Delivered(MANY)).verdicts[0].verdict
    assert (whole.leaning.value, whole.word.value) == ("not_yet", "undecided")
    assert f"{whole.settle} more wrong answer" in words


CONTRAST = """(track) => {
  const luminance = (colour) => {
    const [r, g, b] = colour.match(/[0-9.]+/g).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [one, other] = [getComputedStyle(track).stroke, getComputedStyle(track.closest(".verdict-box")).backgroundColor]
    .map(luminance).sort((one, other) => other - one);
  return (one + 0.05) / (other + 0.05);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_scale_of_a_verdict_is_seen_to_its_ends(open_page: OpenPage, scheme: str) -> None:
    page = open_page(MANY, color_scheme=scheme, width=360)
    begin(page, "2")
    answer(page, MANY, right={1, 2, 3, 4, 5})
    track = page.locator(".scale-all")
    assert track.evaluate("track => getComputedStyle(track).stroke") != "none"
    assert track.evaluate(CONTRAST) >= 3
