"""The kinds of field: texts as typed, numbers and truth values where the schema wants one.

The data come from `quizlib.source`, where every scalar is a string. A text is taken as it is. A number or
truth value is read here, strictly, so that `yes`, `1_000` or `nan` are told apart from what they are not.
The JSON Schema of a text admits numbers and truth values too, since that is how an editor reads `0.27`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from quizlib.diagnostics import printable

if TYPE_CHECKING:
    from pydantic.annotated_handlers import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?", re.ASCII)
_INTEGER = re.compile(r"[-+]?\d{1,18}", re.ASCII)
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}

TEXT_SCHEMA = {"type": ["string", "number", "boolean", "null"]}


def fault(message: str, help: str | None = None) -> PydanticCustomError:
    """Make an error whose words are shown to the author as they are."""
    return PydanticCustomError("quiz_fault", "{message}", {"message": message, "help": help})


def number(value: Any) -> Any:
    """Check that a text is a decimal number, in ASCII, and return it. Raises a fault."""
    if not isinstance(value, str):
        return value
    if not _NUMBER.fullmatch(value):
        help = "write the decimal sign as a point" if re.fullmatch(r"[-+]?\d+,\d+", value) else None
        raise fault(f"a number is expected here, and `{shown(value)}` is none", help)
    return value


def _integer(value: Any) -> Any:
    if isinstance(value, str) and not _INTEGER.fullmatch(value):
        raise fault(f"a whole number is expected here, and `{shown(value)}` is none")
    return value


def _truth(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value not in _TRUTH:
        help = None
        if value.lower() in {"yes", "on", "y", "no", "off", "n"}:
            help = f"write `{'true' if value.lower() in {'yes', 'on', 'y'} else 'false'}`"
        raise fault(f"`true` or `false` is expected here, and `{shown(value)}` is neither", help)
    return _TRUTH[value]


def _share(value: Any) -> Any:
    if isinstance(value, str) and value.endswith("%"):
        return str(Decimal(number(value[:-1].strip())) / 100)
    return number(value)


def shown(value: str, limit: int = 60) -> str:
    """Return a text short enough to be quoted in a message, on one line."""
    return printable(value) if len(value) <= limit else printable(value[: limit - 1]) + "…"


Text = Annotated[str, WithJsonSchema(TEXT_SCHEMA)]
FilledText = Annotated[
    str, StringConstraints(min_length=1, pattern=r"\S"), WithJsonSchema({**TEXT_SCHEMA, "minLength": 1})
]
Identifier = Annotated[
    str,
    StringConstraints(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$"),
    WithJsonSchema({"type": ["string", "integer"], "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$", "maxLength": 100}),
]
Truth = Annotated[bool, BeforeValidator(_truth), WithJsonSchema({"type": "boolean"})]
Integer = Annotated[int, BeforeValidator(_integer)]
Number = Annotated[float, BeforeValidator(number)]
DecimalText = Annotated[str, BeforeValidator(number), WithJsonSchema({"type": ["number", "string"]})]
Share = Annotated[
    float,
    BeforeValidator(_share),
    Field(ge=-1, le=1),
    WithJsonSchema({"type": ["number", "string"], "minimum": -1, "maximum": 1}),
]
Points = Annotated[float, BeforeValidator(number), Field(gt=0, lt=100_000)]


class Fields(BaseModel):
    """Base of everything an author types: unknown keys are refused, nothing can be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _leave_out_what_is_empty(cls, data: Any) -> Any:
        """Take a key with nothing behind it for a key that is not there."""
        if isinstance(data, dict) and None in data.values():
            return {key: value for key, value in data.items() if value is not None}
        return data


class TextFields(Fields):
    """A mapping for which its `text` alone may stand."""

    @model_validator(mode="before")
    @classmethod
    def _text_alone(cls, data: Any) -> Any:
        return {"text": data} if isinstance(data, str) else data

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Admit the text alone beside the mapping."""
        mapping = handler.resolve_ref_schema(handler(core))
        return {"anyOf": [TEXT_SCHEMA, mapping], "description": mapping.get("description", "")}
