"""How far a learner has come: the response to each question, and what it took. No text, no terminal."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from quizlib.delivery.digest import digest
from quizlib.grading import Outcome, State, attempted, score
from quizlib.model import Item
from quizlib.results import Response, Result
from quizlib.taking.plan import Plan


@dataclasses.dataclass(frozen=True, slots=True)
class Work:
    """What was done on a question; `response` is None where it has none. `hints` counts those that were read."""

    response: Any = None
    hints: int = 0
    gave_up: bool = False
    seconds: float = 0.0

    @property
    def is_done(self) -> bool:
        """Whether it was answered, or given up."""
        return self.response is not None or self.gave_up


@dataclasses.dataclass(frozen=True, slots=True)
class Kept:
    """What was kept of a session that did not come to its end. `elapsed` is in seconds."""

    seed: str
    started: str
    elapsed: float
    responses: tuple[Response, ...]


class Session:
    """A practice or a test on its way: at one question at a time."""

    def __init__(self, plan: Plan, started: str, kept: Kept | None = None) -> None:
        """Begin, or go on with what was kept of the questions that are still the same.

        `started` is a time in UTC, ISO 8601.
        """
        self.plan = plan
        self.started = kept.started if kept else started
        self.elapsed = kept.elapsed if kept else 0.0
        self.lost = 0
        self._digests = {item.identifier: digest(item) for item in plan.items}
        self._items = {item.identifier: item for item in plan.items}
        self._work = dict.fromkeys(self._items, Work())
        for response in kept.responses if kept else ():
            self._take_over(response)
        self.place = self.next_open(-1) or 0

    @property
    def item(self) -> Item:
        """The question that is asked."""
        return self.plan.items[self.place]

    @property
    def work(self) -> Work:
        """What was done on it."""
        return self.work_on(self.item)

    @property
    def is_test(self) -> bool:
        """Whether nothing is said of right and wrong before the end."""
        return self.plan.mode == "test"

    @property
    def open_places(self) -> Sequence[int]:
        """The places of the questions that are neither answered nor given up, from 0."""
        return [place for place, item in enumerate(self.plan.items) if not self.work_on(item).is_done]

    @property
    def seconds_left(self) -> float | None:
        """How much of the time is left, None without a limit."""
        return None if self.plan.minutes is None else max(self.plan.minutes * 60 - self.elapsed, 0.0)

    def work_on(self, item: Item) -> Work:
        """Return what was done on a question."""
        return self._work[item.identifier]

    def outcome(self, item: Item) -> Outcome:
        """Return what has come of a question."""
        work = self.work_on(item)
        return attempted(item, work.response, gave_up=work.gave_up)

    def answer(self, response: Any) -> State:
        """Give a response to the question that is asked, and return its state; one that is none changes nothing."""
        state = score(self.item, response).state
        if state not in (State.UNANSWERED, State.INVALID):
            self._change(response=response)
        return state

    def spend(self, seconds: float) -> None:
        """Count time, on the question and on the whole."""
        self.elapsed += seconds
        self._change(seconds=self.work.seconds + seconds)

    def hint(self) -> str | None:
        """Return the next hint, None where all were read. Once the question is done, hints cost nothing."""
        read = self.work.hints
        if read >= len(self.item.hints):
            return None
        self._change(hints=read + 1)
        return self.item.hints[read]

    def give_up(self) -> None:
        """Count the question as given up: its solution is shown."""
        self._change(gave_up=True)

    def go_to(self, place: int) -> None:
        """Go to a question by its place, from 0."""
        self.place = min(max(place, 0), len(self.plan.items) - 1)

    def next_open(self, place: int) -> int | None:
        """Return the place of the first question after `place` that is to be done; None where there is none."""
        return next((other for other in self.open_places if other > place), None)

    def result(self, finished: str | None) -> Result:
        """Return the result: of a test with all its questions, of practice with those that something was done on."""
        responses = tuple(
            Response(
                question=name,
                digest=self._digests[name],
                response=work.response,
                hints=work.hints,
                gave_up=work.gave_up,
                seconds=round(work.seconds, 1),
            )
            for name, work in self._work.items()
            if self.is_test or work.is_done or work.hints
        )
        return Result(
            bank=self.plan.bank.identifier,
            title=self.plan.bank.title,
            mode=self.plan.mode,
            seed=self.plan.seed,
            started=self.started,
            finished=finished,
            learner=self.plan.learner,
            responses=responses,
        )

    def _take_over(self, response: Response) -> None:
        if self._digests.get(response.question) != response.digest:
            self.lost += response.response is not None
            return
        item = self._items[response.question]
        state = score(item, response.response).state
        usable = None if state in (State.UNANSWERED, State.INVALID) else response.response
        hints = min(response.hints, len(item.hints))
        self._work[response.question] = Work(usable, hints, response.gave_up, response.seconds or 0.0)

    def _change(self, **changes: Any) -> None:
        name = self.item.identifier
        self._work[name] = dataclasses.replace(self._work[name], **changes)
