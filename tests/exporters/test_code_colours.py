"""Programs of each language are shown with their keywords, texts and comments told apart, and every character kept."""

from __future__ import annotations

import html
import re

import pytest

from quizlib import plugins
from quizlib_exporters.html.code import highlighted, language_name

_SAMPLES = {
    "bash": ('# why\nif true; then echo "<a>"; fi\n', "if", '"'),
    "c": ('#include <stdio.h>\n/* why */\nint main(void) { puts("<a>"); }\n', "include", "&lt;stdio.h&gt;"),
    "javascript": ('// why\nconst a = "<a>";\n', "const", '"&lt;a&gt;"'),
    "python": ('# why\nimport os\nprint("<a>")\n', "import", '"'),
    "sql": ("-- why\nSELECT '<a>';\n", "SELECT", "'&lt;a&gt;'"),
}


@pytest.mark.parametrize("language", plugins.names("quizlib.languages"))
def test_a_program_is_coloured_and_none_of_it_is_lost(language: str) -> None:
    source, keyword, text = _SAMPLES[language]
    shown = highlighted(language, source)
    assert f'<span class="t-keyword">{keyword}</span>' in shown
    assert f'<span class="t-string">{text}' in shown
    assert re.search(r'<span class="t-comment">[^<]*why', shown)
    assert html.unescape(re.sub(r"</?span[^>]*>", "", shown)) == source


@pytest.mark.parametrize(("language", "name"), [("c", "C"), ("javascript", "JavaScript"), ("sql", "SQL")])
def test_a_language_is_called_by_its_name(language: str, name: str) -> None:
    assert language_name(language) == name
