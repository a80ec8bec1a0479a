"""What can be said of the page without a browser."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import html.parser
import json
import re
import subprocess
import sys
import zlib

import pytest

from quizlib.model import Bank, Content, Loss, Lost, Solution, Step, TextEntry
from quizlib.plugins import ExportOptions
from quizlib_exporters import html as exporter
from quizlib_exporters.html.gaps import stem_with_gaps
from quizlib_exporters.html.maths import mathml
from quizlib_exporters.html.messages import Messages
from quizlib_exporters.html.patterns import NotTranslatableError, to_javascript
from quizlib_exporters.html.plain_maths import plain_maths
from quizlib_exporters.html.texts import Texts, number_regions
from quizlib_exporters.html.titles import question_title
from tests.browser import sample
from tests.browser.conftest import exported

BANKS = [sample.BANK, sample.hostile()]
WORDS = Messages("en")


def test_equal_banks_give_equal_bytes() -> None:
    assert exported(sample.BANK) == exported(dataclasses.replace(sample.BANK))
    assert exported(sample.hostile()) == exported(sample.hostile())


def test_equal_bytes_in_another_process() -> None:
    program = (
        "from tests.browser import sample, conftest; import hashlib; "
        "print(hashlib.sha256(conftest.exported(sample.BANK)).hexdigest())"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": "7"},
    )
    assert run.stdout.strip() == hashlib.sha256(exported(sample.BANK)).hexdigest()


@pytest.mark.parametrize("bank", BANKS)
def test_the_policy_allows_this_script_and_this_style_and_nothing_else(bank: Bank) -> None:
    page = exported(bank).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    (loader,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    script = unpacked(page, "quiz-script")
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert policy[1] == (
        f"default-src 'none'; script-src '{source_hash(loader)}' '{source_hash(script)}'; style-src '{source_hash(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert page.count("<script") == 3
    assert "style=" not in re.sub(r"<(script|style).*?</\1>", "", page, flags=re.DOTALL)


def unpacked(page: str, identifier: str) -> str:
    """Return what the page's loader unpacks."""
    packed = re.search(rf'<script type="text/plain" id="{identifier}">([\w+/=]*)</script>', page)
    assert packed is not None
    return zlib.decompress(base64.b64decode(packed[1]), wbits=-15).decode()


def source_hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


