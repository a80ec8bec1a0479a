"""Line by line: what is said to what a learner types. Lines come in, lines go out; no line is an error."""

from __future__ import annotations

import enum
from collections.abc import Callable

from quizlib.grading import State
from quizlib.taking import commands
from quizlib.taking.commands import Command, command_in
from quizlib.taking.explanation import explanation_lines
from quizlib.taking.parsing import Misread
from quizlib.taking.question import option_lines, question_lines
from quizlib.taking.reply import Given, Reply
from quizlib.taking.responses import response_lines
from quizlib.taking.screen import BOLD, FAINT, YELLOW, Screen
from quizlib.taking.session import Session
from quizlib.taking.solution import stages


class Phase(enum.Enum):
    """ASKING: an answer is awaited. EXPLAINED: it was given, and explained. CLOSING: shall this be the end?"""

    ASKING = enum.auto()
    EXPLAINED = enum.auto()
    CLOSING = enum.auto()
    FINISHED = enum.auto()
    LEFT = enum.auto()


class Dialogue:
    """A session in words. `clock` returns seconds, from wherever it counts."""

    def __init__(self, session: Session, screen: Screen, clock: Callable[[], float]) -> None:
        self._session = session
        self._screen = screen
        self._clock = clock
        self._then = clock()
        self._phase = Phase.ASKING
        self._reply = Reply(session.item, session.plan.seed)
        self._stage = 0  # stages of the solution that were shown

    @property
    def is_finished(self) -> bool:
        """Whether the practice or the test is at its end."""
        return self._phase is Phase.FINISHED

    @property
    def is_left(self) -> bool:
        """Whether the learner has stopped before the end."""
        return self._phase is Phase.LEFT

    @property
    def prompt(self) -> str:
        """What the next line is to be, without an end of its own."""
        match self._phase:
            case Phase.ASKING:
                return self._reply.prompt
            case Phase.EXPLAINED:
                return f"Enter goes on{self._more_to_show()}"
            case _:
                return "Finish? yes, or the number of a question"

    def opening(self) -> list[str]:
        """Return the first lines."""
        session, screen = self._session, self._screen
        if session.seconds_left == 0:
            self._phase = Phase.FINISHED
            return ["", *screen.words("The time is over.", YELLOW)]
        if not session.open_places:
            return self._close()
        about = f"{len(session.plan.items)} question{'' if len(session.plan.items) == 1 else 's'}, {session.plan.mode}"
        if session.plan.minutes is not None:
            about += f", {session.plan.minutes:g} min"
        lines = [*screen.words(session.plan.bank.title, BOLD), *screen.words(about)]
        return [*lines, *screen.words(f"Commands: {commands.named(self._commands)}", FAINT), *self._ask()]

    def feed(self, line: str) -> list[str]:
        """Take a line, and return what is said to it."""
        self.pause()
        if self._session.seconds_left == 0:
            self._phase = Phase.FINISHED
            return ["", *self._screen.words("The time is over. This line does not count.", YELLOW)]
        asking = self._phase is Phase.ASKING
        command, line = command_in(
            line,
            is_text=asking and self._reply.is_text,
            several_lines=asking and self._reply.several_lines,
        )
        if command is commands.UNKNOWN or (isinstance(command, Command) and command not in self._commands):
            return self._say(f"There is no such command here. Commands: {commands.named(self._commands)}")
        if isinstance(command, Command):
            return self._commanded(command)
        match self._phase:
            case Phase.ASKING:
                return self._answered(line)
            case Phase.EXPLAINED:
                return self._go_on() if not line.strip() else self._say("This question is done. Enter goes on.")
            case _:
                return self._closed(line)

    def pause(self) -> None:
        """Count the time since the last line, as must be done when there will be no other one."""
        now = self._clock()
        self._session.spend(max(now - self._then, 0.0))
        self._then = now

    @property
    def _commands(self) -> tuple[Command, ...]:
        return commands.IN_TEST if self._session.is_test else commands.IN_PRACTICE

    def _say(self, sentence: str) -> list[str]:
        return self._screen.words(sentence, YELLOW)

    def _ask(self) -> list[str]:
        """Show the question at which the session is."""
        session = self._session
        self._stage = 0
        self._reply = Reply(session.item, session.plan.seed)
        lines = question_lines(session, self._screen)
        if session.work.is_done and not session.is_test:
            self._phase = Phase.EXPLAINED
            return [*lines, *explanation_lines(session, self._screen), ""]
        self._phase = Phase.ASKING
        given = response_lines(session.item, session.work.response, session.plan.seed, self._screen)
        if given:
            lines += ["", *self._screen.words(f"Your answer so far, which {self._kept_by()} keeps:"), *given]
        return [*lines, "", *self._options_of_gap()]

    def _kept_by(self) -> str:
        return "a line with a single dot" if self._reply.several_lines else "Enter"

    def _options_of_gap(self) -> list[str]:
        return option_lines(self._reply.options, self._screen)

    def _answered(self, line: str) -> list[str]:
        found = self._reply.feed(line)
        if found is None:
            return self._options_of_gap()
        if isinstance(found, Misread):
            return self._say(found.why)
        return self._given(found)

    def _given(self, given: Given) -> list[str]:
        session = self._session
        state = session.answer(given.response)
        if state is State.UNANSWERED and session.work.response is not None:
            return self._go_to(session.place + 1)
        if state is State.UNANSWERED:
            return [*self._say("Nothing was answered. :skip leaves the question for later."), *self._options_of_gap()]
        if state is State.INVALID:
            return [*self._say("This cannot be taken for an answer."), *self._options_of_gap()]
        if session.is_test:
            return self._go_on()
        self._phase = Phase.EXPLAINED
        return [*explanation_lines(session, self._screen), ""]

    def _commanded(self, command: Command) -> list[str]:
        match command:
            case Command.HELP:
                return self._help()
            case Command.QUIT:
                self._phase = Phase.LEFT
                return []
            case Command.BACK:
                before = len(self._session.plan.items) if self._phase is Phase.CLOSING else self._session.place
                return self._go_to(before - 1) if before else self._say("This is the first question.")
            case _ if self._phase is Phase.CLOSING:
                return self._say("Type yes, or the number of a question.")
            case Command.SKIP:
                return self._go_to(self._session.place + 1)
            case Command.HINT:
                return self._hint()
            case Command.SOLUTION:
                return self._solution()

    def _help(self) -> list[str]:
        lines = [line for text in commands.help_sentences(self._commands) for line in self._screen.words(text)]
        more = "An answer that begins with a colon is typed with two. ? is :help where an answer is no text."
        return [*lines, *self._screen.words(more)]

    def _hint(self) -> list[str]:
        item, read = self._session.item, self._session.work.hints
        if self._phase is Phase.EXPLAINED:
            return self._say("This question is done. Enter goes on.")
        hint = self._session.hint()
        if hint is None:
            return self._say("There is no hint." if not item.hints else "There are no more hints.")
        return [*self._say(f"Hint {read + 1} of {len(item.hints)}:"), *self._screen.markdown(hint), ""]

    def _solution(self) -> list[str]:
        session = self._session
        shown = stages(session.item, session.work, session.plan.seed, self._screen)
        lines: list[str] = []
        if self._phase is Phase.ASKING:
            session.give_up()
            self._phase = Phase.EXPLAINED
            lines = explanation_lines(session, self._screen)
        if self._stage >= len(shown):
            return lines + self._say("There is no more to show." if shown else "There is no solution.")
        self._stage += 1
        return [*lines, *shown[self._stage - 1], ""]

    def _more_to_show(self) -> str:
        session = self._session
        more = len(stages(session.item, session.work, session.plan.seed, self._screen)) - self._stage
        return (
            "" if more <= 0 else ", :solution shows the next step" if self._stage else ", :solution shows the solution"
        )

    def _go_on(self) -> list[str]:
        """Go to the next question that is open, or to the end."""
        place = self._session.next_open(self._session.place)
        return self._close() if place is None else self._go_to(place)

    def _go_to(self, place: int) -> list[str]:
        if place >= len(self._session.plan.items):
            return self._close()
        self._session.go_to(place)
        return self._ask()

    def _close(self) -> list[str]:
        """Ask whether this is the end, unless there is nothing left to change."""
        session = self._session
        if not session.is_test and not session.open_places:
            self._phase = Phase.FINISHED
            return []
        self._phase = Phase.CLOSING
        places = [str(place + 1) for place in session.open_places]
        if not places:
            return ["", *self._screen.words("All questions are answered.")]
        return ["", *self._screen.words(f"Without an answer: {', '.join(places)}.", YELLOW)]

    def _closed(self, line: str) -> list[str]:
        word = line.strip().lower()
        if word in ("y", "yes"):
            self._phase = Phase.FINISHED
            return []
        if word.isascii() and word.isdecimal() and len(word) < 7 and 0 < int(word) <= len(self._session.plan.items):
            return self._go_to(int(word) - 1)
        return self._say("Type yes, or the number of a question.")
