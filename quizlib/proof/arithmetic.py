"""Equations in prose: found, and evaluated within the digits shown. Never with `eval`.

A chain such as `0.8 * 0.7 = 0.56` is checked side by side. A side that holds anything but numbers,
operators, brackets and a few functions is passed over, so that `x = 3` or `f(2) = 4` claim nothing. A
number agrees with another within half a unit of the last digit shown; a whole number behind `=` is exact,
and behind `≈` it is rounded as well.
"""

from __future__ import annotations

import ast
import dataclasses
import itertools
import math
import operator
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

_MAX_DIGITS = 400
_TOKEN = re.compile(
    r"""(?P<number>(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d[\d_]*(?:\.\d[\d_]*)?|\.\d+)(?:[eE][-+]?\d{1,3})?)(?![\w])
      | (?P<name>[^\W\d]\w*|\d+[^\W\d]\w*)
      | (?P<equals>≈|(?<![=!<>:+\-*/%&|^~@])=(?![=]))
      | (?P<operator>\*\*|//|%[ ]of\b|[-+*/%^×·÷−⋅])
      | (?P<open>\() | (?P<close>\))
      | (?P<comma>,)
      | (?P<blank>[ \t]+|\\?\n(?!\n))
      | (?P<tick>`)
      | (?P<other>.|\n)""",
    re.VERBOSE,
)
_LIST_MARKER = re.compile(r"^[ \t]*[-+*](?=[ \t])", re.MULTILINE)
_TEX_OPERATOR = re.compile(r"\\(cdot|times|div)(?![A-Za-z])")
_NUMBER = re.compile(r"\d[\d_,]*(?:\.\d+)?(?:[eE][-+]?\d+)?")
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_TEX = {"cdot": "·", "times": "×", "div": "÷"}
_CANONICAL = {"×": "*", "·": "*", "⋅": "*", "÷": "/", "−": "-"}
_BINDING_WORDS = {"of", "times", "plus", "minus", "by", "over", "modulo", "mod", "than", "to", "power"}

_FUNCTIONS: dict[str, Callable[..., float]] = {
    "abs": abs, "min": min, "max": max, "round": round, "sqrt": math.sqrt, "exp": math.exp, "log": math.log,
    "ln": math.log, "log2": math.log2, "log10": math.log10, "sin": math.sin, "cos": math.cos, "tan": math.tan,
    "floor": math.floor, "ceil": math.ceil, "int": int, "float": float, "len": len,
}  # fmt: skip
_CONSTANTS = {"pi": math.pi, "π": math.pi}
_OPERATORS: dict[type[ast.operator], Callable[[Value, Value], Value]] = {}

Value = int | float | Fraction


@dataclasses.dataclass(frozen=True, slots=True)
class _Value:
    """A value in one reading. `is_rounded`: it is floating point even where numbers are read exactly."""

    number: Value
    is_rounded: bool = False


class _NotArithmetic(Exception):
    """A side holds something else than arithmetic, or more of it than is evaluated."""


@dataclasses.dataclass(frozen=True, slots=True)
class Wrong:
    """An equation that does not hold: as written, and the value of its other side."""

    equation: str
    value: str
    stated: str


@dataclasses.dataclass(frozen=True, slots=True)
class _Side:
    text: str
    start: int
    end: int
    relation: str  # what stands before it: "", "=" or "≈"


def wrong_equations(text: str) -> Iterator[Wrong]:
    """Yield the equations in a Markdown text that do not hold."""
    for chain in _chains(text):
        for left, right in itertools.pairwise(chain):
            wrong = _compared(left, right, text)
            if wrong is not None:
                yield wrong


def equations(text: str) -> int:
    """Count the equations in a text that can be evaluated."""
    return sum(
        _evaluable(left) and _evaluable(right) and (_computes(left.text) or _computes(right.text))
        for chain in _chains(text)
        for left, right in itertools.pairwise(chain)
    )


def computes(text: str, value: Fraction, tolerance: Fraction) -> bool | None:
    """Whether a computation in a text comes to `value`, such as `0.8 * 0.7**3 = 0.2744` to 0.2744.

    None when that cannot be told: nothing is computed, or the value goes into the computation, as in the
    inverse check `75 * 4 = 300` of 75.
    """
    computed = [side.text for chain in _chains(text) for side in chain if _computes(side.text) and _evaluable(side)]
    if any(abs(Fraction(found.number) - value) <= tolerance for side in computed for found in _values(side)):
        return True
    numbers = [
        Fraction(found.number) for side in computed for token in _NUMBER.findall(side) for found in _values(token)
    ]
    return None if not computed or value in numbers else False


