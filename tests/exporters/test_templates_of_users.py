"""A user's own templates and styles in place of those that are shipped, and what is said of their faults."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from quizlib.plugins import ExportOptions, Template, TemplateError
from quizlib_exporters import html
from tests.conftest import ROOT
from tests.exporters import samples
from tests.property.html import document, select

BANK = samples.bank(samples.hostile_item("text", "x"), title="Title")
THEME = ROOT / "docs" / "themes" / "paper" / "theme.css"


def options(**texts: str) -> ExportOptions:
    """Replace templates; `body_html_j2` names `body.html.j2`, the style is `theme_css`."""
    names = {name: name.replace("_", ".") for name in texts}
    return ExportOptions(
        site=True, templates=tuple(Template(names[name], f"mine/{names[name]}", text) for name, text in texts.items())
    )


def page(asked: ExportOptions) -> bytes:
    (written,) = html.export(BANK, asked).files.values()
    return written


def index(asked: ExportOptions) -> bytes:
    return html.export_site([BANK], asked).files["index.html"]


def test_a_template_of_the_same_name_is_taken_in_place_of_ours() -> None:
    asked = options(back_html_j2='<p class="back">{{ title }}!</p>')
    assert [back.text for back in select(document(page(asked)), ".back")] == ["Title!"]
    assert b'class="back"' not in index(asked)


def test_what_is_replaced_can_still_be_had() -> None:
    asked = options(body_html_j2='<p id="mine">Hello</p>\n{% include "quizlib/body.html.j2" %}')
    written = document(page(asked))
    assert select(written, "#mine")
    assert select(written, "#questions")


def test_the_index_has_a_template_too() -> None:
    asked = options(index_html_j2="{% for bank in banks %}<a href='{{ bank.page }}'>{{ bank.title }}</a>{% endfor %}")
    assert [link.text for link in select(document(index(asked)), "body a")] == ["Title"]


def test_what_a_template_shows_is_escaped() -> None:
    bank = samples.bank(title="<script>")
    (written,) = html.export(bank, options(back_html_j2="{{ title }}")).files.values()
    assert len(select(document(written), "script")) == 2


def test_options_without_templates_leave_no_trace_of_those_before() -> None:
    before = page(ExportOptions())
    assert page(options(back_html_j2="x")) != before
    assert page(ExportOptions()) == before


@pytest.mark.parametrize("theme", [THEME.read_text("utf-8"), "a{}\r\nb{}\rc{}", "a{content:'\x00\x07'}"])
def test_a_theme_follows_our_styles_and_is_allowed_by_its_hash(theme: str) -> None:
    for written in (page(options(theme_css=theme)), index(options(theme_css=theme))):
        root = document(written)
        (style,) = select(root, "style")
        assert "\r" not in written.decode()
        assert style.text.endswith(
            theme.replace("\r\n", "\n").replace("\r", "\n").translate({0: "\ufffd", 7: "\ufffd"})
        )
        found = re.search(rb"style-src &#39;sha256-(.*?)&#39;|style-src 'sha256-(.*?)'", written)
        assert found
        digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest())
        assert digest in found.groups()


def test_the_example_theme_names_properties_that_there_are() -> None:
    known = (ROOT / "docs" / "export.md").read_text("utf-8")
    shipped = page(ExportOptions()).decode()
    for name in set(re.findall(r"--[\w-]+(?=:)", THEME.read_text("utf-8"))):
        assert f"`{name}`" in known
        assert f"{name}:" in shipped


def test_every_property_of_the_manual_is_one_of_both_pages() -> None:
    text = (ROOT / "docs" / "export.md").read_text("utf-8")
    rows = "".join(line for line in text.splitlines() if line.startswith("| `--"))
    names = re.findall(r"`(--[\w-]+)`", rows)
    assert len(names) > 15
    for written in (page(ExportOptions()).decode(), index(ExportOptions()).decode()):
        assert [name for name in names if f"{name}:" not in written] == []


@pytest.mark.parametrize(
    ("name", "text", "line", "message"),
    [
        ("body_html_j2", "a\n{% if x %}\nb", 3, "unexpected end of template"),
        ("body_html_j2", "a\n{{ x + }}", 2, "unexpected 'end of print statement'"),
        ("index_html_j2", "{% frobnicate %}", 1, "unknown tag 'frobnicate'"),
        ("theme_css", "a{}\nb{}</STYLE>", 2, "end tag of the style element"),
    ],
)
def test_a_template_that_cannot_be_read_is_named_before_anything_is_exported(
    name: str, text: str, line: int, message: str
) -> None:
    with pytest.raises(TemplateError) as caught:
        html.check_templates(options(**{name: text}).templates)
    assert (caught.value.path, caught.value.line) == (f"mine/{name.replace('_', '.')}", line)
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("name", "text", "place", "message"),
    [
        ("body_html_j2", "a\n\n{{ nothing }}", "mine/body.html.j2:3", "'nothing' is undefined"),
        ("body_html_j2", "{{ 1 / 0 }}", "mine/body.html.j2:1", "ZeroDivisionError: division by zero"),
        ("body_html_j2", '\n{% include "no.html" %}', "mine/body.html.j2:2", "there is no template 'no.html'"),
        ("body_html_j2", '{% include "body.html.j2" %}', "mine/body.html.j2:1", "it includes itself without end"),
        ("parts_html_j2", "{% macro level(x) %}{{ y }}{% endmacro %}", "mine/parts.html.j2:1", "'y' is undefined"),
        ("parts_html_j2", "", "quizlib/body.html.j2:", "does not export the requested name 'level'"),
    ],
)
def test_a_template_that_fails_is_named_with_its_line(name: str, text: str, place: str, message: str) -> None:
    bank = samples.bank(samples.item(samples.interactions("x")["text"], difficulty="easy"))
    with pytest.raises(TemplateError) as caught:
        html.export(bank, options(**{name: text}))
    assert str(caught.value).startswith(place)
    assert message in caught.value.message


def test_the_names_that_may_be_replaced_are_those_of_our_files() -> None:
    names = set(html.template_names())
    assert {"theme.css", "page.html.j2", "body.html.j2", "index.html.j2", "question.html.j2"} <= names
    assert all(name == "theme.css" or name.endswith(".html.j2") for name in names)
