"""Commands: words behind a colon, so that none of them is ever an answer."""

from __future__ import annotations

import enum
import re


class Command(enum.StrEnum):
    """What a learner can ask for in place of an answer."""

    HELP = "help"
    HINT = "hint"
    SOLUTION = "solution"
    SKIP = "skip"
    BACK = "back"
    QUIT = "quit"


UNKNOWN = "unknown"
IN_TEST = (Command.SKIP, Command.BACK, Command.QUIT, Command.HELP)
IN_PRACTICE = (Command.HINT, Command.SOLUTION, *IN_TEST)

_SHORT = {"?": Command.HELP, "h": Command.HINT, "s": Command.SOLUTION, "b": Command.BACK, "q": Command.QUIT}
_COMMAND = re.compile(r":[A-Za-z]+")
_HELP = {
    Command.HINT: "the next hint",
    Command.SOLUTION: "the solution, step by step; without an answer the question counts as given up",
    Command.SKIP: "leave the question for later",
    Command.BACK: "go back to the question before",
    Command.QUIT: "stop; what was answered is kept for the next time",
    Command.HELP: "this help",
}


def command_in(line: str, *, is_text: bool, several_lines: bool) -> tuple[Command | str | None, str]:
    """Return the command that a line is, None for an answer, and the line as an answer.

    `is_text`: any text may be an answer, so that `?` is one. With `several_lines` only a known command is one. A line
    with two colons in front is an answer with one.
    """
    word = line.strip()
    if word == "?" and not is_text:
        return Command.HELP, line
    if word.startswith("::"):
        return None, line.replace("::", ":", 1)
    if not word.startswith(":"):
        return None, line
    name = word[1:].lower()
    if name in _SHORT:
        return _SHORT[name], line
    if name in set(Command):
        return Command(name), line
    is_answer = several_lines or (is_text and not _COMMAND.fullmatch(word))
    return (None if is_answer else UNKNOWN), line


def named(commands: tuple[Command, ...]) -> str:
    """Return commands as they are typed."""
    return " ".join(f":{command}" for command in commands)


def help_sentences(commands: tuple[Command, ...]) -> list[str]:
    """Return a line for each command."""
    return [f":{command}  {_HELP[command]}" for command in commands]
