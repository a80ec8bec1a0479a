"""Whether a text has an image, a table, a heading or a link is what the exporters' engine says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizlib.content import Renderer
from quizlib.rules._structure import Block, Heading, Image, Link, Structure, structure
from tests.property.strategies import several_lines


def read(text: str, *, sanitize_html: bool = False) -> Structure:
    return structure(text, sanitize_html=sanitize_html)


def test_each_kind_is_found() -> None:
    text = """# A *first*

| a | `b` |   |
|---|---|---|
| 1 | 2 | 3 |

See [the **page**](https://example.org/p) and ![a plot](plot.png).

```python
x = 1
```
"""
    found = read(text)
    assert found.headings == (Heading(1, "A first"),)
    assert found.tables == (("a", "b", ""),)
    assert found.links == (Link("https://example.org/p", "the page", image=False),)
    assert found.images == (Image("plot.png", "a plot"),)
    assert found.blocks == (Block("python", "x = 1"),)


def test_code_and_escapes_hold_nothing() -> None:
    assert read("`![](a.png)` and \\[x](y) and\n\n    | a | b |\n    |---|---|").images == ()
    assert read("```\n# not a heading\n![](a.png)\n```").headings == ()
    assert read("a | b").tables == ()


def test_raw_html_counts_only_where_it_is_kept() -> None:
    text = 'See <img src="a.png"> and <a href="b.html">here</a>'
    assert read(text) == Structure()
    kept = read(text, sanitize_html=True)
    assert kept.images == (Image("a.png", ""),)
    assert [link.text for link in kept.links] == ["here"]


def test_a_link_with_an_image_says_so() -> None:
    assert read("[![A plot](a.png)](b.html)").links == (Link("b.html", "A plot", image=True),)


@given(st.one_of(several_lines, st.text("#|-=[]()!<>`~ \n\tab", max_size=60)), st.booleans())
def test_nothing_is_missed_without_a_look(text: str, sanitize_html: bool) -> None:
    """The test that spares plain texts the engine never hides what the engine would show."""
    shown = Renderer(sanitize_html=sanitize_html).block(text)
    found = read(text, sanitize_html=sanitize_html)
    assert len(found.images) == shown.count("<img ")
    assert len(found.headings) == sum(shown.count(f"<h{level}>") for level in range(1, 7))
    assert len(found.tables) == shown.count("<table>")
