"""How a process ended, read as an outcome."""

from __future__ import annotations

import signal
import sys

import pytest

from quizlib.sandbox import Limits, Status
from quizlib.sandbox.outcome import outcome

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals as POSIX has them")
_LIMITS = Limits(cpu_seconds=2)


@pytest.mark.parametrize(
    ("cpu", "wall", "status"),
    [
        (2.0, 0.6, Status.TIMEOUT),
        (1.9, 9.0, Status.TIMEOUT),
        (0.1, 9.0, Status.RUNTIME_ERROR),
        (None, 2.1, Status.TIMEOUT),
    ],
)
def test_used_up_processor_time_is_told_from_the_signal_alone(cpu: float | None, wall: float, status: Status) -> None:
    assert outcome(-signal.SIGXCPU, None, "", "", wall, _LIMITS, cpu_seconds=cpu).status is status


def test_a_status_is_a_signal_only_behind_a_shell() -> None:
    assert outcome(137, None, "", "", 0.1, _LIMITS, shell=True).detail == "signal 9 ended it"
    assert outcome(137, None, "", "", 0.1, _LIMITS).detail == ""
