"""The code that a bank shows, and whether it parses."""

from __future__ import annotations

import ast
import functools
import itertools
import json
import re
import textwrap
import tomllib
import warnings
from collections.abc import Callable, Iterator
from typing import NamedTuple

from quizlib.diagnostics import Place
from quizlib.model import Bank, Ending, Item, Prints
from quizlib.rules._structure import structures
from quizlib.rules._walk import kept, key_texts

_OUTPUT = {"", "text", "txt", "plain", "plaintext", "console", "output", "none"}
_LONGEST = 100_000  # characters of a listing that are worth a parse
_NOT_PARSED = ("SyntaxError", "IndentationError", "TabError")
_ERROR = re.compile(
    r"error|exception|invalid|compil|syntax|\bparse|illegal|does(?: not|n['’]t) (?:run|work)|\bfix\b|\bbug"
    r"|(?:wrong|incorrect|problem) (?:with|in)|\b(?:blank|missing|complete|finish|fill|write|implement)\b|_{3,}|\?{2,}"
    r"|…|\.\.\.|pseudo|python ?2|does nothing|crash|fails?\b",
    re.IGNORECASE,
)
# A session, numbered lines or alternatives, or a gap: shown as code, and not meant as a program.
_NO_PROGRAM = re.compile(
    r"^(?:>>> |In \[\d+\]:|\$ )|^[ \t]*(?:line )?(?:\d+|[IVX]+|[a-eA-E])[.:)]+(?:[ \t]|$)|<[^<>\n]*\bgoes\b|\bgoes here"
    r"|\b(?:your|code) (?:code|here)|[?]{2,}|_{4,}",
    re.MULTILINE,
)


class Shown(NamedTuple):
    """Code that is shown to learners, and where it stands. `runs` tells programs from pieces in a text."""

    item: Item | None
    language: str
    source: str
    place: Place
    runs: bool


class Fault(NamedTuple):
    """Why a listing does not parse; `line` is the text of the line concerned."""

    language: str
    reason: str
    line: str


@kept
def listings(bank: Bank) -> Iterator[Shown]:
    """Return the code of a bank: programs, the lesson's listings, and blocks in texts that name their language.

    Blocks in options, which are wrong on purpose now and then, are left out.
    """
    return itertools.chain(_of_lesson(bank), _of_items(bank), _of_texts(bank))


def is_about_errors(item: Item) -> bool:
    """Whether a question asks for an error in its code, or for what is missing there."""
    expected = [claim.expected for claim in item.claims if isinstance(claim, Prints)]
    if any(isinstance(one, Ending) and (one.exception or "").startswith(_NOT_PARSED) for one in expected):
        return True
    return any(_ERROR.search(text) for text in (item.stem, *key_texts(item)))


def unparsable(language: str, source: str) -> Fault | None:
    """Return why a listing does not parse, or None when it does or no parser is at hand."""
    reader = _READERS.get(language.casefold())
    if reader is None or len(source) > _LONGEST or not source.strip():
        return None
    fault = reader(source)
    return None if fault is None or _NO_PROGRAM.search(source) else fault


def python(source: str) -> ast.Module | SyntaxError | None:
    """Parse a Python program, or return its error; None when it is beyond the parser."""
    return _python(source) if len(source) <= _LONGEST else None


@functools.lru_cache(maxsize=512)
def _python(source: str) -> ast.Module | SyntaxError | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of doubtful escapes and comparisons
            return ast.parse(source)
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError):
        return None


def _python_fault(source: str) -> Fault | None:
    error = python(source)
    if not isinstance(error, SyntaxError):
        return None
    return Fault("Python", error.msg, _line(source, error.lineno or 0))


def _json_fault(source: str) -> Fault | None:
    try:
        json.loads(source)
    except json.JSONDecodeError as error:
        return Fault("JSON", error.msg[:1].lower() + error.msg[1:], _line(source, error.lineno))
    except (ValueError, RecursionError):
        return None
    return None


def _toml_fault(source: str) -> Fault | None:
    try:
        tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        reason, _, where = str(error).partition(" (at line ")
        return Fault("TOML", reason[:1].lower() + reason[1:], _line(source, int(where.partition(",")[0] or 0)))
    except (ValueError, RecursionError):
        return None
    return None


def _line(source: str, number: int) -> str:
    lines = source.split("\n")
    return lines[number - 1].strip() if 1 <= number <= len(lines) else ""


_READERS: dict[str, Callable[[str], Fault | None]] = {
    "python": _python_fault,
    "python3": _python_fault,
    "py": _python_fault,
    "json": _json_fault,
    "toml": _toml_fault,
}


def _of_lesson(bank: Bank) -> Iterator[Shown]:
    for index, section in enumerate(bank.lesson.sections if bank.lesson else ()):
        for key, listing in (("before", section.before), ("after", section.after)):
            if listing is not None:
                place = bank.place.at("lesson", "sections", index, key, "source")
                yield Shown(None, listing.language, listing.source, place, False)


def _of_items(bank: Bank) -> Iterator[Shown]:
    for item in bank.items:
        if item.code is not None:
            yield Shown(item, item.code.language, item.code.source, item.place.at("code", "source"), True)


def _of_texts(bank: Bank) -> Iterator[Shown]:
    for item, found, place in structures(bank):
        if "options" not in place.keys:
            for block in found.blocks:
                if block.language is not None and block.language.casefold() not in _OUTPUT:
                    yield Shown(item, block.language, textwrap.dedent(block.source), place, False)