def _compared(left: _Side, right: _Side, text: str) -> Wrong | None:
    if not (_computes(left.text) or _computes(right.text)):
        return None
    lefts, rights = _values(left.text), _values(right.text)
    if not lefts or not rights:
        return None
    tolerance = max(_half_unit(left.text, right.relation), _half_unit(right.text, right.relation))
    if any(_agree(one, other, tolerance) for one in lefts for other in rights):
        return None
    computed, stated = (left, right) if _computes(left.text) else (right, left)
    value = _values(computed.text)[0].number
    return Wrong(text[left.start : right.end], _readable(value), stated.text)


def _agree(left: _Value, right: _Value, tolerance: Fraction) -> bool:
    one, other = Fraction(left.number), Fraction(right.number)
    if left.is_rounded or right.is_rounded:  # by a function such as a root: the last bits say nothing
        tolerance = max(tolerance, max(abs(one), abs(other)) / 10**12)
    return abs(one - other) <= tolerance


def _half_unit(text: str, relation: str) -> Fraction:
    """Return half a unit of the last digit of a plain number; nothing for what is computed."""
    bare = text.strip().lstrip("+-−").replace("_", "").replace(",", "")
    percent = bare.endswith("%")
    try:
        number = Decimal(bare.removesuffix("%").strip())
    except ArithmeticError:
        return Fraction(0)
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or (exponent >= 0 and relation == "=" and not percent):
        return Fraction(0)
    unit = Fraction(10) ** exponent if exponent >= -_MAX_DIGITS else Fraction(0)
    return unit / (200 if percent else 2)


def _readable(value: Value) -> str:
    exact = Fraction(value)
    if exact.denominator == 1 and abs(exact) < 10**20:
        return str(exact.numerator)
    return f"{Decimal(exact.numerator) / Decimal(exact.denominator):.10g}"


def _evaluable(side: _Side) -> bool:
    return bool(_values(side.text))


def _computes(text: str) -> bool:
    """Whether a side holds an operator or a function, beyond the sign of a number."""
    return re.search(r"[-+*/%^×·÷−⋅(]", text.strip().lstrip("+-−").removesuffix("%")) is not None


def _values(text: str) -> list[_Value]:
    """Evaluate a side exactly and as floating point; `^` both as power and as Python's exclusive or.

    Empty when the side is no arithmetic. An equation holds when it holds in one of the readings, since a
    lesson on floating point may state `0.1 + 0.2 = 0.30000000000000004`, and one on numbers `= 0.3`.
    """
    source = "".join(_CANONICAL.get(character, character) for character in text.strip().strip("*/"))
    source = re.sub(r"(?<=\d),(?=\d{3})", "", source) if "(" not in source else source
    source = re.sub(r"\s*%(?: of\b|\s*$|(?=\s*[)*/+]))", lambda found: "/100" + "*" * ("of" in found[0]), source)
    readings = [source.replace("^", "**"), source] if "^" in source else [source]
    return [value for reading in readings for value in _readings(reading.strip())]


def _readings(source: str) -> Iterator[_Value]:
    """Evaluate exactly, then as floating point."""
    is_rounded = False
    for exact in (True, False):
        try:
            number = _evaluated(source, exact=exact)
        except (_NotArithmetic, ArithmeticError, ValueError, TypeError):
            continue
        is_rounded = is_rounded or (exact and isinstance(number, float))
        yield _Value(number, is_rounded)


