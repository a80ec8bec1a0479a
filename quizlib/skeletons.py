"""Skeletons: a bank, or a question of a type, that validates as it stands and says in comments what may be changed.

That of a question is the file `skeleton.yaml` in the folder of its type; a type without one gives the first of its
examples.
"""

from __future__ import annotations

import itertools
import re
import textwrap
from collections.abc import Collection
from importlib import resources

from quizlib import plugins
from quizlib.source import read
from quizlib.yaml_events import Marks

SCHEMA_LINE = "# yaml-language-server: $schema=bank.schema.json"  # `quiz schema > bank.schema.json` writes that file
FIRST_TYPE = "code_output"  # of the question in a new bank: what sets quizlib apart is that its key is proved
_IDENTIFIER = re.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_PLAIN = re.compile(r"[A-Za-z](?:[\w ,.()'/-]*[\w.)])?")
_RESERVED = frozenset(["true", "false", "null", "yes", "no", "on", "off", "y", "n"])

_BANK = """\
{schema}
format: 1
id: {identifier}{comment}
title: {title}
language: en
# license: CC-BY-4.0          # who may do what with the bank
# authors: [Ada Lovelace]
# tags: [loops]               # added to the tags of every question
# defaults: {{points: 1, difficulty: medium, shuffle: true}}

questions:
{question}"""
_COMMENT = "    # the same for ever: an LMS knows the bank by it"


class SkeletonError(Exception):
    """There is no such skeleton, or it cannot be made as asked; the message says why."""


def bank(identifier: str, title: str | None = None, kind: str = FIRST_TYPE) -> str:
    """Return the text of a new bank with one question of a type. Without a title, one is made of the identifier.

    Raises SkeletonError for an identifier or a title that no bank may have, and as `question` does.
    """
    title = title or re.sub("[._-]+", " ", checked(identifier)).strip().capitalize() or identifier
    indented = textwrap.indent(question(kind, "first-question"), "  ")
    return _BANK.format(
        schema=SCHEMA_LINE, identifier=checked(identifier), comment=_COMMENT, title=scalar(title), question=indented
    )


def question(kind: str, identifier: str | None = None, taken: Collection[str] = (), stems: Collection[str] = ()) -> str:
    """Return a new question as an entry of a list, unindented.

    Without an identifier it has that of the skeleton, with a number where that one is taken; and so it is with its
    stem among the `stems` that the bank has. Raises SkeletonError, and quizlib.plugins.PluginError for a type that is
    not there.
    """
    text = _with_another_stem(_entry(kind), stems)
    document, _ = read(kind, text.encode())
    place = Marks(text).values.get((0, "id")) if document and document.data else None
    if place is None:
        raise SkeletonError(f"the skeleton of {kind!r} cannot be read as a question with an id")
    name = checked(identifier) if identifier is not None else _free(text[slice(*place)].strip("\"'"), taken)
    if name in taken:
        raise SkeletonError(f"the id {name!r} is taken by another question of this bank")
    return text[: place[0]] + name + text[place[1] :]


def identifier_of(file_name: str) -> str:
    """Return the identifier that suits a bank in a file of that name, such as `Week 3.yaml`."""
    stem = file_name.rpartition(".")[0] or file_name
    return re.sub("[^A-Za-z0-9._]+", "-", stem).strip("._-")[:100].lower() or "my-bank"


def checked(identifier: str) -> str:
    """Return an identifier as it is. Raises SkeletonError for what is none."""
    if not _IDENTIFIER.fullmatch(identifier):
        raise SkeletonError(f"{identifier!r} is no id: letters, digits, `.`, `_` and `-`, at most 100")
    return identifier


def scalar(text: str) -> str:
    """Return a text of one line as YAML, in quotes where it needs them. Raises SkeletonError for more than a line."""
    if not text.strip() or any(not one.isprintable() and one not in "\u00a0\u2009\u202f" for one in text):
        raise SkeletonError(f"{text!r} is no line of text")
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _free(name: str, taken: Collection[str]) -> str:
    names = (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in names if one not in taken)


def _with_another_stem(text: str, stems: Collection[str]) -> str:
    """Number the stem of a question that the bank has already, lest two questions ask the same; plain texts only.

    The number stands nowhere else in the question, which makes it one that tells questions apart (similar-stems).
    """
    stem, place = _stem(text), Marks(text).values.get((0, "stem"))
    if stem not in stems or place is None:
        return text
    others = (f" ({number})" for number in itertools.count(2) if str(number) not in text)
    number = next(one for one in others if stem + one not in stems)
    numbered = text[: place[1]] + number + text[place[1] :]
    return numbered if _stem(numbered) == stem + number else text


def _stem(text: str) -> str:
    """Return the stem of the question that is the only entry of a list; nothing where there is none."""
    document, _ = read("skeleton", text.encode())
    entries = document.data if document and isinstance(document.data, list) else []
    stem = entries[0].get("stem") if entries and isinstance(entries[0], dict) else None
    return stem if isinstance(stem, str) else ""


def _entry(kind: str) -> str:
    """Return the skeleton of a type, or its first example."""
    module = plugins.load("quizlib.questions", kind)
    for name in ("skeleton.yaml", "examples.yaml"):
        try:
            text = resources.files(module).joinpath(name).read_text(encoding="utf-8")
        except (OSError, TypeError):  # TypeError: before Python 3.12, of a type that is a module and no folder
            continue
        return _first(text.replace("\r\n", "\n"))
    raise SkeletonError(f"the question type {kind!r} brings no skeleton: neither skeleton.yaml nor examples.yaml")


def _first(text: str) -> str:
    """Return the first entry of a list in YAML, with what stands above it."""
    dashes = [found.start() for found in re.finditer("^- ", text, re.MULTILINE)]
    return (text[: dashes[1]] if len(dashes) > 1 else text).strip("\n") + "\n"
