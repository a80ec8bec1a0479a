"""Validation errors in a teacher's words, each at its place.

Sound data are read without pydantic. Of other data pydantic says what kind of error it found and where; the words
are ours, so that they do not change with its versions and name no Python type.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from quizlib.authoring.fields import Fields, Unreadable, shown
from quizlib.authoring.reading import fields, read
from quizlib.diagnostics import Finding, Key, Kind, Place, RenameKey, Repair, SetText

if TYPE_CHECKING:
    from pydantic import ValidationError

UNKNOWN_KEY = Kind("QZ011", "unknown-key")
MISSING_KEY = Kind("QZ012", "missing-key")
WRONG_TYPE = Kind("QZ013", "wrong-type")
BAD_VALUE = Kind("QZ014", "bad-value")

_DID_YOU_MEAN = "did you mean"

Typed = TypeVar("Typed", bound=Fields)
_EXPECTED = {
    "list_type": "a list",
    "dict_type": "a mapping of keys to values",
    "model_type": "a mapping of keys to values",
    "model_attributes_type": "a mapping of keys to values",
    "string_type": "a text",
    "bool_type": "`true` or `false`",
    "float_type": "a number",
    "int_type": "a whole number",
}


def checked(schema: type[Typed], data: Any, place: Place) -> tuple[Typed | None, list[tuple[Kind, Finding]]]:
    """Validate `data`, which stands at `place`. Returns the value or None, and what is wrong with it."""
    try:
        return read(schema, data), []
    except Unreadable:
        return _validated(schema, data, place)


def _validated(schema: type[Typed], data: Any, place: Place) -> tuple[Typed | None, list[tuple[Kind, Finding]]]:
    from pydantic import ValidationError  # slow to import, and not needed where all is sound

    from quizlib.authoring.models import validated

    try:
        return validated(schema, data), []
    except ValidationError as error:
        return None, list(_findings(schema, data, error, place))


def without_unknown_keys(data: Any, place: Place, findings: list[tuple[Kind, Finding]]) -> Any:
    """Return the data as they would be sound, if unknown keys that mean no other are all that is wrong; else None.

    A question is looked at further without such keys. A key that was meant to be another one leaves a gap, of
    which everything that is said would only repeat the fault.
    """
    for kind, finding in findings:
        if kind is not UNKNOWN_KEY or (finding.help or "").startswith(_DID_YOU_MEAN):
            return None
        data = _without(data, finding.place.keys[len(place.keys) :])
    return data


def _without(data: Any, keys: tuple[Key, ...]) -> Any:
    first, *rest = keys
    if isinstance(data, list):
        return [_without(entry, tuple(rest)) if index == first else entry for index, entry in enumerate(data)]
    if not rest:
        return {key: value for key, value in data.items() if key != first}
    return {key: _without(value, tuple(rest)) if key == first else value for key, value in data.items()}


def did_you_mean(word: str, known: list[str]) -> str | None:
    """Return the known word that `word` was probably meant to be."""
    import difflib  # slow to import, and not needed where all is sound

    close = difflib.get_close_matches(word.lower().replace("-", "_"), known, n=1, cutoff=0.6)
    return close[0] if close else None


def only_one_meant(word: str, known: Sequence[str]) -> str | None:
    """Return the known word that `word` is surely meant to be: it is near to it, and to no other one."""
    import difflib

    close = difflib.get_close_matches(word.lower().replace("-", "_"), known, n=2, cutoff=0.75)
    return close[0] if len(close) == 1 else None


def respelt(place: Place, value: str, known: Sequence[str]) -> Repair | None:
    """Return the repair that writes a misspelt word as the only one that it can have been meant to be."""
    meant = only_one_meant(value, known)
    return Repair(f"write `{meant}`", (SetText(place, meant),)) if meant else None


def renamed(place: Place, known: Sequence[str], around: Any) -> Repair | None:
    """Return the repair that gives a misspelt key the only name that it can be meant to have, if that is free."""
    meant = only_one_meant(str(place.keys[-1]), known)
    if meant is None or not isinstance(around, dict) or meant in around:
        return None
    return Repair(f"write `{meant}`", (RenameKey(place, meant),))


def _written(place: Place, help: str | None) -> Repair | None:
    """Return the repair of a truth value that is written in another word."""
    meant = (help or "").removeprefix("write `").removesuffix("`")
    return Repair(f"write `{meant}`", (SetText(place, meant),)) if meant in ("true", "false") else None


def _at(data: Any, keys: tuple[Key, ...]) -> Any:
    """Return what stands in data; None where it stands otherwise than errors say."""
    for key in keys:
        try:
            data = data[key]
        except (LookupError, TypeError):
            return None
    return data


def _findings(schema: type[Fields], data: Any, error: ValidationError, place: Place) -> Iterator[tuple[Kind, Finding]]:
    details = error.errors(include_url=False)
    misspelt: dict[tuple[Key, ...], set[str]] = {}
    for detail in details:
        if detail["type"] == "extra_forbidden":
            *around, key = detail["loc"]
            meant = did_you_mean(str(key), _fields_at(schema, tuple(around)))
            if meant:
                misspelt.setdefault(tuple(around), set()).add(meant)
    for detail in details:
        where = tuple(detail["loc"])
        if detail["type"] == "missing" and where[-1] in misspelt.get(where[:-1], ()):
            continue  # said already, of the key that was meant to be this one
        yield _finding(schema, data, dict(detail), place)


def _finding(schema: type[Fields], data: Any, detail: dict[str, Any], place: Place) -> tuple[Kind, Finding]:
    keys: tuple[Key, ...] = tuple(key for key in detail["loc"] if key != "[key]")
    value = detail["input"]
    context = detail.get("ctx", {})
    here = place.at(*keys)
    name = _name(keys)
    match detail["type"]:
        case "value_error" if isinstance(fault := context["error"], Unreadable):
            return BAD_VALUE, Finding(here, fault.message, fault.help, repair=_written(here, fault.help))
        case "extra_forbidden":
            known = _fields_at(schema, keys[:-1])
            meant = did_you_mean(str(keys[-1]), known)
            help = f"{_DID_YOU_MEAN} `{meant}`?" if meant else f"known here: {', '.join(sorted(known))}"
            message = f"the key `{shown(str(keys[-1]))}` is not known here"
            repair = renamed(here, known, _at(data, keys[:-1]))
            return UNKNOWN_KEY, Finding(here._replace(on_key=True), message, help, repair=repair)
        case "missing":
            return MISSING_KEY, Finding(
                place.at(*keys[:-1]), f"the key `{keys[-1]}` is missing", f"add `{keys[-1]}: …`"
            )
        case "literal_error":
            return BAD_VALUE, _not_one_of(here, name, value, context["expected"])
        case "too_short":
            least = context["min_length"]
            return BAD_VALUE, Finding(here, f"{name} needs at least {least} {'entry' if least == 1 else 'entries'}")
        case "string_too_short" | "string_pattern_mismatch" if isinstance(value, str) and not value.strip():
            return BAD_VALUE, Finding(here, f"{name} is empty")
        case "string_too_long":
            return BAD_VALUE, Finding(here, f"{name} is longer than {context['max_length']} characters")
        case "string_pattern_mismatch" if keys and keys[-1] == "language":
            return BAD_VALUE, Finding(
                here, f"`{shown(value)}` is not a language tag", "write a tag such as `en` or `pt-BR`"
            )
        case "string_pattern_mismatch":
            help = "use letters, digits, `.`, `_` and `-`, and start with a letter or digit"
            return BAD_VALUE, Finding(here, f"`{shown(value)}` cannot be an identifier", help)
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            return BAD_VALUE, Finding(
                here, f"{name} must be {_bound(detail['type'], context)}, and is {shown(str(value))}"
            )
        case kind if kind in _EXPECTED:
            found = "nothing" if value is None else _described(value)
            message = f"{name} is {found}, and {_EXPECTED[kind]} is expected"
            return WRONG_TYPE, Finding(here, message, _shape_help(kind, value))
        case _:
            return BAD_VALUE, Finding(here, f"{name} cannot be read")


def _not_one_of(here: Place, name: str, value: Any, expected: str) -> Finding:
    allowed = [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]
    if not isinstance(value, str):
        return Finding(here, f"{name} is {_described(value)}, and a word is expected", f"one of: {', '.join(allowed)}")
    meant = did_you_mean(value, allowed)
    help = f"did you mean `{meant}`?" if meant else f"one of: {', '.join(allowed)}"
    return Finding(here, f"{name} cannot be `{shown(value)}`", help, repair=respelt(here, value, allowed))


def _name(keys: tuple[Key, ...]) -> str:
    if not keys:
        return "this"
    if isinstance(keys[-1], int):
        around = f" of `{keys[-2]}`" if len(keys) > 1 else ""
        return f"entry {keys[-1] + 1}{around}"
    return f"`{shown(keys[-1])}`"


def _described(value: Any) -> str:
    match value:
        case dict():
            return "a mapping of keys to values"
        case list():
            return "a list"
        case _:
            return f"the text `{shown(str(value))}`"


def _shape_help(kind: str, value: Any) -> str | None:
    if kind == "list_type" and isinstance(value, str):
        return "put each entry on a line of its own, behind `- `"
    if kind == "string_type" and isinstance(value, dict):
        return "quote a text that contains `: ` or starts with `{`"
    if kind == "string_type" and isinstance(value, list):
        return "quote a text that starts with `[` or `- `"
    return None


def _bound(kind: str, context: dict[str, Any]) -> str:
    match kind:
        case "greater_than":
            return f"greater than {context['gt']:g}"
        case "greater_than_equal":
            return f"at least {context['ge']:g}"
        case "less_than":
            return f"less than {context['lt']:g}"
        case _:
            return f"at most {context['le']:g}"


def _fields_at(schema: type[Fields], keys: tuple[Key, ...]) -> list[str]:
    """Return the fields of the class that `keys` lead to, from the top of `schema`."""
    annotation: Any = schema
    for key in keys:
        annotation = _inner(annotation, key)
    found = _class(annotation)
    return list(fields(found)) if found else []


def _inner(annotation: Any, key: Key) -> Any:
    found = _class(annotation)
    if found is not None:
        field = fields(found).get(str(key))
        return field.annotation if field else None
    for candidate in _alternatives(annotation):
        arguments = typing.get_args(candidate)
        if typing.get_origin(candidate) in (list, dict) and arguments:
            return arguments[-1]
    return None


def _class(annotation: Any) -> type[Fields] | None:
    found = (one for one in _alternatives(annotation) if isinstance(one, type) and issubclass(one, Fields))
    return next(found, None)


def _alternatives(annotation: Any) -> Iterator[Any]:
    """Yield what stands in an annotation beside `None` and what is noted of it."""
    if typing.get_origin(annotation) in (typing.Union, types.UnionType, typing.Annotated):
        for argument in typing.get_args(annotation):
            yield from _alternatives(argument)
    else:
        yield annotation
