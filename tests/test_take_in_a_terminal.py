"""`quiz take` at a terminal: Ctrl-C, Ctrl-D, kill, and going on afterwards."""

from __future__ import annotations

import contextlib
import json
import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

if sys.platform == "win32":
    pytest.skip("there are no such terminals", allow_module_level=True)

import pty
import termios

BANK = ROOT / "banks" / "fine-tuning.yaml"
_PATIENCE = 60.0  # seconds until the test gives up
_A_WHILE = 10.0  # seconds until Ctrl-C is pressed again
_COLOR = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


class Terminal:
    """A terminal at which `quiz take` runs."""

    def __init__(self, state: Path, *arguments: str | Path, columns: int = 80, **environment: str) -> None:
        self._main, side = pty.openpty()
        termios.tcsetwinsize(side, (24, columns))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "quizlib", "take", *map(str, arguments)],
            stdin=side,
            stdout=side,
            stderr=side,
            start_new_session=True,
            preexec_fn=lambda: _take_control(0),
            env={
                **{name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")},
                "TERM": "xterm",
                "PYTHONUTF8": "1",
                "QUIZ_STATE_DIR": str(state),
                **environment,
            },
        )
        os.close(side)
        self.seen = ""
        self._passed = 0  # what has been looked at, in characters without colours

    def see(self, words: str) -> str:
        """Wait until words are shown, and return what was shown up to them, without colours."""
        while words not in self.plain:
            assert self._read(), f"{words!r} is not in {self.plain!r}"
        before, found, _ = self.plain.partition(words)
        self._passed += len(before + found)
        return before + found

    def type(self, text: str) -> None:
        os.write(self._main, text.encode("utf-8"))

    def interrupt(self, words: str) -> str:
        """Press Ctrl-C until words are shown: one that comes between prompt and waiting is seen with the next key."""
        while words not in self.plain:
            self.type("\x03")
            while words not in self.plain and self._read(_A_WHILE):
                pass
            assert words in self.plain or self.process.poll() is None, self.plain
        return self.see(words)

    def end(self) -> int:
        """Wait for the end, and return the exit status."""
        while self._read():
            pass
        return self.process.wait(_PATIENCE)

    def close(self) -> None:
        self.process.kill()
        self.process.wait(_PATIENCE)
        os.close(self._main)

    @property
    def plain(self) -> str:
        """What was shown since, without colours."""
        return _COLOR.sub("", self.seen).replace("\r\n", "\n")[self._passed :]

    def _read(self, patience: float = _PATIENCE) -> bool:
        if not select.select([self._main], [], [], patience)[0]:
            return False
        with contextlib.suppress(OSError):  # the other side is closed
            if content := os.read(self._main, 65536):
                self.seen += content.decode("utf-8", "replace")
                return True
        return False


def _take_control(terminal: int) -> None:
    """Make a terminal the one of this session, so that Ctrl-C reaches it."""
    import fcntl

    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)


@contextlib.contextmanager
def terminal(state: Path, *arguments: str | Path, columns: int = 80, **environment: str) -> Iterator[Terminal]:
    made = Terminal(state, *arguments, columns=columns, **environment)
    try:
        yield made
    finally:
        made.close()


def test_ctrl_c_keeps_what_was_answered(tmp_path: Path) -> None:
    result = tmp_path / "result.json"
    arguments = (BANK, "--count", "2", "--seed", "a", "--output", result)
    with terminal(tmp_path / "state", *arguments) as first:
        first.see("Letter> ")
        first.type("b\n")
        assert "Right." in first.see("Enter goes on, :solution shows the solution> ")
        first.type("\n")
        assert "Question 2 of 2" in first.see("Letter> ")
        first.interrupt("quiz: interrupted; 1 of 2 done, and kept: the same command goes on")
        assert first.end() == 130
    assert not result.exists()
    with terminal(tmp_path / "state", *arguments) as second:
        second.see("answered: 1? [Y/n]> ")
        second.type("what?\n")
        second.see("answered: 1? [Y/n]> ")
        second.type("y\n")
        assert "Question 2 of 2" in second.see("Letter> ")
        second.type("c\n")
        second.see("Enter goes on")
        second.type("\n")
        second.see("Practice is over: 2 right.")
        second.see("wrote ")
        assert second.end() == 0
    responses = json.loads(result.read_text("utf-8"))["responses"]
    assert [response["question"] for response in responses] == ["purpose-of-fine-tuning", "loss-after-three-epochs"]
    assert list((tmp_path / "state").iterdir()) == []


