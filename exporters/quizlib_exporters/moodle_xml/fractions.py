"""The shares of the full marks that Moodle's importer takes; one other refuses the whole file."""

from __future__ import annotations

_PER_CENT = (
    0, 5, 10, 11.11111, 12.5, 14.28571, 16.66667, 20, 25, 30, 33.33333, 40, 50, 60, 66.66667, 70, 75, 80, 83.33333,
    90, 100,
)  # fmt: skip
_TOLERANCE = 0.001


def nearest(fraction: float) -> tuple[str, bool]:
    """Return a share from -1 to 1 in per cent, as Moodle writes it, and whether it is what was asked for."""
    asked = abs(fraction) * 100
    found = min(_PER_CENT, key=lambda per_cent: abs(per_cent - asked))
    if asked and not found:
        found = 5
    sign = "-" if fraction < 0 and found else ""
    return f"{sign}{found:g}" if found == int(found) else f"{sign}{found:.7g}", abs(found - asked) <= _TOLERANCE
