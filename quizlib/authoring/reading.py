"""Sound data to authoring values, without pydantic: a reader is made of each annotation when it is first wanted.

A reader accepts nothing that pydantic, told of the same annotation, would refuse, and gives the same value. What it
is not sure of it refuses, and pydantic judges. Thus the import of pydantic and the making of its models, which take
far longer than all else that is done for a small bank, are paid for only where there is a fault to be explained.
"""

from __future__ import annotations

import builtins
import functools
import re
import types
import typing
from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple, NoReturn, TypeVar

from quizlib.authoring.fields import INTEGER, NUMBER, Field, Fields, JsonSchema, Reads, TextFields, Unreadable

Reader = Callable[[Any], Any]
Typed = TypeVar("Typed", bound=Fields)
Function = TypeVar("Function", bound=Callable[..., Any])

_SURROGATE = re.compile("[\ud800-\udfff]")


class FieldType(NamedTuple):
    """A field as a class declares it."""

    annotation: Any
    required: bool
    default: Any


class _UnknownKindError(Exception):
    """An annotation says something that only pydantic may understand."""


def cached(function: Function) -> Function:
    """Cache a function of a class. It keeps its type, since mypy does not take classes for hashable."""
    return functools.cache(function)  # type: ignore[return-value]


def read(schema: type[Typed], data: Any) -> Typed:
    """Read `data` as `schema` says. Raises Unreadable where they are not sound, or not surely so."""
    found: Typed = _class_reader(schema)(data)
    return found


@cached
def fields(schema: type[Fields]) -> dict[str, FieldType]:
    """Return the fields of a class: those of its bases first, each class's in the order of their declaration."""
    annotations = typing.get_type_hints(schema, include_extras=True)
    found = {}
    for declaring in reversed(schema.__mro__):
        for name in declaring.__annotations__ if issubclass(declaring, Fields) else ():
            if typing.get_origin(annotations[name]) is not ClassVar:
                default = vars(declaring).get(name)
                found[name] = FieldType(annotations[name], name not in vars(declaring), default)
    return found


@cached
def _class_reader(schema: type[Fields]) -> Reader:
    declared = fields(schema)
    try:
        readers = {name: _reader(field.annotation) for name, field in declared.items()}
    except _UnknownKindError:
        return _refuse
    required = {name for name, field in declared.items() if field.required}
    text_alone = issubclass(schema, TextFields)

    def read_fields(data: Any) -> Fields:
        if text_alone and type(data) is str:
            data = {"text": data}
        if type(data) is not dict:
            raise Unreadable
        found = schema()
        typed = vars(found)
        for key, value in data.items():
            if key not in readers:
                raise Unreadable
            if value is None:
                continue
            typed[key] = readers[key](value)
        if not required <= typed.keys():
            raise Unreadable
        return found

    return read_fields


def _refuse(value: Any) -> NoReturn:
    raise Unreadable


def _reader(annotation: Any) -> Reader:
    """Return the reader of what an annotation says. Raises _UnknownKindError."""
    arguments = typing.get_args(annotation)
    match typing.get_origin(annotation):
        case typing.Annotated:
            return _annotated(arguments[0], arguments[1:])
        case typing.Literal:
            return _literal(arguments)
        case typing.Union | types.UnionType if len(arguments) == 2 and arguments[1] is types.NoneType:
            return _reader(arguments[0])  # a None that is given all the same is left to pydantic
        case builtins.list:
            return _list(_reader(arguments[0]))
        case builtins.dict:
            return _dict(_reader(arguments[0]), _reader(arguments[1]))
        case None if isinstance(annotation, type) and issubclass(annotation, Fields):
            return lambda data: _class_reader(annotation)(data)  # made when there is something to read
        case None if annotation in _SCALARS:
            return _SCALARS[annotation]
        case _:
            raise _UnknownKindError(annotation)


def _annotated(kind: Any, metadata: tuple[Any, ...]) -> Reader:
    reader = _reader(kind)
    for entry in metadata:
        match entry:
            case Field():
                reader = _limited(reader, entry)
            case Reads():
                reader = _prepared(entry.function, reader)
            case JsonSchema():
                pass
            case _:
                raise _UnknownKindError(entry)
    return reader


def _text(value: Any) -> str:
    if type(value) is not str:
        raise Unreadable
    return value


def _truth(value: Any) -> bool:
    if type(value) is not bool:
        raise Unreadable
    return value


def _integer(value: Any) -> int:
    if type(value) is not str or not INTEGER.fullmatch(value):
        raise Unreadable
    return int(value)


def _number(value: Any) -> float:
    if type(value) is not str or not NUMBER.fullmatch(value):
        raise Unreadable
    return float(value)


_SCALARS: dict[type, Reader] = {str: _text, bool: _truth, int: _integer, float: _number}


def _literal(words: tuple[Any, ...]) -> Reader:
    def read_word(value: Any) -> Any:
        if type(value) is not str or value not in words:
            raise Unreadable
        return value

    return read_word


def _list(reader: Reader) -> Reader:
    def read_list(data: Any) -> list[Any]:
        if type(data) is not list:
            raise Unreadable
        return [reader(entry) for entry in data]

    return read_list


def _dict(key_reader: Reader, reader: Reader) -> Reader:
    def read_dict(data: Any) -> dict[Any, Any]:
        if type(data) is not dict:
            raise Unreadable
        return {key_reader(key): reader(value) for key, value in data.items()}

    return read_dict


def _prepared(function: Callable[[str], Any], reader: Reader) -> Reader:
    def read_prepared(value: Any) -> Any:
        if type(value) is not str:
            raise Unreadable
        return reader(function(value))

    return read_prepared


def _limited(reader: Reader, field: Field) -> Reader:
    if field.pattern is not None:
        reader = _matching(reader, field.pattern)
    if field.min_length is not None or field.max_length is not None:
        reader = _sized(reader, field.min_length or 0, field.max_length)
    if any(limit is not None for limit in (field.gt, field.ge, field.lt, field.le)):
        reader = _bounded(reader, field)
    return reader


def _matching(reader: Reader, pattern: str) -> Reader:
    # pydantic means by `$` the very end, and can match no text that is not Unicode
    search = re.compile(re.sub(r"\$$", r"\\Z", pattern)).search

    def read_matching(value: Any) -> str:
        text: str = reader(value)
        if not search(text) or not _is_unicode(text):
            raise Unreadable
        return text

    return read_matching


def _sized(reader: Reader, least: int, most: int | None) -> Reader:
    def read_sized(value: Any) -> Any:
        found = reader(value)
        if len(found) < least or (most is not None and len(found) > most):
            raise Unreadable
        if type(found) is str and not _is_unicode(found):
            raise Unreadable
        return found

    return read_sized


def _bounded(reader: Reader, field: Field) -> Reader:
    def read_bounded(value: Any) -> Any:
        found = reader(value)
        if (
            (field.gt is not None and not found > field.gt)
            or (field.ge is not None and not found >= field.ge)
            or (field.lt is not None and not found < field.lt)
            or (field.le is not None and not found <= field.le)
        ):
            raise Unreadable
        return found

    return read_bounded


def _is_unicode(text: str) -> bool:
    return text.isascii() or not _SURROGATE.search(text)
