"""Equations in prose: found, and evaluated within the digits shown. Never with `eval`.

A chain such as `0.8 * 0.7 = 0.56` is checked side by side. A side that holds anything but numbers,
operators, brackets and a few functions is passed over, so that `x = 3` or `f(2) = 4` claim nothing. A
number agrees with another within half a unit of the last digit shown; a whole number behind `=` is exact,
and behind `≈` it is rounded as well.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from quizlib.proof.evaluation import NUMBER, Value, half_unit, is_computed, readable, values

_TOKEN = re.compile(
    r"""(?P<number>(?<![\d.])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d[\d_]*(?:\.\d[\d_]*)?|\.\d+)(?:[eE][-+]?\d{1,3})?
                   (?:\.{3}|…)?)(?![^\W⁰¹²³⁴⁵⁶⁷⁸⁹]|[.,]\d)
      | (?P<power>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)
      | (?P<name>[^\W\d]\w*|\d+[^\W\d]\w*|\d+(?:[.,]\d+)+)
      | (?P<equals>≈|(?<![=!<>:+\-*/%&|^~@])=(?![=]))
      | (?P<operator>\*\*|//|%[ ]of\b|[-+*/%^×·÷−⋅√])
      | (?P<open>\() | (?P<close>\))
      | (?P<comma>,)
      | (?P<blank>[ \t`$]+|\\?\n(?!\n))
      | (?P<other>.|\n)""",
    re.VERBOSE,
)
_LIST_MARKER = re.compile(r"^[ \t]*[-+*](?=[ \t])", re.MULTILINE)
_TEX_OPERATOR = re.compile(r"\\(cdot|times|div|sqrt)(?![A-Za-z])")
_MATHS = re.compile(r"\$[^$]*\$")
_GROUPING = re.compile(r"(?<=\d)(?:\\,|[\u00a0\u2009\u202f])(?=\d{3}(?!\d))")
_RATIO = re.compile(r"(?<=\d ):(?= \d)")
_DASH = re.compile(r"(?<=\d )–(?= \d)")
# What stands around an equation that means something else than it says, or says that it does not hold.
_DENIED = re.compile(
    r"\b(?:not|never|wrong|wrongly|instead|false|mistakes?|mistaken\w*|incorrect\w*)\b|n['’]t\b", re.IGNORECASE
)
_WORD = re.compile(r"[ \u00a0]?[A-Za-z°µ]")
_SENTENCE_END = re.compile(r"[.!?;:](?=\s)|\n\n")
_OTHER_READING = re.compile(
    r"[ `$*]*(?:\?|remainder\b|rem\b|[Rr] ?\d|rest\b|in (?:binary|octal|decimal|hex\w*|base)\b|\(?(?:mod|modulo)\b)"
)
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_TEX = {"cdot": "·", "times": "×", "div": "÷", "sqrt": "√"}
# Behind these a minus that stands close to a number is its sign: `and then -3 * 4 = -12`.
_LEADING_WORDS = {"and", "so", "then", "thus", "hence", "now", "next", "first", "finally", "is", "are", "gives", "get"}
_BINDING_WORDS = {"of", "times", "plus", "minus", "by", "over", "modulo", "mod", "than", "to", "power"}


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


def computes(text: str, value: Fraction, tolerance: Fraction) -> bool | None:
    """Whether the last computation in a text comes to `value`, such as `0.8 * 0.7**3 = 0.2744` to 0.2744.

    A text that is a computation, and nothing else, need not state what it comes to. None when that cannot be told:
    nothing is computed, or the value goes into the computation, as in the inverse check `75 * 4 = 300` of 75.
    """
    equations = [[side.text for side in chain] for chain in _chains(text)] or [[_prepared(text).strip("\0 \n")]]
    chains = [[side for side in sides if is_computed(side) and values(side)] for sides in equations]
    computed = next(filter(None, reversed(chains)), [])
    if any(abs(Fraction(found.number) - value) <= tolerance for side in computed for found in values(side)):
        return True
    numbers = {
        Fraction(found.number)
        for chain in chains
        for side in chain
        for number in NUMBER.findall(side)
        for found in values(number)
    }
    return None if not computed or value in numbers else False


def _compared(left: _Side, right: _Side, text: str) -> Wrong | None:
    if not (is_computed(left.text) or is_computed(right.text)):
        return None
    lefts, rights = values(left.text), values(right.text)
    if not lefts or not rights or _means_something_else(text, left.start, right.end):
        return None
    tolerance = max(half_unit(left.text, right.relation), half_unit(right.text, right.relation))
    if right.relation == "≈" and not tolerance:
        tolerance = abs(Fraction(rights[0].number)) / 100
    if any(_agree(one, other, tolerance) for one in lefts for other in rights):
        return None
    if _in_other_units(lefts, rights, text, right.end) or _holds_in_binary(left.text, right.text):
        return None
    computed, stated = (left, right) if is_computed(left.text) else (right, left)
    value = values(computed.text)[0].number
    return Wrong(text[left.start : right.end], readable(value), stated.text)


def _means_something_else(text: str, start: int, end: int) -> bool:
    """Whether the words around an equation deny it, ask for it, or read its numbers in another way."""
    if _OTHER_READING.match(text, end):
        return True
    before = text[max(0, start - 300) : start]
    sentence = _SENTENCE_END.split(before)[-1]
    return _DENIED.search(sentence) is not None


def _in_other_units(lefts: list[Value], rights: list[Value], text: str, end: int) -> bool:
    """Whether a word behind the equation may stand for the power of ten by which its sides differ: `14 GB`."""
    if not _WORD.match(text, end) or not lefts[0].number or not rights[0].number:
        return False
    ratio = Fraction(lefts[0].number) / Fraction(rights[0].number)
    return any(ratio in (Fraction(10) ** power, Fraction(1, 10**power)) for power in range(1, 19))


def _holds_in_binary(left: str, right: str) -> bool:
    """Whether all numbers are written with 0 and 1, and the equation holds when they are read so."""
    if not all(set(number) <= {"0", "1"} for number in NUMBER.findall(f"{left} {right}")):
        return False
    sides = (values(NUMBER.sub(lambda number: str(int(number[0], 2)), side)) for side in (left, right))
    return any(_agree(one, other, Fraction(0)) for one, other in itertools.product(*sides))


def _agree(left: Value, right: Value, tolerance: Fraction) -> bool:
    one, other = Fraction(left.number), Fraction(right.number)
    if left.is_rounded or right.is_rounded:  # by a function such as a root: the last bits say nothing
        tolerance = max(tolerance, max(abs(one), abs(other)) / 10**12)
    return abs(one - other) <= tolerance


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
    text = _GROUPING.sub(lambda found: "_" * len(found[0]), text)
    text = _RATIO.sub("÷", _DASH.sub("-", text))
    text = _MATHS.sub(lambda found: found[0].replace("{", "(").replace("}", ")"), text)
    text = re.sub(r"\\(?=[*_+-])", " ", text)
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
        adjacent = token.start() == end
        anew = _starts_anew(kind, previous, adjacent=adjacent) or (not adjacent and _is_sign(token, previous))
        if start is not None and not opened and anew:
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
        if not bracket and (kind == "other" or (kind in ("comma", "close") and not opened)):
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
    if kind not in ("number", "name", "open") or previous[0] not in ("number", "name", "close", "power"):
        return False
    if kind == previous[0] == "number":  # a mixed number such as 3 1/2
        return False
    if previous[0] == "name" and previous[1].lower() in _BINDING_WORDS:
        return False
    return not (kind == "open" and adjacent)


def _is_sign(token: re.Match[str], previous: tuple[str, str]) -> bool:
    """Whether a minus is the sign of a number or bracket with which a side begins."""
    close = not token.string[token.end() : token.end() + 1].isspace()
    return token[0] in ("-", "−") and close and previous[0] == "name" and previous[1].lower() in _LEADING_WORDS
