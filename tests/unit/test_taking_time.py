"""The time of a test goes on counting up to Ctrl-C, and stands still until the test is gone on with."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from quizlib.cli import _taking
from quizlib.model import Bank
from quizlib.taking.plan import Asked
from quizlib.taking.session import Session
from quizlib.taking.storage import Store
from tests.exporters.samples import BANKS
from tests.property.strategies import loaded
from tests.unit.helpers import sound
from tests.unit.taking import Clock, dialogue_of, session_of

_TIMED = Asked("test", minutes=2)


class _Interrupted(_taking.Talk):
    """A learner who presses Ctrl-C in place of an answer, after so many seconds."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        super().__init__(io.StringIO(), color=False)
        self._clock, self._seconds = clock, seconds

    def line(self, prompt: str) -> str:
        self._clock.now += self._seconds
        raise KeyboardInterrupt


@pytest.fixture
def bank() -> Bank:
    return sound(loaded(BANKS["fine-tuning"]))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("quizlib.cli._taking.time.monotonic", clock)
    return clock


def _store(folder: Path) -> Store:
    return Store(folder / "state", ("timed",))


def _left_after(session: Session, seconds: float, clock: Clock, folder: Path) -> float | None:
    assert not _taking.finished(session, _store(folder), _Interrupted(clock, seconds))
    return session.seconds_left


def test_what_was_spent_before_ctrl_c_is_gone(bank: Bank, clock: Clock, tmp_path: Path) -> None:
    assert _left_after(session_of(bank, _TIMED), 50, clock, tmp_path) == 70
    clock.now += 1000
    again = _taking.kept(_store(tmp_path), _taking.Talk(io.StringIO(), color=False), is_test=True)
    assert again is not None
    assert _left_after(session_of(bank, _TIMED, kept=again), 60, clock, tmp_path) == 10


def test_practice_without_an_answer_was_not_begun(bank: Bank, clock: Clock, tmp_path: Path) -> None:
    _left_after(session_of(bank), 50, clock, tmp_path)
    assert _taking.kept(_store(tmp_path), _taking.Talk(io.StringIO(), color=False), is_test=False) is None


def test_a_test_whose_time_is_over_is_not_asked_again(bank: Bank, clock: Clock, tmp_path: Path) -> None:
    _left_after(session_of(bank, _TIMED), 500, clock, tmp_path)
    dialogue = dialogue_of(session_of(bank, _TIMED, kept=_store(tmp_path).read()), clock=clock)
    assert dialogue.opening() == ["", "The time is over."]
    assert dialogue.is_finished
