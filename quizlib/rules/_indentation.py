"""Which lines of a program are indented, as opposed to those that start inside a text that goes on over a line end.

Python is taken apart by its own tokenizer. Of other languages only that is known which ends a text on its own line;
where one may go on, as in a here-document or a template, nothing is said of the whole program.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Sequence

from quizlib.rules._code import python

_PYTHON = {"python", "python3", "py"}
_LONGEST = 100_000  # characters of a program that are worth the time
_INDENTATION = re.compile(r"^[ \t]+(?=[^ \t\n])", re.MULTILINE)
_OPENED = {getattr(tokenize, name, None) for name in ("FSTRING_START", "TSTRING_START")}
_CLOSED = {getattr(tokenize, name, None) for name in ("FSTRING_END", "TSTRING_END")}

# What is complete on its line, comments included, or else `open`: what may go on over a line end.
# A `pattern` of JavaScript may hold any quotes: what begins with a slash where hardly a division can be.
_SLASHES = re.compile(
    r"""//.*|/\*[\s\S]*?\*/"""
    r"""|(?P<pattern>(?:^[ \t]*|[=(,:;!&|?{\[+*%<>~^-]\s*"""
    r"""|\b(?:return|case|typeof|throw|yield|await|else|do|in|of)\s*)"""
    r"""/(?![/*])|[)}]\s*/(?![/*])[^\n]{0,200}["'`])"""
    r"""|(?P<open>R"|"{3}|/\*)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|(?P<quote>["'`])""",
    re.MULTILINE,
)
_DASHES = re.compile(
    r"""--.*|/\*[\s\S]*?\*/|"[^"\n]*"|'[^'\n]*'|`[^`\n]*`|\[[^]\n]*\]|(?P<open>/\*|\$\w*\$)|(?P<quote>["'`\[])"""
)
_NUMBER_SIGNS = re.compile(
    r"""(?:^|(?<=\s))#.*|\\.|(?P<open>"{3}|'{3}|(?<!<)<<(?!<))|"(?:\\.|[^"\\\n`])*"|'[^'\n]*'|(?P<quote>["'`])""",
    re.MULTILINE,
)
_ANY = re.compile(r"""(?P<open><<|\[\[|%[^ ]|^=)|(?P<quote>["'`])""", re.MULTILINE)

_FAMILIES = {
    _SLASHES: "c cc cpp c++ h java javascript js typescript ts csharp cs c# kotlin swift scala dart rust json css",
    _DASHES: "sql sqlite",
    _NUMBER_SIGNS: "bash sh shell zsh python python3 py",
}
_FAMILY = {name: family for family, names in _FAMILIES.items() for name in names.split()}


def is_known(language: str) -> bool:
    """Whether it is known how texts are written in a language."""
    return language.casefold() in _FAMILY


def indentations(language: str, source: str) -> list[tuple[int, int]]:
    """Return where the indentation of each line starts and ends, in characters; none where that is in doubt."""
    if len(source) > _LONGEST:
        return []
    inside = _lines_inside_texts(language, source)
    if inside is None:
        return []
    starts = [0, *(found.end() for found in re.finditer("\n", source))]
    hidden = {starts[number - 1] for number in inside if number <= len(starts)}
    return [found.span() for found in _INDENTATION.finditer(source) if found.start() not in hidden]


def means_the_same(language: str, source: str, other: str) -> bool:
    """Whether two programs that differ in their indentation are the same to the language, as far as that is known."""
    if language.casefold() not in _PYTHON:
        return True
    one, two = _tokens(source), _tokens(other)
    return one is not None and two is not None and list(map(_meant, one)) == list(map(_meant, two))


def _meant(token: tokenize.TokenInfo) -> tuple[int, str]:
    return token.type, "" if token.type == tokenize.INDENT else token.string


def _lines_inside_texts(language: str, source: str) -> set[int] | None:
    """Return the numbers of the lines that start inside a text; None where it is not known whether any does."""
    tokens = _tokens(source) if language.casefold() in _PYTHON else None
    if tokens is not None:
        return _inside(tokens)
    family = _FAMILY.get(language.casefold(), _ANY)
    return None if any(found.lastgroup for found in family.finditer(source)) else set()


def _tokens(source: str) -> Sequence[tokenize.TokenInfo] | None:
    if not isinstance(python(source), ast.Module):
        return None  # the tokenizer takes very long for some of what is no Python
    try:
        return list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (SyntaxError, ValueError, tokenize.TokenError):
        return None


def _inside(tokens: Sequence[tokenize.TokenInfo]) -> set[int]:
    lines: set[int] = set()
    depth, opened = 0, 0
    for token in tokens:
        if token.type in _OPENED:
            opened = opened if depth else token.start[0]
            depth += 1
        elif token.type in _CLOSED:
            depth -= 1
            if not depth:
                lines.update(range(opened + 1, token.end[0] + 1))
        elif token.type == tokenize.STRING:
            lines.update(range(token.start[0] + 1, token.end[0] + 1))
    return lines
