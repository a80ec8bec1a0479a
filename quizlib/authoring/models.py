"""The pydantic models of authoring classes, made of their annotations: for faults, and for the JSON Schema.

To import this module takes longer than to check a small bank, so that it is imported where it is needed, and not
before: `quizlib.authoring.reading` has read what is sound.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeVar, Union

import pydantic

from quizlib.authoring.fields import TEXT_SCHEMA, Field, Fields, JsonSchema, Reads, TextFields
from quizlib.authoring.reading import cached, fields

if TYPE_CHECKING:
    from pydantic.annotated_handlers import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

Typed = TypeVar("Typed", bound=Fields)


class _Model(pydantic.BaseModel):
    """Base of the models: unknown keys are refused; a known one with nothing behind it counts as not there."""

    made_for: ClassVar[type[Fields]]

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @pydantic.model_validator(mode="before")
    @classmethod
    def _leave_out_what_is_empty(cls, data: Any) -> Any:
        if isinstance(data, dict) and None in data.values():
            return {key: value for key, value in data.items() if value is not None or key not in cls.model_fields}
        return data


class _TextModel(_Model):
    """Base of the models for which a text alone may stand."""

    @pydantic.model_validator(mode="before")
    @classmethod
    def _text_alone(cls, data: Any) -> Any:
        return {"text": data} if isinstance(data, str) else data

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Admit the text alone beside the mapping."""
        mapping = handler.resolve_ref_schema(handler(core))
        return {"anyOf": [TEXT_SCHEMA, mapping], "description": mapping.get("description", "")}


@cached
def model(schema: type[Fields]) -> type[pydantic.BaseModel]:
    """Return the model of an authoring class."""
    definitions: dict[str, Any] = {
        name: (_translated(field.annotation), ... if field.required else _default(field.default))
        for name, field in fields(schema).items()
    }
    base = _TextModel if issubclass(schema, TextFields) else _Model
    made = pydantic.create_model(
        schema.__name__, __base__=base, __doc__=schema.__doc__, __module__=schema.__module__, **definitions
    )
    made.made_for = schema
    return made


def validated(schema: type[Typed], data: Any) -> Typed:
    """Return what pydantic makes of `data`, as an authoring value. Raises pydantic.ValidationError."""
    found: Typed = _value(model(schema).model_validate(data))
    return found


def _value(found: Any) -> Any:
    match found:
        case _Model():
            return found.made_for.of({name: _value(getattr(found, name)) for name in found.model_fields_set})
        case list() | tuple():
            return type(found)(map(_value, found))
        case dict():
            return {key: _value(value) for key, value in found.items()}
        case _:
            return found


def _translated(annotation: Any) -> Any:
    """Return an annotation in pydantic's terms."""
    arguments = typing.get_args(annotation)
    match typing.get_origin(annotation):
        case typing.Annotated:
            return Annotated[_translated(arguments[0]), *map(_translated_metadata, arguments[1:])]
        case typing.Union | types.UnionType:
            return Union[tuple(map(_translated, arguments))]  # noqa: UP007 - of so many as there are
        case None if isinstance(annotation, type) and issubclass(annotation, Fields):
            return model(annotation)
        case container if arguments and container is not typing.Literal:
            return container[tuple(map(_translated, arguments))]
        case _:
            return annotation


def _translated_metadata(entry: Any) -> Any:
    match entry:
        case Field():
            return pydantic.Field(**{name: value for name, value in entry._asdict().items() if value is not None})
        case Reads():
            return pydantic.BeforeValidator(_of_texts(entry.function))
        case JsonSchema():
            return pydantic.WithJsonSchema(entry.schema)
        case _:
            return entry


def _of_texts(function: Callable[[str], Any]) -> Callable[[Any], Any]:
    """Let what is no text pass, since pydantic says of it what is wrong."""
    return lambda value: function(value) if isinstance(value, str) else value


def _default(default: Any) -> Any:
    return model(type(default))() if isinstance(default, Fields) else default
