"""The value of one side of an equation: exact, as floating point, and within the digits shown. Never `eval`.

A side is Python's arithmetic, with the signs that people write: `×`, `÷`, `−`, `^`, `√`, superscripts, per cent.
Whatever else it holds makes it no arithmetic, and it has no value.
"""

from __future__ import annotations

import ast
import dataclasses
import math
import operator
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

_MAX_DIGITS = 400
_MAX_CHARACTERS = 500
NUMBER = re.compile(r"\d[\d_,]*(?:\.\d+)?(?:[eE][-+]?\d+)?")
_CANONICAL = {"×": "*", "·": "*", "⋅": "*", "÷": "/", "−": "-", "…": "..."}
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_Functions = Mapping[str, Callable[..., float]]
_FUNCTIONS: dict[str, Callable[..., float]] = {
    "abs": abs, "min": min, "max": max, "round": round, "sqrt": math.sqrt, "exp": math.exp, "log": math.log,
    "ln": math.log, "log2": math.log2, "log10": math.log10, "sin": math.sin, "cos": math.cos, "tan": math.tan,
    "floor": math.floor, "ceil": math.ceil, "int": int, "float": float, "len": len,
}  # fmt: skip
# What some books mean by the same names: the logarithm to the base ten, and angles in degrees.
_OTHER_FUNCTIONS: dict[str, Callable[..., float]] = {
    "log": math.log10,
    "sin": lambda angle: math.sin(math.radians(angle)),
    "cos": lambda angle: math.cos(math.radians(angle)),
    "tan": lambda angle: math.tan(math.radians(angle)),
}
_CONSTANTS = {"pi": math.pi, "π": math.pi}
_OPERATORS: dict[type[ast.operator], Callable[[Number, Number], Number]] = {}

Number = int | float | Fraction


@dataclasses.dataclass(frozen=True, slots=True)
class Value:
    """A value in one reading. `is_rounded`: it is floating point even where numbers are read exactly."""

    number: Number
    is_rounded: bool = False


class _NotArithmetic(Exception):
    """A side holds something else than arithmetic, or more of it than is evaluated."""


def half_unit(text: str, relation: str) -> Fraction:
    """Return half a unit of the last digit of a plain number; nothing for what is computed."""
    bare = text.strip().lstrip("+-−").replace("_", "").replace(",", "")
    percent = bare.endswith("%")
    try:
        number = Decimal(bare.removesuffix("%").strip())
    except ArithmeticError:
        return Fraction(0)
    exponent = number.as_tuple().exponent
    is_whole = "e" not in bare.lower() and not percent
    if not isinstance(exponent, int) or (exponent >= 0 and relation == "=" and is_whole):
        return Fraction(0)
    unit = Fraction(10) ** exponent if exponent >= -_MAX_DIGITS else Fraction(0)
    return unit / (200 if percent else 2)


def readable(value: Number) -> str:
    """Return a number for a message, to ten digits."""
    exact = Fraction(value)
    if exact.denominator == 1 and abs(exact) < 10**20:
        return str(exact.numerator)
    return f"{Decimal(exact.numerator) / Decimal(exact.denominator):.10g}"


def is_computed(text: str) -> bool:
    """Whether a side holds an operator or a function, beyond the sign of a number."""
    return re.search(r"[-+*/%^×·÷−⋅√(⁰¹²³⁴⁵⁶⁷⁸⁹]", text.strip().lstrip("+-−").removesuffix("%")) is not None


def values(text: str) -> list[Value]:
    """Evaluate a side exactly and as floating point; `^` both as power and as Python's exclusive or.

    Empty when the side is no arithmetic. An equation holds when it holds in one of the readings, since a
    lesson on floating point may state `0.1 + 0.2 = 0.30000000000000004`, and one on numbers `= 0.3`.
    """
    if len(text) > _MAX_CHARACTERS:
        return []
    text = re.sub(r"^\*{1,2}(?=\S)|(?<=\S)\*{1,2}$", "", text.strip(" \t`$"))  # marks of emphasis
    source = "".join(_CANONICAL.get(character, character) for character in text)
    source = re.sub(r"[`$]+", " ", source).replace("\n", " ")
    source = re.sub(r"(?<=\d)[,_]+(?=\d{3})", "", source) if "(" not in source else re.sub("__+", "", source)
    source = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda found: f"**{found[0].translate(_SUPERSCRIPTS)}", source)
    source = re.sub(
        r"√\s*(?:(?=\()|(\d+(?:\.\d+)?))", lambda found: f"sqrt({found[1]})" if found[1] else "sqrt", source
    )
    if (percent := _with_percents(source)) is None:
        return []
    source = percent
    readings = [source.replace("^", "**"), source] if "^" in source else [source]
    return [value for reading in readings for value in _readings(reading.strip())]


