"""The shares that Moodle takes: the key earns full marks, and nothing else does, whatever has to be rounded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib_exporters.moodle_xml.fractions import nearest, shares

LIST = {
    0, 5, 10, 11.11111, 12.5, 14.28571, 16.66667, 20, 25, 30, 33.33333, 40, 50, 60, 66.66667, 70, 75, 80, 83.33333,
    90, 100,
}  # fmt: skip


@given(st.floats(-1, 1))
def test_every_share_is_in_moodles_list(fraction: float) -> None:
    written, _ = nearest(fraction)
    assert abs(float(written)) in LIST


@given(st.floats(-0.999, 0.999).filter(lambda fraction: abs(fraction) > 0.001))
def test_a_part_is_rounded_neither_to_nothing_nor_to_full_marks(fraction: float) -> None:
    assert 0 < abs(float(nearest(fraction)[0])) < 100


@pytest.mark.parametrize("count", range(1, 21))
def test_equal_shares_of_the_key_add_up_to_full_marks(count: int) -> None:
    written, _ = shares([1 / count] * count + [-1.0], single=False)
    assert sum(map(float, written[:-1])) == pytest.approx(100, abs=0.001)
    assert float(written[-1]) < 0


@given(st.lists(st.integers(1, 100), min_size=1, max_size=20))
def test_any_shares_of_the_key_add_up_to_full_marks(parts: list[int]) -> None:
    written, _ = shares([part / sum(parts) for part in parts] + [-0.02], single=False)
    assert sum(map(float, written[:-1])) == pytest.approx(100, abs=0.02)
    assert all(float(share) > 0 for share in written[:-1])


def test_more_than_twenty_correct_options_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="21 options"):
        shares([1 / 21] * 21, single=False)
