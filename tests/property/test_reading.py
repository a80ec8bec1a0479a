"""The law of the two readers: what is read without pydantic, pydantic accepts, and gives the same values.

The other way about, a refusal sends the data to pydantic. A needless one costs time and is never a wrong answer, and
happens only to texts that no bank would hold.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from quizlib import plugins, questions
from quizlib.authoring.fields import Fields, Unreadable
from quizlib.authoring.header import Header
from quizlib.authoring.models import validated
from quizlib.authoring.reading import fields, read
from quizlib.source import read as read_yaml
from tests.conftest import ROOT
from tests.property import strategies

SCHEMAS: dict[str, type[Fields]] = {
    name: plugins.load("quizlib.questions", name).QUESTION for name in plugins.names("quizlib.questions")
}
CLASSES: list[type[Fields]] = [Header, *SCHEMAS.values()]
EXAMPLES = sorted(Path(questions.__file__).parent.glob("*/examples.yaml"))
BANKS = sorted(ROOT.glob("banks/**/*.yaml"))

ODD_TEXTS = [
    "", " ", "\n", "\x00", "a\x00b", "\x1c", "\x85", "\xa0", "\u200b", "\u2028", "\ufeff", "\ud800", "a\udfff", "é", "🐍",
    "a\n", "-a", "a" * 100, "a" * 101, "１", "٣", "1_000", "1,5", "nan", "inf", "-inf", "Infinity", "1e999", "-1e-999",
    "1e-400", "0x10", "+5", "-007", "-0", "+0.0", ".5", "5.", ".", "e5", "1e5", "1E+05", " 1", "1 ", "1\n", "1" * 19,
    "9" * 18, "50%", "5 %", "150%", "1e-999%", "%", "nan%", "-1", "1", "1.0", "1.0000000000000001", "0", "60", "60.0",
    "100000", "99999.9999999999999", "yes", "true", "True", "tRUE", "false\n", "easy", "Easy", "code", "python", "en",
    "en-GB", "en-", "en\n", "../x", "/x", "a/b.txt", "a\\b", "c:x", "raises KeyError",
]  # fmt: skip
TEXTS = st.sampled_from(ODD_TEXTS + strategies.TELLTALE) | st.text(max_size=6)


def _outcome(found: Fields) -> Any:
    """Return a value with all its types, and what was typed of it, so that `1`, `1.0` and `True` are told apart."""
    typed = found.typed()
    return type(found), {name: (name in typed, _plain(getattr(found, name))) for name in fields(type(found))}


def _plain(value: Any) -> Any:
    match value:
        case Fields():
            return _outcome(value)
        case list():
            return [_plain(entry) for entry in value]
        case dict():
            return [(key, _plain(entry)) for key, entry in value.items()]
        case _:
            return type(value), repr(value)


def _obeys_the_law(schema: type[Fields], data: Any) -> bool:
    """Hold what is read against what pydantic makes of it. Returns whether it was read."""
    before = copy.deepcopy(data)
    try:
        found = read(schema, data)
    except Unreadable:
        return False
    finally:
        assert data == before
    assert _outcome(found) == _outcome(validated(schema, data))
    return True


def _as_questions(path: Path) -> list[tuple[type[Fields], Any]]:
    """Return what a shipped file holds, with the classes that should read it."""
    document, _ = read_yaml(path.name, path.read_bytes())
    data: Any = document.data if document else None
    questions = data.get("questions", []) if isinstance(data, dict) else data
    found: list[tuple[type[Fields], Any]] = []
    if isinstance(data, dict):
        found.append((Header, {key: data[key] for key in data if key != "questions"}))
    for question in questions or ():
        if isinstance(question, dict) and (schema := SCHEMAS.get(str(question.get("type")))):
            found.append((schema, question))
    return found


SHIPPED = [pair for path in (*EXAMPLES, *BANKS) for pair in _as_questions(path)]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_the_examples_are_read_without_pydantic(path: Path) -> None:
    assert all(_obeys_the_law(schema, data) for schema, data in _as_questions(path))


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_of_every_bank_the_two_readers_think_alike(path: Path) -> None:
    for schema, data in _as_questions(path):
        if not _obeys_the_law(schema, data):
            with pytest.raises(ValidationError):
                validated(schema, data)


def _places(data: Any, keys: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the keys that lead to everything inside `data`."""
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [place for key, value in inside for place in ((*keys, key), *_places(value, (*keys, key)))]


