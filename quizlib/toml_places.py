"""TOML that knows where its keys stand. The standard library reads TOML, and says nothing of places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quizlib.diagnostics import Span

_TOKEN = re.compile(
    r"(?P<comment>#[^\n]*)"
    r'|(?P<text>"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')'
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<equals>=)|(?P<end>\n)|(?P<bare>[\w-]+)|(?P<other>.)",
    re.DOTALL,
)
_POSITION = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class _Statement(NamedTuple):
    """A line such as `a.b = 1` or `[a.b]`: its whole key, and where its last part and its value stand."""

    keys: tuple[str, ...]
    key: tuple[int, int]
    value: tuple[int, int]


class TomlError(ValueError):
    """A text is not TOML. `line` and `column` count from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        self.line, self.column = line, column
        super().__init__(message)


def read(text: str) -> dict[str, object]:
    """Return the data of a TOML document. Raises TomlError, whatever the text."""
    import tomllib  # only where there is a file to be read

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise TomlError("lists and tables are nested too deeply", 1, 1) from None
    except ValueError as error:
        said = str(error)
        found = _POSITION.search(said)
        line, column = (int(found[1]), int(found[2])) if found and found[1] else _end(text) if found else (1, 1)
        words = (said[: found.start()] if found else said).rstrip(".")
        raise TomlError(f"{words[:1].lower()}{words[1:]}", line, column) from None


def span(path: str, text: str, keys: Sequence[str], value: str | None = None) -> Span:
    """Return where a key stands in a TOML document, or a text in its value; the nearest thing around it else."""
    best: _Statement | None = None
    for statement in _statements(text):
        is_around = tuple(keys[: len(statement.keys)]) == statement.keys
        if is_around and (best is None or len(statement.keys) > len(best.keys)):
            best = statement
    if best is None:
        return _span(path, text, 0, 0)
    for sought in (value, *keys[: len(best.keys) - 1 : -1]):
        if sought is not None and (found := _within(text, best.value, sought)):
            return _span(path, text, *found)
    return _span(path, text, *best.key)


def _statements(text: str) -> Iterator[_Statement]:
    """Yield the statements of a sound document."""
    table: tuple[str, ...] = ()
    parts: list[re.Match[str]] = []
    start = depth = 0
    for token in _TOKEN.finditer(text + "\n"):
        kind = token.lastgroup
        if start:  # in a value
            depth += (kind == "open") - (kind == "close")
            if kind == "end" and not depth:
                yield _Statement((*table, *map(_name, parts)), parts[-1].span(), (start, token.start()))
                parts, start = [], 0
        elif kind in ("bare", "text"):
            parts.append(token)
        elif kind == "equals":
            start = token.end()
        elif kind == "end" and parts:
            table = tuple(map(_name, parts))
            yield _Statement(table, (parts[0].start(), parts[-1].end()), parts[-1].span())
            parts = []


def _within(text: str, stretch: tuple[int, int], sought: str) -> tuple[int, int] | None:
    """Return where a text or a bare key stands in a value."""
    for token in _TOKEN.finditer(text, *stretch):
        if token.lastgroup in ("bare", "text") and _name(token) == sought:
            return token.span()
    return None


def _name(token: re.Match[str]) -> str:
    if token.lastgroup == "bare":
        return token[0]
    return str(next(iter(read(f"key = {token[0]}").values())))


def _span(path: str, text: str, start: int, end: int) -> Span:
    line, column = _position(text, start)
    end_line, end_column = _position(text, end)
    return Span(path, line, column, end_line, end_column)


def _position(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _end(text: str) -> tuple[int, int]:
    return _position(text, len(text))
