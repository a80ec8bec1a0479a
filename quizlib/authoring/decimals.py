"""The values of parameters: texts, truth values, and decimal numbers that keep the digits that an author typed."""

from __future__ import annotations

import dataclasses
import decimal
import operator
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from quizlib.authoring.fields import shown

_SIGNIFICANT = 15  # digits of what is worked out, as many as floating point can show
_MAX_EXPONENT = 60
_MAX_POWER = 1000
_CONTEXT = decimal.Context(
    prec=28,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=-999,
    Emax=999,
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)


class TemplateFault(Exception):
    """Something in a template is wrong. `excerpt` is the part of the text that is meant."""

    def __init__(self, message: str, help: str | None = None, excerpt: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.excerpt = excerpt


@dataclasses.dataclass(frozen=True, slots=True)
class Number:
    """A number. `text` is how it was typed, None for one that was worked out."""

    value: Decimal
    text: str | None = None

    @classmethod
    def of(cls, text: str, *, typed: bool = False) -> Number:
        """Read a number. Raises TemplateFault for what is none, or too large or small to be worked with."""
        try:
            value = Decimal(text)
        except decimal.InvalidOperation:
            raise TemplateFault(f"`{shown(text)}` is not a number") from None
        return cls(_bounded(value), text if typed else None)


Value = Number | str | bool


def printed(value: Value) -> str:
    """Return a value as it is shown: as typed; what is worked out to 15 digits, without zeros at the end."""
    match value:
        case Number(text=str() as text):
            return text
        case Number(value=number):
            return _plain(number)
        case bool():
            return "True" if value else "False"
        case _:
            return value


def apply(sign: str, left: Value, right: Value) -> Number:
    """Work out an operation on two numbers; `-*` is the negative of the product. Raises TemplateFault."""
    one, other = _number(left), _number(right)
    if sign == "**" and abs(other) > _MAX_POWER:
        raise TemplateFault(f"a power may be {_MAX_POWER} at most, and one is {shown(_plain(other))}")
    if sign == "**" and not one and other < 0:
        raise TemplateFault(f"`0 ** {_plain(other)}` divides by zero")
    try:
        with decimal.localcontext(_CONTEXT):
            return Number(_bounded(_OPERATIONS[sign](one, other)))
    except decimal.DivisionByZero:
        raise TemplateFault(f"`{_plain(one)} {sign} {_plain(other)}` divides by zero") from None
    except decimal.Overflow:
        raise TemplateFault("a number becomes too large") from None
    except decimal.InvalidOperation:
        raise TemplateFault(f"`{_plain(one)} {sign} {_plain(other)}` has no value") from None


def compare(sign: str, left: Value, right: Value) -> bool:
    """Compare two values. Raises TemplateFault where one is a number and the other one is none."""
    if isinstance(left, Number) and isinstance(right, Number):
        return _COMPARISONS[sign](left.value, right.value)
    if isinstance(left, str) and isinstance(right, str):
        return _COMPARISONS[sign](left, right)
    if isinstance(left, bool) and isinstance(right, bool) and sign in ("==", "!="):
        return _COMPARISONS[sign](left, right)
    message = f"`{shown(printed(left))}` and `{shown(printed(right))}` cannot be compared: one is a number"
    raise TemplateFault(message if Number in (type(left), type(right)) else message.partition(":")[0])


def filtered(name: str, value: Value, arguments: Sequence[Value]) -> Value:
    """Apply a filter. Raises TemplateFault."""
    least, most = _ARGUMENTS.get(name, (-1, -1))
    if most < 0:
        raise TemplateFault(f"there is no filter `{shown(name)}`", f"there are: {', '.join(_ARGUMENTS)}")
    if not least <= len(arguments) <= most:
        raise TemplateFault(f"the filter `{name}` takes {'no argument' if not most else 'one argument'}")
    match name:
        case "upper" | "lower":
            text = printed(value)
            return text.upper() if name == "upper" else text.lower()
        case "abs":
            return Number(abs(_number(value)))
        case "int":
            return Number(_number(value).to_integral_value(decimal.ROUND_DOWN))
        case "round":
            return Number(_rounded(_number(value), arguments))
        case _:
            rounded = _rounded(_number(value), arguments)
            return Number(rounded, format(rounded, "f"))


def _rounded(number: Decimal, arguments: Sequence[Value]) -> Decimal:
    places = _number(arguments[0]) if arguments else Decimal(0)
    if places != places.to_integral_value() or not 0 <= places <= 15:
        raise TemplateFault(f"a number is rounded to 0 to 15 decimals, and not to {shown(_plain(places))}")
    if number.adjusted() > 40:
        raise TemplateFault("the number is too large to be rounded")
    wide = decimal.Context(prec=100, rounding=decimal.ROUND_HALF_EVEN)
    return number.quantize(Decimal(1).scaleb(-int(places)), context=wide)


def _number(value: Value) -> Decimal:
    if not isinstance(value, Number):
        raise TemplateFault(f"`{shown(printed(value))}` is not a number")
    return value.value


def _bounded(number: Decimal) -> Decimal:
    if not number.is_finite() or (number and abs(number.adjusted()) > _MAX_EXPONENT):
        raise TemplateFault("a number becomes too large, or too small")
    return number


def _plain(number: Decimal) -> str:
    number = decimal.Context(prec=_SIGNIFICANT).plus(number).normalize()
    if not number:
        return "0"
    return format(number, "f") if -7 <= number.adjusted() <= 20 else str(number).lower()


def _floor(one: Decimal, other: Decimal) -> Decimal:
    """Divide as Python does, downwards; decimal itself divides towards zero."""
    quotient = one // other
    return quotient - 1 if one % other and (one < 0) != (other < 0) else quotient


_OPERATIONS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "-*": lambda one, other: -(one * other),
    "/": operator.truediv,
    "//": _floor,
    "%": lambda one, other: one - other * _floor(one, other),
    "**": operator.pow,
}
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_ARGUMENTS = {"round": (0, 1), "int": (0, 0), "fixed": (1, 1), "abs": (0, 0), "upper": (0, 0), "lower": (0, 0)}
