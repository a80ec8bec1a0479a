"""Several banks as a site: an index beside the pages, none of them over another."""

from __future__ import annotations

import json
import re
from pathlib import Path

import lxml.html  # type: ignore[import-untyped]
import pytest

from quizlib import plugins
from quizlib.model import Bank, Lesson
from quizlib.plugins import ExportOptions, SiteExporter
from quizlib.site import Exports, export_all
from quizlib_exporters import html
from quizlib_exporters.html.messages import Messages
from quizlib_exporters.html.names import SITE_FILES, page_name
from tests.exporters import samples
from tests.property.html import Element, document, select
from tests.unit.helpers import load_text

SITE = ExportOptions(site=True)
QUESTION = "questions:\n  - {id: a, type: short_answer, stem: What?, accepted: [b]}\n"


def bank(identifier: str = "sample", **fields: object) -> Bank:
    return samples.bank(**{"identifier": identifier, "title": identifier.title(), "description": None, **fields})  # type: ignore[arg-type]


def index(*banks: Bank, options: ExportOptions = SITE) -> Element:
    page = html.export_site(banks, options).files["index.html"]
    return document(page)


def texts(page: Element, selector: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in select(page, selector)]


def exported(folder: Path, *headers: str, strict: bool = False, to: str = "html", faulty: int = 0) -> Exports:
    loaded = [
        load_text(f"format: 1\n{header}\n{QUESTION}", folder, f"bank{number}.yaml")
        for number, header in enumerate(headers)
    ]
    names = {path for bank in loaded[:faulty] for path in bank.paths}
    return export_all(loaded, [to], ExportOptions(), faulty=names, strict=strict)


def test_several_banks_get_an_index_that_leads_to_each_page(tmp_path: Path) -> None:
    exports = exported(tmp_path, "id: one\ntitle: One", "id: two\ntitle: Two")
    assert list(exports.files) == ["index.html", "mixed.html", "one.html", "two.html"]
    page = document(exports.files["index.html"])
    assert [link.get("href") for link in select(page, ".bank h2 a")] == ["one.html", "two.html"]
    for name in ("one.html", "two.html"):
        (back,) = select(document(exports.files[name]), ".back a")
        assert back.get("href") == "index.html"


def test_a_bank_by_itself_gets_no_index_and_no_link_to_one(tmp_path: Path) -> None:
    exports = exported(tmp_path, "id: one\ntitle: One")
    assert list(exports.files) == ["one.html"]
    assert b'class="back"' not in exports.files["one.html"]


def test_what_is_left_of_a_site_is_a_site(tmp_path: Path) -> None:
    exports = exported(tmp_path, "id: one\ntitle: One", "id: two\ntitle: Two", faulty=1)
    assert list(exports.files) == ["index.html", "mixed.html", "two.html"]
    assert [outcome.refusal for outcome in exports.outcomes] == ["it has errors", None]
    assert b'class="back"' in exports.files["two.html"]
    assert b"one.html" not in exports.files["index.html"]


def test_a_site_of_which_nothing_is_left_has_no_index(tmp_path: Path) -> None:
    assert exported(tmp_path, "id: one\ntitle: One", "id: two\ntitle: Two", faulty=2).files == {}


@pytest.mark.parametrize("other", ["one", "One"])
def test_no_bank_is_written_over_another(other: str, tmp_path: Path) -> None:
    exports = exported(tmp_path, "id: one\ntitle: First", f"id: {other}\ntitle: Second", to="json")
    assert list(exports.files) == ["one.json"]
    assert b"First" in exports.files["one.json"]
    first, second = exports.outcomes
    assert first.refusal is None
    assert second.refusal == f"bank0.yaml is written to {other}.json already; give one of them another id"


def test_the_same_bank_twice_is_no_clash(tmp_path: Path) -> None:
    loaded = load_text(f"format: 1\nid: one\ntitle: One\n{QUESTION}", tmp_path)
    exports = export_all([loaded, loaded], ["json"], ExportOptions())
    assert [outcome.refusal for outcome in exports.outcomes] == [None, None]


def test_a_format_without_sites_writes_banks_only(tmp_path: Path) -> None:
    assert list(exported(tmp_path, "id: a\ntitle: A", "id: b\ntitle: B", to="moodle_xml").files) == ["a.xml", "b.xml"]


def test_a_bank_named_like_a_file_of_the_site_makes_way_for_it(tmp_path: Path) -> None:
    exports = exported(tmp_path, "id: index\ntitle: First", "id: Mixed\ntitle: Second", "id: third\ntitle: Third")
    assert list(exports.files) == ["index.html", "mixed.html", "index~.html", "Mixed~.html", "third.html"]
    assert b"<title>First</title>" in exports.files["index~.html"]
    page = document(exports.files["index.html"])
    assert [link.get("href") for link in select(page, ".bank h2 a")] == ["index~.html", "Mixed~.html", "third.html"]
    assert list(exported(tmp_path, "id: index\ntitle: First").files) == ["index.html"]


@pytest.mark.parametrize("name", plugins.names("quizlib.exporters"))
def test_no_file_of_a_site_has_the_name_of_a_banks_file(name: str) -> None:
    exporter = plugins.load("quizlib.exporters", name)
    if not isinstance(exporter, SiteExporter):
        pytest.skip("makes no sites")
    site = exporter.export_site([bank("index"), bank("other")], SITE).files
    for file in site:
        written = exporter.export(bank(file.partition(".")[0]), SITE).files
        assert file.casefold() not in {other.casefold() for other in written}


def test_every_file_of_the_site_is_reserved() -> None:
    assert set(html.export_site([bank()], SITE).files) <= SITE_FILES
    assert page_name("INDEX", site=True) == "INDEX~.html"
    assert page_name("indexes", site=True) == "indexes.html"


