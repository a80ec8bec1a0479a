"""Markdown and programs in lines that fit a terminal."""

from __future__ import annotations

import pytest

from quizlib.layout import cells, code_lines, wrapped
from quizlib.taking.markdown import markdown_lines, plain_line

_LONG = """\
A *long* paragraph with `some code`, [a link](http://example.org/x) and **bold** words.

1. first
2. second
   - deeper, and long enough that it takes more than one line

> quoted words, which go on over the end of a line
> ```
> x = 1
> ```

| head | other |
|:----:|-------|
| cell | a cell with many words |
"""


@pytest.mark.parametrize("width", [20, 33, 80])
def test_lines_are_not_longer_than_the_terminal(width: int) -> None:
    lines = markdown_lines(_LONG, width, "aa) ")
    assert all(cells(line) <= width for line in lines)
    assert lines[0].startswith("aa) A long")
    assert all(line.startswith("    ") or not line for line in lines[1:])


def test_markdown_in_lines() -> None:
    assert markdown_lines(_LONG, 80) == [
        "A long paragraph with `some code`, a link (http://example.org/x) and bold words.",
        "",
        "1. first",
        "2. second",
        "   - deeper, and long enough that it takes more than one line",
        "",
        "| quoted words, which go on over the end of a line",
        "",
        "|     x = 1",
        "",
        "head | other",
        "-----+-----------------------",
        "cell | a cell with many words",
    ]


def test_a_table_that_is_too_wide_is_listed() -> None:
    table = "| a | b |\n|---|---|\n| 1 | many words here |\n| 2 | x |"
    assert markdown_lines(table, 15) == ["a: 1", "b: many words", "here", "", "a: 2", "b: x"]


def test_a_program_is_never_broken() -> None:
    source = "x" * 50
    assert markdown_lines(f"```\n{source}\n\ty\n```", 20) == [f"    {source}", "            y"]


def test_a_gap_is_shown_by_its_number_in_text_and_in_code() -> None:
    text = "Say [[b_c]] and\n\n```\nf([[a]], [[other]])\n```"
    assert markdown_lines(text, 80, gaps=["b_c", "a"]) == ["Say [1:____] and", "", "    f([2:____], [[other]])"]


def test_images_breaks_rules_and_html() -> None:
    text = "![the *loss*](loss.png)\\\nnext <b>x</b>\n\n***\n\n# Head"
    shown = ["[image: the loss]", "next <b>x</b>", "", "----------", "", "Head"]
    assert markdown_lines(text, 80) == shown
    assert markdown_lines("a <b>x</b><script>y</script>", 80, sanitize_html=True) == ["a x"]


def test_what_commands_a_terminal_is_shown_as_escapes() -> None:
    lines = markdown_lines("a \x1b[31m \u202e `\x07`\n\n```\n\x1b]0;x\x07\n```", 80)
    assert lines == ["a \\x1b[31m \\u202e `\\x07`", "", "    \\x1b]0;x\\x07"]
    assert list(code_lines("\x9b2J\r\n\u2066")) == ["    \\x9b2J", "    \\u2066"]


def test_no_line_is_an_order_to_a_ci_service() -> None:
    lines = markdown_lines("a\n\n::error::x\n\n```\n::set-env::y\n```\n\n##[group]z", 80)
    assert lines == ["a", "", "\\x3a:error::x", "", "    \\x3a:set-env::y", "", "##\\x5bgroup]z"]


def test_wide_characters_take_two_cells() -> None:
    assert cells("日本e\u0301") == 5
    assert list(wrapped("日本語 日本語日本語", 8)) == ["日本語", "日本語日", "本語"]


def test_nothing_is_an_empty_line() -> None:
    assert markdown_lines("", 20) == [""]
    assert markdown_lines("", 20, "a) ") == ["a)"]


def test_one_line() -> None:
    assert plain_line("a *b*\n\n- `c`") == "a b - `c`"
