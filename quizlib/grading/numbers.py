"""Typed numbers: exact decimals, with a point or a comma, and never a guess at what was meant."""

from __future__ import annotations

import re
from typing import NamedTuple

from quizlib.grading.texts import BLANKS

_LONGEST = 400  # characters
_DECIMAL = re.compile(r"([+-]?)([0-9]*)(?:[.,]([0-9]*))?(?:[eE]([+-]?[0-9]{1,4}))?")
# 1,000 is one thousand to some and one to others.
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,4})?")


class Number(NamedTuple):
    """A decimal number: `digits` times ten to the power of `exponent`."""

    digits: int
    exponent: int

    def at(self, exponent: int) -> int:
        """Return the digits with another exponent, which is no greater."""
        power: int = 10 ** (self.exponent - exponent)
        return self.digits * power


def is_ambiguous(text: str) -> bool:
    """Whether a comma may divide decimals or thousands."""
    return len(text) <= _LONGEST and _GROUPED.fullmatch(text.strip(BLANKS)) is not None


def number(text: str) -> Number | None:
    """Return the number that a text is, None where it is none or may be meant as another one."""
    found = _DECIMAL.fullmatch(text.strip(BLANKS)) if len(text) <= _LONGEST else None
    if found is None or is_ambiguous(text):
        return None
    sign, whole, fraction, power = found.groups(default="")
    if not whole and not fraction:
        return None
    return Number(int(f"{sign}{whole}{fraction}"), int(power or "0") - len(fraction))


def is_within(one: Number, other: Number, tolerance: Number) -> bool:
    """Whether two numbers differ by at most the tolerance, to the last digit."""
    exponent = min(one.exponent, other.exponent, tolerance.exponent)
    return abs(one.at(exponent) - other.at(exponent)) <= tolerance.at(exponent)
