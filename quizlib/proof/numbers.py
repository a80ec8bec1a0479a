"""Numbers that a program wrote, read without trust."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

_MAX_DIGITS = 400


def read_number(text: str) -> Fraction | None:
    """Return the decimal number that a text is; None for anything else, and for what takes too long to compute with."""
    text = text.strip()
    if len(text) > _MAX_DIGITS:
        return None
    try:
        number = Decimal(text)
    except ArithmeticError:
        return None
    return Fraction(number) if number.is_finite() and abs(number.adjusted()) < _MAX_DIGITS else None