class Attributes(html.parser.HTMLParser):
    """Gathers the names of all attributes, and all identifiers."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.identifiers: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.names |= {name for name, _ in attributes}
        self.identifiers += [value for name, value in attributes if name == "id" and value]


@pytest.mark.parametrize("bank", BANKS)
def test_no_handler_no_style_and_no_identifier_twice(bank: Bank) -> None:
    parser = Attributes()
    parser.feed(exported(bank).decode())
    assert not {name for name in parser.names if name.startswith("on") or name == "style"}
    assert len(parser.identifiers) == len(set(parser.identifiers))


def test_the_data_block_cannot_be_ended_by_a_text() -> None:
    page = exported(sample.hostile()).decode()
    assert len(json.loads(unpacked(page, "quiz-data"))["questions"]) == len(sample.hostile().items)


def test_a_missing_image_is_a_loss_and_leaves_its_description() -> None:
    result = exporter.export(sample.BANK, ExportOptions())
    (loss,) = result.losses
    assert (loss.kind, loss.item) == (Lost.IMAGE, "text")
    assert b'<span class="missing">not there</span>' in result.files["sample.html"]
    assert b"lost.png" not in result.files["sample.html"]


def test_the_rationale_never_leaves_the_bank() -> None:
    assert b"SECRET" not in exported(sample.BANK)


def test_a_pattern_that_no_browser_knows_is_a_loss() -> None:
    item = dataclasses.replace(sample.TEXT, stem="Stem", interaction=TextEntry((), pattern=r"(?>a+)b"))
    bank = dataclasses.replace(sample.BANK, items=(item,))
    losses: tuple[Loss, ...] = tuple(exporter.export(bank, ExportOptions()).losses)
    assert [loss.kind for loss in losses] == [Lost.PATTERN]


@pytest.mark.parametrize(
    ("python", "javascript"),
    [
        (r"a-b\-c", r"a-b-c"),
        (r"(?P<x>a)(?P=x)", r"(?<x>a)\k<x>"),
        (r"[]a\w-]{2,}", r"[\]a\p{L}\p{N}_-]{2,}"),
        (r"\d+\ \w", r"\p{Nd}+ [\p{L}\p{N}_]"),
        (r"\A(?:x|y)\Z", r"^(?:x|y)$"),
        (r"a{,3}}b{,}c{2,}", r"a{0,3}\}b{0,}c{2,}"),
        (r"a.[.]$\.\$", r"a[^\n][.](?=\n?$)\.\$"),
        (r"é\x41\u00e9", r"é\u{41}\u{00e9}"),
    ],
)
def test_patterns(python: str, javascript: str) -> None:
    assert to_javascript(python) == javascript


@pytest.mark.parametrize("pattern", [r"a++", r"(?i)a", r"(?#x)a", r"(a", r"\N{DIGIT ONE}", r"(a)?(?(1)b|c)"])
def test_patterns_that_cannot_be_translated(pattern: str) -> None:
    with pytest.raises(NotTranslatableError):
        to_javascript(pattern)


@pytest.mark.parametrize(
    "tex",
    [
        r"\text{<img src=x onerror=alert(1)>}",
        r'\color{"><svg onload=1>}{x}',
        r"\href{javascript:1}{x}",
        r"\style{a}{b}",
    ],
)
def test_formulas_are_hostile_texts_too(tex: str) -> None:
    written = mathml(tex, False)
    assert "<img" not in written
    assert "<svg" not in written
    assert "href=" not in written
    assert "style=" not in written


@pytest.mark.parametrize(
    "tex", ["", r"\frac", r"\foo x", "{" * 2000, r"\left( x", "{" * 400 + "x" + "}" * 400, "{" * 150 + "x" + "}" * 150]
)
def test_a_formula_that_is_none_stays_as_it_is(tex: str) -> None:
    assert mathml(tex, True).startswith("<code>")
    assert mathml(tex, False, True).startswith("<code>")


def test_a_page_holds_a_formula_that_is_nested_too_deeply() -> None:
    nested = "{" * 400 + "x" + "}" * 400
    item = dataclasses.replace(sample.TEXT, stem=f"What is ${nested}$?")
    assert nested in exported(dataclasses.replace(sample.BANK, items=(item,))).decode()


def test_a_gap_never_stands_inside_a_tag() -> None:
    gap = {"id": "a", "index": 0, "name": "a", "kind": "text_entry", "base_type": "text", "unit": None}
    stem, after = stem_with_gaps("![x [[a]]](dot.png) end", [gap], "q1", Texts(sample.BANK), WORDS)
    assert 'alt="x ___"' in stem
    assert after.count("<input") == 1
    stem, after = stem_with_gaps("`f([[a]])` and [[a]]", [gap], "q1", Texts(sample.BANK), WORDS)
    assert stem.count("<input") == 1
    assert after == ""


def test_each_gap_takes_the_first_free_place_of_its_name() -> None:
    names = ["b", "a", "a", "none"]
    gaps = [
        {"id": str(index), "index": index, "name": name, "kind": "text_entry", "base_type": "text", "unit": None}
        for index, name in enumerate(names)
    ]
    stem, after = stem_with_gaps("[[[a]]] [[a]] [[a]] [[b]] [[c]] [[ GAPQ1Q", gaps, "q1", Texts(sample.BANK), WORDS)
    assert re.findall(r'data-gap="(\d)"', stem) == ["1", "2", "0"]
    assert re.sub(r"<span.*?</span></span>", "_", stem) == "<p>[_] _ [[a]] _ [[c]] [[ GAPQ1Q</p>"
    assert re.findall(r'data-gap="(\d)"', after) == ["3"]


def test_many_gaps_are_all_filled() -> None:
    gaps = [
        {
            "id": f"g{index}",
            "index": index,
            "name": f"g{index}",
            "kind": "text_entry",
            "base_type": "text",
            "unit": None,
        }
        for index in range(4000)
    ]
    stem = " ".join(f"Word {gap['index']} [[{gap['name']}]] and *more*." for gap in gaps)
    rendered, after = stem_with_gaps(stem, gaps, "q1", Texts(sample.BANK), WORDS)
    assert rendered.count("<input") == len(gaps)
    assert after == ""


def test_only_the_outermost_of_nested_tables_scrolls() -> None:
    cell = "<table><tr><td>inner</td></tr></table>"
    raw = f'<table><tr><td title="</table>">{cell}</td><td>{cell}</td></tr></table>\n\n| a |\n|---|\n| b |'
    texts = Texts(dataclasses.replace(sample.BANK, sanitize_html=True))
    rendered = number_regions(str(texts.block(raw, 4)), WORDS)
    balance = Balance()
    balance.feed(rendered)
    assert balance.open == []
    assert balance.faults == []
    assert re.findall('aria-label="(Table .)"', rendered) == ["Table 1", "Table 2"]
    assert rendered.count("<table") == 4
    assert rendered.count('<div class="scroll"') == rendered.count("</table></div>") == 2


def test_nested_tables_leave_the_whole_page_balanced() -> None:
    raw = "<table><tr><td><table><tr><td>inner</td></tr></table></td></tr></table>"
    item = dataclasses.replace(sample.NUMBER, stem=raw, solution=Solution((Step(raw, "Title"),)))
    page = exported(dataclasses.replace(sample.BANK, items=(item,), sanitize_html=True)).decode()
    balance = Balance()
    balance.feed(page)
    assert balance.open == []
    assert balance.faults == []
    assert page.count('<div class="scroll"') == page.count("</table></div>") == 3  # the third is in the key


class Balance(html.parser.HTMLParser):
    """Gathers the elements that are not closed, and the end tags that close none."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "hr", "img", "input", "link", "meta"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open.pop() != tag:
            self.faults.append(tag)


