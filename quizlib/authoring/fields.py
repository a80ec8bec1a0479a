"""The kinds of field: texts as typed, numbers and truth values where the schema wants one.

The data come from `quizlib.source`, where every scalar is a string. A text is taken as it is. A number or
truth value is read here, strictly, so that `yes`, `1_000` or `nan` are told apart from what they are not.
The JSON Schema of a text admits numbers and truth values too, since that is how an editor reads `0.27`.

A kind is an annotation that says all there is to know of it; `quizlib.authoring.reading` reads sound data by it,
and `quizlib.authoring.models` makes of it a pydantic model, for faults and for the JSON Schema.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any, NamedTuple, NoReturn, Self

from quizlib.diagnostics import printable

NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?", re.ASCII)
INTEGER = re.compile(r"[-+]?\d{1,18}", re.ASCII)
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}

TEXT_SCHEMA = {"type": ["string", "number", "boolean", "null"]}


class Field(NamedTuple):
    """What an author is told of a field, and its limits.

    Lengths are of texts in characters, and of lists and mappings in entries; `pattern` must stand somewhere in a text.
    """

    description: str | None = None
    gt: float | None = None
    ge: float | None = None
    lt: float | None = None
    le: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None


class Reads(NamedTuple):
    """How a text is made ready to be taken for the kind that is annotated. The function may raise a fault."""

    function: Callable[[str], str | bool]


class JsonSchema:
    """What the JSON Schema says of a kind, where that is not what is seen from its type and limits."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.schema = schema


class Unreadable(ValueError):
    """A value is not of the kind that is wanted. `message` is empty where it is left to pydantic to say why."""

    def __init__(self, message: str = "", help: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


def fault(message: str, help: str | None = None) -> Unreadable:
    """Make an error whose words are shown to the author as they are."""
    return Unreadable(message, help)


def number(value: str) -> str:
    """Check that a text is a decimal number, in ASCII, and return it. Raises a fault."""
    if not NUMBER.fullmatch(value):
        help = "write the decimal sign as a point" if re.fullmatch(r"[-+]?\d+,\d+", value) else None
        raise fault(f"a number is expected here, and `{shown(value)}` is none", help)
    return value


def _integer(value: str) -> str:
    if not INTEGER.fullmatch(value):
        raise fault(f"a whole number is expected here, and `{shown(value)}` is none")
    return value


def _truth(value: str) -> bool:
    if value not in _TRUTH:
        help = None
        if value.lower() in {"yes", "on", "y", "no", "off", "n"}:
            help = f"write `{'true' if value.lower() in {'yes', 'on', 'y'} else 'false'}`"
        raise fault(f"`true` or `false` is expected here, and `{shown(value)}` is neither", help)
    return _TRUTH[value]


def _share(value: str) -> str:
    if value.endswith("%"):
        return str(Decimal(number(value[:-1].strip())) / 100)
    return number(value)


def shown(value: str, limit: int = 60) -> str:
    """Return a text short enough to be quoted in a message, on one line."""
    return printable(value) if len(value) <= limit else printable(value[: limit - 1]) + "…"


Text = Annotated[str, JsonSchema(TEXT_SCHEMA)]
FilledText = Annotated[str, Field(pattern=r"\S"), JsonSchema({**TEXT_SCHEMA, "minLength": 1})]
Identifier = Annotated[
    str,
    Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$"),
    JsonSchema({"type": ["string", "integer"], "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$", "maxLength": 100}),
]
Truth = Annotated[bool, Reads(_truth), JsonSchema({"type": "boolean"})]
Integer = Annotated[int, Reads(_integer)]
Number = Annotated[float, Reads(number)]
DecimalText = Annotated[str, Reads(number), JsonSchema({"type": ["number", "string"]})]
Share = Annotated[
    float,
    Reads(_share),
    Field(ge=-1, le=1),
    JsonSchema({"type": ["number", "string"], "minimum": -1, "maximum": 1}),
]
Points = Annotated[float, Reads(number), Field(gt=0, lt=100_000)]


class Fields:
    """Base of everything an author types: unknown keys are refused, nothing can be changed.

    A field is an annotation, with a default or without. An instance holds only what was typed; what was not is
    found in its class. A known key with nothing behind it is taken for a key that is not there.
    """

    @classmethod
    def of(cls, typed: dict[str, Any]) -> Self:
        """Make an instance of the fields that were typed, which are known to be sound."""
        made = cls()
        vars(made).update(typed)
        return made

    def typed(self) -> dict[str, Any]:
        """Return the fields that were typed."""
        return dict(vars(self))

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError(f"what an author typed is not changed: {name}")


class TextFields(Fields):
    """A mapping for which its `text` alone may stand."""