def _with_percents(source: str) -> str | None:
    """Write per cent as a division by 100. None where `200 + 10 %` may mean ten per cent of the 200."""
    found, count = re.subn(
        r"\s*%(?: of\b|\s*$|(?=\s*[)*/])|(?=\s+[-+]\s))", lambda sign: "/100" + "*" * ("of" in sign[0]), source
    )
    adds = re.search(r"[\d)%]\s*[-+]", source) is not None
    return None if count and adds and count < len(NUMBER.findall(source)) else found


def _readings(source: str) -> Iterator[Value]:
    """Evaluate exactly, then as floating point."""
    is_rounded = False
    readings = [(True, _FUNCTIONS), (False, _FUNCTIONS)]
    if any(name in source for name in _OTHER_FUNCTIONS):
        readings.append((False, _FUNCTIONS | _OTHER_FUNCTIONS))
    for exact, functions in readings:
        try:
            number = _evaluated(source, exact, functions)
        except (_NotArithmetic, ArithmeticError, ValueError, TypeError):
            continue
        is_rounded = is_rounded or (exact and isinstance(number, float))
        yield Value(number, is_rounded)


def _evaluated(source: str, exact: bool, functions: _Functions) -> Number:
    if not source or source.count("(") > 50:
        raise _NotArithmetic
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(source.lstrip("0") if re.fullmatch(r"0+[1-9]\d*", source) else source, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _NotArithmetic from None
    return _bounded(_node(tree.body, source, exact, functions))


def _node(node: ast.expr, source: str, exact: bool, functions: _Functions) -> Number:
    match node:
        case ast.Constant(value=bool() | str() | bytes() | complex() | None):
            raise _NotArithmetic
        case ast.Constant(value=int() | float() as value):
            if isinstance(value, int) or not exact:
                return _bounded(value)
            return _exact((ast.get_source_segment(source, node) or "").replace("_", ""))
        case ast.Name(id=name) if name in _CONSTANTS:
            return _CONSTANTS[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_node(operand, source, exact, functions)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _node(operand, source, exact, functions)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            one, other = _node(left, source, exact, functions), _node(right, source, exact, functions)
            return _bounded(_OPERATORS[type(op)](one, other))
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in functions:
            values = [_node(argument, source, exact, functions) for argument in arguments]
            return _bounded(_called(name, functions[name], values))
        case _:
            raise _NotArithmetic


def _exact(literal: str) -> Fraction:
    """Read a decimal literal exactly, unless its exponent would make a number of a million digits."""
    exponent = literal.lower().partition("e")[2]
    if len(literal) > _MAX_DIGITS or len(exponent.lstrip("+-0")) > 3:
        raise _NotArithmetic
    return Fraction(literal)


def _called(name: str, function: Callable[..., float], values: list[Number]) -> Number:
    if name in ("abs", "min", "max"):
        return function(*values)
    plain: list[int | float] = [
        (value.numerator if value.denominator == 1 else float(value)) if isinstance(value, Fraction) else value
        for value in values
    ]
    if name == "round" and len(plain) > 1 and abs(plain[1]) > _MAX_DIGITS:
        raise _NotArithmetic
    return function(*plain)


def _bounded(value: Number) -> Number:
    if isinstance(value, bool) or not isinstance(value, int | float | Fraction):
        raise _NotArithmetic
    if isinstance(value, float) and not math.isfinite(value):
        raise _NotArithmetic
    if isinstance(value, int | Fraction):
        fraction = Fraction(value)
        if max(fraction.numerator.bit_length(), fraction.denominator.bit_length()) > _MAX_DIGITS * 4:
            raise _NotArithmetic
    return value


def _power(base: Number, exponent: Number) -> Number:
    if isinstance(exponent, Fraction) and exponent.denominator == 1:
        exponent = exponent.numerator
    if isinstance(exponent, int):
        if abs(exponent) > 1000:
            raise _NotArithmetic
        return Fraction(base) ** exponent if not isinstance(base, float) else base**exponent
    return float(base) ** float(exponent) if base >= 0 else _undefined()


def _undefined() -> Number:
    raise _NotArithmetic


def _divided(one: Number, other: Number) -> Number:
    if isinstance(one, int) and isinstance(other, int):
        return Fraction(one, other)
    return one / other


def _bits(operation: Callable[[int, int], int]) -> Callable[[Number, Number], Number]:
    def apply(one: Number, other: Number) -> Number:
        if not (isinstance(one, int) and isinstance(other, int)):
            raise _NotArithmetic
        return operation(one, other)

    return apply


_OPERATORS.update(
    {
        ast.Add: operator.add,
        ast.Sub: operator.sub,
        ast.Mult: operator.mul,
        ast.Div: _divided,
        ast.FloorDiv: operator.floordiv,
        ast.Mod: operator.mod,
        ast.Pow: _power,
        ast.BitXor: _bits(operator.xor),
    }
)