def test_the_title_of_a_step_is_markdown() -> None:
    steps = (Step("One.", "*Follow* `x` in $x^2$ & <b>"), Step("Two.", "- a\n- b"))
    item = dataclasses.replace(sample.NUMBER, solution=Solution(steps))
    page = exported(dataclasses.replace(sample.BANK, items=(item,))).decode()
    first, second = re.findall(r"<h5>(.*?)</h5>", page, re.DOTALL)
    assert first.startswith("<em>Follow</em> <code>x</code> in <math")
    assert "x to the power of 2" in first
    assert first.endswith("&amp; &lt;b&gt;")
    assert second == "- a\n- b"  # a heading holds no list


def test_objectives_are_shown_as_people_read_them() -> None:
    one = dataclasses.replace(sample.NUMBER, objectives=("trace-a-loop",))
    two = dataclasses.replace(sample.NUMBER, objectives=("*a*", "<b>"))
    result = exporter.export(dataclasses.replace(sample.BANK, items=(one, two, sample.NUMBER)), ExportOptions())
    page = result.files["sample.html"].decode()
    shown = [re.sub(r"<[^>]*>", "", found) for found in re.findall(r'<p class="objectives.*?</p>', page)]
    assert shown == ["This tests: Trace a loop", "This tests: *a*, &lt;b&gt;"]
    assert result.losses == ()


def test_texts_in_selects_are_plain() -> None:
    texts = Texts(sample.BANK)
    assert texts.plain(Content("*a* `<b>`")) == "a <b>"
    assert texts.plain(Content("*a*", "plain")) == "*a*"
    assert texts.plain(Content("Is $x^2=4$, or $\\frac{1}{2}$?")) == "Is x² = 4, or 1/2?"
    assert texts.plain(Content("One\n\n- a & b\n- ![a dot](dot.png)")) == "One a & b a dot"


@pytest.mark.parametrize(
    ("tex", "line"),
    [
        ("x^2=4", "x² = 4"),
        (r"\frac{a+b}{2c} \le -3", "(a + b)/(2c) ≤ −3"),
        (r"x_1 + x_{i+1}", "x_1 + x_(i + 1)"),
        (r"\sqrt{a^2+b^2} \ne \sqrt[3]{8}", "√(a² + b²) ≠ ³√8"),
        (r"\sum_{i=1}^{n} 2i", "∑_(i = 1)^n 2i"),
        (r"\sin x = e^{-x}", "sin x = e^(−x)"),
        (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", "(1, 2; 3, 4)"),
        (r"\bar{x} \pm y'", "x̄ ± y′"),
        (r"\frac", r"\frac"),
        ("{" * 150 + "x" + "}" * 150, "{" * 150 + "x" + "}" * 150),
        ("", ""),
    ],
)
def test_a_formula_in_a_name_keeps_its_meaning(tex: str, line: str) -> None:
    assert plain_maths(tex) == line


def test_a_question_without_a_title_is_called_by_its_stem() -> None:
    texts = Texts(sample.BANK)
    assert question_title(sample.TEXT, texts) == "The capital"
    assert question_title(sample.MULTIPLE, texts) == "Which of these formulas equal 1/2?"
    cloze = dataclasses.replace(sample.CLOZE, title="cloze")
    assert question_title(cloze, texts).startswith("A ___ run changes the ___. for i in range(___):")
    long = dataclasses.replace(sample.MULTIPLE, stem="word " * 50)
    assert question_title(long, texts) == "word " * 17 + "word…"
    assert question_title(dataclasses.replace(sample.MULTIPLE, stem="![](dot.png)"), texts) == "multiple"