def test_a_card_says_what_helps_to_choose() -> None:
    items = (
        samples.item(samples.interactions("x")["text"], identifier="a", difficulty="easy", tags=("loops", "extra")),
        samples.item(samples.interactions("x")["text"], identifier="b", difficulty="hard", tags=("loops",)),
        samples.item(samples.interactions("x")["text"], identifier="c", tags=()),
    )
    page = index(bank("loops", items=items, tags=("loops",), description="Follow *one*.", lesson=Lesson("x")), bank())
    (card, other) = select(page, ".bank")
    assert texts(card, "h2") == ["Loops"]
    assert texts(card, ".about") == ["Follow one."]
    assert texts(card, ".facts li") == ["Questions: 3", "Easy: 1", "Hard: 1", "With a lesson"]
    assert texts(card, ".tags li") == ["loops", "extra"]
    assert card.get("data-levels") == "easy hard"
    assert texts(other, ".facts li") == ["Questions: 0", "With a lesson"]
    assert texts(index(bank(lesson=None)), ".facts li") == ["Questions: 0"]
    assert texts(page, ".counts li") == ["Quizzes: 2", "Questions: 3"]


def test_filters_are_counted_and_the_most_frequent_tag_comes_first() -> None:
    page = index(bank("a", tags=("x", "B")), bank("b", tags=("b", "a")), bank("c", tags=("b",)))
    assert texts(page, "#tags label") == ["b 2", "a 1", "B 1", "x 1"]
    assert select(page, "#difficulties") == []


def test_without_anything_to_filter_by_there_is_the_search_alone() -> None:
    page = index(bank())
    assert select(page, "#filters") == []
    assert len(select(page, "#query")) == 1


def test_questions_are_found_by_their_titles_and_stems_and_else_by_their_ids() -> None:
    text = samples.interactions("x")["text"]
    items = [samples.item(text, identifier=name, title=title) for name, title in (("a", "A </script> b"), ("of-by_1", "of-by_1"))]  # fmt: skip
    (data,) = select(index(bank(items=(*items, items[0]))), "#quiz-data")
    assert json.loads(data.text)["questions"] == [[["A </script> b", "text"], ["text", "text of-by_1"]]]


def test_the_title_is_the_users_or_a_general_one() -> None:
    assert texts(index(bank()), "title, h1") == ["Quizzes", "Quizzes"]
    titled = ExportOptions(site=True, title="Term 1 <b>")
    assert texts(index(bank(), options=titled), "title, h1") == ["Term 1 <b>", "Term 1 <b>"]


def test_the_language_is_that_of_the_banks_and_english_where_they_differ() -> None:
    page = index(bank("a", language="ar"), bank("b", language="de"))
    assert (page.get("lang"), page.get("dir")) == ("en", "ltr")
    assert [card.get("lang") for card in select(page, ".bank")] == ["ar", "de"]
    shared = index(bank("a", language="ar"), bank("b", language="AR"))
    assert shared.get("lang") == Messages("ar").language


def test_equal_banks_give_equal_bytes() -> None:
    first, second = (html.export_site([bank("a"), bank("b")], SITE).files for _ in range(2))
    assert first == second


@pytest.mark.parametrize("hostile", samples.HOSTILE)
def test_hostile_texts_stand_in_the_index_as_texts(hostile: str) -> None:
    text = samples.HOSTILE[hostile]
    fields = {"title": text, "description": text, "tags": (text,)}
    page = index(bank("a", items=(samples.hostile_item("text", text),), **fields), options=ExportOptions(title=text))
    assert len(select(page, "script")) == 2
    assert select(page, "img, [onerror], [style], iframe, base") == []
    (title,) = select(page, "h2 a")
    assert title.text_content().splitlines() == text.splitlines()


@pytest.mark.parametrize(
    ("description", "shown"),
    [
        ("A [link](https://a.example) and ![a picture](b.png)", "A link and a picture"),
        ("# A heading\n\nTwo\nlines", "A heading Two lines"),
        ("- one\n- **two**", "one <strong>two</strong>"),
        ("Call `f(<x>)`", "Call <code>f(&lt;x&gt;)</code>"),
        ("```python\nx = 1\n```", "<code>x = 1</code>"),
        ("<formula0> <b onclick=x>bold</b>", "&lt;formula0&gt; &lt;b onclick=x&gt;bold&lt;/b&gt;"),
    ],
)
def test_a_description_is_shown_on_a_line_without_what_leads_or_loads(description: str, shown: str) -> None:
    (about,) = select(index(bank(description=description)), ".about")
    inner = lxml.html.tostring(about, encoding="unicode", with_tail=False)
    assert re.sub(r"^<p[^>]*>|</p>$", "", inner) == shown


def test_formulas_of_a_description_are_kept() -> None:
    (about,) = select(index(bank(description="Why $a^2$ and $b$?")), ".about")
    assert len(select(about, "math")) == 2
    assert about.text_content() == "Why a2 and b?"


def test_raw_html_that_a_bank_has_cleaned_brings_no_attribute_along() -> None:
    raw = '<b class="x" title="y">a</b> <img src="b.png" alt="c &lt;d"> <details open>e</details>'
    (about,) = select(index(bank(description=raw, sanitize_html=True)), ".about")
    assert lxml.html.tostring(about, encoding="unicode", with_tail=False).endswith("<b>a</b> c &lt;d e</p>")


def test_five_hundred_banks_weigh_little() -> None:
    """A bank costs its own words and some hundred characters around them, not a copy of anything."""
    one, many = (
        len(html.export_site([bank(f"b{n}", tags=(f"t{n % 40}",)) for n in range(count)], SITE).files["index.html"])
        for count in (1, 500)
    )
    assert (many - one) / 499 < 1000