@pytest.mark.parametrize(("end", "status"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGTERM, 128 + signal.SIGTERM)])
def test_a_kill_keeps_what_was_answered(end: signal.Signals, status: int, tmp_path: Path) -> None:
    with terminal(tmp_path, BANK, "--mode", "test", "--seed", "a") as first:
        first.see("Letter> ")
        first.type("a\n")
        first.see("Question 2 of 8")
        first.process.send_signal(end)
        assert first.end() == status
    with terminal(tmp_path, BANK, "--mode", "test", "--seed", "a") as second:
        second.see("answered: 1? [Y/n]> ")
        second.type("n\n")
        assert "Question 1 of 8" in second.see("Letter> ")
        second.type("\x04")
        second.see("quiz: interrupted; nothing was answered")
        assert second.end() == 130
    with terminal(tmp_path, BANK, "--mode", "test", "--seed", "a") as third:
        third.see("answered: 1? [Y/n]> ")
        third.type("\x04")
        assert third.end() == 130


def test_restart_forgets(tmp_path: Path) -> None:
    for words in ("Question 2 of 8", "Question 2 of 8"):
        with terminal(tmp_path, BANK, "--restart") as one:
            assert "Question 1 of 8" in one.see("Letter> ")
            one.type(":s\n")
            one.see("Enter goes on")
            one.type("\n")
            one.see(words)
            one.type(":quit\n")
            assert one.end() == 130


@pytest.mark.parametrize("content", ["{", '{"version": 9}'])
def test_a_damaged_file_is_left_aside_with_a_word(content: str, tmp_path: Path) -> None:
    with terminal(tmp_path, BANK) as first:
        first.see("Letter> ")
        first.type("a\n")
        first.see("Enter goes on, :solution shows the solution> ")
        first.interrupt("quiz: interrupted")
        assert first.end() == 130
    (file,) = tmp_path.iterdir()
    file.write_text(content, "utf-8")
    with terminal(tmp_path, BANK) as second:
        assert "quiz: what was kept cannot be read, and is left aside: it is damaged" in second.see("Question 1 of 8")
        second.interrupt("quiz: interrupted")
        assert second.end() == 130


def test_a_folder_that_cannot_be_written_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with terminal(tmp_path / "file", BANK) as one:
        one.see("Letter> ")
        one.type("a\n")
        one.see("quiz: progress cannot be kept: ")
        one.type("\n")
        assert "Question 2 of 8" in one.see("Letter> ")
        assert "cannot be kept" not in one.interrupt("quiz: interrupted; 1 of 8 done, and not kept")


def test_colours_only_where_they_are_wanted(tmp_path: Path) -> None:
    with terminal(tmp_path, BANK) as colored:
        colored.see("Letter> ")
        colored.type(":hint\n")
        while "\x1b[33mHint 1 of 2:\x1b[0m" not in colored.seen:
            assert colored._read()
    with terminal(tmp_path, BANK, "--restart", NO_COLOR="1") as plain:
        while "Letter> " not in plain.seen:
            assert plain._read()
        assert "\x1b[1m" not in plain.seen


def test_twenty_columns(tmp_path: Path) -> None:
    with terminal(tmp_path, BANK, columns=20) as narrow:
        shown = narrow.see("Letter> ")
        assert "A team takes a\npretrained language\n" in shown
        assert max(map(len, shown.split("\n"))) <= 20