_FIELD_NAMES = sorted({name for schema in CLASSES for name in fields(schema)})
_SHAPES: st.SearchStrategy[Any] = st.recursive(
    st.none() | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "correct", "source", "points", "files", "x"]) | TEXTS, inner, max_size=3
        )
    ),
    max_leaves=6,
)


@st.composite
def _changed(draw: st.DrawFn) -> tuple[type[Fields], Any]:
    """Return a shipped example with a few things dropped, misspelt, added or replaced."""
    schema, data = draw(st.sampled_from(SHIPPED))
    data = copy.deepcopy(data)
    for _ in range(draw(st.integers(1, 3))):
        places = _places(data)
        if not places:
            break
        *around, key = draw(st.sampled_from(places))
        holder = data
        for step in around:
            holder = holder[step]
        match draw(st.sampled_from(["drop", "misspell", "add", "text", "shape"])):
            case "drop":
                del holder[key]
            case "misspell" if isinstance(holder, dict):
                holder[f"{key}s"] = holder.pop(key)
            case "add" if isinstance(holder, dict):
                holder[draw(st.sampled_from(_FIELD_NAMES) | TEXTS)] = draw(_SHAPES)
            case "shape":
                holder[key] = draw(_SHAPES)
            case _:
                holder[key] = draw(TEXTS)
    return schema, data


@given(_changed())
def test_of_changed_examples_the_two_readers_think_alike(changed: tuple[type[Fields], Any]) -> None:
    _obeys_the_law(*changed)


_FIELDS = [(schema, name) for schema in CLASSES for name in fields(schema)]


@given(st.sampled_from(_FIELDS), TEXTS | _SHAPES)
def test_of_any_value_of_any_field_the_two_readers_think_alike(field: tuple[type[Fields], str], value: Any) -> None:
    schema, name = field
    _, data = next(pair for pair in SHIPPED if pair[0] is schema)
    _obeys_the_law(schema, {**data, name: value})


# each kind of place in the examples once: (class, data, keys that lead there)
_KINDS_OF_PLACE = {
    (schema, *(key for key in keys if isinstance(key, str))): (schema, data, keys)
    for schema, data in SHIPPED
    for keys in _places(data)
}
# Python takes the separators U+001C to U+001F for white space, Unicode does not
_NEEDLESSLY_REFUSED = {"\x1c", "1e-999%"}


def _hold_both_readers_to(change: Callable[[Any], Any], *, may_be_refused: bool = False) -> None:
    """Change the value in every kind of place, and let both readers say what they think of it."""
    for schema, data, (*around, key) in _KINDS_OF_PLACE.values():
        changed = copy.deepcopy(data)
        holder = changed
        for step in around:
            holder = holder[step]
        holder[key] = change(holder[key])
        if not _obeys_the_law(schema, changed) and not may_be_refused:
            with pytest.raises(ValidationError):
                validated(schema, changed)


@pytest.mark.parametrize("text", ODD_TEXTS, ids=ascii)
def test_of_any_text_in_any_place_the_two_readers_think_alike(text: str) -> None:
    _hold_both_readers_to(lambda _: text, may_be_refused=text in _NEEDLESSLY_REFUSED)


@pytest.mark.parametrize(
    "shape",
    [None, [], {}, ["a"], ["a", "b"], [None], [[]], {"text": "a"}, {"text": None}, {"text": []}, {"a": "b"}, {"../a": "b"},
     {"a": None}, {"": ""}, {"a\0": "b"}],
    ids=ascii,
)  # fmt: skip
def test_of_any_shape_in_any_place_the_two_readers_think_alike(shape: Any) -> None:
    _hold_both_readers_to(lambda _: shape)


def test_of_the_first_entry_alone_the_two_readers_think_alike() -> None:
    def first_entry(value: Any) -> Any:
        match value:
            case list():
                return value[:1]
            case dict():
                return dict([*value.items()][:1])
            case _:
                return value

    _hold_both_readers_to(first_entry)
