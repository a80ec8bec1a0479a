"""What runs from left to right within a text that runs from right to left."""

from __future__ import annotations

import pytest

from quizlib_exporters.html.directions import marked


@pytest.mark.parametrize(
    ("rendered", "expected"),
    [
        ("0.7 * 2 = 1.4", '<span dir="ltr">0.7 * 2 = 1.4</span>'),
        ("<code>x</code>, <em>y</em>!", '<span dir="ltr"><code>x</code>, <em>y</em>!</span>'),
        ("Python لغة", "Python لغة"),
        ("", ""),
        ('<img src="a.png" alt="شكل">', '<img src="a.png" alt="شكل">'),
        ("<p>1 + 1 = 2</p>\n<p>مجموع 2</p>\n", '<p dir="ltr">1 + 1 = 2</p>\n<p>مجموع 2</p>\n'),
        (
            "<ul>\n<li>one</li>\n<li>اثنان</li>\n</ul>",
            '<ul>\n<li><span dir="ltr">one</span></li>\n<li>اثنان</li>\n</ul>',
        ),
        (
            "<ol>\n<li>one\n<em>two</em>\n<ul>\n<li><code>x = 1</code></li>\n</ul>\n</li>\n</ol>",
            '<ol>\n<li><span dir="ltr">one\n<em>two</em></span>\n<ul>\n<li><span dir="ltr"><code>x = 1</code></span></li>\n'
            "</ul>\n</li>\n</ol>",
        ),
        (
            '<ul>\n<li>\n<p>one</p>\n</li>\n<li>\n<pre class="code">\nx</pre>\n</li>\n<li></li>\n</ul>',
            '<ul>\n<li>\n<p dir="ltr">one</p>\n</li>\n<li>\n<pre class="code">\nx</pre>\n</li>\n<li></li>\n</ul>',
        ),
        ("<ul>\n<li>1\nواحد</li>\n</ul>", "<ul>\n<li>1\nواحد</li>\n</ul>"),
        ('<td class="right">1 - 2</td>', '<td dir="ltr" class="right">1 - 2</td>'),
        ("<p>שלום</p>", "<p>שלום</p>"),
        ('<pre class="code">\nx = 1</pre>', '<pre class="code">\nx = 1</pre>'),
    ],
)
def test_parts_without_a_letter_of_the_script_are_marked(rendered: str, expected: str) -> None:
    assert marked(rendered) == expected
