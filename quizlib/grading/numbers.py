"""Typed numbers: exact decimals, with the signs and digits that keyboards have, and never a guess at what was meant."""

from __future__ import annotations

import re
from typing import NamedTuple

from quizlib.grading.texts import BLANKS

_LONGEST = 400  # characters
# The minus sign, dashes that stand for it, and full-width signs; Arabic-Indic, Persian and full-width digits.
_PLAIN = str.maketrans(
    "\u2212\u2013\uff0d\uff0b\uff0e\uff0c\uff45\uff25"
    "٠١٢٣٤٥٦٧٨٩"
    "۰۱۲۳۴۵۶۷۸۹"
    "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19",
    "---+.,eE" + "0123456789" * 3,
)
_MARKS = re.compile("[\u200e\u200f\u061c]")  # of direction: keyboards put them beside signs
_DECIMAL = re.compile(r"([+-]?)([0-9]*)(?:[.,\u066b]([0-9]*))?(?:[eE]([+-]?[0-9]{1,4}))?")
# 1,000 is one thousand to some and one to others; 1.000 is so where decimals have a comma.
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,4})?")
_GROUPED_BY_POINTS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]*)?(?:[eE][+-]?[0-9]{1,4})?")
# The Arabic sign for thousands is for nothing else.
_GROUPED_IN_ARABIC = re.compile("[+-]?[0-9]{1,3}(?:\u066c[0-9]{3})+(?![0-9]).*")


class Number(NamedTuple):
    """A decimal number: `digits` times ten to the power of `exponent`."""

    digits: int
    exponent: int

    def at(self, exponent: int) -> int:
        """Return the digits with another exponent, which is no greater."""
        power: int = 10 ** (self.exponent - exponent)
        return self.digits * power


def is_ambiguous(text: str, *, comma: bool = False) -> bool:
    """Whether a sign may divide decimals or thousands; with `comma`, a comma divides decimals and a point may not."""
    pattern = _GROUPED_BY_POINTS if comma else _GROUPED
    return len(text) <= _LONGEST and pattern.fullmatch(_plain(text)) is not None


def number(text: str, *, comma: bool = False) -> Number | None:
    """Return the number that a text is, None where it is none or may be meant as another one."""
    found = _DECIMAL.fullmatch(_plain(text)) if len(text) <= _LONGEST else None
    if found is None or is_ambiguous(text, comma=comma):
        return None
    sign, whole, fraction, power = found.groups(default="")
    if not whole and not fraction:
        return None
    return Number(int(f"{sign}{whole}{fraction}"), int(power or "0") - len(fraction))


def is_within(one: Number, other: Number, tolerance: Number) -> bool:
    """Whether two numbers differ by at most the tolerance, to the last digit."""
    exponent = min(one.exponent, other.exponent, tolerance.exponent)
    return abs(one.at(exponent) - other.at(exponent)) <= tolerance.at(exponent)


def _plain(text: str) -> str:
    """Return a number in ASCII, but for the Arabic decimal sign, which is never in doubt."""
    text = _MARKS.sub("", text).strip(BLANKS).translate(_PLAIN)
    return text.replace("\u066c", "") if _GROUPED_IN_ARABIC.fullmatch(text) else text
