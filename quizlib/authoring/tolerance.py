"""Tolerances of numbers: absolute, relative, or by significant figures."""

from decimal import Decimal
from typing import Annotated

from quizlib.authoring.fields import JsonSchema, Reads, fault, number, shown


def _tolerance(value: str) -> str:
    bare = value.removesuffix("%").strip()
    number(bare)
    if Decimal(bare) < 0:
        raise fault(f"a tolerance cannot be negative, and `{shown(value)}` is")
    return value


ToleranceText = Annotated[str, Reads(_tolerance), JsonSchema({"type": ["number", "string"]})]


def absolute_tolerance(answer: Decimal, tolerance: str | None, significant_figures: int | None) -> Decimal:
    """Return how far from `answer` is still right, inclusive.

    A number agrees in n significant figures when it is off by at most half a unit of the n-th one.
    """
    if significant_figures is not None:
        exponent = answer.adjusted() if answer else 0
        return Decimal(5).scaleb(exponent - significant_figures)
    if tolerance is None:
        return Decimal(0)
    if tolerance.endswith("%"):
        return abs(answer) * Decimal(tolerance.removesuffix("%").strip()) / 100
    return Decimal(tolerance)