def _evaluated(source: str, *, exact: bool) -> Value:
    if not source or len(source) > 500 or source.count("(") > 50:
        raise _NotArithmetic
    try:
        tree = ast.parse(source.lstrip("0") if re.fullmatch(r"0+[1-9]\d*", source) else source, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _NotArithmetic from None
    return _bounded(_node(tree.body, source, exact))


def _node(node: ast.expr, source: str, exact: bool) -> Value:
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
            return -_node(operand, source, exact)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _node(operand, source, exact)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            one, other = _node(left, source, exact), _node(right, source, exact)
            return _bounded(_OPERATORS[type(op)](one, other))
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in _FUNCTIONS:
            values = [_node(argument, source, exact) for argument in arguments]
            return _bounded(_called(name, values))
        case _:
            raise _NotArithmetic


def _exact(literal: str) -> Fraction:
    """Read a decimal literal exactly, unless its exponent would make a number of a million digits."""
    exponent = literal.lower().partition("e")[2]
    if len(literal) > _MAX_DIGITS or len(exponent.lstrip("+-0")) > 3:
        raise _NotArithmetic
    return Fraction(literal)


def _called(name: str, values: list[Value]) -> Value:
    if name in ("abs", "min", "max"):
        return _FUNCTIONS[name](*values)
    plain: list[int | float] = [
        (value.numerator if value.denominator == 1 else float(value)) if isinstance(value, Fraction) else value
        for value in values
    ]
    if name == "round" and len(plain) > 1 and abs(plain[1]) > _MAX_DIGITS:
        raise _NotArithmetic
    return _FUNCTIONS[name](*plain)


def _bounded(value: Value) -> Value:
    if isinstance(value, bool) or not isinstance(value, int | float | Fraction):
        raise _NotArithmetic
    if isinstance(value, float) and not math.isfinite(value):
        raise _NotArithmetic
    if isinstance(value, int | Fraction):
        fraction = Fraction(value)
        if max(fraction.numerator.bit_length(), fraction.denominator.bit_length()) > _MAX_DIGITS * 4:
            raise _NotArithmetic
    return value


def _power(base: Value, exponent: Value) -> Value:
    if isinstance(exponent, Fraction) and exponent.denominator == 1:
        exponent = exponent.numerator
    if isinstance(exponent, int):
        if abs(exponent) > 1000:
            raise _NotArithmetic
        return Fraction(base) ** exponent if not isinstance(base, float) else base**exponent
    return float(base) ** float(exponent) if base >= 0 else _undefined()


def _undefined() -> Value:
    raise _NotArithmetic


def _divided(one: Value, other: Value) -> Value:
    if isinstance(one, int) and isinstance(other, int):
        return Fraction(one, other)
    return one / other


def _bits(operation: Callable[[int, int], int]) -> Callable[[Value, Value], Value]:
    def apply(one: Value, other: Value) -> Value:
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


def _chains(text: str) -> Iterator[list[_Side]]:
    """Yield each chain of two or more sides, joined by `=` or `≈`."""
    sides: list[_Side] = []
    for piece in _pieces(_prepared(text)):
        if piece is None:
            if len(sides) > 1:
                yield sides
            sides = []
        else:
            sides.append(piece)
    if len(sides) > 1:
        yield sides


def _prepared(text: str) -> str:
    """Blank out code blocks and list markers, and write TeX's operators as signs, at the same length."""
    text = _FENCE.sub(lambda found: "\0" * len(found[0]), text)
    text = _LIST_MARKER.sub(lambda found: "\0" * len(found[0]), text)
    return _TEX_OPERATOR.sub(lambda found: _TEX[found[1]].ljust(len(found[0])), text)


def _pieces(text: str) -> Iterator[_Side | None]:
    """Yield sides, and None where a chain ends."""
    start: int | None = None
    end = 0
    relation = ""
    opened: list[int] = []  # where the brackets that are still open began
    previous = ("", "")
    for token in _TOKEN.finditer(text):
        kind, written = token.lastgroup or "other", token[0]
        if kind == "blank":
            continue
        if start is not None and not opened and _starts_anew(kind, previous, adjacent=token.start() == end):
            yield _Side(text[start:end], start, end, relation)
            yield None
            start, relation = None, ""
        if kind == "equals":
            if opened:
                start = opened[-1] + 1
            at = token.start() if start is None else start
            yield _Side(text[at:end], at, max(at, end), relation)
            start, relation, opened, previous = None, "=" if written == "=" else "≈", [], ("", "")
            continue
        bracket = kind == "other" and written in "[]{}'\""
        if not bracket and (kind in ("other", "tick") or (kind in ("comma", "close") and not opened)):
            if start is not None:
                yield _Side(text[start:end], start, end, relation)
            yield None
            start, relation, opened, previous = None, "", [], ("", "")
            continue
        if kind == "open":
            opened.append(token.start())
        elif kind == "close":
            opened.pop()
        start = token.start() if start is None else start
        end, previous = token.end(), (kind, written)
    if start is not None:
        yield _Side(text[start:end], start, end, relation)
    yield None


def _starts_anew(kind: str, previous: tuple[str, str], *, adjacent: bool) -> bool:
    """Whether an operand stands beside another one: words around an equation, where a side begins."""
    if kind not in ("number", "name", "open") or previous[0] not in ("number", "name", "close"):
        return False
    if previous[0] == "name" and previous[1].lower() in _BINDING_WORDS:
        return False
    return not (kind == "open" and adjacent)
