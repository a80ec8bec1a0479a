"""Program text with the classes of Pygments, coloured by the page's style sheet."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from quizlib.content import html_text

if TYPE_CHECKING:
    from pygments.lexer import Lexer


def highlighted(language: str | None, source: str) -> str:
    """Write a source text with classes for its colours; a language that is not known stays plain."""
    lexer = _lexer(language) if language else None
    if lexer is None:
        return html_text(source)
    return "".join(_coloured(_css_class(kind), value) for kind, value in lexer.get_tokens(source))


def highlighted_lines(language: str | None, source: str) -> list[str]:
    """Write a source text line by line, each with classes for its colours; a token of several lines is cut."""
    lines = [""]
    lexer = _lexer(language) if language else None
    tokens = [(None, source)] if lexer is None else lexer.get_tokens(source)
    for kind, value in tokens:
        css = _css_class(kind) if kind is not None else ""
        first, *more = value.split("\n")
        lines[-1] += _coloured(css, first)
        lines += [_coloured(css, piece) for piece in more]
    return lines


def _coloured(css: str, text: str) -> str:
    return f'<span class="{css}">{html_text(text)}</span>' if css and text else html_text(text)


def block(language: str | None, source: str) -> str:
    """Write a block of code that keeps every character."""
    # A line end straight after <pre> is swallowed by HTML, so there is always one to swallow.
    return f'<pre class="code">\n{highlighted(language, source)}</pre>'


@functools.cache
def language_name(language: str) -> str:
    """Return a language's name as people write it, such as "Python"."""
    lexer = _lexer(language)
    return language if lexer is None else str(lexer.name)


@functools.cache
def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name  # slow to import, and only pages need it
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@functools.cache
def _css_class(kind: Any) -> str:  # a token type of Pygments, whose class is private
    from pygments import token

    for ancestor, css in (
        (token.Comment.PreprocFile, "t-string"),
        (token.Comment.Preproc, "t-keyword"),
        (token.Comment, "t-comment"),
        (token.Keyword.Constant, "t-number"),
        (token.Keyword, "t-keyword"),
        (token.Operator.Word, "t-keyword"),
        (token.Literal.String, "t-string"),
        (token.Literal.Number, "t-number"),
        (token.Name.Function, "t-function"),
        (token.Name.Class, "t-function"),
        (token.Name.Decorator, "t-function"),
        (token.Name.Tag, "t-keyword"),
        (token.Name.Attribute, "t-function"),
        (token.Name.Builtin, "t-builtin"),
        (token.Name.Exception, "t-builtin"),
    ):
        if kind in ancestor:
            return css
    return ""
