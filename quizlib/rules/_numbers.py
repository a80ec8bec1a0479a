"""Numbers, and ranges of them, as options write them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

_NUMBER = r"[-+−]?[$€£]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d{1,3})?"
_QUANTITY = re.compile(rf"[`*]*(?P<number>{_NUMBER})\s?(?P<unit>%|[^\W\d_][^\d`*]{{0,19}}?)?[`*.]*")
_UNIT = r"\s?(?P<unit>%|[°º]?\s?[^\W\d_][^\d]{0,19}|°)?"
_FIRST_UNIT = r"(?:%|°|[°º]?\s?[^\W\d_]{1,12})?"
_BETWEEN = re.compile(
    rf"(?:from |about )?(?P<low>{_NUMBER})\s?{_FIRST_UNIT}\s?(?:-|–|—|to)\s?(?P<high>{_NUMBER}){_UNIT}", re.I
)
_BETWEEN_AND = re.compile(rf"between (?P<low>{_NUMBER})\s?{_FIRST_UNIT} and (?P<high>{_NUMBER}){_UNIT}", re.I)
_RANGE_STARTS = re.compile(
    r"[$€£<>+−-]?\s?\.?\d|(?:about|from|betw|less|fewer|under|below|more|great|over|above) ?", re.I
)
_BELOW = re.compile(rf"(?:less than|fewer than|under|below|<)\s?(?P<high>{_NUMBER}){_UNIT}", re.IGNORECASE)
_ABOVE = re.compile(rf"(?:more than|greater than|over|above|>)\s?(?P<low>{_NUMBER}){_UNIT}", re.IGNORECASE)


class Range(NamedTuple):
    """From `low` to `high` of a unit; None where it has no end, and then the other one does not belong to it."""

    low: Decimal | None
    high: Decimal | None
    unit: str


def quantity(text: str) -> tuple[Decimal, str] | None:
    """Return the number that a text is, and its unit; None when it is something else."""
    text = text.strip()
    if len(text) > 40:
        return None
    found = _QUANTITY.fullmatch(text)
    return (_decimal(found["number"]), (found["unit"] or "").strip().casefold()) if found else None


def number_range(text: str) -> Range | None:
    """Return the range of numbers that a text is, or None."""
    text = text.strip().rstrip(".")
    if len(text) > 60 or not _RANGE_STARTS.match(text):
        return None
    for pattern in (_BETWEEN, _BETWEEN_AND, _BELOW, _ABOVE):
        if found := pattern.fullmatch(text):
            parts = found.groupdict()
            low, high = (_decimal(parts[end]) if parts.get(end) else None for end in ("low", "high"))
            ordered = low is None or high is None or low < high
            return Range(low, high, (parts["unit"] or "").strip().casefold()) if ordered else None
    return None


def _decimal(text: str) -> Decimal:
    return Decimal(re.sub(r"[,$€£]", "", text).replace("−", "-"))
