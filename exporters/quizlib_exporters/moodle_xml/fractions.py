"""The shares of the full marks that Moodle's importer takes; one other refuses the whole file."""

from __future__ import annotations

from collections.abc import Sequence

_PER_CENT = (
    0, 5, 10, 11.11111, 12.5, 14.28571, 16.66667, 20, 25, 30, 33.33333, 40, 50, 60, 66.66667, 70, 75, 80, 83.33333,
    90, 100,
)  # fmt: skip
_TOLERANCE = 0.001


def shares(fractions: Sequence[float], *, single: bool) -> tuple[list[str], bool]:
    """Return the shares of a choice's options as Moodle writes them, and whether they are what was asked for.

    Whatever is rounded, the key earns full marks and nothing else does. Raises ValueError where Moodle's list does
    not allow that: for more than 20 correct options of a multiple response.
    """
    written = [nearest(fraction) for fraction in fractions]
    exact = all(is_exact for _, is_exact in written)
    texts = [text for text, _ in written]
    if exact or single:
        return texts, exact
    right = [index for index, fraction in enumerate(fractions) if fraction > 0]
    if abs(sum(float(texts[index]) for index in right) - 100) > 0.01:
        for index, share in zip(right, _equal(len(right)), strict=True):
            texts[index] = share
    return texts, False


def _equal(count: int) -> list[str]:
    """Divide the full marks among `count` options, as equally as the list allows."""
    share, is_exact = nearest(1 / count)
    if is_exact:
        return [share] * count
    tens = 20 - count  # tens and fives: ten more for each option that gets five less
    if tens < 0:
        raise ValueError(f"Moodle cannot divide the marks among {count} options")
    return ["10"] * tens + ["5"] * (count - tens)


def nearest(fraction: float) -> tuple[str, bool]:
    """Return a share from -1 to 1 in per cent, as Moodle writes it, and whether it is what was asked for."""
    asked = abs(fraction) * 100
    # Rounding makes neither full marks of a part of them, nor nothing.
    among = _PER_CENT if asked > 100 - _TOLERANCE else _PER_CENT[:-1] if not asked else _PER_CENT[1:-1]
    found = min(among, key=lambda per_cent: abs(per_cent - asked))
    sign = "-" if fraction < 0 and found else ""
    return f"{sign}{found:g}" if found == int(found) else f"{sign}{found:.7g}", abs(found - asked) <= _TOLERANCE
